import type { Sql } from "../../db/sql.js";
import type { ItemFormat } from "../record.item.js";
import { NOUNS_IN_LOAD } from "./record.nouns.js";

/** An item that has another place in an order. */
export interface MovedItem {
  format: ItemFormat;
  id: string;
}

const ORDERED = NOUNS_IN_LOAD.flatMap(({ format, order }) => (order ? [{ format, ...order }] : []));

/** Reads the items that are ordered by documents, cite these, and are shown otherwise than recorded. */
export async function readJudgedOrdered(sql: Sql, documentIds: string[]): Promise<string[]> {
  const ids = await Promise.all(ORDERED.map(({ readJudged }) => readJudged(sql, documentIds)));
  return ids.flat();
}

/** Updates the order of items after the dates of these documents changed; returns those that moved. */
export async function reorder(sql: Sql, documentIds: string[]): Promise<MovedItem[]> {
  const moved = await Promise.all(
    ORDERED.map(async ({ format, update }) =>
      (await update(sql, documentIds)).map((id) => ({ format, id })),
    ),
  );
  return moved.flat();
}
