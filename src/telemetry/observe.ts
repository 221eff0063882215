import { ROOT_CONTEXT, type Span, SpanStatusCode, trace, type Tracer } from "@opentelemetry/api";
import type { FastifyBaseLogger } from "fastify";
import type { Context, RequestNotes } from "../context.js";
import { cut } from "./cut.js";
import { ClientLeft } from "../db/db.errors.js";
import type { StatementObserver } from "../db/sql.js";
import { knownCode } from "../errors.js";
import type { HooksOf } from "../http/request-hooks.js";
import { variablesInLog } from "./log.js";
import type { Metrics } from "./metrics.js";
import { operationLabel } from "./operation-label.js";
import type { LogSettings } from "../http/settings.js";

/** What a span tells of what went wrong with a statement. PostgreSQL may quote a value. */
const LONGEST_FAULT = 200;

/** Where it is told what requests and their statements do. */
export interface Observers {
  metrics: Metrics;
  log: FastifyBaseLogger;
  settings: LogSettings;
  /** Makes spans, when traces are sent. */
  tracer?: Tracer;
}

/** Times the SQL statements of one request. */
export function observeStatements(observers: Observers, notes: RequestNotes): StatementObserver {
  const { metrics, log, settings, tracer } = observers;
  return (name) => {
    notes.statements++;
    const began = performance.now();
    const span = tracer && childSpan(tracer, name, notes.span);
    return (error, waitedMs) => {
      const ms = performance.now() - began;
      const failed = error !== undefined && !(error instanceof ClientLeft);
      metrics.statement(name, ms / 1_000, failed);
      // A question of many statements lets them wait for each other, which tells nothing of the database.
      if (ms - waitedMs > settings.slowSqlMs) {
        log.warn({ requestId: notes.requestId, statement: name, ms: Math.round(ms) }, "slow SQL");
      }
      const told = failed && error instanceof Error;
      if (span) endSpan(span, told ? cut(error.message, LONGEST_FAULT) : undefined);
    };
  };
}

/** Begins the span of each operation. */
export function traceOperations(tracer: Tracer): HooksOf<Context> {
  return ({ contextValue: { notes } }) => ({
    didResolveOperation({ operationName }) {
      notes.span = tracer.startSpan(`GraphQL ${operationLabel(operationName)}`);
    },
  });
}

/** Counts and logs operations, one line each, and ends their spans. */
export function observeOperations({ metrics, log, settings }: Observers): HooksOf<Context> {
  return ({ contextValue: { notes, answered }, request }) => {
    const began = performance.now();
    return {
      willSendResponse({ response: { body }, operationName }) {
        const operation = operationLabel(operationName);
        answered();
        const errors = body.kind === "single" ? body.singleResult.errors : undefined;
        const outcome = errors?.length ? knownCode(errors[0]!.extensions?.code) : "ok";
        const ms = performance.now() - began;
        metrics.request(operation, outcome, ms / 1_000);
        const variables = settings.variables ? variablesInLog(request.variables) : undefined;
        const { requestId, cost, statements: sql } = notes;
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
          "answered",
        );
        if (notes.span) endSpan(notes.span, outcome === "ok" ? undefined : outcome);
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

function endSpan(span: Span, fault: string | undefined): void {
  if (fault) span.setStatus({ code: SpanStatusCode.ERROR, message: fault });
  span.end();
}
