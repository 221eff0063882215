import type { Sql } from "../../db/sql.js";
import type { ItemFormat } from "../record.item.js";
import type { Piece } from "./record.export.material.js";
import {
  type ExportedDocument,
  nextItems,
  openItems,
  type SpokenOf,
} from "./record.export.store.js";

/** Some of what the record of a document says: all of it, where that is not too much for a line. */
export interface Chunk {
  document: ExportedDocument;
  pieces: Piece[];
  isFirst: boolean;
  isLast: boolean;
}

/** What is to be exported, and how its lists follow each other. */
export interface ChunkOptions {
  documents: ExportedDocument[];
  formats: readonly ItemFormat[];
  adopted: string[];
  /** How many items at most go into a line. */
  itemsPerLine: number;
}

/** About so many items are read together. */
const READ_TOGETHER = 1_000;

/** What the records of these documents say, document by document, in groups to be read together. */
export async function* chunksOf(sql: Sql, options: ChunkOptions): AsyncGenerator<Chunk[]> {
  let group: Chunk[] = [];
  let size = 0;
  for await (const chunk of singleChunks(sql, options)) {
    // A document is something to read too.
    if (group.length > 0 && size + chunk.pieces.length >= READ_TOGETHER) {
      yield group;
      [group, size] = [[], 0];
    }
    group.push(chunk);
    size += chunk.pieces.length + 1;
  }
  if (group.length > 0) yield group;
}

async function* singleChunks(
  sql: Sql,
  { documents, formats, adopted, itemsPerLine }: ChunkOptions,
): AsyncGenerator<Chunk> {
  const ids = documents.map(({ id }) => id);
  const lists = formats.map((format) => new ItemList(sql, format));
  for (const { format } of lists) await openItems(sql, format, ids, adopted);
  let number = 0;
  for (const [rank, document] of documents.entries()) {
    let pieces: Piece[] = [];
    let isFirst = true;
    for (const list of lists) {
      for (let id = await list.next(rank); id !== null; id = await list.next(rank)) {
        if (pieces.length === itemsPerLine) {
          yield { document, pieces, isFirst, isLast: false };
          [pieces, isFirst] = [[], false];
        }
        pieces.push({ document: document.id, format: list.format, id, number: number++ });
      }
    }
    yield { document, pieces, isFirst, isLast: true };
  }
}

/** The items of one kind that are spoken of, read as they are asked for. */
class ItemList {
  private items: SpokenOf[] = [];
  private at = 0;
  private isOver = false;

  constructor(
    private readonly sql: Sql,
    readonly format: ItemFormat,
  ) {}

  /** The next item that the document of this rank speaks of; null where there is none. */
  async next(rank: number): Promise<string | null> {
    if (this.at === this.items.length && !this.isOver) {
      this.items = await nextItems(this.sql, this.format);
      this.at = 0;
      this.isOver = this.items.length === 0;
    }
    const item = this.items[this.at];
    if (item?.rank !== rank) return null;
    this.at++;
    return item.id;
  }
}
