import { oneEach } from "../db/batch.js";
import { select } from "../db/columns.js";
import type { Sql } from "../db/sql.js";
import { Where } from "../db/where.js";
import type { Ordering } from "../paging/ordering.js";
import type { Page, PageRequest } from "../paging/page.js";
import { countRows, type ListQuestion, readPages } from "../paging/page.sql.js";
import { Meeting } from "./meeting.entity.js";
import { type MeetingFilter, type MeetingParent, whereMeeting } from "./meeting.filter.js";
import { Participation } from "./participation.entity.js";

/** Which meetings to list: of everything, or of each of several parents. */
export interface MeetingList {
  parent?: { type: MeetingParent; ids: readonly string[] };
  filter?: MeetingFilter | null;
}

/** A page of meetings for each parent. */
export function meetingPages(
  sql: Sql,
  list: MeetingList,
  request: PageRequest,
): Promise<Page<Meeting>[]> {
  return readPages(sql, meetings(list), request);
}

/** How many meetings each parent has. */
export function meetingCounts(sql: Sql, list: MeetingList): Promise<number[]> {
  return countRows(sql, meetings(list));
}

function meetings({ parent, filter }: MeetingList): ListQuestion<Meeting> {
  const where = new Where(parent ? [parent.ids] : []);
  whereMeeting(where, filter, parent?.type);
  return {
    name: parent ? `meetingsOf${parent.type}` : "meetings",
    entity: Meeting,
    from: "meeting m",
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
    `SELECT ${select(Meeting, "m")} FROM meeting m
     WHERE m.slug = ANY ($1::text[]) OR m.former_slugs && $1::text[]`,
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
): Promise<Page<Participation>[]> {
  return readPages(sql, participations(meetingIds), request);
}

/** How many participations each meeting has. */
export function participationCounts(sql: Sql, meetingIds: readonly string[]): Promise<number[]> {
  return countRows(sql, participations(meetingIds));
}

function participations(meetingIds: readonly string[]): ListQuestion<Participation> {
  const where = new Where([meetingIds]);
  where.and("p.meeting_id = parent.id");
  return {
    name: "participationsOfMeeting",
    entity: Participation,
    from: "participation p",
    where,
    parents: { ids: meetingIds, type: "uuid" },
  };
}
