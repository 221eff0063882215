import type pg from "pg";
import type { DatabaseLog } from "./sql.js";
import { createPool, type ServingLimits } from "./data-source.js";
import { DatabaseBusy, type DatabaseUnavailable } from "./db.errors.js";
import { databaseAddress } from "./database-address.js";
import { ConnectionQueue } from "./connection-queue.js";
import { hostUrls } from "./hosts.js";
import { Replication } from "./replication.js";
import { type Server, WatchedServer, type WatchSettings } from "./watched-server.js";

/** The database servers. Each can execute every statement, so one can replace another. */
export interface Servers {
  readonly all: readonly Server[];
  /** Records which statements succeed and fail. */
  readonly availability: Availability;
  /** The server for the next request. */
  pick(): Server;
  /** Another server for a statement, after these have failed (the last one just now); undefined if there is none. */
  failover(failed: readonly Server[], failure: Failure): Promise<Server | undefined>;
  close(): Promise<void>;
}

/** How a statement failed: no connection was free, connecting failed, or its connection was lost. */
type Failure = "busy" | "unreachable" | "lost";

/** Settings of the connections to replicas. */
export interface ReplicaSettings extends ServingLimits {
  /** How many migrations a replica must have applied to be used. */
  migrations: number;
  /** How many statements, of all requests together, may wait for a connection to a server. */
  poolQueue: number;
  /** How many milliseconds a replica may be behind to be used; 0: any number. */
  replicaLagMs: number;
  log: DatabaseLog;
}

/**
 * The database and its replicas. Statements go to the replicas as long as one of them is up. `hasHosts`: whether the database has several
 * hosts.
 */
export async function openServers(
  pool: pg.Pool,
  hasHosts: boolean,
  replicaUrls: readonly string[],
  settings: ReplicaSettings,
): Promise<Servers> {
  const { migrations, log, poolQueue } = settings;
  const availability = new Availability(log);
  if (replicaUrls.length === 0 && !hasHosts) {
    const queue = new ConnectionQueue(pool.options.max, poolQueue);
    return oneServer({ name: PRIMARY, pool, queue, isUp: true }, availability);
  }
  const watch: WatchSettings = {
    migrations,
    replication: new Replication(settings.replicaLagMs),
    log,
    onPromotion: () => servers.followPromotion(),
  };
  const watched = (name: string, pool: pg.Pool, isPrimary: boolean) => {
    const queue = new ConnectionQueue(pool.options.max, poolQueue);
    return new WatchedServer(name, pool, queue, watch, isPrimary);
  };
  const primary = watched(PRIMARY, pool, true);
  const replicas = replicaUrls
    .flatMap(hostUrls)
    .map((url) => watched(databaseAddress(url), createPool(url, settings), false));
  const servers = new ReplicatedServers(primary, replicas, availability);
  // That of the primary first, to recognize it among the replicas.
  await primary.watch();
  await Promise.all(replicas.map((server) => server.watch()));
  return servers;
}

const PRIMARY = "primary";

function oneServer(server: Server, availability: Availability): Servers {
  return {
    all: [server],
    availability,
    pick: () => server,
    failover: async (failed, failure) => (canRetry(failed, failure) ? server : undefined),
    close: async () => {},
  };
}

/** Whether to retry on the same server, once: perhaps only the connection was lost. */
function canRetry(failed: readonly Server[], failure: Failure): boolean {
  return failure === "lost" && failed.indexOf(failed.at(-1)!) === failed.length - 1;
}

class ReplicatedServers implements Servers {
  readonly all: readonly WatchedServer[];
  /** Round-robin position, for replicas with equal load. */
  private next = 0;

  constructor(
    private readonly primary: WatchedServer,
    private readonly replicas: readonly WatchedServer[],
    readonly availability: Availability,
  ) {
    this.all = [primary, ...replicas];
  }

  pick(): Server {
    return this.best([]) ?? this.primary;
  }

  /** After a promotion, standbys are asked again when a check has shown that they follow. */
  followPromotion(): void {
    for (const server of this.all) server.mistrust();
    for (const server of this.all) void server.check();
  }

  async failover(failed: readonly Server[], failure: Failure): Promise<Server | undefined> {
    const last = this.all.find((server) => server === failed.at(-1))!;
    if (last.isUp) await last.check();
    // If a server is up but overloaded, moving its statements would only fill the queues of the others.
    if (failure === "busy" && last.isUp) return undefined;
    const other = this.best(failed);
    if (other) return other;
    if (!failed.includes(this.primary)) return this.primary;
    return last.isUp && canRetry(failed, failure) ? last : undefined;
  }

  /** A replica, else the primary, also if that is listed as a replica. */
  private best(failed: readonly Server[]): Server | undefined {
    const standby = this.leastBusy(failed, false);
    if (standby) return standby;
    return this.primary.isUp && !failed.includes(this.primary)
      ? this.primary
      : this.leastBusy(failed, true);
  }

  private leastBusy(failed: readonly Server[], acceptsWrites: boolean): Server | undefined {
    this.next = (this.next + 1) % Math.max(1, this.replicas.length);
    let best: WatchedServer | undefined;
    for (let i = 0; i < this.replicas.length; i++) {
      const replica = this.replicas[(this.next + i) % this.replicas.length]!;
      if (!replica.isUp || replica.acceptsWrites !== acceptsWrites || failed.includes(replica))
        continue;
      if (!best || replica.load < best.load) best = replica;
    }
    return best;
  }

  async close(): Promise<void> {
    await Promise.all(this.all.map((server) => server.close()));
    await Promise.all(this.replicas.map(({ pool }) => pool.end()));
  }
}

/** The database counts as available again after this long without failures: some statements may succeed while others fail. */
const QUIET_MS = 2_000;

/** How many different reasons are logged during one outage. */
const MAX_REASONS = 5;

/** Logs when and why the database becomes unavailable, and when it is available again; once, not for each request. */
class Availability {
  private lastFailure = 0;
  /** The logged reasons why the database is unavailable; empty if it is available. */
  private readonly reasons = new Set<string>();

  constructor(private readonly log: DatabaseLog) {}

  /** Call when no server could execute a statement. */
  failed(error: DatabaseUnavailable): void {
    this.lastFailure = performance.now();
    const reason = reasonOf(error);
    if (this.reasons.has(reason) || this.reasons.size >= MAX_REASONS) return;
    this.reasons.add(reason);
    this.log.warn({ reason }, "the database is unavailable");
  }

  /** Call when a statement has been executed. */
  succeeded(): void {
    if (this.reasons.size === 0 || performance.now() - this.lastFailure < QUIET_MS) return;
    this.reasons.clear();
    this.log.info({}, "the database is available again");
  }
}

/** The reason in the error's own words, for the log only: it may contain names of hosts and users. */
function reasonOf(error: DatabaseUnavailable): string {
  const cause = (error.cause ?? error) as Error & { errors?: Error[] };
  // If a host has several addresses, there is an error for each.
  return cause.message || (cause.errors ?? []).map(({ message }) => message).join("; ");
}

/** What /ready says, by SQLSTATE or Node.js error code. It reveals no names or addresses. */
const REASONS: [code: RegExp, reason: string][] = [
  [/^NO_PRIMARY/, "none of its hosts accepts writes"],
  [/^ECONNREFUSED/, "it refuses connections"],
  [/^(ENOTFOUND|EAI_AGAIN)/, "its host name cannot be resolved"],
  [/^(57014|ETIMEDOUT|EHOST|ENET)/, "it does not respond in time"],
  [/^08P01/, "it, or a pooler in front of it, rejects the connection parameters"],
  [/^28/, "it rejects the user or the password"],
  [/^3D000/, "the database does not exist"],
  [/^53300/, "it has too many connections"],
  [/^57P/, "it is starting up or shutting down"],
  [/^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/, "the TLS connection failed"],
];

/** Why the database is unavailable, without any secrets. */
export function describeUnavailable(error: unknown): string {
  if (error instanceof DatabaseBusy) return "all connections to the database are busy";
  const { cause = error } = error as { cause?: unknown };
  const { code, message } = cause as { code?: string; message?: string };
  if (code === "42P01") return "the database has not been migrated";
  if (code === "42501") return "the database user may not read the tables";
  const [, reason] = REASONS.find(([codes]) => codes.test(code ?? "")) ?? [];
  if (reason) return `the database can't be reached: ${reason}`;
  return /timeout/.test(message ?? "")
    ? "the database can't be reached: it does not respond in time"
    : "the database can't be reached";
}
