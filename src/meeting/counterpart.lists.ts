import type { Connection } from "../paging/connection.js";
import { pageRequest } from "../paging/page.js";
import type { Reading } from "../paging/reading.js";
import type { Person } from "../person/person.entity.js";
import { partialDateOf } from "../scalars/partial-date.js";
import type { CounterpartListArgs } from "./counterpart.args.js";
import * as store from "./counterpart.store.js";

/** What the edge to a counterpart tells of their meetings. */
export interface CounterpartTold {
  meetingCount: number;
  countryCodes: string[];
  lastMet: string | null;
}

/** Whom a person met. */
export function counterpartLists({ sql, lists, languagesFor }: Reading) {
  return (personId: string, args: CounterpartListArgs): Connection<Person, CounterpartTold> => {
    const { filter } = args;
    const request = pageRequest(args, "Person.counterparts", store.COUNTERPART_ORDERING);
    const list = async (personIds: readonly string[]) => ({
      personIds,
      filter,
      languages: await languagesFor(filter?.text),
    });
    return lists.withEdges(
      personId,
      request,
      filter,
      {
        pages: async (ids) => store.counterpartPages(sql, await list(ids), request),
        counts: async (ids) => store.counterpartCounts(sql, await list(ids)),
      },
      (row) => ({
        node: row,
        meetingCount: row.meetingCount,
        countryCodes: row.countryCodes,
        lastMet: partialDateOf(row.metFrom, row.metTo),
      }),
    );
  };
}
