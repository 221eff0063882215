import { type Node, type ParseError, parseTree } from "jsonc-parser";
import type { RecordPath } from "../record.path.js";

/** A place in a file as editors count it: lines from 1, columns from 1 in UTF-16 code units. */
export interface Position {
  line: number;
  column: number;
}

/** Where things stand in a JSON text. */
export class Positions {
  private readonly root: Node | undefined;
  private readonly lineStarts: number[];

  /** In JSON Lines the text is one line, and not the file's first. */
  constructor(
    text: string,
    private readonly firstLine = 1,
  ) {
    this.root = rootOf(text);
    this.lineStarts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  }

  /** The value at a path, or the name of its property; what is missing is where it is missing from. */
  of(path: RecordPath, { atName = false } = {}): Position {
    let [value, name] = [this.root, this.root];
    for (const part of path) {
      const inner = value && childOf(value, part);
      if (!inner) return this.at((value ?? name)?.offset ?? 0);
      ({ value, name } = inner);
    }
    return this.at((atName ? name : value)?.offset ?? 0);
  }

  at(offset: number): Position {
    let [low, high] = [0, this.lineStarts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.lineStarts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: this.firstLine + low, column: offset - this.lineStarts[low]! + 1 };
  }

  /** The properties that stand more than once in their object, where a reader of JSON hears only the last. */
  repeatedProperties(): RecordPath[] {
    return this.root ? [...repeatedIn(this.root, [])] : [];
  }
}

/** Nothing where the text nests so deep, as no record does, that the parser's stack is not enough. */
export function rootOf(text: string, errors: ParseError[] = []): Node | undefined {
  try {
    return parseTree(text, errors, { disallowComments: true });
  } catch (error) {
    if ((error as Error).name === "RangeError") return undefined;
    throw error;
  }
}

interface Child {
  value: Node | undefined;
  name: Node | undefined;
}

function childOf({ type, children = [] }: Node, part: string | number): Child | null {
  if (type === "array") {
    const value = children[Number(part)];
    return value ? { value, name: value } : null;
  }
  if (type !== "object") return null;
  // The last one is what JSON.parse takes.
  const property = children.findLast(({ children: [name] = [] }) => name?.value === String(part));
  return property ? { name: property.children?.[0], value: property.children?.[1] } : null;
}

/** Deeper than any record goes: below it the schema refuses the whole, and walking on would end the check. */
export const DEEPEST = 50;

function* repeatedIn({ type, children = [] }: Node, path: RecordPath): Generator<RecordPath> {
  if (path.length > DEEPEST) return;
  if (type === "array") {
    for (const [i, item] of children.entries()) yield* repeatedIn(item, [...path, i]);
  }
  if (type !== "object") return;
  const times = new Map<string, number>();
  for (const { children: [name, value] = [] } of children) {
    const property = String(name?.value);
    times.set(property, (times.get(property) ?? 0) + 1);
    if (times.get(property) === 2) yield [...path, property];
    if (value) yield* repeatedIn(value, [...path, property]);
  }
}
