import { oneEach } from "../db/batch.js";
import { select } from "../db/columns.js";
import type { Joined } from "../db/joins.js";
import type { Sql } from "../db/sql.js";
import { hasSlug, Where } from "../db/where.js";
import { isByRelevance, nameRelevance } from "../paging/relevance.js";
import type { RecordFacetCount } from "../paging/facet.js";
import { countFacet } from "../paging/facet.sql.js";
import type { Ordering } from "../paging/ordering.js";
import type { Page, PageRequest } from "../paging/page.js";
import { countRows, type ListQuestion, readPages } from "../paging/page.sql.js";
import { Meeting } from "./meeting.entity.js";
import { MEETING_FACETS, type MeetingFacet } from "./meeting.facets.js";
import { type MeetingFilter, type MeetingParent, whereMeeting } from "./meeting.filter.js";
import { Participation } from "./participation.entity.js";

/** Which meetings to list: of everything, or of each of several parents. */
export interface MeetingList {
  parent?: { type: MeetingParent; ids: readonly string[] };
  filter?: MeetingFilter | null;
  /** In which the words of the filter are read. */
  languages?: readonly string[];
  /** What is read together with them. */
  joined?: Joined;
}

/** A page of meetings for each parent. */
export function meetingPages(
  sql: Sql,
  list: MeetingList,
  request: PageRequest,
): Promise<Page<Meeting>[]> {
  return readPages(sql, meetings(list, isByRelevance(request)), request);
}

/** How many meetings each parent has. */
export function meetingCounts(sql: Sql, list: MeetingList): Promise<number[]> {
  return countRows(sql, meetings(list));
}

/** The most frequent values of a facet among the meetings of each parent. */
export function meetingFacets(
  sql: Sql,
  list: MeetingList,
  by: MeetingFacet,
  first: number,
): Promise<RecordFacetCount[][]> {
  return countFacet(sql, meetings(list), by, MEETING_FACETS[by], first);
}

function meetings(
  { parent, filter, languages, joined }: MeetingList,
  ranked = false,
): ListQuestion {
  const where = new Where(parent ? [parent.ids] : [], languages);
  whereMeeting(where, filter, parent?.type);
  return {
    name: parent ? `meetingsOf${parent.type}` : "meetings",
    columns: select(Meeting, "m"),
    joined: joined && { ...joined, entity: Meeting, alias: "m" },
    from: `meeting m ${ranked ? nameRelevance("MEETING", "m.id", where.words(filter!.text!)) : ""}`,
    where,
    parents: parent && { ids: parent.ids, type: parent.type === "Country" ? "text" : "uuid" },
  };
}

/** Meetings by id. */
export async function meetingsByIds(sql: Sql, ids: readonly string[]) {
  const rows = await sql.query<Meeting>(
    "meetingsByIds",
    `SELECT ${select(Meeting, "m")} FROM meeting m WHERE m.id = ANY ($1::uuid[])`,
    [ids],
  );
  return oneEach(ids, rows, (row) => [row.id]);
}

/** Meetings by present or former slug. */
export async function meetingsBySlugs(sql: Sql, slugs: readonly string[]) {
  const rows = await sql.query<Meeting>(
    "meetingsBySlugs",
    `SELECT ${select(Meeting, "m")}, m.former_slugs AS "formerSlugs" FROM meeting m
     WHERE ${hasSlug("$1::text[]", "m")}`,
    [slugs],
  );
  return oneEach(slugs, rows, (row) => [...row.formerSlugs, row.slug]);
}

/** In the order of the record. */
export const PARTICIPATION_ORDERING: Ordering = {
  name: "POSITION",
  keys: [
    { sql: "p.position", type: "int" },
    { sql: "p.id", type: "uuid" },
  ],
};

/** A page of participations for each meeting. */
export function participationPages(
  sql: Sql,
  meetingIds: readonly string[],
  request: PageRequest,
  joined: Joined,
): Promise<Page<Participation>[]> {
  return readPages(sql, participations(meetingIds, joined), request);
}

/** How many participations each meeting has. */
export function participationCounts(sql: Sql, meetingIds: readonly string[]): Promise<number[]> {
  return countRows(sql, participations(meetingIds));
}

function participations(meetingIds: readonly string[], joined?: Joined): ListQuestion {
  const where = new Where([meetingIds]);
  where.and("p.meeting_id = parent.id");
  return {
    name: "participationsOfMeeting",
    columns: select(Participation, "p"),
    joined: joined && { ...joined, entity: Participation, alias: "p" },
    from: "participation p",
    where,
    parents: { ids: meetingIds, type: "uuid" },
  };
}
