import type { Edit, Node } from "jsonc-parser";
import { MAX_DEPTH } from "../files/record.positions.js";
import type { RecordPath } from "../record.path.js";

/** An object in a list named `citations`. */
export interface CitationNode {
  path: RecordPath;
  node: Node;
  /** Its properties; objects and lists as undefined. */
  citation: Record<string, unknown>;
}

/** Yields every citation of a record that was not checked. */
export function* citationNodesIn(node: Node, path: RecordPath = []): Generator<CitationNode> {
  if (path.length > MAX_DEPTH) return;
  const { type, children = [] } = node;
  if (type === "array")
    for (const [i, item] of children.entries()) yield* citationNodesIn(item, [...path, i]);
  if (type !== "object") return;
  if (path.at(-2) === "citations") {
    const citation: Record<string, unknown> = {};
    for (const { children: [name, value] = [] } of children)
      citation[String(name?.value)] = value?.value;
    yield { path, node, citation };
  }
  for (const { children: [name, value] = [] } of children)
    if (value) yield* citationNodesIn(value, [...path, String(name?.value)]);
}

/** Returns a property of an object: name and value are its children. */
export function propertyOf({ children = [] }: Node, name: string): Node | undefined {
  return children.find(({ children: [own] = [] }) => own?.value === name);
}

/** Returns the white space between a property and what comes before it: a line break, a space, or nothing. */
export function gapBefore(text: string, { offset, children: [name, value] = [] }: Node): string {
  const indent = /\r?\n[^\S\n]*$/.exec(text.slice(0, offset))?.[0];
  const colon = text.slice(name!.offset + name!.length, value!.offset);
  return indent ?? (/\s$/.test(colon) ? " " : "");
}

/** Returns the edit that puts a property after another, in its layout. */
export function withPropertyAfter(text: string, after: Node, name: string, value: unknown): Edit {
  const { offset, length, children: [own, given] = [] } = after;
  const colon = text.slice(own!.offset + own!.length, given!.offset);
  const content = `,${gapBefore(text, after)}${JSON.stringify(name)}${colon}${JSON.stringify(value)}`;
  return { offset: offset + length, length: 0, content };
}

/** Returns the edit that gives a property another value. */
export function withValue({ children: [, value] = [] }: Node, content: unknown): Edit {
  return { offset: value!.offset, length: value!.length, content: JSON.stringify(content) };
}

/** Returns the edit that removes a property, with the comma between it and another. */
export function withoutProperty({ children = [] }: Node, property: Node): Edit {
  const at = children.indexOf(property);
  const [before, after] = [children[at - 1], children[at + 1]];
  const [start, end] = [property.offset, property.offset + property.length];
  if (before) {
    const offset = before.offset + before.length;
    return { offset, length: end - offset, content: "" };
  }
  return { offset: start, length: (after?.offset ?? end) - start, content: "" };
}
