/** Columns by name. Parts of an item are columns too: `speaker/0/country_code` is that of its first speaker. */
export type Row = Record<string, unknown>;

/** A table whose rows are lists inside an item, and have no owner of their own. */
export interface PartTable {
  table: string;
  /** The column that says of which item. */
  whole: string;
  /** The columns that tell one of its rows from another. */
  key: string[];
  /** What the list is sorted by. */
  order: string;
}

/** Every table of items: what is referred to before what refers to it. */
export const ITEM_TABLES = [
  "source_document",
  "organization",
  "person",
  "place",
  "statement_topic",
  "tenure",
  "meeting",
  "participation",
  "agreement",
  "statement",
  "statement_relation",
  "citation",
] as const;
export type ItemTable = (typeof ITEM_TABLES)[number];

const PARTS: Partial<Record<ItemTable, PartTable[]>> = {
  meeting: [
    {
      table: "meeting_place",
      whole: "meeting_id",
      key: ["meeting_id", "place_id"],
      order: "position",
    },
  ],
  agreement: [
    {
      table: "agreement_party",
      whole: "agreement_id",
      key: ["agreement_id", "position"],
      order: "position",
    },
  ],
  statement: [
    { table: "speaker", whole: "statement_id", key: ["id"], order: "position" },
    {
      table: "addressee",
      whole: "statement_id",
      key: ["statement_id", "position"],
      order: "position",
    },
    {
      table: "topic_of_statement",
      whole: "statement_id",
      key: ["statement_id", "topic_id"],
      order: "topic_id",
    },
  ],
};

/** Tables of items that are listed in another one and may come from several records; a whole before its citations. */
export const ENTRY_TABLES = ["participation", "statement_relation", "citation"] as const;
export type EntryTable = (typeof ENTRY_TABLES)[number];

/** The tables of what is no entry of something else, in that order too: the lists of a record. */
export const LISTED_TABLES = ITEM_TABLES.filter(
  (table): table is Exclude<ItemTable, "source_document" | EntryTable> =>
    table !== "source_document" && !ENTRY_TABLES.some((entry) => entry === table),
);

/** The columns that say in which item an entry is listed, and the tables of these items. */
const WHOLES: Record<EntryTable, [column: string, table: ItemTable][]> = {
  participation: [["meeting_id", "meeting"]],
  statement_relation: [["statement_id", "statement"]],
  citation: [
    ["statement_id", "statement"],
    ["meeting_id", "meeting"],
    ["participation_id", "participation"],
    ["tenure_id", "tenure"],
    ["agreement_id", "agreement"],
    ["relation_id", "statement_relation"],
  ],
};

/** The tables of an item's parts. */
export function partsOf(table: ItemTable): PartTable[] {
  return PARTS[table] ?? [];
}

/** The columns that say in which item an entry is listed, with the tables of these; none of what is no entry. */
export function wholesOf(table: ItemTable): [column: string, table: ItemTable][] {
  return (WHOLES as Partial<Record<ItemTable, [string, ItemTable][]>>)[table] ?? [];
}

/** The id of the item in which an entry is listed; null for what is no entry. */
export function wholeOf(table: ItemTable, row: Row): string | null {
  for (const [column] of wholesOf(table)) {
    const id = row[column];
    if (id !== null && id !== undefined) return id as string;
  }
  return null;
}

/** A list of rows as columns of the item that they are parts of. */
export function flatParts(table: string, rows: Row[]): Row {
  const flat: Row = {};
  for (const [i, row] of rows.entries()) {
    for (const column of Object.keys(row)) flat[`${table}/${i}/${column}`] = row[column];
  }
  return flat;
}

/** The list again. A row of which nothing is left is none. */
export function partRows(table: string, item: Row): Row[] {
  const rows: Row[] = [];
  for (const name of Object.keys(item)) {
    if (!name.startsWith(table) || name[table.length] !== "/" || item[name] === null) continue;
    const end = name.indexOf("/", table.length + 1);
    (rows[Number(name.slice(table.length + 1, end))] ??= {})[name.slice(end + 1)] = item[name];
  }
  return rows.filter(Boolean);
}

/** The item's own columns, without those of its parts and those that hold nothing. */
export function ownColumns(item: Row): Row {
  const own: Row = {};
  for (const name of Object.keys(item)) {
    const value = item[name];
    if (value !== null && value !== undefined && !name.includes("/")) own[name] = value;
  }
  return own;
}
