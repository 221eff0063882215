// The second subgraph: where countries and places are. It knows of communique only two keys, Country's code
// and Place's slug.

import { readFileSync } from "node:fs";
import { ApolloServer } from "@apollo/server";
import { ApolloServerPluginInlineTraceDisabled } from "@apollo/server/plugin/disabled";
import { startStandaloneServer } from "@apollo/server/standalone";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { GraphQLError, parse } from "graphql";
import { coordinatesOf, countriesOf, countryByCode } from "./facts.js";

const typeDefs = parse(readFileSync(new URL("atlas.graphql", import.meta.url), "utf8"));

const resolvers = {
  Query: {
    country(_, { code }) {
      // As communique does: a shared field has to answer the same, whoever is asked.
      if (/^([A-Z]{2}|[A-Z]{4})$/.test(code)) return countryByCode(code);
      const extensions = { code: "BAD_USER_INPUT", argument: "code" };
      throw new GraphQLError("code: expected capitals, such as IN or SUHH.", { extensions });
    },
    countriesOf: (_, { region }) => countriesOf(region),
  },
  Country: {
    __resolveReference: ({ code }) => countryByCode(code),
  },
  Place: {
    __resolveReference: (place) => place,
    location: ({ slug }) => coordinatesOf(slug),
  },
};

/** Starts atlas; port 0 takes any free one. */
export async function startAtlas({ port }) {
  const schema = buildSubgraphSchema({ typeDefs, resolvers });
  const server = new ApolloServer({
    schema,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    plugins: [ApolloServerPluginInlineTraceDisabled()],
  });
  const { url } = await startStandaloneServer(server, { listen: { host: "127.0.0.1", port } });
  return { name: "atlas", url, stop: () => server.stop() };
}
