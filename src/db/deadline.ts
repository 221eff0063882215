/**
 * When something has had its time. An AbortController says the same, but making one and listening to it is a twelfth of
 * the CPU of the smallest request.
 */
export class Deadline {
  /** Why nothing more may be asked, once that is so. */
  reason: Error | undefined;
  private readonly listeners: ((reason: Error) => void)[] = [];

  /** Has this called when the time is up. */
  whenPassed(listener: (reason: Error) => void): void {
    this.listeners.push(listener);
  }

  /** Says that the time is up. */
  pass(reason: Error): void {
    this.reason = reason;
    for (const listener of this.listeners) listener(reason);
  }
}
