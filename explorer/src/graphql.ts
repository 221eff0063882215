import type { initGraphQLTada, ResultOf } from "gql.tada";
import type { introspection } from "../schema.js";

/**
 * Types a GraphQL document by schema.api.graphql: the types of its variables and result follow from its text.
 * gql.tada is needed to compile only; at run time a document is the text below.
 */
type Typed = ReturnType<
  typeof initGraphQLTada<{
    introspection: introspection;
    scalars: { PartialDate: string; CountryCode: string; DateTime: string };
    disableMasking: true;
  }>
>;

/** All that was made so far. */
const all: Definitions[] = [];

/** The definitions of a document: its own first, then those of its fragments, each once. */
class Definitions {
  readonly texts: readonly string[];
  constructor(own: string, fragments: readonly Definitions[]) {
    this.texts = [...new Set([outdent(own), ...fragments.flatMap(({ texts }) => texts)])];
    all.push(this);
  }
}

/** A document, and after it the fragments that it uses. */
export const graphql = ((text: string, fragments: readonly Definitions[] = []) =>
  new Definitions(text, fragments)) as unknown as Typed;

/** The text of a document: always the same, so that it can be persisted. */
export function textOf(document: unknown): string {
  return (document as Definitions).texts.join("\n\n");
}

/** The texts of all documents that were made so far and can be sent: those of all modules that are imported. */
export function sendable(): string[] {
  return all.map(textOf).filter((text) => text.startsWith("query "));
}

/** Removes the indentation of the source file. */
function outdent(text: string): string {
  const lines = text.trimEnd().split("\n").filter(Boolean);
  const indents = lines.slice(1).map((line) => /^ */.exec(line)![0].length);
  const least = Math.min(...indents, /^ */.exec(lines[0]!)![0].length || Infinity);
  return lines.map((line) => line.slice(Number.isFinite(least) ? least : 0)).join("\n");
}

export type { ResultOf };
