import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { ApolloServer } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import { ApolloServerPluginDrainHttpServer } from "@apollo/server/plugin/drainHttpServer";
import { ApolloServerPluginInlineTrace } from "@apollo/server/plugin/inlineTrace";
import type { Tracer } from "@opentelemetry/api";
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import type { GraphQLSchema } from "graphql";
import type { DataSource } from "typeorm";
import { type Context, createContext, type RequestNotes } from "./context.js";
import { demandControl } from "./cost/demand.js";
import { LargeOperations } from "./cost/large-operations.js";
import { poolOf } from "./db/data-source.js";
import { DatabaseTimeout } from "./db/db.errors.js";
import { Deadline } from "./db/deadline.js";
import { Languages, LANGUAGES_REMEMBERED_MS } from "./search/languages.js";
import { openServers } from "./db/replicas.js";
import { requestSql } from "./db/request-sql.js";
import { tellLostSettings } from "./db/session.js";
import type { Sql, StatementObserver } from "./db/sql.js";
import { MOST_TOLD } from "./graphql/error-bounds.js";
import { answerInGraphQL, formatError, formatWithoutSuggestions, tellErrors } from "./errors.js";
import { serveHealth } from "./telemetry/health.js";
import { boundAnswers } from "./http/answer-size.js";
import { headAnswers } from "./http/answers.js";
import { mostHeldForBody, readBodies } from "./http/body.js";
import { answerClientError, clientTimeouts, faultOfHost } from "./http/clients.js";
import { compressAnswers } from "./http/compress.js";
import { boundConnections } from "./http/connections.js";
import { serveGraphql } from "./http/endpoint.js";
import { executeInHook } from "./http/execution.js";
import { boundHeldMemory } from "./http/held.js";
import { LongRequests } from "./http/long-requests.js";
import { withoutIntrospection } from "./http/introspection.js";
import { pluginOf } from "./http/request-hooks.js";
import { readTrustedDocuments, trustDocuments } from "./http/trusted-documents.js";
import { errorInLog, standardOutput } from "./telemetry/log.js";
import { Metrics } from "./telemetry/metrics.js";
import { observeOperations, observeStatements, traceOperations } from "./telemetry/observe.js";
import { serveNotFound, servePages } from "./pages/pages.js";
import { createSchema } from "./schema.js";
import type { HttpSettings, Limits, LogSettings } from "./http/settings.js";

/** How long what is under way may go on when the service is told to stop. */
const STOP_GRACE_MS = 5_000;

/** How many connections may wait to be taken, where the system allows as many; others are asked to try again, seconds later. */
const BACKLOG = 4_096;

/** What the service is told beside its database. */
export interface ServiceSettings {
  limits: Limits;
  log: LogSettings;
  http: HttpSettings;
  /** Copies of the database that are asked in its place; their schema is the one that it has. */
  replicaUrls: readonly string[];
  /** Makes spans, when traces are sent. */
  tracer?: Tracer;
  /** How long it is remembered which languages are on record. */
  languagesRememberedMs?: number;
  /** Where the log goes, line by line; standard output when absent. */
  logTo?: { write(line: string): void };
  /** Told the name of every SQL statement of every request. */
  observe?: StatementObserver;
}

/** A service that is not listening yet. */
export interface Service {
  apollo: ApolloServer<Context>;
  app: FastifyInstance;
  /** What a request over HTTP gets too. */
  createContext(requestId?: string): Context;
  /** Listens and gives the address. Port 0 takes any free one. */
  listen(address: { host: string; port: number }): Promise<string>;
  /** Answers what is under way, takes no more, and stops. */
  stop: () => Promise<void>;
}

/** Builds the service over a connected database. */
export async function createService(
  dataSource: DataSource,
  settings: ServiceSettings,
): Promise<Service> {
  const { limits, log, http, tracer } = settings;
  const app = Fastify({
    logger: {
      level: log.level,
      stream: settings.logTo ?? standardOutput(),
      serializers: { err: errorInLog },
    },
    // One line for each operation comes from observe.ts, with its name and cost.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: limits.bodyLimit,
    frameworkErrors: answerInGraphQL,
    forceCloseConnections: "idle",
    ...clientTimeouts(http.clientTimeoutMs),
    clientErrorHandler: answerClientError,
  });
  boundConnections(app);
  const servers = await openServers(poolOf(dataSource), settings.replicaUrls, {
    ...limits,
    migrations: dataSource.migrations.length,
    log: app.log,
  });
  await tellLostSettings(poolOf(dataSource), app.log);
  const observers = { metrics: new Metrics(servers.all), log: app.log, settings: log, tracer };

  const languages = new Languages(settings.languagesRememberedMs ?? LANGUAGES_REMEMBERED_MS);
  const newContext = (requestId: string = randomUUID()) => {
    const notes: RequestNotes = { requestId, statements: 0 };
    const deadline = new Deadline();
    const timer = setTimeout(() => {
      deadline.pass(new DatabaseTimeout("the request has had its time"));
    }, limits.requestTimeoutMs).unref();
    const observe = both(observeStatements(observers, notes), settings.observe);
    const sql = requestSql(servers, { deadline, observe });
    let isAnswered = false;
    const answered = () => {
      isAnswered = true;
      clearTimeout(timer);
      notes.ended?.();
      notes.ended = undefined;
    };
    const giveUp = (why: () => Error) => {
      if (isAnswered) return;
      answered();
      deadline.pass(why());
    };
    return createContext(sql, languages, notes, { deadline, answered, giveUp });
  };

  const schema = createSchema();
  const { gateway, hooks } = executeInHook(schema);
  const apollo = new ApolloServer<Context>({
    gateway,
    formatError: http.introspection ? formatError : formatWithoutSuggestions,
    introspection: true, // withoutIntrospection is stricter, and kinder
    // What is not told is not looked for: the message of each error repeats the value.
    validationOptions: { maxErrors: MOST_TOLD, hideSuggestions: !http.introspection },
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    plugins: [
      // How an answer is made is the router's business alone; with a secret, nobody else is answered.
      http.routerSecret === null
        ? ApolloServerPluginInlineTraceDisabled()
        : ApolloServerPluginInlineTrace(),
      pluginOf<Context>([
        ...(tracer ? [traceOperations(tracer)] : []),
        ...(await trustedDocuments(http, schema, app.log)),
        ...(http.introspection ? [] : [withoutIntrospection(http)]),
        demandControl(schema, limits, new LargeOperations(servers.all.length)),
        boundAnswers(limits.answerLimit),
        tellErrors(app.log),
        observeOperations(observers),
        headAnswers(http.cacheControl),
        hooks,
      ]),
      ApolloServerPluginDrainHttpServer({
        httpServer: app.server,
        stopGracePeriodMillis: STOP_GRACE_MS,
      }),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
  await apollo.start();

  app.setErrorHandler(answerInGraphQL);
  app.addHook("onRequest", (request, reply, done) => {
    reply.header("x-request-id", request.id);
    done(faultOfHost(request));
  });
  const mostHeld = 3 * Math.max(limits.answerLimit, mostHeldForBody(limits.bodyLimit));
  boundHeldMemory(app, mostHeld, http.clientTimeoutMs);
  const longRequests = new LongRequests(limits.requestTimeoutMs);
  readBodies(app, limits.bodyLimit, longRequests);
  await compressAnswers(app);
  // Each of its statements is like a request of its own, without a bound but the database's.
  const outsideRequests: Sql = {
    query: (...statement) => requestSql(servers, { deadline: new Deadline() }).query(...statement),
  };
  const mayAnyoneAsk = http.routerSecret === null && !http.trustedDocuments?.only;
  const ask = (query: string) => dataOf(apollo, query, newContext());
  if (http.pages) servePages(app, { sql: outsideRequests, ask: mayAnyoneAsk ? ask : null });
  serveNotFound(app, http.pages);
  const health = serveHealth(app, outsideRequests, dataSource.migrations.length, observers.metrics);
  await serveGraphql(app, apollo, { ...http, newContext, longRequests });

  return {
    apollo,
    app,
    createContext: newContext,
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

/** Asks as a client does, but for the port; an answer with errors is none. */
async function dataOf(apollo: ApolloServer<Context>, query: string, contextValue: Context) {
  const { body } = await apollo.executeOperation({ query }, { contextValue });
  if (body.kind === "single" && !body.singleResult.errors) return body.singleResult.data;
  throw new Error("the answer has errors");
}

async function trustedDocuments(
  { trustedDocuments, routerSecret }: HttpSettings,
  schema: GraphQLSchema,
  log: FastifyBaseLogger,
) {
  if (!trustedDocuments) return [];
  const { folder, only } = trustedDocuments;
  if (only && routerSecret !== null) {
    log.warn(
      "COMMUNIQUE_TRUSTED_DOCUMENTS_ONLY refuses nothing beside COMMUNIQUE_ROUTER_SECRET: " +
        "the router alone may ask, and what it plans can't be listed. Keep the list in the router.",
    );
  }
  const documents = await readTrustedDocuments(folder, schema);
  return [trustDocuments(documents, only && routerSecret === null)];
}

function both(one: StatementObserver, other: StatementObserver | undefined): StatementObserver {
  if (!other) return one;
  return (name) => {
    const [oneEnded, otherEnded] = [one(name), other(name)];
    return (error, waitedMs) => {
      oneEnded?.(error, waitedMs);
      otherEnded?.(error, waitedMs);
    };
  };
}
