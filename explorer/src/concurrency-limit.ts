/** Places for what is done a few at a time, of which one client can't take all. */
export class Places {
  /** The client in each place that is taken; null where it is not known. */
  private readonly taken: (string | null)[] = [];

  /** `perClient`: how many one client can have, so that a slow one leaves places to others. */
  constructor(
    private readonly count: number,
    private readonly perClient: number,
  ) {}

  /** Takes a place; returns whether there was one for this client. */
  take(client: string | null): boolean {
    const own = client === null ? 0 : this.taken.filter((one) => one === client).length;
    if (this.taken.length >= this.count || own >= this.perClient) return false;
    this.taken.push(client);
    return true;
  }

  /** Frees a place of this client. */
  free(client: string | null): void {
    this.taken.splice(this.taken.indexOf(client), 1);
  }
}
