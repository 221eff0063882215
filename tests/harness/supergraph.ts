import { type ChildProcess, spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { ApolloGateway, RemoteGraphQLDataSource } from "@apollo/gateway";
import { ApolloServer } from "@apollo/server";
import type { GraphQLFormattedError } from "graphql";
import { composeApollo, composeGuild, type Subgraph } from "./composition.js";
import type { Whatever } from "./whatever.js";

// The declarations of Hive's packages do not compile with all libraries checked, so this says what is used.
const transport = jest.requireActual<object>("@graphql-mesh/transport-http");
const { createGatewayRuntime } = jest.requireActual<{
  createGatewayRuntime: (config: object) => AsyncDisposable & { fetch: typeof fetch };
}>("@graphql-hive/gateway-runtime");

/** The example of a second subgraph and a gateway. */
export const SUPERGRAPH = resolve(__dirname, "../../examples/supergraph");

/** After this a gateway gives a subgraph up. */
const TIMEOUT_MS = 2_000;

export interface Answer {
  data?: Whatever;
  errors?: readonly GraphQLFormattedError[];
}

export interface Program {
  child: ChildProcess;
  /** What it printed first that the pattern was looking for. */
  address: string;
  /** Everything it has printed. */
  lines: string[];
  /** Its exit code. */
  ended: Promise<number | null>;
}

/** Starts a Node.js program and waits for a line with its address. */
export async function startProgram(
  args: string[],
  pattern: RegExp,
  environment: Record<string, string> = {},
): Promise<Program> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  let stderr = "";
  child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
  const ended = once(child, "exit").then(([code]) => code as number | null);
  const address = await new Promise<string>((found, failed) => {
    createInterface(child.stdout).on("line", (line) => {
      lines.push(line);
      const match = pattern.exec(line);
      if (match) found(match[1]!);
    });
    void ended.then((code) => failed(new Error(`ended with ${code}: ${stderr}`)));
  });
  return { child, address, lines, ended };
}

/** Starts the example's atlas, which is an ES module, in a process of its own. */
export async function startAtlas() {
  const atlas = pathToFileURL(join(SUPERGRAPH, "atlas.js")).href;
  const script = `import { startAtlas } from "${atlas}"; console.log((await startAtlas({ port: 0 })).url);`;
  const args = ["--input-type=module", "--eval", script];
  const { child, address, ended } = await startProgram(args, /^(http:\S+)$/);
  return {
    url: address,
    async close() {
      child.kill();
      await ended;
    },
  };
}

/** How a subgraph can fail: its whole answer, or what it knows of the entities asked for. */
export type Fault = "hangs up" | "answers 500" | "is silent" | "answers null" | "knows none";

/** A request that a subgraph got: with which headers, and for what. */
interface Heard {
  headers: IncomingHttpHeaders;
  body: string;
}

/**
 * Stands before a subgraph, and fails in its place on demand. Of the headers, it passes on the router's secret; the
 * requests since the last look are in `heard`.
 */
export async function relayTo(url: string) {
  const heard: Heard[] = [];
  const relay = { url: "", fault: undefined as Fault | undefined, heard, close: () => {} };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => void answer(Buffer.concat(chunks).toString()));

    async function answer(body: string) {
      const { fault } = relay;
      heard.push({ headers: request.headers, body });
      if (fault === "is silent") return;
      if (fault === "hangs up") return request.socket.destroy();
      if (fault === "answers 500") return response.writeHead(500).end("Out of order");
      if (fault === "answers null") {
        return send(200, { data: null, errors: [{ message: "Out of order" }] });
      }
      const { variables } = JSON.parse(body) as { variables?: { representations?: unknown[] } };
      if (fault === "knows none" && variables?.representations) {
        return send(200, { data: { _entities: variables.representations.map(() => null) } });
      }
      const secret = request.headers["router-authorization"] as string | undefined;
      const headers = { "content-type": "application/json" };
      const answered = await fetch(url, {
        method: "POST",
        headers: secret ? { ...headers, "router-authorization": secret } : headers,
        body,
      });
      send(answered.status, await answered.json());
    }
    function send(status: number, answer: unknown) {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(answer));
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  relay.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  relay.close = () => {
    server.closeAllConnections();
    server.close();
  };
  return relay;
}

export interface Gateway {
  ask(query: string, variables?: Record<string, unknown>): Promise<Answer>;
  close: () => Promise<void>;
}

export interface HiveGateway extends Gateway {
  /** Asks with these headers: the whole response. */
  send(
    query: string,
    variables?: Record<string, unknown>,
    headers?: Record<string, string>,
  ): Promise<Response>;
}

/** Apollo's gateway, over what Apollo's library composed. */
export async function apolloGateway(subgraphs: Subgraph[]): Promise<Gateway> {
  const supergraphSdl = composeApollo(subgraphs).supergraph!;
  const gateway = new ApolloGateway({
    supergraphSdl,
    buildService: ({ url }) =>
      new RemoteGraphQLDataSource({
        url,
        fetcher: (address, request) =>
          fetch(address, {
            ...(request as object),
            signal: AbortSignal.timeout(TIMEOUT_MS),
          }),
      }),
  });
  const server = new ApolloServer({ gateway, includeStacktraceInErrorResponses: false });
  await server.start();
  return {
    async ask(query, variables) {
      const { body } = await server.executeOperation({ query, variables });
      if (body.kind !== "single") throw new Error("the answer came in parts");
      return JSON.parse(JSON.stringify(body.singleResult)) as Answer;
    },
    close: () => server.stop(),
  };
}

/**
 * Hive's gateway, over what The Guild's library composed, with more of its configuration where a test needs it.
 *
 * Its executor adds a listener to one AbortSignal for each request, and removes it when the request is garbage-collected.
 * From the eleventh on, Node.js would warn of a leak.
 */
export async function hiveGateway(
  subgraphs: Subgraph[],
  config: object = {},
): Promise<HiveGateway> {
  const usual = EventEmitter.defaultMaxListeners;
  EventEmitter.defaultMaxListeners = 1_000;
  const gateway = createGatewayRuntime({
    supergraph: composeGuild(subgraphs).supergraph!,
    transports: { http: transport },
    logging: false,
    upstreamTimeout: TIMEOUT_MS,
    ...config,
  });
  const send = (query: string, variables = {}, headers = {}) =>
    gateway.fetch("http://gateway.test/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json", ...headers },
      body: JSON.stringify({ query, variables }),
    });
  return {
    send,
    ask: async (query, variables) => (await (await send(query, variables)).json()) as Answer,
    close: async () => {
      EventEmitter.defaultMaxListeners = usual;
      await gateway[Symbol.asyncDispose]();
    },
  };
}
