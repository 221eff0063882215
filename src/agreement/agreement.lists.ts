import type { Selection } from "../query/rows.js";
import type { Connection } from "../query/connection.js";
import { pageRequest } from "../query/page.js";
import type { Reading } from "../query/reading.js";
import type { AgreementListArgs } from "./agreement.args.js";
import { Agreement } from "./agreement.entity.js";
import * as store from "./agreement.store.js";

/** Every agreement (`Query`), or those that a country is a party to. */
export function agreementLists({ sql, lists }: Reading) {
  return (
    on: "Country" | "Query",
    code: string,
    args: AgreementListArgs,
    selected: Selection,
  ): Connection<Agreement> => {
    const { filter } = args;
    const request = pageRequest(args, `${on}.agreements`, store.AGREEMENT_ORDERING, selected);
    const list = (codes: readonly string[]) => ({
      countryCodes: on === "Query" ? undefined : codes,
      filter,
      selected,
    });
    return lists.of(code, request, filter, {
      shows: { entity: Agreement, selected },
      pages: (codes) => store.agreementPages(sql, list(codes), request),
      counts: (codes) => store.agreementCounts(sql, list(codes)),
    });
  };
}
