import type pg from "pg";
import { Availability, type AvailabilityLog } from "./availability.js";
import { createPool, type ServingLimits } from "./data-source.js";
import { databaseAddress } from "./database-address.js";
import { ConnectionQueue } from "./connection-queue.js";
import { type Server, WatchedServer } from "./watched-server.js";

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
  log: AvailabilityLog;
}

/** The database and its replicas. Statements go to the replicas as long as one of them is up. */
export async function openServers(
  pool: pg.Pool,
  replicaUrls: readonly string[],
  settings: ReplicaSettings,
): Promise<Servers> {
  const { migrations, log, poolQueue } = settings;
  const availability = new Availability(log);
  if (replicaUrls.length === 0) {
    const queue = new ConnectionQueue(pool.options.max, poolQueue);
    return oneServer({ name: PRIMARY, pool, queue, isUp: true }, availability);
  }
  const watched = (name: string, pool: pg.Pool) =>
    new WatchedServer(
      name,
      pool,
      new ConnectionQueue(pool.options.max, poolQueue),
      migrations,
      log,
    );
  const primary = watched(PRIMARY, pool);
  const replicas = replicaUrls.map((url) =>
    watched(databaseAddress(url), createPool(url, settings)),
  );
  const servers = new ReplicatedServers(primary, replicas, availability);
  await Promise.all(servers.all.map((server) => server.watch()));
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
    return this.leastBusy([]) ?? this.primary;
  }

  async failover(failed: readonly Server[], failure: Failure): Promise<Server | undefined> {
    const last = this.all.find((server) => server === failed.at(-1))!;
    if (last.isUp) await last.check();
    // If a server is up but overloaded, moving its statements would only fill the queues of the others.
    if (failure === "busy" && last.isUp) return undefined;
    const other = this.leastBusy(failed);
    if (other) return other;
    if (!failed.includes(this.primary)) return this.primary;
    return last.isUp && canRetry(failed, failure) ? last : undefined;
  }

  private leastBusy(failed: readonly Server[]): Server | undefined {
    this.next = (this.next + 1) % this.replicas.length;
    let best: WatchedServer | undefined;
    for (let i = 0; i < this.replicas.length; i++) {
      const replica = this.replicas[(this.next + i) % this.replicas.length]!;
      if (!replica.isUp || failed.includes(replica)) continue;
      if (!best || replica.load < best.load) best = replica;
    }
    return best;
  }

  async close(): Promise<void> {
    await Promise.all(this.all.map((server) => server.close()));
    await Promise.all(this.replicas.map(({ pool }) => pool.end()));
  }
}
