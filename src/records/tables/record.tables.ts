import { NOUN_TABLES } from "./record.nouns.js";
import { type Column, type NounTable, UUID } from "./record.table.js";

/** A column of a CSV file, with the file and column that it refers to. */
export interface FileColumn extends Omit<Column, "refersTo"> {
  refersTo?: readonly [file: string, column: string];
}

/** A CSV file of the export. */
export type RecordTable = NounTable<FileColumn>;

const byNoun = new Map(NOUN_TABLES.map((table) => [table.noun, table]));

/**
 * Every CSV file of the export. After each column that refers to an item, such as `person_id`, stands what people know the item by:
 * `person_slug` and `person_name`. It is looked up row by row, so that the cursor can still read in index order.
 */
export const TABLES: readonly RecordTable[] = NOUN_TABLES.map((table) => ({
  ...table,
  columns: table.columns.flatMap(({ refersTo, ...column }) =>
    refersTo === undefined ? column : withReadable(column, byNoun.get(refersTo)!),
  ),
}));

function withReadable(
  column: Omit<Column, "refersTo">,
  { name: file, from, primaryKey, readable = [], columns }: NounTable,
): FileColumn[] {
  const { name, sql, required } = column;
  const [key] = primaryKey as [string];
  return [
    { ...column, refersTo: [file, key], ...(key === "id" && { pattern: UUID }) },
    ...readable.map((of) => ({
      name: `${name.replace(/_(id|code)$/, "")}_${of}`,
      type: "string" as const,
      sql: `(SELECT r.${of} FROM ${from} r WHERE r.${key} = ${sql})`,
      description: `The \`${of}\` in ${file}.csv of what \`${name}\` refers to, so that a row can be read by itself.`,
      required: required && columns.find((one) => one.name === of)!.required,
    })),
  ];
}
