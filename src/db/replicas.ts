import type pg from "pg";
import { createPool, type ServingBounds } from "./data-source.js";
import { placeOf } from "./place.js";
import { type Server, type ServerLog, WatchedServer } from "./watched-server.js";

/** The database servers that have the record. Every one can answer every question, so that one can stand in for another. */
export interface Servers {
  readonly all: readonly Server[];
  /** The one to ask next. */
  pick(): Server;
  /** One to ask in place of those that have failed, the last of them just now; undefined: there is none. */
  insteadOf(failed: readonly Server[], failure: Failure): Promise<Server | undefined>;
  close(): Promise<void>;
}

/** How a statement failed: for want of a connection, or of the one that it was on. */
type Failure = "busy" | "lost";

/** What replicas are told beside their URLs. */
export interface ReplicaSettings extends ServingBounds {
  /** How many migrations a database has to have to be asked. */
  migrations: number;
  log: ServerLog;
}

/** The database, and replicas of it that are asked in its place as long as one is up. */
export async function openServers(
  pool: pg.Pool,
  replicaUrls: readonly string[],
  settings: ReplicaSettings,
): Promise<Servers> {
  if (replicaUrls.length === 0) return oneServer({ name: PRIMARY, pool, isUp: true });
  const { migrations, log } = settings;
  const primary = new WatchedServer(PRIMARY, pool, migrations, log);
  const replicas = replicaUrls.map(
    (url) => new WatchedServer(placeOf(url), createPool(url, settings), migrations, log),
  );
  const servers = new ReplicatedServers(primary, replicas);
  await Promise.all(servers.all.map((server) => server.watch()));
  return servers;
}

const PRIMARY = "primary";

function oneServer(server: Server): Servers {
  return {
    all: [server],
    pick: () => server,
    insteadOf: async () => undefined,
    close: async () => {},
  };
}

class ReplicatedServers implements Servers {
  readonly all: readonly WatchedServer[];
  /** Goes round, so that those that have equally much to do are asked in turn. */
  private turn = 0;

  constructor(
    private readonly primary: WatchedServer,
    private readonly replicas: readonly WatchedServer[],
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
    return this.leastBusy(failed) ?? (failed.includes(this.primary) ? undefined : this.primary);
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
