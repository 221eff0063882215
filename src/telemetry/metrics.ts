import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Server } from "../db/watched-server.js";

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
