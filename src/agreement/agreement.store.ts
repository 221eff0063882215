import { manyEach, oneEach } from "../db/batch.js";
import { select } from "../db/columns.js";
import type { Sql } from "../db/sql.js";
import { hasSlug, Where } from "../db/where.js";
import type { Ordering } from "../paging/ordering.js";
import type { Page, PageRequest } from "../paging/page.js";
import { countRows, type ListQuestion, readPages } from "../paging/page.sql.js";
import { AgreementParty } from "./agreement-party.entity.js";
import { Agreement } from "./agreement.entity.js";
import { type AgreementFilter, whereAgreement } from "./agreement.filter.js";

/** Newest first, those without a date last. */
export const AGREEMENT_ORDERING: Ordering = {
  name: "DATE_DESC",
  keys: [
    { sql: "newest_first(a.date_from)", type: "int" },
    { sql: "newest_first(a.date_to)", type: "int" },
    { sql: "a.id", type: "uuid" },
  ],
};

/** Which agreements to list: all, or those each of several countries is a party to. */
export interface AgreementList {
  countryCodes?: readonly string[];
  filter?: AgreementFilter | null;
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

function agreements({ countryCodes, filter }: AgreementList): ListQuestion {
  const where = new Where(countryCodes ? [countryCodes] : []);
  whereAgreement(where, filter, countryCodes && "parent.id");
  return {
    name: countryCodes ? "agreementsOfCountry" : "agreements",
    columns: select(Agreement, "a"),
    from: "agreement a",
    where,
    parents: countryCodes && { ids: countryCodes, type: "text" },
  };
}

/** Agreements by id. */
export async function agreementsByIds(sql: Sql, ids: readonly string[]) {
  const rows = await sql.query<Agreement>(
    "agreementsByIds",
    `SELECT ${select(Agreement, "a")} FROM agreement a WHERE a.id = ANY ($1::uuid[])`,
    [ids],
  );
  return oneEach(ids, rows, (row) => [row.id]);
}

/** Agreements by present or former slug. */
export async function agreementsBySlugs(sql: Sql, slugs: readonly string[]) {
  const rows = await sql.query<Agreement>(
    "agreementsBySlugs",
    `SELECT ${select(Agreement, "a")}, a.former_slugs AS "formerSlugs" FROM agreement a
     WHERE ${hasSlug("$1::text[]", "a")}`,
    [slugs],
  );
  return oneEach(slugs, rows, (row) => [...row.formerSlugs, row.slug]);
}

/** The parties of each agreement, in the order of its record. */
export async function partiesOfAgreements(sql: Sql, agreementIds: readonly string[]) {
  const rows = await sql.query<AgreementParty>(
    "partiesOfAgreements",
    `SELECT ${select(AgreementParty, "x")} FROM agreement_party x
     WHERE x.agreement_id = ANY ($1::uuid[]) ORDER BY x.agreement_id, x.position`,
    [agreementIds],
  );
  return manyEach(agreementIds, rows, (row) => row.agreementId);
}

/** What was signed or exchanged at each meeting. */
export async function agreementsOfMeetings(sql: Sql, meetingIds: readonly string[]) {
  const rows = await sql.query<Agreement & { meetingId: string }>(
    "agreementsOfMeetings",
    `SELECT m.id AS "meetingId", ${select(Agreement, "a")}
     FROM unnest($1::uuid[]) AS m (id) JOIN agreement a ON m.id IN (a.signed_at_id, a.exchanged_at_id)
     ORDER BY newest_first(a.date_from), newest_first(a.date_to), a.id`,
    [meetingIds],
  );
  return manyEach(meetingIds, rows, (row) => row.meetingId);
}
