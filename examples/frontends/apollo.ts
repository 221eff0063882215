import { createHash } from "node:crypto";
import {
  ApolloClient,
  ApolloLink,
  HttpLink,
  InMemoryCache,
  type TypePolicies,
} from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { relayStylePagination } from "@apollo/client/utilities";
import { tap } from "rxjs";
import { LISTS, POSSIBLE_TYPES } from "./cache.js";

/** A list whose pages the cache joins, if they are asked for by `edges`. With other arguments than these it is another list. */
const PAGING = ["first", "after", "last", "before"];
const list = relayStylePagination((args) =>
  Object.keys(args ?? {}).filter((name) => !PAGING.includes(name)),
);

/** A cache in which each item is held once. */
function createCache(): InMemoryCache {
  const typePolicies: TypePolicies = {};
  for (const [type, fields] of Object.entries(LISTS)) {
    typePolicies[type] = { fields: Object.fromEntries(fields.map((field) => [field, list])) };
  }
  // A country by its code, so that one without `id` is found too. All other items by `id`, as Apollo Client does by itself.
  typePolicies.Country!.keyFields = ["code"];
  return new InMemoryCache({ typePolicies, possibleTypes: POSSIBLE_TYPES });
}

/** Sends the hash of a document by GET, which caches on the way can keep, and its text only where the service asks for it. */
const persisted = () =>
  new PersistedQueryLink({
    sha256: (text) => createHash("sha256").update(text).digest("hex"), // in a browser: crypto.subtle.digest
    useGETForHashedQueries: true,
  });

/** Tells what each operation was estimated to cost, and the limit. */
function costs(tell: (operation: string, cost: unknown) => void): ApolloLink {
  return new ApolloLink((operation, forward) => {
    operation.extensions.cost = true;
    operation.setContext({ http: { includeExtensions: true } });
    return forward(operation).pipe(
      tap(({ extensions }) => tell(operation.operationName ?? "", extensions?.cost)),
    );
  });
}

/** A client of the service at an address. */
export function createClient(
  service: string,
  tellCost: (operation: string, cost: unknown) => void = () => {},
): ApolloClient {
  const http = new HttpLink({ uri: `${service}/graphql` });
  return new ApolloClient({
    cache: createCache(),
    link: ApolloLink.from([costs(tellCost), persisted(), http]),
  });
}
