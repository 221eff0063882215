import { ROOT_CONTEXT, type Span, SpanStatusCode, trace, type Tracer } from "@opentelemetry/api";
import type { FastifyBaseLogger } from "fastify";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { ClientLeft } from "../db/db.errors.js";
import type { StatementObserver } from "../db/sql.js";
import type { Server } from "../db/watched-server.js";
import { knownCode } from "../errors.js";
import type { HooksOf } from "../http/apollo.js";
import type { LogSettings } from "../http/settings.js";
import { serializeVariables } from "./log.js";
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

/** Limit on distinct operation names, which clients choose; beyond it they are counted as "other". */
const MAX_OPERATIONS = 200;

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

const COSTS = [1, 10, 50, 100, 500, 1_000, 5_000, 10_000, 50_000, 100_000, 1_000_000];

/** The Prometheus metrics served at `/metrics`. */
export class Metrics {
  readonly registry = new Registry();
  private readonly operations = new Set<string>();

  private readonly requests = new Counter({
    name: "communique_requests_total",
    help: "Completed requests, by operation name and outcome: ok, or the code of the first error.",
    labelNames: ["operation", "outcome"],
    registers: [this.registry],
  });

  private readonly requestSeconds = new Histogram({
    name: "communique_request_duration_seconds",
    help: "Time from a request's arrival to its response, by operation name.",
    labelNames: ["operation"],
    buckets: SECONDS,
    registers: [this.registry],
  });

  private readonly costs = new Histogram({
    name: "communique_operation_cost",
    help: "Estimated cost of operations, including rejected ones, by operation name.",
    labelNames: ["operation"],
    buckets: COSTS,
    registers: [this.registry],
  });

  private readonly sqlSeconds = new Histogram({
    name: "communique_sql_duration_seconds",
    help: "Duration of SQL statements, including the wait for a connection, by statement name.",
    labelNames: ["statement"],
    buckets: SECONDS,
    registers: [this.registry],
  });

  private readonly sqlErrors = new Counter({
    name: "communique_sql_errors_total",
    help: "Failed SQL statements, by statement name.",
    labelNames: ["statement"],
    registers: [this.registry],
  });

  private readonly toolCalls = new Counter({
    name: "communique_tool_calls_total",
    help: "Completed calls of tools for agents, by tool and outcome: ok, refused or failed.",
    labelNames: ["tool", "outcome"],
    registers: [this.registry],
  });

  private readonly toolSeconds = new Histogram({
    name: "communique_tool_duration_seconds",
    help: "Duration of calls of tools for agents, by tool.",
    labelNames: ["tool"],
    buckets: SECONDS,
    registers: [this.registry],
  });

  constructor(servers: readonly Server[]) {
    collectDefaultMetrics({ register: this.registry });
    new Gauge({
      name: "communique_pool_connections",
      help: "Connections to each database server (idle, busy), and statements waiting for one.",
      labelNames: ["server", "state"],
      registers: [this.registry],
      collect() {
        for (const { name: server, pool, queue } of servers) {
          this.set({ server, state: "idle" }, pool.idleCount);
          this.set({ server, state: "busy" }, pool.totalCount - pool.idleCount);
          this.set({ server, state: "waiting" }, queue.waiting);
        }
      },
    });
    new Gauge({
      name: "communique_server_up",
      help: "Whether each database server is in use (1) or excluded (0); always 1 without replicas.",
      labelNames: ["server"],
      registers: [this.registry],
      collect() {
        for (const { name: server, isUp } of servers) this.set({ server }, Number(isUp));
      },
    });
    new Gauge({
      name: "communique_replica_lag_seconds",
      help: "How far each replica is behind its primary: 0 if less than the interval of checks, absent if unknown.",
      labelNames: ["server"],
      registers: [this.registry],
      collect() {
        this.reset();
        for (const { name: server, lagMs } of servers)
          if (lagMs !== undefined) this.set({ server }, lagMs / 1_000);
      },
    });
  }

  /** Records a completed request. */
  request(label: string, outcome: string, seconds: number): void {
    const operation = this.limitCardinality(label);
    this.requests.inc({ operation, outcome });
    this.requestSeconds.observe({ operation }, seconds);
  }

  /** Records the estimated cost of an operation. */
  cost(label: string, cost: number): void {
    this.costs.observe({ operation: this.limitCardinality(label) }, cost);
  }

  /** Records a finished SQL statement. Names come from the code, so their number is fixed. */
  statement(statement: string, seconds: number, failed: boolean): void {
    this.sqlSeconds.observe({ statement }, seconds);
    if (failed) this.sqlErrors.inc({ statement });
  }

  /** Records a completed call of a tool. The names of tools are known at the start, so their number is fixed. */
  toolCall(tool: string, outcome: string, seconds: number): void {
    this.toolCalls.inc({ tool, outcome });
    this.toolSeconds.observe({ tool }, seconds);
  }

  private limitCardinality(name: string): string {
    if (this.operations.size < MAX_OPERATIONS) this.operations.add(name);
    return this.operations.has(name) ? name : "other";
  }
}
