import type { Column, RecordTable } from "./record.table.js";

/** What people know the items of a file by: a key that is unique, and what they are called. */
interface Readable {
  table: string;
  /** The column that references lead to. */
  id: "id" | "code";
  /** A column that identifies an item as `id` does, in words. */
  key?: string;
  /** A column that says what it is called, in a few words: none of statements, whose text is long. */
  called?: string;
  /** Whether every item is called something. */
  isCalled?: boolean;
}

const READABLE: Readonly<Record<string, Readable>> = {
  countries: { table: "country", id: "code", called: "name", isCalled: true },
  people: { table: "person", id: "id", key: "slug", called: "name", isCalled: true },
  places: { table: "place", id: "id", key: "slug", called: "name", isCalled: true },
  organizations: { table: "organization", id: "id", key: "slug", called: "name", isCalled: true },
  topics: { table: "statement_topic", id: "id", key: "slug", called: "label", isCalled: true },
  documents: { table: "source_document", id: "id", key: "key", called: "title" },
  tenures: { table: "tenure", id: "id", called: "title", isCalled: true },
  meetings: { table: "meeting", id: "id", key: "slug", called: "title", isCalled: true },
  agreements: { table: "agreement", id: "id", key: "slug", called: "title", isCalled: true },
  statements: { table: "statement", id: "id", key: "key" },
};

/**
 * Returns the file with what is readable of each item that it refers to, beside its id: `person_slug` and `person_name` after
 * `person_id`. It is looked up row by row, so that the order of the file's index stays of use to the cursor.
 */
export function withReadable(table: RecordTable): RecordTable {
  return { ...table, columns: table.columns.flatMap((column) => [column, ...besides(column)]) };
}

function besides({ name, sql, refersTo, required }: Column): Column[] {
  const [file, readable] = [refersTo?.[0], READABLE[refersTo?.[0] ?? ""]];
  if (!readable) return [];
  const { table, id, key, called, isCalled = false } = readable;
  const column = (of: string, isThere: boolean): Column => ({
    name: `${name.replace(/_(id|code)$/, "")}_${of}`,
    type: "string",
    sql: `(SELECT r.${of} FROM ${table} r WHERE r.${id} = ${sql})`,
    description: `The \`${of}\` in ${file}.csv of what \`${name}\` refers to, so that a row can be read by itself.`,
    ...(required && isThere && { required }),
  });
  return [
    ...(key === undefined ? [] : [column(key, true)]),
    ...(called === undefined ? [] : [column(called, isCalled)]),
  ];
}
