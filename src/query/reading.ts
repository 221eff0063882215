import type { Languages } from "../search/languages.js";
import type { Sql } from "../db/sql.js";
import { BatchedLists } from "./batched-lists.js";

/** What all lists of one request are read with. */
export class Reading {
  readonly lists = new BatchedLists();
  private asked?: Promise<readonly string[]>;

  constructor(
    readonly sql: Sql,
    private readonly languages: Languages,
  ) {}

  /** In which languages a filter's words are read; not asked for where it has none. */
  readonly languagesFor = async (
    ...texts: (string | null | undefined)[]
  ): Promise<readonly string[]> => {
    if (!texts.some((text) => typeof text === "string")) return [];
    return (this.asked ??= this.languages.onRecord(this.sql));
  };
}
