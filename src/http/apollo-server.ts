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
import type { FastifyInstance } from "fastify";
import type { GraphQLSchema } from "graphql";
import type { Context } from "../context.js";
import { demandControl } from "../cost/demand-control.js";
import type { Servers } from "../db/servers.js";
import { errorFormatter } from "../errors.js";
import { MAX_DETAILED_ERRORS } from "../graphql/error-limits.js";
import { reportUnknownValues } from "../graphql/unknown-values.js";
import {
  instrumentOperations,
  type Telemetry,
  traceOperations,
} from "../telemetry/instrumentation.js";
import { executeInHook, type HooksOf, ifRequested, pluginOf } from "./apollo.js";
import { withoutIntrospection } from "./introspection.js";
import { limitResponseSize, reportErrors, setResponseHeaders } from "./response.js";
import type { HttpSettings, Limits } from "./settings.js";

/** On shutdown, how long requests in progress may take to finish. */
const STOP_GRACE_MS = 5_000;

/** What operations use, and the hooks of trusted documents. */
interface Dependencies {
  servers: Servers;
  telemetry: Telemetry;
  trustedDocumentHooks: readonly HooksOf<Context>[];
}

/** Configures Apollo Server, with our hooks in the order in which they run. */
export function createApollo(
  app: FastifyInstance,
  schema: GraphQLSchema,
  { limits, http }: { limits: Limits; http: HttpSettings },
  { servers, telemetry, trustedDocumentHooks }: Dependencies,
): ApolloServer<Context> {
  const { gateway, hooks } = executeInHook(schema);
  const { tracer } = telemetry;
  return new ApolloServer<Context>({
    gateway,
    formatError: errorFormatter(http.introspection),
    introspection: true, // replaced by withoutIntrospection
    // Stops validation at the number of errors that are returned; each repeats the value.
    validationOptions: { maxErrors: MAX_DETAILED_ERRORS, hideSuggestions: !http.introspection },
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    plugins: [
      // Traces are for the router only: with a secret set, all requests come from it.
      http.routerSecrets === null
        ? ApolloServerPluginInlineTraceDisabled()
        : ApolloServerPluginInlineTrace(),
      pluginOf<Context>([
        ...(tracer ? [traceOperations(tracer)] : []),
        ...trustedDocumentHooks,
        ...(http.introspection ? [] : [withoutIntrospection(http)]),
        demandControl(schema, limits, servers.all.length),
        ifRequested("unknownValues", reportUnknownValues(schema)),
        limitResponseSize(limits.answerLimit),
        reportErrors(telemetry.log),
        instrumentOperations(telemetry),
        setResponseHeaders(http.cacheControl),
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
}
