import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ApolloServer } from "@apollo/server";
import type { Tracer } from "@opentelemetry/api";
import Fastify, { type FastifyInstance, LogController } from "fastify";
import type { DataSource } from "typeorm";
import { type Context, contextFactory } from "./context.js";
import { hasHosts, poolOf } from "./db/data-source.js";
import { Deadline, requestSql } from "./db/request-sql.js";
import { openServers } from "./db/servers.js";
import type { Sql, StatementObserver } from "./db/sql.js";
import { Languages, LANGUAGES_CACHE_MS } from "./search/languages.js";
import { warnAboutMissingSettings } from "./db/session-settings.js";
import { sendGraphqlError, compressResponses } from "./http/response.js";
import {
  closeWhenStopping,
  connectionOptions,
  identifyRequests,
  limitConnections,
} from "./http/connections.js";
import { serveGraphql } from "./http/endpoint.js";
import { createApollo } from "./http/apollo-server.js";
import { type ExecuteInside, executeInside } from "./http/inside.js";
import { readInside } from "./http/read-inside.js";
import { Metrics } from "./telemetry/metrics.js";
import { serveHealth } from "./telemetry/health.js";
import { maxParsedBodySize, readBodies } from "./http/body.js";
import { limitRequestMemory } from "./http/request-memory.js";
import { LongRequests } from "./http/long-requests.js";
import { configuredDocuments, readTrustedDocuments } from "./http/trusted-documents.js";
import { serveMcp } from "./mcp/mcp.route.js";
import type { McpSettings } from "./mcp/mcp-server.js";
import { servedTools } from "./mcp/serving.js";
import type { Tool } from "./mcp/tool.js";
import { serializeError, standardOutput } from "./telemetry/log.js";
import { serveNotFound, servePages } from "./pages/pages.js";
import { withPages } from "./pages/refusals.js";
import { PROJECT } from "./pages/project.js";
import { createSchema, printApiSchema } from "./schema.js";
import type { HttpSettings, Limits, LogSettings } from "./http/settings.js";

/** The listen backlog (the system may allow less). Further connection attempts are retried by the client, seconds later. */
const BACKLOG = 4_096;

/** The documents that agents get as tools, unless there are trusted ones. */
const AGENTS = join(PROJECT, "agents");

/** Service settings. */
export interface ServiceSettings {
  limits: Limits;
  log: LogSettings;
  http: HttpSettings;
  /** Replicas of the database, used instead of it; migrated to the same schema. */
  replicaUrls: readonly string[];
  /** Whether clients are told who made a revision. */
  showsAuthors: boolean;
  /** Creates spans, if tracing is on. */
  tracer?: Tracer;
  /** How long the languages on record are cached. */
  languagesCacheMs?: number;
  /** Where log lines are written; standard output by default. */
  logTo?: { write(line: string): void };
  /** Called for every SQL statement of every request. */
  observe?: StatementObserver;
}

/** The assembled service. */
export interface Service {
  apollo: ApolloServer<Context>;
  app: FastifyInstance;
  /** A context, as for a request over HTTP. */
  createContext(requestId?: string): Context;
  /** Executes a document as for a client, without HTTP. */
  execute: ExecuteInside;
  /** Tools for agents who may ask anything, with those for curation. */
  toolsWith(curation: readonly Tool[]): Promise<McpSettings>;
  /** Starts listening and returns the address. Port 0 means any free port. */
  listen(address: { host: string; port: number }): Promise<string>;
  /** Shuts down: finishes requests in progress and accepts no more. */
  stop: () => Promise<void>;
}

/** Assembles the service on a connected database. */
export async function createService(
  dataSource: DataSource,
  settings: ServiceSettings,
): Promise<Service> {
  const { limits, log, http, tracer } = settings;
  const app = createApp(settings);
  const pool = poolOf(dataSource);
  const servers = await openServers(pool, hasHosts(pool), settings.replicaUrls, {
    ...limits,
    migrations: dataSource.migrations.length,
    log: app.log,
  });
  await warnAboutMissingSettings(pool, app.log);
  const metrics = new Metrics(servers.all);
  const telemetry = { metrics, log: app.log, settings: log, tracer, observe: settings.observe };
  const languages = new Languages(settings.languagesCacheMs ?? LANGUAGES_CACHE_MS);
  const { requestTimeoutMs } = limits;
  // Rows have more than is shown of them: what two lists share, and keys.
  const maxRowBytes = 4 * limits.answerLimit;
  const newContext = contextFactory({
    servers,
    languages,
    telemetry,
    showsAuthors: settings.showsAuthors,
    requestTimeoutMs,
    maxRowBytes,
  });
  const schema = createSchema();
  const trusted = await configuredDocuments(http, schema, app.log);
  const apollo = createApollo(app, schema, settings, {
    servers,
    telemetry,
    trustedDocumentHooks: trusted.hooks,
  });
  await apollo.start();

  const longRequests = await receiveRequests(app, settings);
  // For statements outside GraphQL requests: without a deadline.
  const outsideRequests: Sql = {
    query: (...statement) => requestSql(servers, { deadline: new Deadline() }).query(...statement),
  };
  const isPublic = http.routerSecrets === null && !http.trustedDocuments?.only;
  const execute = executeInside(apollo, newContext);
  servePages(app, http, {
    sql: outsideRequests,
    execute,
    read: readInside(servers, { requestTimeoutMs, maxRowBytes }),
    schema,
    isPublic,
  });
  serveNotFound(app, http.pages || http.explorer);
  const health = serveHealth(app, outsideRequests, dataSource.migrations.length, metrics);
  closeWhenStopping(app, health);
  await serveGraphql(app, apollo, { ...http, newContext, longRequests });
  const documents = async () => trusted.documents ?? (await readTrustedDocuments(AGENTS, schema));
  const tools = async (may: {
    executes: boolean;
    introspects: boolean;
    curation?: readonly Tool[];
  }) =>
    servedTools(
      { schema, printApi: printApiSchema, documents: (await documents()).values(), ...may },
      telemetry,
      limits.requestTimeoutMs,
    );
  if (http.mcp) {
    const executes = !http.trustedDocuments?.only;
    const may = { executes, introspects: executes && http.introspection };
    await serveMcp(app, http, await tools(may), execute);
  }

  return {
    apollo,
    app,
    createContext: newContext,
    execute,
    toolsWith: (curation) => tools({ executes: true, introspects: true, curation }),
    listen: ({ host, port }) => app.listen({ host, port, backlog: BACKLOG }),
    stop: async () => {
      health.stopping = true;
      await sleep(http.drainMs);
      await apollo.stop();
      await app.close();
      await servers.close();
    },
  };
}

/** Creates the HTTP server, without routes. */
function createApp({ limits, log, http, logTo }: ServiceSettings): FastifyInstance {
  const app = Fastify({
    logger: {
      level: log.level,
      stream: logTo ?? standardOutput(),
      serializers: { err: serializeError },
    },
    // instrumentation.ts logs one line per operation, with its name and cost.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: limits.bodyLimit,
    // `request.ip`: of a client that a proxy next to the service has named in X-Forwarded-For, else of who connects.
    trustProxy: ["loopback", "linklocal", "uniquelocal"],
    frameworkErrors: http.pages || http.explorer ? withPages(sendGraphqlError) : sendGraphqlError,
    ...connectionOptions(http.clientTimeoutMs),
  });
  limitConnections(app);
  return app;
}

/** Identifies requests, reads their bodies within limits, and compresses responses; returns the requests that take long. */
async function receiveRequests(
  app: FastifyInstance,
  { limits, http }: ServiceSettings,
): Promise<LongRequests> {
  app.setErrorHandler(sendGraphqlError);
  identifyRequests(app);
  const memoryLimit = 3 * Math.max(limits.answerLimit, maxParsedBodySize(limits.bodyLimit));
  limitRequestMemory(app, memoryLimit, http.clientTimeoutMs);
  const longRequests = new LongRequests(limits.requestTimeoutMs);
  readBodies(app, limits.bodyLimit, longRequests);
  await compressResponses(app);
  return longRequests;
}
