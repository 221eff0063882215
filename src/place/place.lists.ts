import type { Selection } from "../query/rows.js";
import { ROOT } from "../graphql/edges.js";
import type { Connection } from "../query/connection.js";
import { pageRequest } from "../query/page.js";
import type { Reading } from "../query/reading.js";
import type { PlaceListArgs } from "./place.args.js";
import { Place } from "./place.entity.js";
import * as store from "./place.store.js";

/** Every place on record. */
export function placeLists({ sql, lists, languagesFor }: Reading) {
  return (args: PlaceListArgs, selected: Selection): Connection<Place> => {
    const { filter } = args;
    const request = pageRequest(args, "Query.places", store.PLACE_ORDERING, selected);
    const list = async () => ({
      filter,
      languages: await languagesFor(filter?.text),
      selected,
    });
    return lists.of(ROOT, request, filter, {
      shows: { entity: Place, selected },
      pages: async () => store.placePages(sql, await list(), request),
      counts: async () => store.placeCounts(sql, await list()),
    });
  };
}
