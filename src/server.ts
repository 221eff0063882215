import { randomUUID } from "node:crypto";
import { ApolloServer } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import { ApolloServerPluginDrainHttpServer } from "@apollo/server/plugin/drainHttpServer";
import { ApolloServerPluginLandingPageLocalDefault } from "@apollo/server/plugin/landingPage/default";
import fastifyApollo from "@as-integrations/fastify";
import Fastify, { type FastifyInstance } from "fastify";
import type { DataSource } from "typeorm";
import { type Context, createContext } from "./context.js";
import { sqlOf, type StatementObserver } from "./db/sql.js";
import { errorPlugin, formatError } from "./errors.js";
import { createSchema } from "./schema.js";

/** The question that the explorer opens with. */
const HEADLINE = `# Which statements did Rajnath Singh make in Vientiane?
query Headline {
  person(slug: "rajnath-singh") {
    name
    statements(filter: { places: ["vientiane"] }, first: 50) {
      totalCount
      nodes {
        text
        form
        joint
        date
        meeting { title }
        citations { start end document { dateline } }
      }
    }
  }
}
`;

/** A service that is not listening yet. */
export interface Service {
  apollo: ApolloServer<Context>;
  app: FastifyInstance;
  /** What a request over HTTP gets too. */
  createContext(requestId?: string): Context;
  /** Listens and gives the address. Port 0 takes any free one. */
  listen(address: { host: string; port: number }): Promise<string>;
  /** Answers what is under way, takes no more, and stops. */
  stop(): Promise<void>;
}

/** Builds the service over a connected database. `observe` is told the name of every SQL statement. */
export async function createService(
  dataSource: DataSource,
  observe?: StatementObserver,
): Promise<Service> {
  const app = Fastify({
    logger: { level: "warn" },
    genReqId: () => randomUUID(),
    forceCloseConnections: "idle",
  });
  const newContext = (requestId: string = randomUUID()) =>
    createContext(sqlOf(dataSource, observe), requestId);
  const apollo = new ApolloServer<Context>({
    schema: createSchema(),
    formatError,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    plugins: [
      errorPlugin(app.log),
      ApolloServerPluginDrainHttpServer({ httpServer: app.server }),
      ApolloServerPluginLandingPageLocalDefault({ document: HEADLINE, includeCookies: false }),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
  await apollo.start();

  app.setErrorHandler(answerInGraphQL);
  app.addHook("onRequest", async (request, reply) => {
    reply.header("x-request-id", request.id);
  });
  app.get("/", async (_request, reply) => reply.redirect("/graphql"));
  app.get("/health", async () => ({ status: "ok" }));
  await app.register(fastifyApollo(apollo), {
    context: async (request) => newContext(request.id),
  });

  return {
    apollo,
    app,
    createContext: newContext,
    listen: ({ host, port }) => app.listen({ host, port }),
    async stop() {
      await apollo.stop();
      await app.close();
    },
  };
}

/** A body that is no JSON, too large or of another type is answered in the form that GraphQL clients read. */
function answerInGraphQL(
  this: FastifyInstance,
  error: { statusCode?: number; message: string },
  request: { id: string },
  reply: { code(status: number): { send(body: object): unknown } },
): void {
  const status = error.statusCode ?? 500;
  const client = status < 500;
  if (!client) this.log.error({ requestId: request.id, err: error }, "internal error");
  reply.code(status).send({
    errors: [
      {
        message: client ? error.message : "Something went wrong inside.",
        extensions: client
          ? { code: "BAD_REQUEST" }
          : { code: "INTERNAL_SERVER_ERROR", requestId: request.id },
      },
    ],
  });
}
