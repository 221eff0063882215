import type { Sql } from "../../db/sql.js";
import { generic, raw, SQL } from "../../db/sql-text.js";
import { type Given, givenIn } from "../load/record.claims.js";
import { idsToLabel } from "../load/record.labels.js";
import { readPreferable, readSourceOrder } from "../load/record.source-order.store.js";
import { readItems, readLabels } from "../load/record.store.js";
import {
  type RecordedItem,
  readMerged,
  readRecorded,
  readSettlements,
} from "../judgements/record.judgements.store.js";
import { recordedRow } from "../judgements/record.restore.js";
import type { ItemFormat } from "../record.item.js";
import type { Row } from "../record.row.js";
import { type ClaimedValue, claimedValuesOf } from "./record.claim-values.js";

/** An item, and what documents say of it. */
export interface ClaimedItem {
  id: string;
  row: Row;
  values: ClaimedValue[];
}

/** Claimed items with what their values refer to. */
export interface Claimed {
  items: ClaimedItem[];
  /** The documents that give them, by id: their `key` and `standing`. */
  documents: ReadonlyMap<string, Row>;
  /** The keys of the items that they refer to, by id. */
  keys: ReadonlyMap<string, string>;
}

/** The maximum number of documents read per item: those whose values it shows, then others. */
const MAX_DOCUMENTS = 100;

/** Reads what documents say of these items, and of those that were merged into them; unknown ones are left out. */
export async function readClaimed(
  sql: Sql,
  format: ItemFormat,
  ids: readonly string[],
): Promise<Claimed> {
  const rows = await readItems(sql, format, [...ids]);
  const recorded = await readRecorded(sql, format.noun, ids);
  const members = new Map(rows.map((row) => [row.id as string, membersOf(format, row, recorded)]));
  const all = [...members.values()].flat();
  const givers = await readGivers(sql, format, all);
  const settled = await readSettlements(
    sql,
    all.map(({ id }) => id as string),
  );
  const given = [...givers.values()].flat();
  const documents = await readPreferable(
    sql,
    [...given, ...settled].map(({ documentId }) => documentId),
  );
  const merged = await readMerged(sql, idsToLabel(given.map((one) => one.given)));
  const keys = await readLabels(sql, [
    ...idsToLabel([...rows, ...given.map((one) => one.given), ...settled.map((one) => one.given)]),
    ...merged.values(),
  ]);
  for (const [id, rootId] of merged) if (keys.has(rootId)) keys.set(id, keys.get(rootId)!);
  const order = await readSourceOrder(sql);
  const preferenceOf = ({ documentId }: Given) => order.preferenceOf(documents.get(documentId)!);
  const items = rows.map((row) => {
    const own = members.get(row.id as string)!.map(({ id }) => id as string);
    const sorted = own
      .flatMap((id) => givers.get(id)!)
      .sort((one, other) => (preferenceOf(one) < preferenceOf(other) ? -1 : 1));
    const decided = settled.filter(({ itemId }) => own.includes(itemId));
    return {
      id: row.id as string,
      row,
      values: claimedValuesOf(format, row, [...sorted, ...decided], keys),
    };
  });
  return { items, documents, keys };
}

/** Returns the rows of an item, as recorded, and of those that were merged into it. */
function membersOf(format: ItemFormat, row: Row, recorded: readonly RecordedItem[]): Row[] {
  const own = recorded.filter(({ rootId }) => rootId === row.id);
  const rows = own.map((item) => recordedRow(format, item));
  return own.some(({ id }) => id === row.id) ? rows : [row, ...rows];
}

/** Reads a page of the items that several records give, or that were merged or settled, after one of them. */
export async function readSharedItems(
  sql: Sql,
  { table, noun }: ItemFormat,
  after: string | null,
  size: number,
): Promise<string[]> {
  const last = generic(after, "uuid");
  const rows = await sql.query<{ id: string }>(
    `sharedItems_${table}`,
    SQL`SELECT t.id FROM ${raw(table)} t WHERE (${last} IS NULL OR t.id > ${last})
       AND (EXISTS (SELECT FROM record_claim c WHERE c.item_id = t.id)
         OR EXISTS (SELECT FROM item_as_recorded r WHERE r.root_id = t.id AND r.noun = ${generic(noun, "text")}))
     ORDER BY t.id LIMIT ${generic(size, "int")}`,
  );
  return rows.map(({ id }) => id);
}

async function readGivers(
  sql: Sql,
  format: ItemFormat,
  rows: Row[],
): Promise<Map<string, Given[]>> {
  const ids = generic(
    rows.map(({ id }) => id),
    "uuid[]",
  );
  const most = generic(MAX_DOCUMENTS, "int");
  const claims = await sql.query<Given & { itemId: string }>(
    "claimsOf",
    SQL`SELECT i.id AS "itemId", c.document_id AS "documentId", c.given FROM unnest(${ids}) AS i (id)
     CROSS JOIN LATERAL (
       (SELECT * FROM record_claim c WHERE c.item_id = i.id AND c.is_shown ORDER BY c.document_id LIMIT ${most})
       UNION ALL
       (SELECT * FROM record_claim c WHERE c.item_id = i.id AND NOT c.is_shown ORDER BY c.document_id LIMIT ${most})
       LIMIT ${most}) AS c`,
  );
  const givers = new Map<string, Given[]>();
  for (const claim of claims)
    givers.set(claim.itemId, [...(givers.get(claim.itemId) ?? []), claim]);
  for (const row of rows) {
    if (givers.has(row.id as string)) continue;
    const alone = { documentId: row[format.owner] as string, given: givenIn(format, row) };
    givers.set(row.id as string, [alone]);
  }
  return givers;
}
