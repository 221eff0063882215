import type { Sql } from "../../db/sql.js";
import type { Finding } from "../record.faults.js";
import type { SourceRecord } from "../record.format.js";

/** Compares records with what is on record; returns what it found of each. `isStored` tells whether an item is on record, by its first key. */
export type Finder = (
  sql: Sql,
  records: SourceRecord[],
  isStored: (noun: string, key: string) => boolean,
) => Promise<(record: SourceRecord) => Finding[]>;
