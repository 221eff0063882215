import type { Sql } from "../../db/sql.js";
import { DOCUMENT } from "../record.format.js";
import { fieldOf } from "../record.columns.js";
import type { ItemFormat } from "../record.item.js";
import { formatOf } from "../record.items.js";
import { type Named, readNames } from "./record.export.store.js";
import { UnitOfWork } from "../load/record.unit-of-work.js";

/** That the record of a document speaks of an item, or of the document itself. */
export interface Piece {
  document: string;
  format: ItemFormat;
  id: string;
  /** Its place among all pieces. */
  number: number;
  /** Where it has been told before, how many parts of it were left out then. */
  left?: number;
}

/** All that is known of some pieces: their items with what is listed in them, and what these refer to. */
export interface Material {
  unit: UnitOfWork;
  names: ReadonlyMap<string, Named>;
}

/** Reads what these pieces are made of, with as many statements for a thousand as for one. */
export async function readMaterial(sql: Sql, pieces: Piece[]): Promise<Material> {
  const ids = new Map<ItemFormat, Set<string>>();
  for (const { format, id } of pieces) note(ids, format, id);
  const unit = await UnitOfWork.over(sql, ids);
  const referred = new Map<ItemFormat, Set<string>>();
  for (const { document } of pieces) note(referred, DOCUMENT, document);
  for (const { format, now } of unit.all()) {
    for (const [column, value] of Object.entries(now?.row ?? {})) {
      const reference = typeof value === "string" && fieldOf(format, column).field?.reference;
      if (reference) note(referred, formatOf(reference.noun), value);
    }
  }
  return { unit, names: await readNames(sql, referred) };
}

function note(ids: Map<ItemFormat, Set<string>>, format: ItemFormat, id: string): void {
  const known = ids.get(format);
  if (known) known.add(id);
  else ids.set(format, new Set([id]));
}
