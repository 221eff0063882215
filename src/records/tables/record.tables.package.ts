import { getNamedType, type GraphQLSchema, isEnumType, isObjectType } from "graphql";
import type { FileColumn, RecordTable } from "./record.tables.js";

/** What was written of a file. */
export interface WrittenFile {
  table: RecordTable;
  rows: number;
  bytes: number;
  /** Lower-case hexadecimal, of its bytes. */
  sha256: string;
}

/** What the data dictionary describes. */
export interface PackageOptions {
  schema: GraphQLSchema;
  revision: { number: number; at: Date } | null;
  isForSpreadsheets: boolean;
}

/**
 * The data dictionary: a Data Package of Frictionless with the Table Schema of each file. Meanings and values are those of the API's
 * schema.
 */
export function dataPackage(files: readonly WrittenFile[], options: PackageOptions): object {
  const { schema, revision, isForSpreadsheets } = options;
  return {
    profile: "tabular-data-package",
    name: "communique-record",
    title: "The diplomatic record: who met whom, where, and what was said",
    description:
      "What is on record as it is shown: each item once, merged and settled as its judgements say. A file for each noun and for each " +
      "list inside items; cells hold no lists. " +
      (isForSpreadsheets
        ? "Text that a spreadsheet would run as a formula has an apostrophe before it. "
        : "Text is to the letter, and may begin as a formula does: import it as text. ") +
      "The licence of words is that of their document: documents.csv.",
    ...(revision && { version: String(revision.number), created: revision.at.toISOString() }),
    resources: files.map(({ table, rows, bytes, sha256 }) => ({
      profile: "tabular-data-resource",
      name: table.name,
      path: `${table.name}.csv`,
      description: table.description,
      format: "csv",
      mediatype: "text/csv",
      encoding: "utf-8",
      bytes,
      hash: `sha256:${sha256}`,
      rowCount: rows,
      dialect: {
        delimiter: ",",
        lineTerminator: "\r\n",
        quoteChar: '"',
        doubleQuote: true,
        header: true,
      },
      schema: {
        fields: table.columns.map((column) => fieldOf(column, schema)),
        missingValues: [""],
        ...(table.primaryKey.length > 0 && { primaryKey: table.primaryKey }),
        ...foreignKeysOf(table),
      },
    })),
  };
}

/** Returns the property with foreign keys; none if there are none, as the list may not be empty. */
function foreignKeysOf({ name: own, columns }: RecordTable): object {
  const foreignKeys = columns.flatMap(({ name, refersTo }) => {
    if (!refersTo) return [];
    const [file, fields] = refersTo;
    // In Table Schema 1, a file that refers to itself does so by the empty name.
    return [{ fields: name, reference: { resource: file === own ? "" : file, fields } }];
  });
  return foreignKeys.length > 0 ? { foreignKeys } : {};
}

function fieldOf(column: FileColumn, schema: GraphQLSchema): object {
  const { name, required, pattern } = column;
  const { type, description, values } = meaningOf(column, schema);
  const constraints = {
    ...(required && { required }),
    ...(pattern && { pattern }),
    ...(values.length > 0 && { enum: values.map(({ name }) => name) }),
  };
  return {
    name,
    type,
    description: [
      description,
      ...values.map((value) => `${value.name}: ${value.description!}`),
    ].join("\n"),
    ...(Object.keys(constraints).length > 0 && { constraints }),
  };
}

/** The types of fields of the API; those of others are text. */
const TYPES: Record<string, string> = { Boolean: "boolean", Int: "integer", Float: "number" };

/** What a column holds and means, as the API's schema says. */
function meaningOf({ name, field, type, description }: FileColumn, schema: GraphQLSchema) {
  if (field === undefined) return { type, description, values: [] };
  const [of, property] = field.split(".") as [string, string];
  const object = schema.getType(of);
  const found = isObjectType(object) ? object.getFields()[property] : undefined;
  if (!found?.description) throw new Error(`the column ${name} is no field of the API: ${field}`);
  const named = getNamedType(found.type);
  return {
    type: TYPES[named.name] ?? "string",
    description: found.description,
    values: isEnumType(named) ? named.getValues() : [],
  };
}
