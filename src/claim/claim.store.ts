import type { Sql } from "../db/sql.js";
import { generic, raw, SQL } from "../db/sql-text.js";
import { selectSql } from "../query/rows.js";
import type { ClaimedValue } from "../records/claims/record.claim-values.js";
import { readClaimed } from "../records/claims/record.claims.store.js";
import { formatOf } from "../records/record.items.js";
import { wholeDocument } from "../records/claims/record.whole-document.js";
import type { Row } from "../records/record.row.js";
import { Citation } from "../source/citation.entity.js";
import { RecordStanding } from "../source/source.enums.js";
import { type RecordClaim, RecordClaimRank } from "./record-claim.js";

/** Items whose claims can be listed, by their noun in the record format. */
export type ClaimedNoun =
  "person" | "place" | "organization" | "meeting" | "agreement" | "statement" | "tenure";

/** The maximum number of citations of a claim. */
const MAX_CITATIONS = 20;

/** Reads the values that documents give for the fields of these items: by field, the preferred one first. */
export async function claimsOf(
  sql: Sql,
  noun: ClaimedNoun,
  ids: readonly string[],
): Promise<RecordClaim[][]> {
  const format = formatOf(noun);
  const { items, documents } = await readClaimed(sql, format, ids);
  const isCited = format.entries.some(([, { entry }]) => entry.noun === "citation");
  const citations = isCited ? await readCitations(sql, noun, ids) : null;
  const claims = new Map(
    items.map(({ id, values }) => {
      const passages = citations?.filter(({ factId }) => factId === id);
      const cite = (documentId: string) =>
        passages?.filter((one) => [one.documentId, one.ownerId].includes(documentId)) ?? [
          wholeDocument(id, documentId),
        ];
      const all = values.map((claim) => ({
        field: claim.field,
        value: claim.value,
        rank: rankOf(claim, documents),
        certainty: claim.certainty,
        reason: claim.reason,
        citations: claim.documentIds.flatMap(cite).slice(0, MAX_CITATIONS),
      }));
      return [id, all];
    }),
  );
  return ids.map((id) => claims.get(id) ?? []);
}

function rankOf(
  { isShown, documentIds }: ClaimedValue,
  documents: ReadonlyMap<string, Row>,
): RecordClaimRank {
  if (isShown) return RecordClaimRank.PREFERRED;
  return documentIds.every((id) => documents.get(id)!.standing === RecordStanding.RETRACTED)
    ? RecordClaimRank.DEPRECATED
    : RecordClaimRank.NORMAL;
}

interface CitationRow extends Citation {
  factId: string;
}

async function readCitations(sql: Sql, noun: ClaimedNoun, ids: readonly string[]) {
  const factId = raw(`c.${noun}_id`);
  return sql.query<CitationRow>(
    `citationsOfClaims_${noun}`,
    SQL`SELECT ${selectSql(Citation, "c")}, c.owner_id AS "ownerId", ${factId} AS "factId"
      FROM citation c WHERE ${factId} = ANY (${generic(ids, "uuid[]")}) ORDER BY c.start_offset, c.locator, c.id`,
  );
}
