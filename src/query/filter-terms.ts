import DataLoader from "dataloader";
import type { Sql } from "../db/sql.js";
import type { Languages } from "../search/languages.js";
import { type FirstRevisions, readFirstRevisions, type RecordTimes } from "./first-revisions.js";

/** What the conditions of a filter need to know of the record. */
export interface FilterTerms {
  /** The text search configurations for its words, besides `simple` (search/languages.ts). */
  languages?: readonly string[];
  /** The first revisions since its moments. */
  revisions?: FirstRevisions;
}

/** Reads the terms of the filters of one request, batched. */
export class FilterTermsReader {
  private languages?: Promise<readonly string[]>;
  private readonly revisions: DataLoader<string, number>;

  constructor(
    private readonly sql: Sql,
    private readonly known: Languages,
  ) {
    this.revisions = new DataLoader((moments) => readFirstRevisions(sql, moments));
  }

  /** Returns the terms of a filter with these search texts; reads nothing if it has neither texts nor moments. */
  async termsOf(
    filter: RecordTimes | null | undefined,
    texts: readonly unknown[],
  ): Promise<FilterTerms> {
    const moments = [filter?.recordedAt, filter?.changedAt].flatMap((range) =>
      [range?.from, range?.to].filter((moment) => typeof moment === "string"),
    );
    const numbers = moments.map((moment) => this.revisions.load(moment));
    const hasWords = texts.some((text) => typeof text === "string");
    if (hasWords) this.languages ??= this.known.onRecord(this.sql);
    const known = await Promise.all(numbers);
    return {
      languages: hasWords ? await this.languages : [],
      revisions: new Map(moments.map((moment, i) => [moment, known[i]!])),
    };
  }
}
