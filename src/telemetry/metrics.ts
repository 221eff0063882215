import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Server } from "../db/watched-server.js";

/** Clients choose operation names, whose length operation-label.ts bounds; past so many different ones the rest are counted together. */
const MOST_OPERATIONS = 200;

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

const COSTS = [1, 10, 50, 100, 500, 1_000, 2_500, 5_000, 10_000, 100_000];

/** The figures that `/metrics` tells, in the form of Prometheus. */
export class Metrics {
  readonly registry = new Registry();
  private readonly operations = new Set<string>();

  private readonly requests = new Counter({
    name: "communique_requests_total",
    help: "Requests answered, by operation name and outcome: ok, or the code of the first error.",
    labelNames: ["operation", "outcome"],
    registers: [this.registry],
  });

  private readonly requestSeconds = new Histogram({
    name: "communique_request_duration_seconds",
    help: "Time from a request's arrival to its answer, by operation name.",
    labelNames: ["operation"],
    buckets: SECONDS,
    registers: [this.registry],
  });

  private readonly costs = new Histogram({
    name: "communique_operation_cost",
    help: "Estimated cost of operations, refused ones too, by operation name.",
    labelNames: ["operation"],
    buckets: COSTS,
    registers: [this.registry],
  });

  private readonly sqlSeconds = new Histogram({
    name: "communique_sql_duration_seconds",
    help: "Time that SQL statements take, the wait for a connection included, by their name.",
    labelNames: ["statement"],
    buckets: SECONDS,
    registers: [this.registry],
  });

  private readonly sqlErrors = new Counter({
    name: "communique_sql_errors_total",
    help: "SQL statements that failed, by their name.",
    labelNames: ["statement"],
    registers: [this.registry],
  });

  constructor(servers: readonly Server[]) {
    collectDefaultMetrics({ register: this.registry });
    new Gauge({
      name: "communique_pool_connections",
      help: "Connections to each database server, idle and busy, and statements waiting for one.",
      labelNames: ["server", "state"],
      registers: [this.registry],
      collect() {
        for (const { name: server, pool, turns } of servers) {
          this.set({ server, state: "idle" }, pool.idleCount);
          this.set({ server, state: "busy" }, pool.totalCount - pool.idleCount);
          this.set({ server, state: "waiting" }, turns.waiting);
        }
      },
    });
    new Gauge({
      name: "communique_server_up",
      help: "Whether each database server is asked (1) or left out (0); without replicas always 1.",
      labelNames: ["server"],
      registers: [this.registry],
      collect() {
        for (const { name: server, isUp } of servers) this.set({ server }, Number(isUp));
      },
    });
  }

  /** Counts a request that is answered. */
  request(label: string, outcome: string, seconds: number): void {
    const operation = this.bounded(label);
    this.requests.inc({ operation, outcome });
    this.requestSeconds.observe({ operation }, seconds);
  }

  /** Counts what an operation may cost. */
  cost(label: string, cost: number): void {
    this.costs.observe({ operation: this.bounded(label) }, cost);
  }

  /** Counts a statement that has ended. Its name is ours, so there are as many as questions in the code. */
  statement(statement: string, seconds: number, failed: boolean): void {
    this.sqlSeconds.observe({ statement }, seconds);
    if (failed) this.sqlErrors.inc({ statement });
  }

  private bounded(name: string): string {
    if (this.operations.size < MOST_OPERATIONS) this.operations.add(name);
    return this.operations.has(name) ? name : "other";
  }
}
