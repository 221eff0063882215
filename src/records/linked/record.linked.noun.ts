import { columnOf, type EntityClass } from "../../query/row-shape.js";
import { tableOf } from "../../query/rows.js";
import type { Citations } from "./record.linked.citations.js";
import { columnsOf, type LinkedColumns, type RowOf } from "./record.linked.columns.js";
import type { Node } from "./record.linked.context.js";

interface NounOptions<Row, Columns> {
  /** The column of `citation` that leads to it, if citations do. */
  citedBy?: string;
  /** What is read of an item `x` besides the columns of its entity. */
  columns: Columns;
  /** Makes a row a node, in which properties may be null. Its address is made of the row's id, if that has one. */
  node: (row: Row, to: Citations) => Node | Promise<Node>;
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
