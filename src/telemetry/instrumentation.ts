import { ROOT_CONTEXT, type Span, SpanStatusCode, trace, type Tracer } from "@opentelemetry/api";
import type { FastifyBaseLogger } from "fastify";
import { ClientLeft } from "../db/db.errors.js";
import type { StatementObserver } from "../db/sql.js";
import { knownCode } from "../errors.js";
import type { HooksOf } from "../http/apollo.js";
import type { LogSettings } from "../http/settings.js";
import { serializeVariables } from "./log.js";
import type { Metrics } from "./metrics.js";
import { truncate } from "./truncate.js";

/** Maximum length of a SQL error in a span; PostgreSQL may quote a value. */
const MAX_ERROR_LENGTH = 200;

/** Where requests and their SQL statements are recorded. */
export interface Telemetry {
  metrics: Metrics;
  log: FastifyBaseLogger;
  settings: LogSettings;
  /** Creates spans, if tracing is on. */
  tracer?: Tracer;
  /** Called for every SQL statement of every request. */
  observe?: StatementObserver;
}

/** The state of a request while it runs. */
export interface RequestState {
  requestId: string;
  /** The number of SQL statements so far. */
  statements: number;
  /** The estimated cost of its operation, once it is known. */
  cost?: number;
  /** Releases its slot among the large operations; called when it is finished or cancelled. */
  release?: () => void;
  /** The trace span of its operation, if tracing is on. */
  span?: Span;
}

/** Records the SQL statements of one request: duration, errors, slow ones, spans. */
export function instrumentStatements(telemetry: Telemetry, state: RequestState): StatementObserver {
  const { metrics, log, settings, tracer, observe } = telemetry;
  return (name) => {
    state.statements++;
    const began = performance.now();
    const span = tracer && childSpan(tracer, name, state.span);
    const ended = observe?.(name);
    return (error, waitedMs) => {
      ended?.(error, waitedMs);
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

/** Starts a span for each operation, with the attributes of OpenTelemetry's GraphQL conventions (docs/observability.md). */
export function traceOperations(tracer: Tracer): HooksOf<{ state: RequestState }> {
  return ({ contextValue: { state } }) => ({
    didResolveOperation({ operationName, operation }) {
      const label = operationLabel(operationName);
      const attributes = {
        "graphql.operation.type": operation?.operation,
        // Not of an anonymous one, which has no name.
        "graphql.operation.name": operationName ? label : undefined,
      };
      state.span = tracer.startSpan(`GraphQL ${label}`, { attributes });
    },
  });
}

/** Records and logs each operation, one line each, and ends its span. */
export function instrumentOperations({
  metrics,
  log,
  settings,
}: Telemetry): HooksOf<{ state: RequestState; finish: () => void }> {
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
        const line = { requestId, operation, outcome, ms: Math.round(ms), cost, sql, variables };
        log.info(line, "operation completed");
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

/** Labels stay short: monitoring stores them with every time series. */
const MAX_LABEL_LENGTH = 80;

/**
 * The name of an operation in metrics, log and spans: at most 80 characters, only letters, digits and underscores;
 * `anonymous` if it has none.
 */
export function operationLabel(name: string | null | undefined): string {
  const label = name?.slice(0, MAX_LABEL_LENGTH).replace(/[^_A-Za-z0-9]/g, "");
  // A copy: a slice would keep the whole document in memory as long as the label.
  return label ? Buffer.from(label, "latin1").toString("latin1") : "anonymous";
}
