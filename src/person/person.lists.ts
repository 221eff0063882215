import type { Selection } from "../query/rows.js";
import type { Connection } from "../query/connection.js";
import { pageRequest } from "../query/page.js";
import type { Reading } from "../query/reading.js";
import { checkRelevance } from "../query/relevance.js";
import type { PersonListArgs } from "./person.args.js";
import { Person } from "./person.entity.js";
import { PERSON_ORDERINGS, PersonOrder } from "./person.order.js";
import * as store from "./person.store.js";

/** Everyone (`Query`), or the people of a country. */
export function personLists({ sql, lists, languagesFor }: Reading) {
  return (
    on: "Country" | "Query",
    code: string,
    args: PersonListArgs,
    selected: Selection,
  ): Connection<Person> => {
    const { filter, orderBy } = args;
    checkRelevance(orderBy, filter);
    const ordering = PERSON_ORDERINGS[orderBy ?? PersonOrder.NAME_ASC];
    const request = pageRequest(args, `${on}.people`, ordering, selected);
    const list = async (codes: readonly string[]) => ({
      countryCodes: on === "Query" ? undefined : codes,
      filter,
      languages: await languagesFor(filter?.text, filter?.office),
      selected,
    });
    return lists.of(code, request, filter, {
      shows: { entity: Person, selected },
      pages: async (codes) => store.personPages(sql, await list(codes), request),
      counts: async (codes) => store.personCounts(sql, await list(codes)),
    });
  };
}
