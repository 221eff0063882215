import type { Sql } from "../../db/sql.js";
import type { ItemFormat } from "../record.item.js";
import type { ExportTask } from "./record.export.data.js";
import {
  type ExportedDocument,
  nextItems,
  openItems,
  type RankedItem,
} from "./record.export.store.js";

/** Part of a document's record: all of it, unless it has more items than fit in a line. */
export interface Chunk {
  document: ExportedDocument;
  tasks: ExportTask[];
  isFirst: boolean;
  isLast: boolean;
}

/** What to export. `formats` is the order of the lists. */
export interface ChunkOptions {
  documents: ExportedDocument[];
  formats: readonly ItemFormat[];
  /** The maximum number of items per line. */
  itemsPerLine: number;
}

/** The approximate number of items read at once. */
const ITEMS_PER_READ = 1_000;

/** Yields the records of these documents as chunks, in groups that are read at once. */
export async function* chunksOf(sql: Sql, options: ChunkOptions): AsyncGenerator<Chunk[]> {
  let group: Chunk[] = [];
  let size = 0;
  for await (const chunk of singleChunks(sql, options)) {
    // The document itself counts as an item.
    if (group.length > 0 && size + chunk.tasks.length >= ITEMS_PER_READ) {
      yield group;
      [group, size] = [[], 0];
    }
    group.push(chunk);
    size += chunk.tasks.length + 1;
  }
  if (group.length > 0) yield group;
}

async function* singleChunks(
  sql: Sql,
  { documents, formats, itemsPerLine }: ChunkOptions,
): AsyncGenerator<Chunk> {
  const ids = documents.map(({ id }) => id);
  const lists = formats.map((format) => new ItemList(sql, format));
  for (const { format } of lists) await openItems(sql, format, ids);
  let number = 0;
  for (const [rank, document] of documents.entries()) {
    let tasks: ExportTask[] = [];
    let isFirst = true;
    for (const list of lists) {
      for (let id = await list.next(rank); id !== null; id = await list.next(rank)) {
        if (tasks.length === itemsPerLine) {
          yield { document, tasks, isFirst, isLast: false };
          [tasks, isFirst] = [[], false];
        }
        tasks.push({ document: document.id, format: list.format, id, number: number++ });
      }
    }
    yield { document, tasks, isFirst, isLast: true };
  }
}

/** The items of one format, fetched from a cursor as needed. */
class ItemList {
  private items: RankedItem[] = [];
  private at = 0;
  private isDone = false;

  constructor(
    private readonly sql: Sql,
    readonly format: ItemFormat,
  ) {}

  /** Returns the next item in the record of the document of this rank; null if there is none. */
  async next(rank: number): Promise<string | null> {
    if (this.at === this.items.length && !this.isDone) {
      this.items = await nextItems(this.sql, this.format);
      this.at = 0;
      this.isDone = this.items.length === 0;
    }
    const item = this.items[this.at];
    if (item?.rank !== rank) return null;
    this.at++;
    return item.id;
  }
}
