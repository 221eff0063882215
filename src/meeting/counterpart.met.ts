import { raw, SQL, type SqlText } from "../db/sql-text.js";
import type { FilterTerms } from "../query/filter-terms.js";
import type { ListContext } from "../query/list.js";
import { listSource } from "../query/list-source.js";
import type { Parents } from "../query/page.js";
import { idsOfSlugs, Where } from "../query/where.js";
import { CounterpartSide } from "./counterpart.enums.js";
import { isOtherSide, sideOf } from "./counterpart.sides.js";
import { SERVING_ROLES } from "./meeting.enums.js";
import type { MeetingFilter } from "./meeting.filter.js";
import { MEETING_CRITERIA, MEETING_ITEM, whereMeeting } from "./meeting.where.js";

/** Whom to list as met: by which people, of which sides, and at which meetings. */
export interface MetList {
  parents: Parents<"Person">;
  sides: readonly CounterpartSide[];
  filter?: MeetingFilter | null;
  /** Only this many of the latest meetings of each parent; all if null. */
  latest: number | null;
  /** The slugs of the only people to list; everybody if absent. */
  people?: readonly string[] | null;
  /** What the conditions of the filter need to know of the record. */
  terms?: FilterTerms;
}

/** Returns a function that makes the list for some people. */
export function metListOf(
  context: ListContext,
  asked: Pick<MetList, "filter" | "sides" | "latest" | "people">,
): (personIds: readonly string[]) => Promise<MetList> {
  const { filter } = asked;
  return async (ids) => ({
    ...asked,
    parents: { type: "Person", ids },
    terms: await context.terms.termsOf(filter, [filter?.text]),
  });
}

/** Returns the sides to list, each once; those of another side if nothing is asked for. */
export function listedSides(
  sides: readonly CounterpartSide[] | null | undefined,
): readonly CounterpartSide[] {
  return [...new Set(sides ?? [CounterpartSide.OTHER])].sort();
}

/** Most meetings first, then the latest meeting: `latest`, the first of `met.meeting_ids`. */
export const MOST_MEETINGS = [
  { sql: "-cardinality(met.meeting_ids)", type: "int" },
  { sql: "newest_first(latest.date_from)", type: "int" },
  { sql: "newest_first(latest.date_until)", type: "int" },
] as const;

/** The columns `metFrom` and `metTo`: the bounds of the start date of `latest`, else of its end date. */
export const LAST_MET = raw(`coalesce(latest.start_from, latest.end_from) AS "metFrom",
  coalesce(latest.start_to, latest.end_to) AS "metTo"`);

/** Which participants, `other`, are listed as met. */
interface Participants {
  condition: SqlText;
  /** The columns by which participations are grouped. The first is never null. */
  columns: readonly [string, ...string[]];
}

/** People, each of them once. */
export const PEOPLE: Participants = {
  condition: raw("other.person_id <> parent.id"),
  columns: ["person_id"],
};

/** Those whom a document describes without a name: one for each description, country and organization. */
export const DESCRIBED: Participants = {
  condition: raw("other.person_id IS NULL AND other.description IS NOT NULL"),
  columns: ["description", "country_code", "organization_id"],
};

/**
 * Returns a SELECT of those whom `parent.id` met, a row for each: the columns that they are grouped by, `side`, and `meeting_ids`,
 * latest first. A meeting above another one that the two share does not count.
 */
export function metBy(list: MetList, participants: Participants): SqlText {
  const ids = (kind: string) =>
    raw(
      `array_agg(s.id ORDER BY newest_first(s.date_from), newest_first(s.date_until), s.id) FILTER (WHERE ${kind})`,
    );
  const [first, ...others] = participants.columns;
  // The first by equality, so that rows can be hashed by it.
  const same = [
    `below.${first} = s.${first}`,
    ...others.map((column) => `below.${column} IS NOT DISTINCT FROM s.${column}`),
  ];
  return SQL`${sharedMeetings(list, participants)}
    SELECT ${columnsOf(participants, "s")}, CASE WHEN bool_or(s.is_other) THEN 'OTHER' ELSE 'UNKNOWN' END AS side,
      coalesce(${ids("s.is_other")}, ${ids("s.is_other IS NULL")}) AS meeting_ids
    FROM shared s
    WHERE NOT EXISTS (
      SELECT FROM shared below, unnest(below.lineage[2:]) AS above (id)
      WHERE ${raw(same.join(" AND "))} AND above.id = s.id
        AND below.is_other IS NOT DISTINCT FROM s.is_other)
    GROUP BY ${columnsOf(participants, "s")} HAVING ${havingSides(list)}`;
}

/** Returns a SELECT of the numbers of people whom `parent.id` met: `other` on another side, `unknown` with a side unknown. */
export function metBySide(list: MetList): SqlText {
  const sides = [CounterpartSide.OTHER, CounterpartSide.UNKNOWN];
  return SQL`${sharedMeetings({ ...list, sides }, PEOPLE)}
    SELECT count(*) FILTER (WHERE is_other)::int AS other, count(*) FILTER (WHERE is_other IS NULL)::int AS unknown
    FROM (SELECT bool_or(s.is_other) AS is_other FROM shared s GROUP BY s.person_id) AS met`;
}

/** Returns a SELECT of as many rows as {@link metBy}, without columns. Need not exclude meetings above others: that changes which meetings count, not who was met. */
export function whoeverMet(list: MetList, participants: Participants): SqlText {
  return SQL`${sharedMeetings(list, participants)}
    SELECT FROM shared s GROUP BY ${columnsOf(participants, "s")} HAVING ${havingSides(list)}`;
}

/**
 * Returns a CTE `shared` of the meetings that the person `parent.id` and others took part in. `is_other` says whether the others
 * were on another side, null if that is unknown. Leaves out those on the same side, and interpreters and note-takers, be it the person or
 * the others, unless `roles` has these roles. On a visit with guests, people only meet guests: the others need not have met each other.
 */
function sharedMeetings(
  { filter, terms, sides, latest, people }: MetList,
  participants: Participants,
): SqlText {
  const statedOnly = filter?.statedOnly ?? false;
  const held = new Where(terms);
  // Participations are joined to the meetings.
  const joined = { filter, statedOnly, isJoined: true };
  const source = listSource(held, MEETING_ITEM, MEETING_CRITERIA, joined);
  whereMeeting(held, filter, { source, parent: "Person" });
  const meetings = SQL`m.status = 'HELD' AND ${held.toSql()}`;
  // The list table is ordered by date, so the latest are read first.
  const counted =
    latest === null
      ? meetings
      : SQL`m.id IN (SELECT l.meeting_id FROM meeting_of_person l JOIN meeting m ON m.id = l.meeting_id
          WHERE l.person_id = parent.id AND ${meetings} ORDER BY l.newest, l.meeting_id LIMIT ${raw(String(latest))})`;
  const named = raw(statedOnly ? " AND own.person_certainty = 'STATED'" : "");
  const serving = SERVING_ROLES.filter((role) => !filter?.roles?.includes(role));
  const takesSide = (x: string) =>
    raw(serving.map((role) => `AND ${x}.role <> '${role}'`).join(" "));
  const listed = raw(sides.includes(CounterpartSide.UNKNOWN) ? "IS NOT FALSE" : "");
  const who = columnsOf(participants, "other");
  const isAsked = (x: string) =>
    people ? SQL`AND ${raw(x)}.person_id = ANY (ARRAY(${idsOfSlugs("person", people)}))` : raw("");
  // Finds the meetings with one of few people before any side is computed.
  const withAsked = people
    ? SQL`AND EXISTS (SELECT FROM participation asked WHERE asked.meeting_id = m.id
        AND asked.person_id <> parent.id ${isAsked("asked")})`
    : raw("");
  // OFFSET 0 keeps the planner from inlining the subselects, so that each side is computed once, though it is used several times.
  return SQL`
    WITH shared AS MATERIALIZED (
      SELECT ${who}, m.id, m.lineage, m.date_from, m.date_until, bool_or(sides.is_other) AS is_other
      FROM (
        SELECT m.id, m.lineage, m.date_from, m.date_until, ${sideOf("own", "m", statedOnly)} AS own_side,
          m.kind = 'VISIT' AND own.role <> 'GUEST' AND EXISTS (
            SELECT FROM participation guest WHERE guest.meeting_id = m.id AND guest.role = 'GUEST') AS is_visit_with_guests
        FROM participation own JOIN meeting m ON m.id = own.meeting_id
        WHERE own.person_id = parent.id AND ${counted} ${takesSide("own")}${named} ${withAsked} OFFSET 0) AS m
      JOIN participation other ON other.meeting_id = m.id AND ${participants.condition} ${takesSide("other")} ${isAsked("other")}
        AND (NOT m.is_visit_with_guests OR other.role = 'GUEST')
      CROSS JOIN LATERAL (SELECT ${sideOf("other", "m", statedOnly)} AS side OFFSET 0) AS theirs
      CROSS JOIN LATERAL (SELECT ${isOtherSide(SQL`m.own_side`, SQL`theirs.side`)} AS is_other) AS sides
      WHERE sides.is_other ${listed}
      GROUP BY ${who}, m.id, m.lineage, m.date_from, m.date_until)`;
}

function columnsOf({ columns }: Participants, alias: string): SqlText {
  return raw(columns.map((column) => `${alias}.${column}`).join(", "));
}

/** Returns the HAVING condition for the listed sides: one who was on another side at any meeting is not UNKNOWN. */
function havingSides({ sides }: MetList): SqlText {
  if (sides.length === 0) return SQL`false`;
  if (!sides.includes(CounterpartSide.OTHER)) return SQL`bool_or(s.is_other) IS NULL`;
  return SQL`true`;
}
