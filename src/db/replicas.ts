import type pg from "pg";
import { Availability, type AvailabilityLog } from "./availability.js";
import { createPool, type ServingBounds } from "./data-source.js";
import { placeOf } from "./place.js";
import { Turns } from "./turns.js";
import { type Server, WatchedServer } from "./watched-server.js";

/** The database servers that have the record. Every one can answer every question, so that one can stand in for another. */
export interface Servers {
  readonly all: readonly Server[];
  /** Told of every statement whether it was answered. */
  readonly availability: Availability;
  /** The one to ask next. */
  pick(): Server;
  /** One to ask in place of those that have failed, the last of them just now; undefined: there is none. */
  insteadOf(failed: readonly Server[], failure: Failure): Promise<Server | undefined>;
  close(): Promise<void>;
}

/** How a statement failed: no connection was free, none could be made, or it was lost with the one that it was on. */
type Failure = "busy" | "unreachable" | "lost";

/** What replicas are told beside their URLs. */
export interface ReplicaSettings extends ServingBounds {
  /** How many migrations a database has to have to be asked. */
  migrations: number;
  /** How many statements may wait for a connection to a server, those of all requests together. */
  poolQueue: number;
  log: AvailabilityLog;
}

/** The database, and replicas of it that are asked in its place as long as one is up. */
export async function openServers(
  pool: pg.Pool,
  replicaUrls: readonly string[],
  settings: ReplicaSettings,
): Promise<Servers> {
  const { migrations, log, poolQueue } = settings;
  const availability = new Availability(log);
  if (replicaUrls.length === 0) {
    const turns = new Turns(pool.options.max, poolQueue);
    return oneServer({ name: PRIMARY, pool, turns, isUp: true }, availability);
  }
  const watched = (name: string, itsPool: pg.Pool) =>
    new WatchedServer(name, itsPool, new Turns(itsPool.options.max, poolQueue), migrations, log);
  const primary = watched(PRIMARY, pool);
  const replicas = replicaUrls.map((url) => watched(placeOf(url), createPool(url, settings)));
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
    insteadOf: async (failed, failure) => (isWorthAnother(failed, failure) ? server : undefined),
    close: async () => {},
  };
}

/** Whether a server is to be asked once more: it may be there, and only the connection was broken. */
function isWorthAnother(failed: readonly Server[], failure: Failure): boolean {
  return failure === "lost" && failed.indexOf(failed.at(-1)!) === failed.length - 1;
}

class ReplicatedServers implements Servers {
  readonly all: readonly WatchedServer[];
  /** Goes round, so that those that have equally much to do are asked in turn. */
  private turn = 0;

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

  async insteadOf(failed: readonly Server[], failure: Failure): Promise<Server | undefined> {
    const last = this.all.find((server) => server === failed.at(-1))!;
    if (last.isUp) await last.check();
    // One that is there and has too much to do would not have less if others got their queues filled too.
    if (failure === "busy" && last.isUp) return undefined;
    const other = this.leastBusy(failed);
    if (other) return other;
    if (!failed.includes(this.primary)) return this.primary;
    return last.isUp && isWorthAnother(failed, failure) ? last : undefined;
  }

  private leastBusy(failed: readonly Server[]): Server | undefined {
    this.turn = (this.turn + 1) % this.replicas.length;
    let best: WatchedServer | undefined;
    for (let i = 0; i < this.replicas.length; i++) {
      const replica = this.replicas[(this.turn + i) % this.replicas.length]!;
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
