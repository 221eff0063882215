import { columnOf, type EntityClass } from "../../query/row-shape.js";
import { tableOf } from "../../query/rows.js";
import type { Citations } from "./record.linked.citations.js";
import { columnsOf, type LinkedColumns, type RowOf } from "./record.linked.columns.js";
import type { Node } from "./record.linked.context.js";

interface NounOptions<Row, Columns> {
  /** The column of `citation` that leads to it, if citations do. */
  citedBy?: string;
  /** Whether its items are the documents: those of an export are chosen by their own ids. */
  isDocument?: boolean;
  /** What is read of an item `x` besides the columns of its entity. */
  columns: Columns;
  /** Turns a row into a node; properties may be null. Its address is derived from the row's id, if it has one. */
  node: (row: Row, citations: Citations) => Node | Promise<Node>;
}

/** How the items of a noun are written as JSON-LD. */
export interface LinkedNoun extends NounOptions<never, LinkedColumns> {
  table: string;
  /** The column by which items are sorted. */
  key: string;
}

/** Declares how the items of a noun are written as JSON-LD. */
export function linkedNoun<Entity extends object, Columns extends LinkedColumns>(
  entity: EntityClass<Entity>,
  { columns, ...options }: NounOptions<Entity & RowOf<Columns>, Columns>,
): LinkedNoun {
  return {
    table: tableOf(entity),
    key: columnOf(entity),
    columns: { ...columnsOf(entity, "x"), ...columns },
    ...options,
  };
}
