/** Where the primary was in its WAL at a time. */
interface Sample {
  /** By `performance.now()`. */
  at: number;
  /** In bytes. */
  position: number;
}

/** Servers are checked so often. */
export const CHECK_INTERVAL_MS = 1_000;

/** Without news from a primary for so long, nobody can say how far behind a standby is. */
const SILENT_MS = 3 * CHECK_INTERVAL_MS;

/** How far standbys are behind, from positions of the primary and of the standbys that are read at each check. */
export class Replication {
  /** In order of time. The first is the newest of those that a standby must have replayed, if there is one. */
  private samples: Sample[] = [];
  /** Which database they are copies of: the same for the primary and its standbys. */
  origin: string | null = null;
  private timeline = 0;
  private heardAt = -Infinity;
  /** A standby must have replayed what the primary had written so long ago: both positions can be as old as the last check. */
  private readonly dueMs: number;

  /** `maxLagMs`: how old the answers of a standby may be; 0: as old as they are, then positions aren't needed. */
  constructor(readonly maxLagMs: number) {
    this.dueMs = Math.max(0, maxLagMs - 2 * CHECK_INTERVAL_MS);
  }

  /**
   * Notes the position of a server that accepts writes. Returns false for one that was the primary before another: each promotion begins a
   * timeline, so the old primary has a lower one.
   */
  wrote(timeline: number, position: number, now = performance.now()): boolean {
    if (timeline < this.timeline) return false;
    this.heardAt = now;
    // After a promotion, a standby must first follow the new primary: it has to replay where that began.
    const isPromotion = timeline > this.timeline ? this.timeline > 0 : this.isPromoting;
    if (isPromotion || timeline > this.timeline) this.samples = [];
    this.timeline = timeline;
    this.samples.push({ at: isPromotion ? -Infinity : now, position });
    while (this.samples.length > 1 && now - this.samples[1]!.at >= this.dueMs) this.samples.shift();
    return true;
  }

  /** A standby has been promoted: until the new primary's position is known, no other standby is fresh. */
  promoted(now = performance.now()): void {
    this.heardAt = now;
    this.samples = [{ at: -Infinity, position: Infinity }];
  }

  private get isPromoting(): boolean {
    return this.samples[0]?.position === Infinity;
  }

  /**
   * Whether a standby that has replayed up to this position may be asked. `timeline`: the one that it follows, if known. `wasFresh`: as of
   * the last check.
   */
  isFresh(
    timeline: number | null,
    position: number,
    wasFresh: boolean,
    now = performance.now(),
  ): boolean {
    const [due] = this.samples;
    if (!due) return true;
    // It still follows an old primary, whose positions say nothing of the new one.
    if (timeline !== null && timeline < this.timeline) return false;
    // Without a primary there is nothing newer; a standby that was behind before has not become fresh by that.
    if (now - this.heardAt > SILENT_MS)
      return wasFresh || position >= this.samples.at(-1)!.position;
    return now - due.at < this.dueMs || position >= due.position;
  }

  /** How far behind a standby is that has replayed up to this position, in ms; 0 if that is less than positions tell. */
  lagMs(position: number, now = performance.now()): number {
    const missing = this.samples.find((sample) => sample.position > position);
    return missing && missing.at > -Infinity ? Math.round(now - missing.at) : 0;
  }
}
