import type { FastifyInstance } from "fastify";
import { describeUnavailable } from "../db/servers.js";
import type { Sql } from "../db/sql.js";
import { APPLIED_MIGRATIONS } from "../db/data-source.js";
import type { Metrics } from "./metrics.js";

/** The state of the service that `/ready` reports. */
export interface Health {
  /** The service is shutting down and no longer ready for new requests. */
  stopping: boolean;
}

/**
 * Serves `/health` (the process is alive), `/ready` (the database is reachable and fully migrated) and `/metrics`.
 * A load balancer sends requests to instances whose `/ready` returns 200.
 */
export function serveHealth(
  app: FastifyInstance,
  sql: Sql,
  migrations: number,
  { registry }: Metrics,
): Health {
  const health: Health = { stopping: false };
  app.get("/health", async () => ({ status: "ok" }));

  app.get("/ready", async (_request, reply) => {
    const reason = health.stopping
      ? "the service is shutting down"
      : await whyNotReady(sql, migrations);
    if (reason === null) return { status: "ready" };
    return reply.code(503).send({ status: "not ready", reason });
  });

  app.get("/metrics", async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
  return health;
}

async function whyNotReady(sql: Sql, migrations: number): Promise<string | null> {
  try {
    const [row] = await sql.query<{ applied: number }>("appliedMigrations", APPLIED_MIGRATIONS);
    return row!.applied >= migrations ? null : "migrations of the database are pending";
  } catch (error) {
    return describeUnavailable(error);
  }
}
