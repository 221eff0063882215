import { fault, type Finding, type RecordPath } from "./record.faults.js";

/** The property by which any item or entry of a record says what a person has yet to fill in. */
export const TODO = "todo";

/** The maximum length of a todo, in UTF-16 code units. */
const LONGEST = 2_000;
/** The maximum depth that is searched; the format has fewer levels. */
const MAX_DEPTH = 20;

/** A value without its todos, and where these are. */
export interface WithoutTodos {
  value: unknown;
  /** A fault for each todo: what is unfinished isn't loaded. */
  findings: Finding[];
  /** Returns whether something may be missing at a path, because its item has a todo. */
  mayLack: (path: RecordPath) => boolean;
}

/** Removes the todos from a record, so that the rest of it can be checked. */
export function withoutTodos(value: unknown): WithoutTodos {
  const findings: Finding[] = [];
  const unfinished = new Set<string>();
  const rest = hasTodo(value, 0) ? strip(value, []) : value;
  const mayLack = (path: RecordPath) => unfinished.has(JSON.stringify(path.slice(0, -1)));
  return { value: rest, findings, mayLack };

  function strip(one: unknown, path: RecordPath): unknown {
    if (typeof one !== "object" || one === null || path.length > MAX_DEPTH) return one;
    if (Array.isArray(one)) return one.map((item: unknown, i) => strip(item, [...path, i]));
    const { [TODO]: todo, ...others } = one as Record<string, unknown>;
    if (todo !== undefined) {
      unfinished.add(JSON.stringify(path));
      findings.push(findingOf(todo, [...path, TODO]));
    }
    return Object.fromEntries(
      Object.entries(others).map(([name, item]) => [name, strip(item, [...path, name])]),
    );
  }
}

/** Returns whether there is a todo anywhere. Nearly all records have none, and are not copied. */
function hasTodo(one: unknown, depth: number): boolean {
  if (typeof one !== "object" || one === null || depth > MAX_DEPTH) return false;
  if (Array.isArray(one)) return one.some((item) => hasTodo(item, depth + 1));
  if (Object.hasOwn(one, TODO)) return true;
  for (const name in one)
    if (hasTodo((one as Record<string, unknown>)[name], depth + 1)) return true;
  return false;
}

function findingOf(todo: unknown, path: RecordPath): Finding {
  if (typeof todo !== "string" || todo.trim() === "")
    return fault("schema", path, "expected a text that says what is to be done");
  if (todo.length > LONGEST) return fault("schema", path, `expected at most ${LONGEST} characters`);
  return { ...fault(TODO, path, todo), atName: true };
}

/** What the JSON Schema says of a todo; each object refers to it. */
export const TODO_SCHEMA = {
  description:
    "What a person has yet to fill in or decide here. `check` lists it as a fault, and not what is missing beside it; a record that has one isn't loaded.",
  type: "string",
  minLength: 1,
  maxLength: LONGEST,
} as const;

/** Lets the JSON Schema of an object carry a todo. */
export function allowTodo({ properties }: { properties?: Record<string, unknown> }): void {
  if (properties)
    properties[TODO] = {
      description: "What a person has yet to do here.",
      $ref: `#/$defs/${TODO}`,
    };
}
