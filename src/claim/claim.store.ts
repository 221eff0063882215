import type { Sql } from "../db/sql.js";
import { select } from "../query/rows.js";
import { DOCUMENT } from "../records/record.format.js";
import { idOf } from "../records/record.ids.js";
import { formatOf } from "../records/record.items.js";
import { givenIn } from "../records/load/record.claims.js";
import { readItems, readLabels } from "../records/load/record.store.js";
import type { Row } from "../records/record.row.js";
import { Citation } from "../source/citation.entity.js";
import { RecordStanding } from "../source/source.enums.js";
import { type Given, valuesOf } from "./claim.values.js";
import type { RecordClaim } from "./record-claim.js";

/** Items whose claims can be listed, by their noun in the record format. */
export type ClaimedNoun =
  "person" | "place" | "organization" | "meeting" | "agreement" | "statement" | "tenure";

/** At most so many documents of an item are read, the preferred ones first, and so many citations of each shown. */
const MAX_DOCUMENTS = 100;
const MAX_CITATIONS = 20;

/** Reads the values that documents give for the fields of these items: by field, the preferred one first. */
export async function claimsOf(
  sql: Sql,
  noun: ClaimedNoun,
  ids: readonly string[],
): Promise<RecordClaim[][]> {
  const format = formatOf(noun);
  const rows = new Map((await readItems(sql, format, [...ids])).map((row) => [row.id, row]));
  const stored = await readStored(sql, ids);
  const owners = [...rows.values()].map((row) => row[format.owner] as string);
  const documents = await readDocuments(sql, [
    ...owners,
    ...stored.map(({ documentId }) => documentId),
  ]);
  const keys = await readKeys(sql, [...rows.values(), ...stored.map(({ given }) => given)]);
  const citations = format.entries.some(([, { entry }]) => entry.noun === "citation")
    ? await readCitations(sql, noun, ids)
    : null;
  return ids.map((id) => {
    const row = rows.get(id);
    if (!row) return [];
    const own = stored.filter(({ itemId }) => itemId === id);
    const givers: Given[] =
      own.length > 0
        ? own
        : [{ documentId: row[format.owner] as string, given: givenIn(format, row) }];
    const cite = (documentId: string) =>
      citations
        ?.filter((one) => one.factId === id && [one.documentId, one.ownerId].includes(documentId))
        .slice(0, MAX_CITATIONS) ?? [wholeDocument(id, documentId)];
    return valuesOf({
      format,
      row,
      givers: givers.toSorted((one, other) =>
        preferenceOf(documents, one) < preferenceOf(documents, other) ? -1 : 1,
      ),
      keys,
      isRetracted: (documentId) => documents.get(documentId)!.standing === RecordStanding.RETRACTED,
    }).map(({ documentIds, ...claim }) => ({
      ...claim,
      reason: null,
      citations: documentIds.flatMap(cite).slice(0, MAX_CITATIONS),
    }));
  });
}

function preferenceOf(documents: ReadonlyMap<string, Row>, { documentId }: Given): string {
  return DOCUMENT.options.preference!(documents.get(documentId)!);
}

/** A citation of a document as a whole, for what has no passages. */
function wholeDocument(itemId: string, documentId: string): Citation {
  const nowhere = { start: null, end: null, locator: null, exact: null, reportedBy: null };
  return { id: idOf("citation", `${itemId}/${documentId}`), documentId, ...nowhere } as Citation;
}

async function readStored(sql: Sql, ids: readonly string[]) {
  return sql.query<Given & { itemId: string }>(
    "claimsOf",
    `SELECT i.id AS "itemId", c.document_id AS "documentId", c.given FROM unnest($1::uuid[]) AS i (id)
     CROSS JOIN LATERAL (SELECT * FROM record_claim c WHERE c.item_id = i.id
       ORDER BY c.is_shown DESC, c.document_id LIMIT ${MAX_DOCUMENTS}) AS c`,
    [ids],
  );
}

async function readDocuments(sql: Sql, ids: string[]): Promise<Map<string, Row>> {
  const rows = await sql.query<Row & { id: string }>(
    "documentsOfClaims",
    "SELECT id, key, kind, date_from::text, standing FROM source_document WHERE id = ANY ($1::uuid[])",
    [[...new Set(ids)]],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Reads the keys of the items that these rows refer to. */
async function readKeys(sql: Sql, rows: Row[]): Promise<Map<string, string>> {
  const ids = rows.flatMap((row) =>
    Object.entries(row).flatMap(([column, value]) =>
      column.endsWith("_id") && typeof value === "string" ? [value] : [],
    ),
  );
  return readLabels(sql, [...new Set(ids)]);
}

interface CitationRow extends Citation {
  factId: string;
}

async function readCitations(sql: Sql, noun: ClaimedNoun, ids: readonly string[]) {
  return sql.query<CitationRow>(
    `citationsOfClaims_${noun}`,
    `SELECT ${select(Citation, "c")}, c.owner_id AS "ownerId", c.${noun}_id AS "factId"
     FROM citation c WHERE c.${noun}_id = ANY ($1::uuid[]) ORDER BY c.start_offset, c.locator, c.id`,
    [ids],
  );
}
