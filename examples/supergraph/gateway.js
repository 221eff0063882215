// Makes one graph of subgraphs, and serves it.

import { composeServices } from "@apollo/composition";
import { ApolloGateway, RemoteGraphQLDataSource } from "@apollo/gateway";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { parse } from "graphql";

/** A subgraph that has not answered by then counts as down; without a limit the gateway would wait. */
const TIMEOUT_MS = 10_000;

/** Composes subgraphs by what each says of itself, and gives the supergraph. */
export async function compose(subgraphs) {
  const services = await Promise.all(
    subgraphs.map(async ({ name, url }) => ({ name, url, typeDefs: parse(await sdlOf(url)) })),
  );
  const { supergraphSdl, errors, hints } = composeServices(services);
  if (errors) throw new Error(["These do not compose:", ...errors].join("\n"));
  for (const hint of hints) console.warn(String(hint));
  return supergraphSdl;
}

async function sdlOf(url) {
  try {
    const { data } = await (
      await post(url, { body: '{ "query": "{ _service { sdl } }" }' })
    ).json();
    return data._service.sdl;
  } catch (cause) {
    throw new Error(`No subgraph answers at ${url}.`, { cause });
  }
}

function post(url, request) {
  const headers = { "content-type": "application/json" };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  return fetch(url, { method: "POST", headers, ...request, signal });
}

/** Serves a supergraph. */
export async function startGateway(supergraphSdl, { port }) {
  const gateway = new ApolloGateway({
    supergraphSdl,
    buildService: ({ url }) => new RemoteGraphQLDataSource({ url, fetcher: post }),
  });
  const server = new ApolloServer({
    gateway,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
  });
  const { url } = await startStandaloneServer(server, { listen: { host: "127.0.0.1", port } });
  return { name: "gateway", url, stop: () => server.stop() };
}
