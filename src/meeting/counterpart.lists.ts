import type { Connection } from "../query/connection.js";
import { pageRequest } from "../query/page.js";
import type { Reading } from "../query/reading.js";
import type { Person } from "../person/person.entity.js";
import { partialDateOf } from "../scalars/partial-date.js";
import type { CounterpartListArgs } from "./counterpart.args.js";
import { CounterpartSide } from "./counterpart.enums.js";
import * as store from "./counterpart.store.js";

/** What the edge to a counterpart tells of their meetings. */
export interface CounterpartTold {
  side: CounterpartSide;
  meetingCount: number;
  countryCodes: string[];
  lastMet: string | null;
}

/** A list of counterparts, and how many were met of whom nobody knows the side, whichever sides are listed. */
export interface CounterpartList extends Connection<Person, CounterpartTold> {
  unknownSideCount(): Promise<number | null>;
}

/** Whom a person met. */
export function counterpartLists({ sql, lists, languagesFor }: Reading) {
  return (personId: string, args: CounterpartListArgs): CounterpartList => {
    const { filter } = args;
    const request = pageRequest(args, "Person.counterparts", store.COUNTERPART_ORDERING);
    const listOf = (sides: readonly CounterpartSide[]) => {
      const list = async (personIds: readonly string[]) => ({
        personIds,
        sides,
        filter,
        languages: await languagesFor(filter?.text),
      });
      return lists.withEdges(
        personId,
        request,
        [filter, sides],
        {
          pages: async (ids) => store.counterpartPages(sql, await list(ids), request),
          counts: async (ids) => store.counterpartCounts(sql, await list(ids)),
        },
        told,
      );
    };
    return {
      ...listOf([...new Set(args.sides ?? [CounterpartSide.OTHER])].sort()),
      unknownSideCount: () => listOf([CounterpartSide.UNKNOWN]).totalCount(),
    };
  };
}

function told(row: store.Counterpart) {
  const { side, meetingCount, countryCodes, metFrom, metTo } = row;
  return { node: row, side, meetingCount, countryCodes, lastMet: partialDateOf(metFrom, metTo) };
}
