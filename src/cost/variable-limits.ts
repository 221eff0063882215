import type { Excess } from "./too-costly.js";

/** How deep the values of variables may be nested; filters and representations need five levels. */
const MAX_VALUE_DEPTH = 50;

/** Checks the nesting depth of variables, before any recursive code processes them. */
export function checkVariables(variables: unknown): Excess | undefined {
  let level = isComposite(variables) ? [variables] : [];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > MAX_VALUE_DEPTH) {
      return {
        exceeded: "variables",
        limit: MAX_VALUE_DEPTH,
        message: `The variables are nested more than ${MAX_VALUE_DEPTH} levels deep. No argument needs that.`,
      };
    }
    level = compositesIn(level);
  }
}

/** Plain loops for speed: a router's request can have a thousand representations. */
function compositesIn(level: object[]): object[] {
  const inside: object[] = [];
  for (const value of level) {
    for (const key in value) {
      const item: unknown = value[key as keyof typeof value];
      if (isComposite(item)) inside.push(item);
    }
  }
  return inside;
}

function isComposite(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
