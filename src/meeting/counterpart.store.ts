import type { Sql } from "../db/sql.js";
import { countRows, readPages } from "../query/page.sql.js";
import { whereMeeting } from "./meeting.where.js";
import { Person } from "../person/person.entity.js";
import type { Connection } from "../query/connection.js";
import type { ListContext } from "../query/list-context.js";
import type { Ordering } from "../query/ordering.js";
import type { ForwardPageArgs } from "../query/page.args.js";
import { type Page, type PageRequest, pageRequest } from "../query/page.js";
import { select } from "../query/rows.js";
import { Where } from "../query/where.js";
import { partialDateOf } from "../scalars/partial-date.js";
import { CounterpartSide } from "./counterpart.enums.js";
import { isOtherSide, sideOf } from "./counterpart.sides.js";
import type { MeetingFilter } from "./meeting.filter.js";

/** What a client asks of a list of counterparts. */
export interface CounterpartListArgs extends ForwardPageArgs {
  filter?: MeetingFilter | null;
  sides?: CounterpartSide[] | null;
}

/** Whose counterparts to list, of which sides, and at which meetings. */
interface CounterpartList {
  personIds: readonly string[];
  sides: readonly CounterpartSide[];
  filter?: MeetingFilter | null;
  /** In which the words of the filter are read. */
  languages?: readonly string[];
}

/** One whom a person met, and what is told of their meetings. */
interface Counterpart extends Person {
  side: CounterpartSide;
  meetingCount: number;
  /** Of the counterpart's side, by English name. */
  countryCodes: string[];
  /** Bounds of the date of the latest meeting. */
  metFrom: string | null;
  metTo: string | null;
}

/** Most meetings first, then whoever was met latest. */
const ORDERING: Ordering = {
  name: "MOST_MEETINGS",
  keys: [
    { sql: "-cardinality(met.meeting_ids)", type: "int" },
    { sql: "newest_first(latest.date_from)", type: "int" },
    { sql: "newest_first(latest.date_until)", type: "int" },
    { sql: "p.id", type: "uuid" },
  ],
};

const columns = (statedOnly: boolean) => `${select(Person, "p")}, met.side,
  cardinality(met.meeting_ids) AS "meetingCount",
  ARRAY(
    SELECT c.code FROM country c WHERE c.code IN (
      SELECT unnest(${sideOf("x", "m", statedOnly)})
      FROM participation x JOIN meeting m ON m.id = x.meeting_id
      WHERE x.person_id = p.id AND m.id = ANY (met.meeting_ids))
    ORDER BY c.name, c.code) AS "countryCodes",
  coalesce(latest.start_from, latest.end_from) AS "metFrom",
  coalesce(latest.start_to, latest.end_to) AS "metTo"`;

/** A page of counterparts of each person. */
function counterpartPages(
  sql: Sql,
  list: CounterpartList,
  request: PageRequest,
): Promise<Page<Counterpart>[]> {
  const { parents, shared, ofSides, statedOnly, where } = shares(list);
  const ids = (kind: string) =>
    `array_agg(s.id ORDER BY newest_first(s.date_from), newest_first(s.date_until), s.id) FILTER (WHERE ${kind})`;
  // A meeting above another that the two share as well is the frame of that one, not one more.
  const met = `${shared}
    SELECT s.person_id, CASE WHEN bool_or(s.is_other) THEN 'OTHER' ELSE 'UNKNOWN' END AS side,
      coalesce(${ids("s.is_other")}, ${ids("s.is_other IS NULL")}) AS meeting_ids
    FROM shared s
    WHERE NOT EXISTS (
      SELECT FROM shared below, unnest(below.lineage[2:]) AS above (id)
      WHERE below.person_id = s.person_id AND above.id = s.id
        AND below.is_other IS NOT DISTINCT FROM s.is_other)
    GROUP BY s.person_id HAVING ${ofSides}`;
  const from = `(${met}) AS met JOIN person p ON p.id = met.person_id
    JOIN meeting latest ON latest.id = met.meeting_ids[1]`;
  return readPages(
    sql,
    { name: "counterpartsOfPerson", columns: columns(statedOnly), from, where, parents },
    request,
  );
}

/** How many counterparts each person has. Whoever shares a meeting shares one that counts, so no matter which. */
function counterpartCounts(sql: Sql, list: CounterpartList): Promise<number[]> {
  const { parents, shared, ofSides, where } = shares(list);
  const from = `(${shared}
    SELECT FROM shared s GROUP BY s.person_id HAVING ${ofSides}) AS met`;
  return countRows(sql, { name: "counterpartsOfPerson", columns: "", from, where, parents });
}

/**
 * What the person `parent.id` and others took part in, and whether these were on another side: `is_other` is null where
 * that is unknown. Those on the same side are left out.
 */
function shares({ personIds, filter, languages, sides }: CounterpartList) {
  const statedOnly = filter?.statedOnly ?? false;
  const held = new Where([personIds], languages);
  whereMeeting(held, filter, undefined, true);
  if (statedOnly) held.and("own.person_certainty = 'STATED'");
  const listed = sides.includes(CounterpartSide.UNKNOWN) ? "IS NOT FALSE" : "";
  // OFFSET 0: the side of the person is found once a meeting, that of the other once, though it is used more than once.
  const shared = `
    WITH shared AS MATERIALIZED (
      SELECT other.person_id, m.id, m.lineage, m.date_from, m.date_until, bool_or(sides.is_other) AS is_other
      FROM (
        SELECT m.id, m.lineage, m.date_from, m.date_until, ${sideOf("own", "m", statedOnly)} AS own_side
        FROM participation own JOIN meeting m ON m.id = own.meeting_id
        WHERE own.person_id = parent.id AND m.status = 'HELD' AND ${held.toString()} OFFSET 0) AS m
      JOIN participation other ON other.meeting_id = m.id AND other.person_id <> parent.id
      CROSS JOIN LATERAL (SELECT ${sideOf("other", "m", statedOnly)} AS side OFFSET 0) AS theirs
      CROSS JOIN LATERAL (SELECT ${isOtherSide("m.own_side", "theirs.side")} AS is_other) AS sides
      WHERE sides.is_other ${listed}
      GROUP BY 1, 2, 3, 4, 5)`;
  return {
    shared,
    ofSides: areOf(sides),
    statedOnly,
    // The page's own bounds refer to the same values, further on.
    where: new Where(held.values),
    parents: { ids: personIds, type: "Person" },
  };
}

/** Which of those met are listed: whoever was on another side at one meeting is not unknown. */
function areOf(sides: readonly CounterpartSide[]): string {
  if (sides.length === 0) return "false";
  if (!sides.includes(CounterpartSide.OTHER)) return "bool_or(s.is_other) IS NULL";
  return "true";
}

/** What the edge to a counterpart tells of their meetings. */
interface CounterpartTold {
  side: CounterpartSide;
  meetingCount: number;
  countryCodes: string[];
  lastMet: string | null;
}

/** A list of counterparts, and how many were met of whom nobody knows the side, whichever sides are listed. */
interface CounterpartConnection extends Connection<Person, CounterpartTold> {
  unknownSideCount(): Promise<number | null>;
}

/** Whom a person met. */
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
      languages: await context.languagesFor([filter?.text]),
    });
    const read = {
      pages: async (ids: readonly string[]) => counterpartPages(sql, await list(ids), request),
      counts: async (ids: readonly string[]) => counterpartCounts(sql, await list(ids)),
    };
    return context.connection(personId, request, [filter, sides], read, told);
  };
  return {
    ...listOf([...new Set(sides ?? [CounterpartSide.OTHER])].sort()),
    unknownSideCount: () => listOf([CounterpartSide.UNKNOWN]).totalCount(),
  };
}

function told(row: Counterpart) {
  const { side, meetingCount, countryCodes, metFrom, metTo } = row;
  return { node: row, side, meetingCount, countryCodes, lastMet: partialDateOf(metFrom, metTo) };
}
