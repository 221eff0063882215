import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { EmbeddedServerError, type ServerFiles } from "./server-files.js";
import { isServing, type Postmaster } from "./postmaster.js";

/** Callbacks for the crashes of a server. */
export interface SupervisorObserver {
  /** The server died and has been restarted. */
  restarted: (line: string) => void;
  /** The server is not restarted any more, and why. Called once. */
  failed: (error: Error) => void;
}

/** The server that replaces one that died, and whether this process started it. */
interface Started {
  postmaster: Postmaster;
  isLaunched: boolean;
}

/** The polling interval. Every process that uses a server polls, by reading a few small files. */
const POLL_INTERVAL_MS = 500;
/** A server that crashes this often within this time has a problem that restarting does not fix. */
const MAX_CRASHES = 3;
const CRASH_WINDOW_MS = 60_000;
const RETRY_AFTER_MS = 1_000;

/** Monitors a server and restarts it when it dies. */
export class Supervisor {
  private crashes: number[] = [];
  private timer?: NodeJS.Timeout;
  private restarting?: Promise<void>;

  constructor(
    private readonly files: ServerFiles,
    private postmaster: Postmaster,
    /** Starts the server again, or finds one that another process has started. */
    private readonly startAgain: () => Promise<Started>,
  ) {}

  begin(observer: SupervisorObserver): void {
    this.timer = setInterval(() => {
      if (this.restarting || !this.hasDied()) return;
      this.restarting = this.restart(observer)
        .catch((error: Error) => {
          clearInterval(this.timer);
          observer.failed(error);
        })
        .finally(() => (this.restarting = undefined));
    }, POLL_INTERVAL_MS).unref();
  }

  /** Stops monitoring. Returns the server as last known. */
  async end(): Promise<Postmaster> {
    clearInterval(this.timer);
    await this.restarting;
    return this.postmaster;
  }

  private hasDied(): boolean {
    try {
      return !isServing(this.files.data, this.postmaster);
    } catch {
      return false; // unknown, for example with too many open files
    }
  }

  private async restart({ restarted }: SupervisorObserver): Promise<void> {
    const [noticed, dead] = [Date.now(), this.postmaster];
    const { postmaster, isLaunched } = await this.startWithRetries();
    if (postmaster.port !== dead.port) {
      throw new EmbeddedServerError(
        "The embedded PostgreSQL died, and another process has restarted it on another port. Restart this process too.",
      );
    }
    this.postmaster = postmaster;
    const by = isLaunched ? "has been restarted" : "was restarted by another process";
    restarted(
      `The embedded PostgreSQL (process ${dead.pid}) died; it ${by} (process ${postmaster.pid}, ` +
        `${Date.now() - noticed} ms). ${this.log} may say why.`,
    );
  }

  /** A crash during startup counts too. */
  private async startWithRetries(failure?: Error): Promise<Started> {
    const now = Date.now();
    this.crashes = [...this.crashes.filter((at) => now - at < CRASH_WINDOW_MS), now];
    if (this.crashes.length < MAX_CRASHES) {
      return this.startAgain().catch(async (error: Error) => {
        await sleep(RETRY_AFTER_MS);
        return this.startWithRetries(error);
      });
    }
    throw (
      failure ??
      new EmbeddedServerError(
        `The embedded PostgreSQL died ${MAX_CRASHES} times within a minute and is not restarted. ` +
          `${this.log} says why, unless it was killed (the system does that when memory runs out). ` +
          "Fix that and start again, or set DATABASE_URL to use a PostgreSQL server of your own.",
      )
    );
  }

  private get log(): string {
    return join(this.files.directory, "postgres.log");
  }
}
