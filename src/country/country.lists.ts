import type { Selection } from "../query/rows.js";
import { ROOT } from "../graphql/edges.js";
import type { Connection } from "../query/connection.js";
import { pageRequest } from "../query/page.js";
import type { Reading } from "../query/reading.js";
import type { CountryListArgs } from "./country.args.js";
import { Country } from "./country.entity.js";
import * as store from "./country.store.js";

/** The countries on record. */
export function countryLists({ sql, lists, languagesFor }: Reading) {
  return (args: CountryListArgs, selected: Selection): Connection<Country> => {
    const { filter } = args;
    const request = pageRequest(args, "Query.countries", store.COUNTRY_ORDERING, selected);
    const list = async () => ({
      filter,
      languages: await languagesFor(filter?.text),
      selected,
    });
    return lists.of(ROOT, request, filter, {
      shows: { entity: Country, selected },
      pages: async () => store.countryPages(sql, await list(), request),
      counts: async () => store.countryCounts(sql, await list()),
    });
  };
}
