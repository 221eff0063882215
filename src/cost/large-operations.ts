import type { Deadline } from "../db/deadline.js";

/** An operation is large where it may cost more than this part of the limit. */
const LARGE_PART = 1 / 100;

/** Each may hold a third of a server's connections: two leave the last third to small operations. */
const AT_ONCE_FOR_EACH_SERVER = 2;

/** Whether an operation has to wait for other large ones. */
export function isLarge(cost: number, limit: number): boolean {
  return cost > limit * LARGE_PART;
}

/**
 * Lets a few large operations be executed at a time, first come, first served. Any number of them side by side would leave
 * little of the processor for small ones, and each of them would take so much longer that none would end in time.
 */
export class LargeOperations {
  private readonly most: number;
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(servers: number) {
    this.most = servers * AT_ONCE_FOR_EACH_SERVER;
  }

  /**
   * Waits until one may begin, or until its time is up, when whatever it asks of the database fails at once. `whenEnded` is told
   * what to call when it has ended.
   */
  begin(deadline: Deadline, whenEnded: (end: () => void) => void): Promise<void> | undefined {
    if (this.running < this.most) {
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

  /** The place of one that has ended goes to the one that has waited longest. */
  private next(): void {
    const start = this.waiting.shift();
    if (start) start();
    else this.running--;
  }
}
