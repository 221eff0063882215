import { select, type Selection } from "../query/rows.js";
import type { Sql } from "../db/sql.js";
import { Where } from "../query/where.js";
import { isByRelevance, nameRelevance } from "../query/relevance.js";
import type { Counted } from "../query/facet.js";
import { countFacet } from "../query/facet.sql.js";
import type { Ordering } from "../query/ordering.js";
import type { Page, PageRequest } from "../query/page.js";
import type { ListQuestion } from "../query/list-question.js";
import { countRows, readPages } from "../query/page.sql.js";
import { Meeting } from "./meeting.entity.js";
import { MEETING_FACETS, type MeetingFacet } from "./meeting.facets.js";
import type { MeetingFilter } from "./meeting.filter.js";
import { type MeetingParent, whereMeeting } from "./meeting.where.js";
import { Participation } from "./participation.entity.js";

/** Which meetings to list: of everything, or of each of several parents. */
export interface MeetingList {
  parent?: { type: MeetingParent; ids: readonly string[] };
  filter?: MeetingFilter | null;
  /** In which the words of the filter are read. */
  languages?: readonly string[];
  /** What is shown of each. */
  selected?: Selection;
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
): Promise<Counted[]> {
  return countFacet(sql, meetings(list), by, MEETING_FACETS[by], first);
}

function meetings(
  { parent, filter, languages, selected }: MeetingList,
  ranked = false,
): ListQuestion {
  const where = new Where(parent ? [parent.ids] : [], languages);
  const { from, keys } = whereMeeting(where, filter, parent?.type);
  return {
    name: parent ? `meetingsOf${parent.type}` : "meetings",
    columns: select(Meeting, "m", selected),
    from: `${from} ${ranked ? nameRelevance("MEETING", "m.id", where.words(filter!.text!)) : ""}`,
    keys,
    isDated: Boolean(filter?.date),
    where,
    parents: parent && { ids: parent.ids, type: parent.type === "Country" ? "text" : "uuid" },
  };
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
  selected?: Selection,
): Promise<Page<Participation>[]> {
  return readPages(sql, participations(meetingIds, selected), request);
}

/** How many participations each meeting has. */
export function participationCounts(sql: Sql, meetingIds: readonly string[]): Promise<number[]> {
  return countRows(sql, participations(meetingIds));
}

function participations(meetingIds: readonly string[], selected?: Selection): ListQuestion {
  const where = new Where([meetingIds]);
  where.and("p.meeting_id = parent.id");
  return {
    name: "participationsOfMeeting",
    columns: select(Participation, "p", selected),
    from: "participation p",
    where,
    parents: { ids: meetingIds, type: "uuid" },
  };
}
