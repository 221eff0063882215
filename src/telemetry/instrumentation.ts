import { ROOT_CONTEXT, type Span, SpanStatusCode, trace, type Tracer } from "@opentelemetry/api";
import type { FastifyBaseLogger } from "fastify";
import type { Context, RequestState } from "../context.js";
import { truncate } from "./truncate.js";
import { ClientLeft } from "../db/db.errors.js";
import type { StatementObserver } from "../db/sql.js";
import { knownCode } from "../errors.js";
import type { HooksOf } from "../http/request-hooks.js";
import { serializeVariables } from "./log.js";
import type { Metrics } from "./metrics.js";
import { operationLabel } from "./operation-label.js";
import type { LogSettings } from "../http/settings.js";

/** Maximum length of a SQL error in a span; PostgreSQL may quote a value. */
const MAX_ERROR_LENGTH = 200;

/** Where requests and their SQL statements are recorded. */
export interface Telemetry {
  metrics: Metrics;
  log: FastifyBaseLogger;
  settings: LogSettings;
  /** Creates spans, if tracing is on. */
  tracer?: Tracer;
}

/** Records the SQL statements of one request: duration, errors, slow ones, spans. */
export function instrumentStatements(telemetry: Telemetry, state: RequestState): StatementObserver {
  const { metrics, log, settings, tracer } = telemetry;
  return (name) => {
    state.statements++;
    const began = performance.now();
    const span = tracer && childSpan(tracer, name, state.span);
    return (error, waitedMs) => {
      const ms = performance.now() - began;
      const failed = error !== undefined && !(error instanceof ClientLeft);
      metrics.statement(name, ms / 1_000, failed);
      // Without the wait for a connection: the statements of a large operation queue behind each other.
      if (ms - waitedMs > settings.slowSqlMs) {
        log.warn({ requestId: state.requestId, statement: name, ms: Math.round(ms) }, "slow SQL");
      }
      const message = failed && error instanceof Error ? error.message : undefined;
      if (span) endSpan(span, message && truncate(message, MAX_ERROR_LENGTH));
    };
  };
}

/** Starts a span for each operation. */
export function traceOperations(tracer: Tracer): HooksOf<Context> {
  return ({ contextValue: { state } }) => ({
    didResolveOperation({ operationName }) {
      state.span = tracer.startSpan(`GraphQL ${operationLabel(operationName)}`);
    },
  });
}

/** Records and logs each operation, one line each, and ends its span. */
export function instrumentOperations({ metrics, log, settings }: Telemetry): HooksOf<Context> {
  return ({ contextValue: { state, finish }, request }) => {
    const began = performance.now();
    return {
      willSendResponse({ response: { body }, operationName }) {
        const operation = operationLabel(operationName);
        finish();
        const errors = body.kind === "single" ? body.singleResult.errors : undefined;
        const outcome = errors?.length ? knownCode(errors[0]!.extensions?.code) : "ok";
        const ms = performance.now() - began;
        metrics.request(operation, outcome, ms / 1_000);
        const variables = settings.variables ? serializeVariables(request.variables) : undefined;
        const { requestId, cost, statements: sql } = state;
        if (cost !== undefined) metrics.cost(operation, cost);
        log.info(
          {
            requestId,
            operation,
            outcome,
            ms: Math.round(ms),
            cost,
            sql,
            variables,
          },
          "operation completed",
        );
        if (state.span) endSpan(state.span, outcome === "ok" ? undefined : outcome);
      },
    };
  };
}

function childSpan(tracer: Tracer, name: string, parent: Span | undefined): Span {
  const context = parent && trace.setSpan(ROOT_CONTEXT, parent);
  return tracer.startSpan(
    `SQL ${name}`,
    { attributes: { "db.system.name": "postgresql" } },
    context,
  );
}

function endSpan(span: Span, error: string | undefined): void {
  if (error) span.setStatus({ code: SpanStatusCode.ERROR, message: error });
  span.end();
}
