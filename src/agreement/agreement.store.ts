import { manyEach } from "../query/batch.js";
import { select, type Selection } from "../query/rows.js";
import type { Sql } from "../db/sql.js";
import { Where } from "../query/where.js";
import type { Ordering } from "../query/ordering.js";
import type { Page, PageRequest } from "../query/page.js";
import type { ListQuestion } from "../query/list-question.js";
import { countRows, readPages } from "../query/page.sql.js";
import { Agreement } from "./agreement.entity.js";
import { type AgreementFilter, NEWEST_AGREEMENT, whereAgreement } from "./agreement.filter.js";

const DATE = { sql: NEWEST_AGREEMENT, type: "bigint" } as const;

/** Newest first, those without a date last. */
export const AGREEMENT_ORDERING: Ordering = {
  name: "DATE_DESC",
  keys: [DATE, { sql: "a.id", type: "uuid" }],
};

/** Which agreements to list: all, or those each of several countries is a party to. */
export interface AgreementList {
  countryCodes?: readonly string[];
  filter?: AgreementFilter | null;
  /** What is shown of each. */
  selected?: Selection;
}

/** A page of agreements: of all, or of each country. */
export function agreementPages(
  sql: Sql,
  list: AgreementList,
  request: PageRequest,
): Promise<Page<Agreement>[]> {
  return readPages(sql, agreements(list), request);
}

/** How many agreements there are: in all, or of each country. */
export function agreementCounts(sql: Sql, list: AgreementList): Promise<number[]> {
  return countRows(sql, agreements(list));
}

function agreements({ countryCodes, filter, selected }: AgreementList): ListQuestion {
  const where = new Where(countryCodes ? [countryCodes] : []);
  whereAgreement(where, filter, countryCodes && "parent.id");
  return {
    name: countryCodes ? "agreementsOfCountry" : "agreements",
    columns: select(Agreement, "a", selected),
    from: "agreement a",
    where,
    parents: countryCodes && { ids: countryCodes, type: "text" },
  };
}

/** What was signed or exchanged at each meeting. */
export async function agreementsOfMeetings(sql: Sql, meetingIds: readonly string[]) {
  const rows = await sql.query<Agreement & { meetingId: string }>(
    "agreementsOfMeetings",
    `SELECT m.id AS "meetingId", ${select(Agreement, "a")}
     FROM unnest($1::uuid[]) AS m (id) JOIN agreement a ON m.id IN (a.signed_at_id, a.exchanged_at_id)
     ORDER BY ${NEWEST_AGREEMENT}, a.id`,
    [meetingIds],
  );
  return manyEach(meetingIds, rows, (row) => row.meetingId);
}
