import pg from "pg";
import type { DatabaseLog } from "./sql.js";
import { nameStatement } from "./sql-text.js";
import { APPLICATION, APPLIED_MIGRATIONS, REPLICA_TIMEOUT_MS } from "./data-source.js";
import { connectionOf, type ConnectionQueue } from "./connection-queue.js";
import { CURRENT_TIMELINE } from "./hosts.js";
import { CHECK_INTERVAL_MS, type Replication } from "./replication.js";

/** A database server that executes statements of requests. */
export interface Server {
  /** Its name in log and metrics. */
  readonly name: string;
  readonly pool: pg.Pool;
  /** Allocates the connections of the pool; statements wait here, not in the pool. */
  readonly queue: ConnectionQueue;
  /** Whether it responds, and is fresh enough if it is a standby, as of the last check. */
  readonly isUp: boolean;
  /** How far behind its primary it is, in ms, if it is a standby and that is known. */
  readonly lagMs?: number | undefined;
}

/** What a server says of itself. */
interface State {
  applied: number;
  isStandby: boolean;
  /** That it writes, or that a standby receives if it tells us: this takes the role pg_monitor. Null without a limit of the lag. */
  timeline: number | null;
  /** What it has flushed (only that reaches standbys), or a standby has replayed, in bytes of WAL; null as above. */
  position: number | null;
  /** The same for a primary and its streaming replicas; null as above. */
  origin: string | null;
}

const APPLIED = `SELECT (${APPLIED_MIGRATIONS}) AS applied, pg_is_in_recovery() AS "isStandby"`;
const STATE = `${APPLIED}, NULL AS timeline, NULL AS position, NULL AS origin`;
const STATE_AND_POSITION = `${APPLIED},
  (SELECT system_identifier FROM pg_control_system()) || '/' || current_database() AS origin,
  CASE WHEN pg_is_in_recovery() THEN (SELECT received_tli FROM pg_stat_wal_receiver)
    ELSE ${CURRENT_TIMELINE} END AS timeline,
  (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_flush_lsn() END - '0/0')::float8 AS position`;

/** What the checks of all servers share. */
export interface WatchSettings {
  /** How many migrations a database must have applied. */
  migrations: number;
  replication: Replication;
  log: DatabaseLog;
  /** Called when a standby has been promoted. */
  onPromotion: () => void;
}

/** One of several servers, with health checks: it is excluded while it does not respond, or is a standby that is too far behind. */
export class WatchedServer implements Server {
  isUp = true;
  lagMs: number | undefined;
  /** Whether it is the primary that the standbys follow, as of the last check. */
  acceptsWrites = false;
  private isStandby = false;
  private isFresh = true;
  /** Why it is down, as last logged. */
  private reason: string | null = null;
  private readonly clients = new Set<pg.PoolClient>();
  /** A connection for health checks: those of the pool may all be busy with statements if the server hangs. */
  private watcher?: pg.Client;
  private checking?: Promise<void>;
  private timer?: NodeJS.Timeout;

  constructor(
    readonly name: string,
    readonly pool: pg.Pool,
    readonly queue: ConnectionQueue,
    private readonly settings: WatchSettings,
    /** Whether it is the server in DATABASE_URL. */
    private readonly isPrimary: boolean,
  ) {
    pool.on("acquire", (client) => this.know(client));
    pool.on("remove", (client) => this.clients.delete(client));
  }

  private know(client: pg.PoolClient): void {
    if (this.clients.has(client)) return;
    this.clients.add(client);
    // With its first response after a promotion, a server reports it; a pooler does not pass that on.
    onParameterStatus(client, ({ parameterName, parameterValue }) => {
      if (parameterName === "in_hot_standby" && parameterValue === "off") this.notePromotion();
    });
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
    let state: State;
    try {
      this.watcher ??= await this.connectWatcher();
      const sql = this.settings.replication.maxLagMs > 0 ? STATE_AND_POSITION : STATE;
      const { rows } = await this.watcher.query<State>(nameStatement("watch", sql));
      state = rows[0]!;
    } catch (error) {
      this.dropWatcher();
      const { code, message } = error as { code?: string; message: string };
      return code === "42P01" ? "it has not been migrated" : message;
    }
    return state.applied < this.settings.migrations
      ? "migrations of this version are pending"
      : this.outdatedReason(state);
  }

  /** Why its answers may be too old; null if they are not. */
  private outdatedReason({ isStandby, timeline, position, origin }: State): string | null {
    const { replication } = this.settings;
    if (!isStandby) this.notePromotion();
    if (this.isPrimary || isStandby) replication.origin = origin;
    this.isStandby = isStandby;
    // A replica that is no standby may be a copy of another kind, with a WAL of its own.
    const isCopy = origin !== null && origin === replication.origin;
    this.acceptsWrites = !isStandby && (this.isPrimary || isCopy);
    this.lagMs = undefined;
    if (position === null) return null;
    if (this.acceptsWrites && !replication.wrote(timeline!, position)) {
      // Its connections would find out only when it is stopped.
      this.dropWatcher();
      return "another server has become the primary";
    }
    if (!isStandby) return null;
    this.lagMs = replication.lagMs(position);
    this.isFresh = replication.isFresh(timeline, position, this.isFresh);
    return this.isFresh ? null : TOO_FAR_BEHIND;
  }

  private notePromotion(): void {
    if (!this.isStandby) return;
    this.isStandby = false;
    this.acceptsWrites = true;
    this.settings.log.info({ server: this.name }, "a standby has been promoted");
    this.settings.onPromotion();
  }

  /** Until its next check, it isn't asked if it is a standby. */
  mistrust(): void {
    if (!this.isStandby) return;
    this.isFresh = false;
    this.note(TOO_FAR_BEHIND);
  }

  private async connectWatcher(): Promise<pg.Client> {
    const Client = (this.pool.options.Client ?? pg.Client) as typeof pg.Client;
    const watcher = new Client({
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
    const { log } = this.settings;
    const server = this.name;
    if (this.isUp) return log.info({ server }, "a database server is in use again");
    log.warn({ server, reason }, "a database server is excluded");
    if (reason === TOO_FAR_BEHIND) return;
    // This fails their statements, which are then retried on another server.
    for (const client of this.clients) connectionOf(client).close();
  }
}

const TOO_FAR_BEHIND = "it is a standby that is too far behind";

/** A setting that the server reports, with its new value. */
interface ParameterStatus {
  parameterName: string;
  parameterValue: string;
}

/** Calls the listener whenever the server of a client reports a change of one of its settings; pg does not declare it. */
function onParameterStatus(
  client: pg.PoolClient,
  listener: (status: ParameterStatus) => void,
): void {
  const { connection } = client as unknown as { connection: pg.Connection };
  connection.on("parameterStatus", listener);
}
