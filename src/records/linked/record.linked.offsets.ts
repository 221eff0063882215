import type { Sql } from "../../db/sql.js";
import { readAstralOffsets } from "../../source/text.store.js";

/** How many texts' offsets are kept, and how many offsets together: 4 bytes each. */
const MAX_TEXTS = 500;
const MAX_OFFSETS = 2_000_000;

/** Converts offsets in UTF-16 code units to code points, which a TextPositionSelector counts. */
export class CodePoints {
  /** The least recently used first. */
  private readonly texts = new Map<string, Promise<Uint32Array | null>>();
  private kept = 0;

  constructor(private readonly sql: Sql) {}

  /** Returns offsets as code points; null if the text is not held. */
  async offsets(sha256: string, start: number, end: number): Promise<[number, number] | null> {
    const astral = await this.astralOf(sha256);
    return astral && [start - countBefore(astral, start), end - countBefore(astral, end)];
  }

  private async astralOf(sha256: string): Promise<Uint32Array | null> {
    const known = this.texts.get(sha256);
    this.texts.delete(sha256);
    const reading = known ?? readAstralOffsets(this.sql, sha256);
    this.texts.set(sha256, reading);
    const astral = await reading;
    if (!known) {
      this.kept += astral?.length ?? 0;
      await this.forget(sha256);
    }
    return astral;
  }

  /** Evicts the least recently used texts until both limits are met. */
  private async forget(current: string): Promise<void> {
    for (const [sha256, reading] of this.texts) {
      if (this.texts.size <= MAX_TEXTS && this.kept <= MAX_OFFSETS) break;
      if (sha256 === current) continue;
      this.texts.delete(sha256);
      this.kept -= (await reading)?.length ?? 0;
    }
  }
}

/** Returns how many of these ascending offsets come before this one. */
function countBefore(ascending: Uint32Array, offset: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
