import type { Sql } from "../../db/sql.js";
import { type Named, readNames } from "./record.export.store.js";
import type { ItemTable } from "../load/record.tables.js";
import { UnitOfWork } from "../load/record.unit-of-work.js";

/** That the record of a document speaks of an item, or of the document itself. */
export interface Piece {
  document: string;
  table: ItemTable;
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

const REFERENCES: Record<string, ItemTable | undefined> = {
  person_id: "person",
  organization_id: "organization",
  convener_id: "organization",
  issuer_id: "organization",
  place_id: "place",
  topic_id: "statement_topic",
  meeting_id: "meeting",
  parent_id: "meeting",
  signed_at_id: "meeting",
  exchanged_at_id: "meeting",
  other_id: "statement",
  document_id: "source_document",
  syndicated_from_id: "source_document",
};

/** Reads what these pieces are made of, with as many statements for a thousand as for one. */
export async function readMaterial(sql: Sql, pieces: Piece[]): Promise<Material> {
  const ids = new Map<ItemTable, Set<string>>();
  for (const { table, id } of pieces) note(ids, table, id);
  const unit = await UnitOfWork.over(sql, ids);
  const referred = new Map<ItemTable, Set<string>>();
  for (const { document } of pieces) note(referred, "source_document", document);
  for (const { now } of unit.all()) {
    for (const [column, value] of Object.entries(now?.row ?? {})) {
      const table = REFERENCES[column.slice(column.lastIndexOf("/") + 1)];
      if (table && typeof value === "string") note(referred, table, value);
    }
  }
  return { unit, names: await readNames(sql, referred) };
}

function note(ids: Map<ItemTable, Set<string>>, table: ItemTable, id: string): void {
  ids.set(table, (ids.get(table) ?? new Set()).add(id));
}
