import pg from "pg";
import { type DatabaseLog, nameStatement } from "./sql.js";
import { APPLICATION, APPLIED_MIGRATIONS, REPLICA_TIMEOUT_MS } from "./data-source.js";
import type { ConnectionQueue } from "./connection-queue.js";

/** A database server that executes statements of requests. */
export interface Server {
  /** Its name in log and metrics. */
  readonly name: string;
  readonly pool: pg.Pool;
  /** Allocates the connections of the pool; statements wait here, not in the pool. */
  readonly queue: ConnectionQueue;
  /** Whether it responds, as of the last check. */
  readonly isUp: boolean;
}

/** The interval of health checks. */
const CHECK_INTERVAL_MS = 2_000;

/** One of several servers, with health checks: it is excluded while it does not respond. */
export class WatchedServer implements Server {
  isUp = true;
  /** Why it is down, as last logged. */
  private reason: string | null = null;
  private readonly busy = new Set<pg.PoolClient>();
  /** A connection for health checks: those of the pool may all be busy with statements if the server hangs. */
  private watcher?: pg.Client;
  private checking?: Promise<void>;
  private timer?: NodeJS.Timeout;

  constructor(
    readonly name: string,
    readonly pool: pg.Pool,
    readonly queue: ConnectionQueue,
    /** How many migrations its database must have applied. */
    private readonly migrations: number,
    private readonly log: DatabaseLog,
  ) {
    pool.on("acquire", (client) => this.busy.add(client));
    pool.on("release", (_error, client) => this.busy.delete(client));
  }

  /** How many statements are executing or waiting. */
  get load(): number {
    return this.queue.load;
  }

  /** Starts periodic health checks. */
  async watch(): Promise<void> {
    this.timer = setInterval(() => void this.check(), CHECK_INTERVAL_MS).unref();
    await this.check();
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.checking;
    this.dropWatcher();
  }

  /** Checks whether it is up. Concurrent calls share one check. */
  check(): Promise<void> {
    this.checking ??= this.downReason()
      .then((reason) => this.note(reason))
      .finally(() => (this.checking = undefined));
    return this.checking;
  }

  private async downReason(): Promise<string | null> {
    try {
      this.watcher ??= await this.connectWatcher();
      const { rows } = await this.watcher.query<{ applied: number }>(
        nameStatement("watch", APPLIED_MIGRATIONS),
      );
      return rows[0]!.applied >= this.migrations ? null : "migrations of this version are pending";
    } catch (error) {
      this.dropWatcher();
      const { code, message } = error as { code?: string; message: string };
      return code === "42P01" ? "it has not been migrated" : message;
    }
  }

  private async connectWatcher(): Promise<pg.Client> {
    const watcher = new pg.Client({
      ...this.pool.options,
      application_name: `${APPLICATION} watch`,
      connectionTimeoutMillis: REPLICA_TIMEOUT_MS,
      query_timeout: REPLICA_TIMEOUT_MS,
    });
    // The idle connection reports at once if the server goes away.
    watcher.on("error", () => {
      if (this.watcher !== watcher) return;
      this.dropWatcher();
      void this.check();
    });
    await watcher.connect();
    return watcher;
  }

  private dropWatcher(): void {
    void this.watcher?.end();
    this.watcher = undefined;
  }

  private note(reason: string | null): void {
    if (reason === this.reason) return;
    this.reason = reason;
    this.isUp = reason === null;
    const server = this.name;
    if (this.isUp) return this.log.info({ server }, "a database server is in use again");
    this.log.warn({ server, reason }, "a database server is excluded");
    // Closing busy connections fails their statements, which are then retried on another server.
    for (const client of this.busy) void (client as unknown as pg.Client).end();
  }
}
