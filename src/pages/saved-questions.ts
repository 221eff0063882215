import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  parse,
  validate,
} from "graphql";

/** A question whose newest answers are a feed. */
export interface SavedQuestion {
  /** The name of its file, without the ending. */
  name: string;
  /** The comment in its first line. */
  title: string;
  document: string;
  /** The response name of its list. */
  list: string;
}

/** A saved question that can be no feed; the message names the file. */
export class SavedQuestionError extends Error {}

/** What each item of the list must have, as fields or aliases. */
const REQUIRED = ["id", "title", "updated"];

/** `changes` is the feed of all changes. */
const NAME = /^(?!changes\.)[a-z0-9][a-z0-9-]{0,63}\.graphql$/;

/** Reads the saved questions of a folder, in the order of their names. All must be valid. */
export function readSavedQuestions(folder: string, schema: GraphQLSchema): SavedQuestion[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".graphql"));
  return names.sort().map((name) => {
    const file = join(folder, name);
    const fail = (why: string) => new SavedQuestionError(`${file}: ${why}`);
    if (!NAME.test(name))
      throw fail("its name must be lower-case letters, digits and hyphens, and not `changes`");
    const document = readFileSync(file, "utf8");
    const parsed = parsedOf(document, schema, fail);
    const [, title = name] = /^#(.*)\n/.exec(document) ?? [];
    const list = listIn(parsed, fail);
    return { name: name.replace(".graphql", ""), title: title.trim(), document, list };
  });
}

function parsedOf(
  document: string,
  schema: GraphQLSchema,
  fail: (why: string) => SavedQuestionError,
): DocumentNode {
  try {
    const parsed = parse(document);
    const [error] = validate(schema, parsed);
    if (error) throw error;
    return parsed;
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw fail(error.message);
  }
}

/** Returns the response name of the one list that a document asks for. */
function listIn(document: DocumentNode, fail: (why: string) => SavedQuestionError): string {
  const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  const [operation] = operations;
  if (operation?.kind !== Kind.OPERATION_DEFINITION || operations.length > 1)
    throw fail("it must have one operation");
  if (operation.variableDefinitions?.length) throw fail("it must have no variables");
  const [list, ...more] = operation.selectionSet.selections;
  const nodes = list?.kind === Kind.FIELD ? fieldIn(list, "nodes") : undefined;
  if (list?.kind !== Kind.FIELD || !nodes || more.length > 0)
    throw fail("it must ask for one list, with its `nodes`");
  const missing = REQUIRED.filter((name) => !fieldIn(nodes, name));
  if (missing.length > 0)
    throw fail(
      `its nodes must have ${missing.map((name) => `\`${name}\``).join(", ")}, as fields or aliases`,
    );
  return (list.alias ?? list.name).value;
}

/** Returns a field that is selected of another one, by its response name. */
function fieldIn({ selectionSet }: FieldNode, name: string): FieldNode | undefined {
  return selectionSet?.selections.find(
    (one): one is FieldNode => one.kind === Kind.FIELD && (one.alias ?? one.name).value === name,
  );
}
