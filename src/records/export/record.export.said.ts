import { isOpen } from "../load/record.merge.js";
import type { ItemTable, Row } from "../load/record.tables.js";
import type { LiveItem } from "../load/record.unit-of-work.js";

/** What a record has to repeat of an item that another one owns. Of its lists, those whose name ends with a slash. */
const REPEATED: Record<ItemTable, readonly string[]> = {
  source_document: [],
  organization: ["slug", "former_slugs", "name"],
  person: ["slug", "former_slugs", "name", "sort_name"],
  place: ["slug", "former_slugs", "name"],
  statement_topic: ["slug", "label"],
  tenure: ["key", "person_id", "title"],
  meeting: ["slug", "former_slugs", "title", "kind", "coverage"],
  participation: ["person_id"],
  agreement: ["slug", "former_slugs", "title", "kind"],
  statement: ["key", "text", "form", "language", "speaker/"],
  statement_relation: ["kind", "other_id"],
  citation: ["document_id", "start_offset", "end_offset", "locator"],
};
/** Who is no person is told from others by all that is said of it. */
const REPEATED_OF_OTHER_SIDES = ["country_code", "organization_id", "description"];

/**
 * The columns of an item of which a document's record tells: what it has given, and of another's item what it has
 * to repeat. What the owner left open and others have filled in is theirs to tell. A certainty goes with its fact.
 */
export function saidOf({ table, now }: LiveItem, document: string, owner: string): Row {
  const given = now.extensions.get(document) ?? {};
  const filledIn = new Set([...now.extensions.values()].flatMap((row) => Object.keys(row)));
  const lists = new Set(Object.keys(given).flatMap((column) => listOf(column) ?? []));
  const repeated = new Set(repeatedOf(table, now.row));
  const isSaid = (column: string) => {
    if (column in given || isCertainty(column)) return true;
    if (filledIn.has(column)) return false;
    const list = listOf(column);
    if (owner === document || repeated.has(column)) return true;
    return list !== null && (lists.has(list) || repeated.has(list));
  };
  return Object.fromEntries(
    Object.entries(now.row).filter(([column, value]) => !isOpen(column, value) && isSaid(column)),
  );
}

/** Whether a column says how certain another one is. */
export function isCertainty(column: string): boolean {
  return column.endsWith("certainty");
}

function repeatedOf(table: ItemTable, row: Row): readonly string[] {
  return table === "participation" && row.person_id === null
    ? REPEATED_OF_OTHER_SIDES
    : REPEATED[table];
}

/** The name of the list in which a column is, with a slash. */
function listOf(column: string): string | null {
  const end = column.indexOf("/");
  return end === -1 ? null : column.slice(0, end + 1);
}
