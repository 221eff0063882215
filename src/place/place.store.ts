import { rowsByKey, rowsBySlug, rowsUnder } from "../query/lookups.js";
import { select, type Selection } from "../query/rows.js";
import type { Sql } from "../db/sql.js";
import { Where } from "../query/where.js";
import { Meeting } from "../meeting/meeting.entity.js";
import type { Ordering } from "../query/ordering.js";
import type { Page, PageRequest } from "../query/page.js";
import type { ListQuestion } from "../query/list-question.js";
import { countRows, readPages } from "../query/page.sql.js";
import { Place } from "./place.entity.js";
import { type PlaceFilter, wherePlace } from "./place.filter.js";

/** By English name. */
export const PLACE_ORDERING: Ordering = {
  name: "NAME_ASC",
  keys: [
    { sql: "p.name", type: "text" },
    { sql: "p.id", type: "uuid" },
  ],
};

/** Which places to list. */
export interface PlaceList {
  filter?: PlaceFilter | null;
  /** In which the words of the filter are read. */
  languages?: readonly string[];
  /** What is shown of each. */
  selected?: Selection;
}

/** A page of places. */
export function placePages(
  sql: Sql,
  list: PlaceList,
  request: PageRequest,
): Promise<Page<Place>[]> {
  return readPages(sql, places(list), request);
}

/** How many places there are. */
export function placeCounts(sql: Sql, list: PlaceList): Promise<number[]> {
  return countRows(sql, places(list));
}

function places({ filter, languages, selected }: PlaceList): ListQuestion {
  const where = new Where([], languages);
  wherePlace(where, filter);
  return { name: "places", columns: select(Place, "p", selected), from: "place p", where };
}

/** Places by id. */
export const placesByIds = rowsByKey("placesByIds", Place, "id");

/** Places by present or former slug. */
export const placesBySlugs = rowsBySlug("placesBySlugs", Place);

/** The places of each meeting, in the order of its record. */
export const placesOfMeetings = rowsUnder(Meeting, "places", Place, {
  from: (x) => `meeting_place ${x}_at JOIN place ${x} ON ${x}.id = ${x}_at.place_id`,
  parentId: (x) => `${x}_at.meeting_id`,
  order: (x) => `${x}_at.position`,
});
