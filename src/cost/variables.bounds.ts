import type { Excess } from "./too-costly.js";

/** How deep the values of variables may be nested; filters and representations need five levels. */
const DEEPEST_VALUE = 50;

/** Whether variables are nested deeper than anything that calls itself on them should have to go. */
export function excessOfVariables(variables: unknown): Excess | undefined {
  let level = isComposite(variables) ? [variables] : [];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > DEEPEST_VALUE) {
      return {
        exceeded: "variables",
        limit: DEEPEST_VALUE,
        message: `The variables nest values more than ${DEEPEST_VALUE} deep. No argument needs that.`,
      };
    }
    level = compositesIn(level);
  }
}

/** Plain loops: a thousand representations are gone through in every request of a router. */
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
