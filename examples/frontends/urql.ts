import { Client, fetchExchange } from "@urql/core";
import { cacheExchange, type KeyingConfig } from "@urql/exchange-graphcache";
import { relayPagination } from "@urql/exchange-graphcache/extras";
import { persistedExchange } from "@urql/exchange-persisted";
import { LISTS, PARTS } from "./cache.js";

/** Lists of which the cache joins the pages. */
const resolvers = Object.fromEntries(
  Object.entries(LISTS).map(([type, fields]) => [
    type,
    Object.fromEntries(fields.map((field) => [field, relayPagination()])),
  ]),
);

/** A country by its code, all other items by `id`, as graphcache does by itself. Parts of an item have no key. */
const keys: KeyingConfig = {
  Country: ({ code }) => code as string,
  ...Object.fromEntries(PARTS.map((type) => [type, () => null])),
};

/** A client of the service at an address. */
export function createClient(
  service: string,
  // The service refuses GET without it: a page of another site could send that.
  headers: Record<string, string> = { "apollo-require-preflight": "yes" },
): Client {
  return new Client({
    url: `${service}/graphql`,
    fetchOptions: { headers },
    preferGetMethod: false,
    exchanges: [
      cacheExchange({ keys, resolvers }),
      // Sends the hash of a document by GET, and its text only where the service asks for it.
      persistedExchange({ preferGetForPersistedQueries: true }),
      fetchExchange,
    ],
  });
}
