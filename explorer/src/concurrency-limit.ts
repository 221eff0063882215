/** Limits concurrent work, in all and per client. */
export class ConcurrencyLimit {
  /** The clients of the work under way; null if unknown. */
  private readonly running: (string | null)[] = [];

  /** `perClient`: the maximum of one client, so that a slow one leaves capacity to others. */
  constructor(
    private readonly count: number,
    private readonly perClient: number,
  ) {}

  /** Returns whether this client may start now; if so, it must call `free` in the end. */
  take(client: string | null): boolean {
    const own = client === null ? 0 : this.running.filter((one) => one === client).length;
    if (this.running.length >= this.count || own >= this.perClient) return false;
    this.running.push(client);
    return true;
  }

  /** Ends one piece of work of this client. */
  free(client: string | null): void {
    this.running.splice(this.running.indexOf(client), 1);
  }
}
