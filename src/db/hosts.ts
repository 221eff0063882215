import pg from "pg";
import { databaseAddress } from "./database-address.js";

/** The most hosts that one URL may list. */
export const MAX_HOSTS = 8;

/** Which of its hosts a URL with several is for, by libpq's `target_session_attrs`. */
const TARGETS = ["any", "read-write", "primary"] as const;
type Target = (typeof TARGETS)[number];

/** How long a host may take to say whether it accepts writes. */
const PROBE_TIMEOUT_MS = 1_500;

/** For so long, new connections go to the host that was found last without another look. */
const FOUND_MS = 1_000;

/** The timeline that a primary writes, from the name of its WAL file; fails on a standby. */
export const CURRENT_TIMELINE = `('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int`;

/**
 * One URL for each host of a URL with several, as libpq allows: `postgres://user@one:5432,two:5432/name`. In the same order, with the
 * same user, database and parameters.
 */
export function hostUrls(url: string): string[] {
  const start = url.indexOf("//") + 2;
  const length = url.slice(start).search(/[/?#]/);
  const end = length < 0 ? url.length : start + length;
  const authority = url.slice(start, end);
  if (start < 2 || !authority.includes(",")) return [url];
  const at = authority.lastIndexOf("@") + 1;
  const hosts = authority.slice(at).split(",");
  return hosts.map((host) => url.slice(0, start) + authority.slice(0, at) + host + url.slice(end));
}

/** The `target_session_attrs` of a URL, or why it can't be used: `{ error }`. */
export function targetOf(url: string): Target | { error: string } {
  const given = new URL(hostUrls(url)[0]!).searchParams.get("target_session_attrs") ?? "any";
  const target = TARGETS.find((each) => each === given);
  return target ?? { error: `target_session_attrs: ${TARGETS.slice(0, -1).join(", ")} or primary` };
}

/** The client class for a URL with several hosts, or whose host has to be a primary; undefined for any other URL. */
export function hostClient(url: string): typeof pg.Client | undefined {
  const urls = hostUrls(url);
  const target = targetOf(url) as Target;
  if (urls.length === 1 && target === "any") return undefined;
  const finder = new HostFinder(urls, target);
  class Client extends pg.Client {
    override connect(): Promise<pg.Client>;
    override connect(callback: (error: Error | null) => void): void;
    override connect(callback?: (error: Error | null) => void): Promise<pg.Client> | void {
      const connecting = this.connectToHost();
      if (!callback) return connecting;
      connecting.then(() => callback(null), callback);
    }

    private async connectToHost(): Promise<pg.Client> {
      const { host, port } = await finder.find();
      const { stream } = (this as unknown as { connection: pg.Connection }).connection;
      // A pool closes the connection if connecting takes too long.
      if (stream.destroyed) throw new Error("timeout while looking for the primary");
      Object.assign(this, { host, port });
      await super.connect();
      return this;
    }
  }
  return Client;
}

/** Finds the host that is meant among several, again whenever a connection is made. */
class HostFinder {
  private foundAt = -Infinity;
  private host?: { host: string; port: number };
  private finding?: Promise<{ host: string; port: number }>;
  /** The newest timeline of a primary: each promotion begins one, so an old primary that comes back has a lower. */
  private timeline = 0;

  constructor(
    private readonly urls: string[],
    private readonly target: Target,
  ) {}

  /** Concurrent calls share one look. */
  async find(): Promise<{ host: string; port: number }> {
    if (performance.now() - this.foundAt < FOUND_MS) return this.host!;
    this.finding ??= this.look().finally(() => (this.finding = undefined));
    return this.finding;
  }

  private async look(): Promise<{ host: string; port: number }> {
    const url = this.target === "any" ? await this.firstThatAnswers() : await this.primary();
    const { host, port } = new pg.Client(url);
    this.foundAt = performance.now();
    return (this.host = { host, port });
  }

  private async firstThatAnswers(): Promise<string> {
    const errors: unknown[] = [];
    for (const url of this.urls) {
      try {
        await this.probe(url);
        return url;
      } catch (error) {
        errors.push(error);
      }
    }
    throw noHost("none of the hosts answers", this.urls, errors);
  }

  private async primary(): Promise<string> {
    // All at once: one that hangs would make the others wait.
    const probes = this.urls.map(async (url) => {
      const timeline = await this.probe(url);
      if (timeline === null) throw new Error("it is a standby, or read-only");
      if (timeline < this.timeline) throw new Error("it was the primary before another");
      this.timeline = timeline;
      return url;
    });
    try {
      return await Promise.any(probes);
    } catch (error) {
      const { errors } = error as AggregateError;
      throw noHost("none of the hosts accepts writes", this.urls, errors);
    }
  }

  /** The timeline of a host that accepts writes, null of another. */
  private async probe(url: string): Promise<number | null> {
    const client = new pg.Client({
      connectionString: url,
      application_name: "communique probe",
      connectionTimeoutMillis: PROBE_TIMEOUT_MS,
      query_timeout: PROBE_TIMEOUT_MS,
    });
    client.on("error", () => {});
    try {
      await client.connect();
      const { rows } = await client.query<{ timeline: number | null }>(
        `SELECT CASE WHEN NOT pg_is_in_recovery() AND current_setting('transaction_read_only') = 'off'
           THEN ${CURRENT_TIMELINE} END AS timeline`,
      );
      return rows[0]!.timeline;
    } finally {
      void client.end().catch(() => {});
    }
  }
}

function noHost(what: string, urls: string[], errors: unknown[]): Error {
  const reasons = urls.map((url, i) => {
    const { message, code } = errors[i] as { message: string; code?: string };
    return `${databaseAddress(url)}: ${message || code}`;
  });
  return Object.assign(new Error(`${what} (${reasons.join("; ")})`), { code: "NO_PRIMARY" });
}
