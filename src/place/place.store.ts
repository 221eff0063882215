import { manyEach, oneEach } from "../db/batch.js";
import { select } from "../db/columns.js";
import type { Sql } from "../db/sql.js";
import { hasSlug, Where } from "../db/where.js";
import type { Ordering } from "../paging/ordering.js";
import type { Page, PageRequest } from "../paging/page.js";
import { countRows, type ListQuestion, readPages } from "../paging/page.sql.js";
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

function places({ filter, languages }: PlaceList): ListQuestion {
  const where = new Where([], languages);
  wherePlace(where, filter);
  return { name: "places", columns: select(Place, "p"), from: "place p", where };
}

/** Places by id. */
export async function placesByIds(sql: Sql, ids: readonly string[]) {
  const rows = await sql.query<Place>(
    "placesByIds",
    `SELECT ${select(Place, "p")} FROM place p WHERE p.id = ANY ($1::uuid[])`,
    [ids],
  );
  return oneEach(ids, rows, (row) => [row.id]);
}

/** Places by present or former slug. */
export async function placesBySlugs(sql: Sql, slugs: readonly string[]) {
  const rows = await sql.query<Place>(
    "placesBySlugs",
    `SELECT ${select(Place, "p")}, p.former_slugs AS "formerSlugs" FROM place p
     WHERE ${hasSlug("$1::text[]", "p")}`,
    [slugs],
  );
  return oneEach(slugs, rows, (row) => [...row.formerSlugs, row.slug]);
}

/** The places of each meeting, in the order of its record. */
export async function placesOfMeetings(sql: Sql, meetingIds: readonly string[]) {
  const rows = await sql.query<Place & { meetingId: string }>(
    "placesOfMeetings",
    `SELECT m.meeting_id AS "meetingId", ${select(Place, "p")}
     FROM meeting_place m JOIN place p ON p.id = m.place_id
     WHERE m.meeting_id = ANY ($1::uuid[]) ORDER BY m.meeting_id, m.position`,
    [meetingIds],
  );
  return manyEach(meetingIds, rows, (row) => row.meetingId);
}
