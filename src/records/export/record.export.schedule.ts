import type { ExportTask } from "./record.export.data.js";
import { ITEMS } from "../record.format.js";

/** The index of a document in the order of the export. */
export type Rank = number;

/**
 * Tracks items that cannot be written yet, and the tasks to run once they can. Only documents in a reference cycle
 * defer anything, so this stays small.
 */
export class Schedule {
  /** The document being written. */
  private current: Rank = -1;
  private readonly deferred = new Map<string, Rank>();
  private readonly queue = new Map<Rank, ExportTask[]>();

  /** Documents without a rank are assumed to be loaded already. */
  constructor(private readonly ranks: ReadonlyMap<string, Rank>) {}

  /** Moves on to the next document. */
  advance(): void {
    this.current++;
  }

  /** The rank of the document being written. */
  get rank(): Rank {
    return this.current;
  }

  /** Returns after which document an item will be available; null if it already is. */
  availableAt(id: string, owner: string): Rank | null {
    const rank = this.ranks.get(owner) ?? -1;
    return rank > this.current ? rank : (this.deferred.get(id) ?? null);
  }

  /** Marks items as not available before that rank. */
  defer(ids: string[], until: Rank): void {
    for (const id of ids) this.deferred.set(id, until);
  }

  /** Whether any item is deferred. */
  get hasDeferred(): boolean {
    return this.deferred.size > 0;
  }

  /** Marks items as written. */
  markDone(ids: string[]): void {
    for (const id of ids) this.deferred.delete(id);
  }

  /** Queues a task to run after the document of that rank. */
  enqueue(task: ExportTask, until: Rank): void {
    const rank = Math.max(until, this.current);
    const tasks = this.queue.get(rank);
    if (tasks) tasks.push(task);
    else this.queue.set(rank, [task]);
  }

  /** Whether any queued task is due. */
  hasDue(): boolean {
    return this.queue.has(this.current);
  }

  /** Removes and returns the tasks that are due, sorted by document and then by table. */
  takeDue(): ExportTask[] {
    const takeDue = this.queue.get(this.current) ?? [];
    this.queue.delete(this.current);
    const rankOf = ({ document }: ExportTask) => this.ranks.get(document) ?? -1;
    return takeDue.sort(
      (one, other) =>
        rankOf(one) - rankOf(other) ||
        ITEMS.indexOf(one.format) - ITEMS.indexOf(other.format) ||
        one.number - other.number,
    );
  }
}
