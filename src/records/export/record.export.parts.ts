import type { Sql } from "../../db/sql.js";
import { DOCUMENT } from "../record.format.js";
import type { ItemFormat } from "../record.item.js";
import type { Json } from "../record.row.js";
import type { Chunk } from "./record.export.chunks.js";
import { type Material, type Piece, readMaterial } from "./record.export.material.js";
import { quotesMuch } from "./record.export.quotes.js";
import { Schedule } from "./record.export.schedule.js";
import type { ExportedDocument } from "./record.export.store.js";
import { type Circumstances, ownIdsOf, tell, type Told } from "./record.export.telling.js";

/** What a line of the export says, or a part of the only record. */
export interface ExportedPart {
  /** The document with all that is known of it; its key alone where an earlier part has that. */
  document: Json | string;
  items: Map<ItemFormat, Json[]>;
}

/** How parts are made. */
export interface PartOptions {
  /** In their order. Other documents are taken to be on record already. */
  documents: ExportedDocument[];
  /** Citations that count as their fact's owner's. */
  adopted: string[];
  /** How many items at most go into a line. */
  itemsPerLine: number;
  /** Whether all parts are of one record, inside which the order is of no matter. */
  isWhole: boolean;
}

/** Pieces that are told together, with what they are made of. */
interface Line {
  pieces: Piece[];
  material: Material;
  /** Whether something that the same record defines comes in a later line of it. */
  isAhead: (id: string) => boolean;
}

/**
 * Turns chunks into parts of records, each after those that define what it refers to. What can't be told yet is
 * told after the document that it waits for.
 */
export class PartWriter {
  private readonly schedule: Schedule;
  private readonly keys: ReadonlyMap<string, string>;
  private readonly adopted: ReadonlySet<string>;

  constructor(
    private readonly sql: Sql,
    private readonly options: PartOptions,
  ) {
    const { documents, isWhole } = options;
    const ranks = new Map(documents.map(({ id }, rank) => [id, rank]));
    this.schedule = new Schedule(isWhole ? new Map() : ranks);
    this.keys = new Map(documents.map(({ id, key }) => [id, key]));
    this.adopted = new Set(options.adopted);
  }

  /** The parts that these chunks are, and those that have waited for them. */
  async *parts(chunks: Chunk[]): AsyncGenerator<ExportedPart> {
    const material = await readMaterial(this.sql, chunks.flatMap(piecesOf));
    for (const chunk of chunks) {
      if (chunk.isFirst) this.schedule.advance();
      const isAhead =
        chunk.isLast || this.options.isWhole ? () => false : comesAfter(chunk, material);
      const part = this.part({ pieces: piecesOf(chunk), material, isAhead });
      if (part) yield part;
      if (chunk.isLast) yield* this.postponed();
    }
  }

  private async *postponed(): AsyncGenerator<ExportedPart> {
    for (let due = this.schedule.due(); due.length > 0; due = this.schedule.due()) {
      let isStuck = true;
      for (const pieces of inLines(due, this.options.itemsPerLine)) {
        const material = await readMaterial(this.sql, pieces);
        const part = this.part({ pieces, material, isAhead: () => false });
        if (!part) continue;
        isStuck = false;
        yield part;
      }
      if (isStuck && this.schedule.isDue()) throw new Error("records wait for each other");
    }
  }

  /** Tells what can be told by now. Null where that is nothing new. */
  private part(line: Line): ExportedPart | null {
    const part: ExportedPart = {
      document: this.keys.get(line.pieces[0]!.document)!,
      items: new Map(),
    };
    let isNew = false;
    for (const { piece, told } of this.tellAll(line)) {
      if (told.until !== null) {
        const left = told.item === null ? piece.left : told.left;
        this.schedule.add({ ...piece, left }, told.until);
      }
      // What has been told before is not told again only to leave out as much.
      if (told.item === null || (piece.left !== undefined && told.left >= piece.left)) continue;
      isNew = true;
      addTo(part, piece, told.item);
    }
    return isNew ? part : null;
  }

  private tellAll({ pieces, material, isAhead }: Line): { piece: Piece; told: Told }[] {
    const { schedule, adopted } = this;
    const circumstances: Circumstances = {
      material,
      adopted,
      waitFor: (id, owner) => (isAhead(id) ? schedule.rank : schedule.waitFor(id, owner)),
    };
    const mayQuote = this.options.isWhole || pieces.every((piece) => hasLicence(piece, material));
    const isToldNow = (piece: Piece) => {
      if (schedule.isBehind) schedule.tell(ownIdsOf(piece, circumstances));
    };
    const tellOne = (piece: Piece) => {
      isToldNow(piece);
      let told = tell(piece, circumstances);
      // A line that does not say that there is no licence is let through.
      if (!mayQuote && told.item && quotesMuch(told.item))
        told = {
          item: null,
          until: schedule.rank,
          left: 0,
          missing: ownIdsOf(piece, circumstances),
        };
      if (told.until !== null) schedule.postpone(told.missing, told.until);
      return { piece, told };
    };
    // Pieces of one line need not wait for each other, unless one of them is not told now after all.
    pieces.forEach(isToldNow);
    const all = pieces.map(tellOne);
    return all.some(({ told }) => told.item === null) ? pieces.map(tellOne) : all;
  }
}

/** The pieces of a chunk, and of a document's first one the document itself. */
function piecesOf({ document: { id }, pieces, isFirst }: Chunk): Piece[] {
  const head: Piece = { document: id, format: DOCUMENT, id, number: -1 };
  return isFirst ? [head, ...pieces] : pieces;
}

function addTo(part: ExportedPart, { format }: Piece, item: Json): void {
  const list = part.items.get(format);
  if (format === DOCUMENT) part.document = item;
  else if (list) list.push(item);
  else part.items.set(format, [item]);
}

/** Whether a piece is anything but a document without a licence. */
function hasLicence({ format, id }: Piece, { unit }: Material): boolean {
  return format !== DOCUMENT || unit.get(id)!.now.row.licence !== null;
}

/** Whether something is a statement of a chunk's document that comes after the chunk. */
function comesAfter(
  { document, pieces }: Chunk,
  { unit, names }: Material,
): (id: string) => boolean {
  const last = unit.get(pieces.at(-1)!.id)!.now.row;
  const position = last.position as number;
  return (id) => {
    const named = names.get(id);
    return (
      named?.owner === document.id &&
      named.position !== null &&
      (named.position > position || (named.position === position && named.label > String(last.key)))
    );
  };
}

/** Pieces of one document each, as many as go into a line. A document that is told again has its own. */
function* inLines(pieces: Piece[], itemsPerLine: number): Generator<Piece[]> {
  let line: Piece[] = [];
  for (const piece of pieces) {
    const isOther = line[0]?.document !== piece.document || line[0].format === DOCUMENT;
    if (line.length > 0 && (isOther || line.length === itemsPerLine)) {
      yield line;
      line = [];
    }
    line.push(piece);
  }
  yield line;
}
