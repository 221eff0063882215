import { select } from "../db/rows.js";
import type { Sql } from "../db/sql.js";
import { Where } from "../db/where.js";
import type { Ordering } from "../paging/ordering.js";
import type { Page, PageRequest } from "../paging/page.js";
import { countRows, readPages } from "../paging/page.sql.js";
import { Person } from "../person/person.entity.js";
import { type MeetingFilter, whereMeeting } from "./meeting.filter.js";

/** Whose counterparts to list, and at which meetings. */
export interface CounterpartList {
  personIds: readonly string[];
  filter?: MeetingFilter | null;
  /** In which the words of the filter are read. */
  languages?: readonly string[];
}

/** One whom a person met, and what is told of their meetings. */
export interface Counterpart extends Person {
  meetingCount: number;
  /** For which the counterpart came, by English name. */
  countryCodes: string[];
  /** Bounds of the date of the latest meeting. */
  metFrom: string | null;
  metTo: string | null;
}

/** Most meetings first, then whoever was met latest. */
export const COUNTERPART_ORDERING: Ordering = {
  name: "MOST_MEETINGS",
  keys: [
    { sql: "-cardinality(met.meeting_ids)", type: "int" },
    { sql: "newest_first(latest.date_from)", type: "int" },
    { sql: "newest_first(latest.date_until)", type: "int" },
    { sql: "p.id", type: "uuid" },
  ],
};

const COLUMNS = `${select(Person, "p")}, cardinality(met.meeting_ids) AS "meetingCount",
  ARRAY(
    SELECT c.code FROM country c WHERE c.code IN (
      SELECT x.country_code FROM participation x
      WHERE x.person_id = p.id AND x.meeting_id = ANY (met.meeting_ids))
    ORDER BY c.name, c.code) AS "countryCodes",
  coalesce(latest.start_from, latest.end_from) AS "metFrom",
  coalesce(latest.start_to, latest.end_to) AS "metTo"`;

/** A page of counterparts of each person. */
export function counterpartPages(
  sql: Sql,
  list: CounterpartList,
  request: PageRequest,
): Promise<Page<Counterpart>[]> {
  const { parents, shared, where } = shares(list);
  // A meeting above another that the two share is the frame of that one, not one more.
  const met = `
    WITH shared AS (
      SELECT other.person_id, m.id, m.lineage, m.date_from, m.date_until
      FROM ${shared} GROUP BY other.person_id, m.id)
    SELECT s.person_id, array_agg(
      s.id ORDER BY newest_first(s.date_from), newest_first(s.date_until), s.id) AS meeting_ids
    FROM shared s
    WHERE NOT EXISTS (
      SELECT FROM shared below, unnest(below.lineage[2:]) AS above (id)
      WHERE below.person_id = s.person_id AND above.id = s.id)
    GROUP BY s.person_id`;
  const from = `(${met}) AS met JOIN person p ON p.id = met.person_id
    JOIN meeting latest ON latest.id = met.meeting_ids[1]`;
  return readPages(
    sql,
    { name: "counterpartsOfPerson", columns: COLUMNS, from, where, parents },
    request,
  );
}

/** How many counterparts each person has. Whoever shares a meeting shares one that counts, so no matter which. */
export function counterpartCounts(sql: Sql, list: CounterpartList): Promise<number[]> {
  const { parents, shared, where } = shares(list);
  const from = `(SELECT DISTINCT other.person_id FROM ${shared}) AS met`;
  return countRows(sql, { name: "counterpartsOfPerson", columns: "", from, where, parents });
}

/** What the person `parent.id` and others took part in on different sides: `other` in the meeting `m`. */
function shares({ personIds, filter, languages }: CounterpartList) {
  const held = new Where([personIds], languages);
  whereMeeting(held, filter);
  if (filter?.statedOnly) held.and("own.person_certainty = 'STATED'");
  const shared = `participation own JOIN meeting m ON m.id = own.meeting_id
    JOIN participation other ON other.meeting_id = m.id AND other.person_id <> own.person_id
    WHERE own.person_id = parent.id AND m.status = 'HELD' AND ${SAME_SIDE} IS NOT TRUE
      AND ${held.toString()}`;
  return {
    shared,
    // The page's own bounds refer to the same values, further on.
    where: new Where(held.values),
    parents: { ids: personIds, type: "uuid" as const },
  };
}

/** The side is the country, else the organization; one without either stands alone, which is never the same side. */
const SAME_SIDE = `(own.country_code = other.country_code
  OR own.country_code IS NULL AND other.country_code IS NULL AND own.organization_id = other.organization_id)`;
