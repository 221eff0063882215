import { type Node, type ParseError, parseTree } from "jsonc-parser";
import type { RecordPath } from "../record.path.js";

/** A position in a file: line and column from 1, in UTF-16 code units, as in editors. */
export interface Position {
  line: number;
  column: number;
}

/** Finds the positions of values in a JSON text. */
export class Positions {
  private readonly root: Node | undefined;
  private readonly lineStarts: number[];

  /** `firstLine` is the line of the text in a JSON Lines file. */
  constructor(
    text: string,
    private readonly firstLine = 1,
  ) {
    this.root = rootOf(text);
    this.lineStarts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  }

  /** Returns the position of the value at a path, or of its property name; for a missing value, of its parent. */
  of(path: RecordPath, { atName = false } = {}): Position {
    let [value, name] = [this.root, this.root];
    for (const part of path) {
      const inner = value && childOf(value, part);
      if (!inner) return this.at((value ?? name)?.offset ?? 0);
      ({ value, name } = inner);
    }
    return this.at((atName ? name : value)?.offset ?? 0);
  }

  /** Converts an offset to a position. */
  at(offset: number): Position {
    let [low, high] = [0, this.lineStarts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.lineStarts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: this.firstLine + low, column: offset - this.lineStarts[low]! + 1 };
  }

  /** Returns properties that occur more than once in their object; JSON.parse keeps only the last. */
  repeatedProperties(): RecordPath[] {
    return this.root ? [...repeatedIn(this.root, [])] : [];
  }
}

/** Parses a text to a tree; undefined if it is nested too deeply for the parser's stack, as no record is. */
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
  // JSON.parse takes the last one.
  const property = children.findLast(({ children: [name] = [] }) => name?.value === String(part));
  return property ? { name: property.children?.[0], value: property.children?.[1] } : null;
}

/** The maximum depth to walk: no valid record is nested as deeply, and a recursion without limit could overflow the stack. */
export const MAX_DEPTH = 50;

function* repeatedIn({ type, children = [] }: Node, path: RecordPath): Generator<RecordPath> {
  if (path.length > MAX_DEPTH) return;
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
