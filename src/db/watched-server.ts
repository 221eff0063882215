import pg from "pg";
import type { AvailabilityLog } from "./availability.js";
import { APPLICATION, APPLIED_MIGRATIONS, REPLICA_TIMEOUT_MS } from "./data-source.js";
import { nameStatement } from "./sql.js";
import type { Turns } from "./turns.js";

/** A database server that questions are asked of. */
export interface Server {
  /** In the log and the metrics. */
  readonly name: string;
  readonly pool: pg.Pool;
  /** Who may use the pool's connections; it never has more asked of it than it has. */
  readonly turns: Turns;
  /** Whether it answers, as far as is known. */
  readonly isUp: boolean;
}

/** How often a server is asked whether it is there. */
const WATCH_MS = 2_000;

/** A server among several, which is watched: it counts as lost as long as it does not answer. */
export class WatchedServer implements Server {
  isUp = true;
  /** Why it is not up, as the log was last told. */
  private reason: string | null = null;
  private readonly busy = new Set<pg.PoolClient>();
  /** The connection that watches. The pool's may all be taken, by statements that wait for a server that hangs. */
  private watcher?: pg.Client;
  private checking?: Promise<void>;
  private timer?: NodeJS.Timeout;

  constructor(
    readonly name: string,
    readonly pool: pg.Pool,
    readonly turns: Turns,
    /** How many migrations its database has to have. */
    private readonly migrations: number,
    private readonly log: AvailabilityLog,
  ) {
    pool.on("acquire", (client) => this.busy.add(client));
    pool.on("release", (_error, client) => this.busy.delete(client));
  }

  /** Statements that it has to answer or to wait for. */
  get load(): number {
    return this.turns.load;
  }

  /** Looks after it from now on. */
  async watch(): Promise<void> {
    this.timer = setInterval(() => void this.check(), WATCH_MS).unref();
    await this.check();
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.checking;
    this.dropWatcher();
  }

  /** Finds out whether it is up. Whoever asks meanwhile gets the same answer. */
  check(): Promise<void> {
    this.checking ??= this.whyNotUp()
      .then((reason) => this.note(reason))
      .finally(() => (this.checking = undefined));
    return this.checking;
  }

  private async whyNotUp(): Promise<string | null> {
    try {
      this.watcher ??= await this.connectWatcher();
      const { rows } = await this.watcher.query<{ applied: number }>(
        nameStatement("watch", APPLIED_MIGRATIONS),
      );
      return rows[0]!.applied >= this.migrations ? null : "it lacks migrations of this version";
    } catch (error) {
      this.dropWatcher();
      const { code, message } = error as { code?: string; message: string };
      return code === "42P01" ? "it lacks all migrations" : message;
    }
  }

  private async connectWatcher(): Promise<pg.Client> {
    const watcher = new pg.Client({
      ...this.pool.options,
      application_name: `${APPLICATION} watch`,
      connectionTimeoutMillis: REPLICA_TIMEOUT_MS,
      query_timeout: REPLICA_TIMEOUT_MS,
    });
    // Unasked, it tells at once that the server went away.
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
    if (this.isUp) return this.log.info({ server }, "a database server is asked again");
    this.log.warn({ server, reason }, "a database server is left out");
    // What it has not answered by now is asked elsewhere: a busy connection that is ended fails its statement.
    for (const client of this.busy) void (client as unknown as pg.Client).end();
  }
}
