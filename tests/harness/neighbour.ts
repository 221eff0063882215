import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { graphql, parse } from "graphql";
import type { Subgraph } from "./composition.js";

/** A neighbour of communique, `newsroom`, on a port; entities answer by what their representation says. */
export async function startNeighbour(sdl: string, resolvers: object) {
  const schema = buildSubgraphSchema({ typeDefs: parse(sdl), resolvers: resolvers as never });
  const server = createServer((request, response) => {
    void text(request).then(async (body) => {
      const { query, variables } = JSON.parse(body) as { query: string; variables?: object };
      const answer = await graphql({
        schema,
        source: query,
        variableValues: variables as Record<string, unknown>,
      });
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  const subgraph: Subgraph = { name: "newsroom", url, sdl };
  return {
    subgraph,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
