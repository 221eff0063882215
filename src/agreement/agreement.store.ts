import type { Sql } from "../db/sql.js";
import { generic, raw, SQL } from "../db/sql-text.js";
import { groupByKey, selectSql } from "../query/rows.js";
import type { List } from "../query/list.js";
import { onlyOrder } from "../query/ordering.js";
import { Agreement } from "./agreement.entity.js";
import { type AgreementFilter, NEWEST_AGREEMENT, whereAgreement } from "./agreement.filter.js";

/** All agreements, or those with a country as a party: newest first, undated last. */
export const AGREEMENTS: List<Agreement, "Country", AgreementFilter> = {
  field: "agreements",
  entity: Agreement,
  item: { table: "agreement", alias: "a" },
  orderings: onlyOrder(
    "DATE_DESC",
    { sql: NEWEST_AGREEMENT, type: "bigint" },
    { sql: "a.id", type: "uuid" },
  ),
  conditions: (where, filter, { parent }) => whereAgreement(where, filter, parent && "parent.id"),
};

/** Reads the agreements signed or exchanged at each meeting. */
export async function agreementsOfMeetings(sql: Sql, meetingIds: readonly string[]) {
  const rows = await sql.query<Agreement & { meetingId: string }>(
    "agreementsOfMeetings",
    SQL`SELECT m.id AS "meetingId", ${selectSql(Agreement, "a")}
      FROM unnest(${generic(meetingIds, "uuid[]")}) AS m (id) JOIN agreement a ON m.id IN (a.signed_at_id, a.exchanged_at_id)
      ORDER BY ${raw(NEWEST_AGREEMENT)}, a.id`,
  );
  return groupByKey(meetingIds, rows, (row) => row.meetingId);
}
