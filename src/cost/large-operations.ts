import type { Deadline } from "../db/request-sql.js";

/** An operation is large if its cost is more than this fraction of the limit: 0.2 s of CPU at worst. */
export const LARGE_FRACTION = 1 / 200;

/** A request may hold a third of a server's connections, so two leave the last third to small operations. */
const LARGE_PER_SERVER = 2;

/**
 * Limits the number of large operations executed concurrently; the others wait, first come, first served. Without the limit
 * they would starve small operations of CPU, and slow each other down until all of them time out.
 */
export class LargeOperations {
  private readonly max: number;
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(servers: number) {
    this.max = servers * LARGE_PER_SERVER;
  }

  /**
   * Waits for a slot, or until the request times out; its SQL then fails at once. Passes `whenEnded` the function to call
   * when the operation has ended.
   */
  begin(deadline: Deadline, whenEnded: (end: () => void) => void): Promise<void> | undefined {
    if (this.running < this.max) {
      this.running++;
      whenEnded(() => this.next());
      return undefined;
    }
    return new Promise((done) => {
      let hasBegun = false;
      const start = () => {
        hasBegun = true;
        done();
      };
      this.waiting.push(start);
      whenEnded(() => {
        if (hasBegun) this.next();
        else this.waiting.splice(this.waiting.indexOf(start), 1);
      });
      deadline.whenPassed(() => done());
    });
  }

  /** Passes the slot of an operation that has ended to the one that has waited longest. */
  private next(): void {
    const start = this.waiting.shift();
    if (start) start();
    else this.running--;
  }
}
