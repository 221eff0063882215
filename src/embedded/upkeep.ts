import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { EmbeddedServerError, type Place } from "./files.js";
import { isServing, type Postmaster } from "./postmaster.js";

/** Whom to tell of the deaths of a server. */
export interface UpkeepObserver {
  /** Told, in a line, that the server had died and runs again. */
  restarted: (line: string) => void;
  /** Told, once, why it is not started again. */
  gaveUp: (error: Error) => void;
}

/** The server that runs in place of one that has died, and whether it was launched for that here. */
interface Started {
  postmaster: Postmaster;
  isLaunched: boolean;
}

/** How often it is looked after: each user of a server does so, with a few reads of small files. */
const LOOK_EVERY_MS = 500;
/** What dies more often than that within this time has a reason that a restart does not mend. */
const MOST_DEATHS = 3;
const DEATHS_WITHIN_MS = 60_000;
const RETRY_AFTER_MS = 1_000;

/** Looks after a server, and has it started again when it dies. */
export class Upkeep {
  private deaths: number[] = [];
  private timer?: NodeJS.Timeout;
  private restarting?: Promise<void>;

  constructor(
    private readonly place: Place,
    private postmaster: Postmaster,
    /** Gives the server that runs in its place. */
    private readonly startAgain: () => Promise<Started>,
  ) {}

  begin(observer: UpkeepObserver): void {
    this.timer = setInterval(() => {
      if (this.restarting || !this.hasDied()) return;
      this.restarting = this.restart(observer)
        .catch((error: Error) => {
          clearInterval(this.timer);
          observer.gaveUp(error);
        })
        .finally(() => (this.restarting = undefined));
    }, LOOK_EVERY_MS).unref();
  }

  /** Looks after it no longer. Gives the server as it was last known. */
  async end(): Promise<Postmaster> {
    clearInterval(this.timer);
    await this.restarting;
    return this.postmaster;
  }

  private hasDied(): boolean {
    try {
      return !isServing(this.place.data, this.postmaster);
    } catch {
      return false; // too many files are open: nobody knows
    }
  }

  private async restart({ restarted }: UpkeepObserver): Promise<void> {
    const [noticed, dead] = [Date.now(), this.postmaster];
    const { postmaster, isLaunched } = await this.startUntilItDiesTooOften();
    if (postmaster.port !== dead.port) {
      throw new EmbeddedServerError(
        "The built-in PostgreSQL has ended, and another process has started it again on another port. Start again too.",
      );
    }
    this.postmaster = postmaster;
    const by = isLaunched ? "has been started again" : "was started again by another process";
    restarted(
      `The built-in PostgreSQL (process ${dead.pid}) had ended; it ${by} (process ${postmaster.pid}, ` +
        `${Date.now() - noticed} ms). ${this.log} may say why.`,
    );
  }

  /** One that dies while it starts has died once more. */
  private async startUntilItDiesTooOften(failure?: Error): Promise<Started> {
    const now = Date.now();
    this.deaths = [...this.deaths.filter((at) => now - at < DEATHS_WITHIN_MS), now];
    if (this.deaths.length < MOST_DEATHS) {
      return this.startAgain().catch(async (error: Error) => {
        await sleep(RETRY_AFTER_MS);
        return this.startUntilItDiesTooOften(error);
      });
    }
    throw (
      failure ??
      new EmbeddedServerError(
        `The built-in PostgreSQL has ended ${MOST_DEATHS} times within a minute and is not started again. ` +
          `${this.log} says why, unless somebody killed it (the system does so when memory runs out). ` +
          "Repair that and start again, or set DATABASE_URL to use a PostgreSQL server of your own.",
      )
    );
  }

  private get log(): string {
    return join(this.place.directory, "postgres.log");
  }
}
