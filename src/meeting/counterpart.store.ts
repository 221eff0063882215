import type { Sql } from "../db/sql.js";
import { raw, SQL, type SqlText } from "../db/sql-text.js";
import {
  countRows,
  readPages,
  type Connection,
  type Page,
  type PageRequest,
  pageRequest,
} from "../query/page.js";
import type { FilterTerms } from "../query/filter-terms.js";
import type { ListContext } from "../query/list.js";
import type { ForwardPageArgs } from "../query/connection.js";
import { selectSql } from "../query/rows.js";
import { listSource } from "../query/list-source.js";
import { MEETING_CRITERIA, MEETING_ITEM, whereMeeting } from "./meeting.where.js";
import { Person } from "../person/person.entity.js";
import type { Ordering } from "../query/ordering.js";
import { Where } from "../query/where.js";
import { partialDateOf } from "../scalars/partial-date.js";
import { CounterpartSide } from "./counterpart.enums.js";
import { isOtherSide, sideOf } from "./counterpart.sides.js";
import { SERVING_ROLES } from "./meeting.enums.js";
import type { MeetingFilter } from "./meeting.filter.js";

/** The arguments of `counterparts`. */
export interface CounterpartListArgs extends ForwardPageArgs {
  filter?: MeetingFilter | null;
  sides?: CounterpartSide[] | null;
}

/** Whose counterparts to list, of which sides, and at which meetings. */
interface CounterpartList {
  personIds: readonly string[];
  sides: readonly CounterpartSide[];
  filter?: MeetingFilter | null;
  /** What the conditions of the filter need to know of the record. */
  terms?: FilterTerms;
}

/** A counterpart, with a summary of the meetings with them. */
interface Counterpart extends Person {
  side: CounterpartSide;
  meetingCount: number;
  /** The countries of the counterpart's side, by English name. */
  countryCodes: string[];
  /** The bounds of the date of the latest meeting. */
  metFrom: string | null;
  metTo: string | null;
}

/** Most meetings first, then the latest meeting. */
const ORDERING: Ordering = {
  name: "MOST_MEETINGS",
  keys: [
    { sql: "-cardinality(met.meeting_ids)", type: "int" },
    { sql: "newest_first(latest.date_from)", type: "int" },
    { sql: "newest_first(latest.date_until)", type: "int" },
    { sql: "p.id", type: "uuid" },
  ],
};

/** All that is in `from`. */
const COUNTERPARTS = { name: "counterpartsOfPerson", where: new Where() };

const parentsOf = ({ personIds }: CounterpartList) => ({ ids: personIds, type: "Person" as const });

const columns = (statedOnly: boolean) => SQL`${selectSql(Person, "p")}, met.side,
  cardinality(met.meeting_ids) AS "meetingCount",
  ARRAY(
    SELECT c.code FROM country c WHERE c.code IN (
      SELECT unnest(${sideOf("x", "m", statedOnly)})
      FROM participation x JOIN meeting m ON m.id = x.meeting_id
      WHERE x.person_id = p.id AND m.id = ANY (met.meeting_ids))
    ORDER BY c.name, c.code) AS "countryCodes",
  coalesce(latest.start_from, latest.end_from) AS "metFrom",
  coalesce(latest.start_to, latest.end_to) AS "metTo"`;

/** Reads a page of counterparts for each person. */
function counterpartPages(
  sql: Sql,
  list: CounterpartList,
  request: PageRequest,
): Promise<Page<Counterpart>[]> {
  const { shared, ofSides, statedOnly } = sharedMeetings(list);
  const ids = (kind: string) =>
    raw(
      `array_agg(s.id ORDER BY newest_first(s.date_from), newest_first(s.date_until), s.id) FILTER (WHERE ${kind})`,
    );
  // An ancestor of another meeting that the two share does not count as one more meeting.
  const met = SQL`${shared}
    SELECT s.person_id, CASE WHEN bool_or(s.is_other) THEN 'OTHER' ELSE 'UNKNOWN' END AS side,
      coalesce(${ids("s.is_other")}, ${ids("s.is_other IS NULL")}) AS meeting_ids
    FROM shared s
    WHERE NOT EXISTS (
      SELECT FROM shared below, unnest(below.lineage[2:]) AS above (id)
      WHERE below.person_id = s.person_id AND above.id = s.id
        AND below.is_other IS NOT DISTINCT FROM s.is_other)
    GROUP BY s.person_id HAVING ${ofSides}`;
  const from = SQL`(${met}) AS met JOIN person p ON p.id = met.person_id
    JOIN meeting latest ON latest.id = met.meeting_ids[1]`;
  return readPages(
    sql,
    { ...COUNTERPARTS, columns: columns(statedOnly), from, parents: parentsOf(list) },
    request,
  );
}

/** Counts the counterparts of each person. Needs no exclusion of ancestors, which changes the meetings but not the people. */
function counterpartCounts(sql: Sql, list: CounterpartList): Promise<number[]> {
  const { shared, ofSides } = sharedMeetings(list);
  const from = SQL`(${shared}
    SELECT FROM shared s GROUP BY s.person_id HAVING ${ofSides}) AS met`;
  return countRows(sql, { ...COUNTERPARTS, columns: SQL``, from, parents: parentsOf(list) });
}

/**
 * Returns a CTE `shared` of the meetings that the person `parent.id` and others took part in. `is_other` says whether the others
 * were on another side, null if that is unknown. Those on the same side are left out, and so are interpreters and note-takers, at either
 * end, unless `roles` has theirs.
 */
function sharedMeetings({ filter, terms, sides }: CounterpartList) {
  const statedOnly = filter?.statedOnly ?? false;
  const held = new Where(terms);
  // Participations are joined to the meetings.
  const joined = { filter, statedOnly, isJoined: true };
  const source = listSource(held, MEETING_ITEM, MEETING_CRITERIA, joined);
  whereMeeting(held, filter, { source, parent: "Person" });
  if (statedOnly) held.and(SQL`own.person_certainty = 'STATED'`);
  const serving = SERVING_ROLES.filter((role) => !filter?.roles?.includes(role));
  const takesSide = (x: string) =>
    raw(serving.map((role) => `AND ${x}.role <> '${role}'`).join(" "));
  const listed = raw(sides.includes(CounterpartSide.UNKNOWN) ? "IS NOT FALSE" : "");
  // OFFSET 0 keeps the subselects apart, so that each side is computed once a meeting, though it is used several times.
  const shared = SQL`
    WITH shared AS MATERIALIZED (
      SELECT other.person_id, m.id, m.lineage, m.date_from, m.date_until, bool_or(sides.is_other) AS is_other
      FROM (
        SELECT m.id, m.lineage, m.date_from, m.date_until, ${sideOf("own", "m", statedOnly)} AS own_side
        FROM participation own JOIN meeting m ON m.id = own.meeting_id
        WHERE own.person_id = parent.id AND m.status = 'HELD' ${takesSide("own")} AND ${held.toSql()} OFFSET 0) AS m
      JOIN participation other ON other.meeting_id = m.id AND other.person_id <> parent.id ${takesSide("other")}
      CROSS JOIN LATERAL (SELECT ${sideOf("other", "m", statedOnly)} AS side OFFSET 0) AS theirs
      CROSS JOIN LATERAL (SELECT ${isOtherSide(SQL`m.own_side`, SQL`theirs.side`)} AS is_other) AS sides
      WHERE sides.is_other ${listed}
      GROUP BY 1, 2, 3, 4, 5)`;
  return {
    shared,
    ofSides: havingSides(sides),
    statedOnly,
  };
}

/** Returns the HAVING condition for the listed sides: a person who was on another side at any meeting is not UNKNOWN. */
function havingSides(sides: readonly CounterpartSide[]): SqlText {
  if (sides.length === 0) return SQL`false`;
  if (!sides.includes(CounterpartSide.OTHER)) return SQL`bool_or(s.is_other) IS NULL`;
  return SQL`true`;
}

/** The fields of an edge besides its node. */
interface CounterpartDetails {
  side: CounterpartSide;
  meetingCount: number;
  countryCodes: string[];
  lastMet: string | null;
}

/** A connection of counterparts, with the number of those whose side is unknown, whichever sides are listed. */
interface CounterpartConnection extends Connection<Person, CounterpartDetails> {
  unknownSideCount(): Promise<number | null>;
}

/** Returns the counterparts of a person. */
export function counterpartsOf(
  context: ListContext,
  personId: string,
  { filter, sides, ...page }: CounterpartListArgs,
): CounterpartConnection {
  const { sql } = context;
  const request = pageRequest(page, "Person.counterparts", ORDERING);
  const listOf = (sides: readonly CounterpartSide[]) => {
    const list = async (personIds: readonly string[]) => ({
      personIds,
      sides,
      filter,
      terms: await context.terms.termsOf(filter, [filter?.text]),
    });
    const read = {
      pages: async (ids: readonly string[]) => counterpartPages(sql, await list(ids), request),
      counts: async (ids: readonly string[]) => counterpartCounts(sql, await list(ids)),
    };
    return context.connection(personId, request, [filter, sides], read, toEdge);
  };
  return {
    ...listOf([...new Set(sides ?? [CounterpartSide.OTHER])].sort()),
    unknownSideCount: () => listOf([CounterpartSide.UNKNOWN]).totalCount(),
  };
}

function toEdge(row: Counterpart) {
  const { side, meetingCount, countryCodes, metFrom, metTo } = row;
  return { node: row, side, meetingCount, countryCodes, lastMet: partialDateOf(metFrom, metTo) };
}
