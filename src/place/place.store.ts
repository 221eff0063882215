import { select, type Selection } from "../query/rows.js";
import type { Sql } from "../db/sql.js";
import { Where } from "../query/where.js";
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
