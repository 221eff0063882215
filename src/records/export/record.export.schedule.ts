import type { Piece } from "./record.export.material.js";
import { ITEMS } from "../record.format.js";

/** In whose records an item is waited for: until that of the document of this rank is told. */
export type Rank = number;

/**
 * What has been told so far, and what waits for something that is told later. Only documents that refer to each
 * other in a circle have anything to wait for, so little is held here.
 */
export class Schedule {
  /** The document whose record is being told. */
  private now: Rank = -1;
  private readonly untold = new Map<string, Rank>();
  private readonly waiting = new Map<Rank, Piece[]>();

  /** Documents that have no rank are told already. */
  constructor(private readonly ranks: ReadonlyMap<string, Rank>) {}

  /** Goes on to the next document. */
  advance(): void {
    this.now++;
  }

  /** The rank of the document that is being told. */
  get rank(): Rank {
    return this.now;
  }

  /** When something that this document's record defines is told; null where it is by now. */
  waitFor(id: string, owner: string): Rank | null {
    const rank = this.ranks.get(owner) ?? -1;
    return rank > this.now ? rank : (this.untold.get(id) ?? null);
  }

  /** Notes what can't be told before that rank. */
  postpone(ids: string[], until: Rank): void {
    for (const id of ids) this.untold.set(id, until);
  }

  /** Whether anything has been put off. */
  get isBehind(): boolean {
    return this.untold.size > 0;
  }

  /** Notes what is told now. */
  tell(ids: string[]): void {
    for (const id of ids) this.untold.delete(id);
  }

  /** Has a piece told, again or at all, after the document of that rank. */
  add(piece: Piece, until: Rank): void {
    const rank = Math.max(until, this.now);
    const pieces = this.waiting.get(rank);
    if (pieces) pieces.push(piece);
    else this.waiting.set(rank, [piece]);
  }

  /** Whether there are pieces whose time has come. */
  isDue(): boolean {
    return this.waiting.has(this.now);
  }

  /** Takes the pieces whose time has come, in the order of their documents and then of their tables. */
  due(): Piece[] {
    const due = this.waiting.get(this.now) ?? [];
    this.waiting.delete(this.now);
    const rankOf = ({ document }: Piece) => this.ranks.get(document) ?? -1;
    return due.sort(
      (one, other) =>
        rankOf(one) - rankOf(other) ||
        ITEMS.indexOf(one.format) - ITEMS.indexOf(other.format) ||
        one.number - other.number,
    );
  }
}
