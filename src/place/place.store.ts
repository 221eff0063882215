import type { List } from "../query/list.js";
import { onlyOrder } from "../query/ordering.js";
import { Place } from "./place.entity.js";
import { type PlaceFilter, wherePlace } from "./place.filter.js";

/** All places, by English name. */
export const PLACES: List<Place, never, PlaceFilter> = {
  field: "places",
  entity: Place,
  item: { table: "place", alias: "p" },
  orderings: onlyOrder("NAME_ASC", { sql: "p.name", type: "text" }, { sql: "p.id", type: "uuid" }),
  conditions: wherePlace,
};
