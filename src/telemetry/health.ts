import type { FastifyInstance } from "fastify";
import { describeUnavailable } from "../db/availability.js";
import { APPLIED_MIGRATIONS } from "../db/data-source.js";
import type { Sql } from "../db/sql.js";
import type { Metrics } from "./metrics.js";

/** What the health routes know beside the database. */
export interface Health {
  /** Set when the service is told to stop: it is no longer ready for new requests. */
  stopping: boolean;
}

/**
 * Serves `/health` (the process is alive), `/ready` (the database can be reached and has every migration)
 * and `/metrics`. A balancer sends requests where `/ready` answers 200.
 */
export function serveHealth(
  app: FastifyInstance,
  sql: Sql,
  migrations: number,
  { registry }: Metrics,
): Health {
  const health: Health = { stopping: false };
  app.addHook("onSend", (_request, reply, _payload, done) => {
    // The client's next request then goes to another process.
    if (health.stopping) reply.header("connection", "close");
    done();
  });

  app.get("/health", async () => ({ status: "ok" }));

  app.get("/ready", async (_request, reply) => {
    const reason = health.stopping ? "the service is stopping" : await whyNotReady(sql, migrations);
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
    return row!.applied >= migrations ? null : "the database lacks migrations";
  } catch (error) {
    return describeUnavailable(error);
  }
}
