import type { Sql } from "../db/sql.js";
import type { ExecuteInside } from "../http/inside.js";
import { type RecordCounts, recordCounts } from "./counts.js";
import { type ExampleQuestion, isAbout, type Question, questionsAbout } from "./questions.js";
import type { StatementsPage } from "./statements.html.js";
import { readSubjects } from "./subjects.store.js";

/** What the landing page shows of the record. */
export interface RecordSummary {
  counts: RecordCounts;
  /** The question answered on the page; null if the record has no speakers. */
  headline: Question | null;
  /** The result of the headline query; null if it failed. */
  answer: StatementsPage | null;
  /** More questions. */
  others: Question[];
}

/**
 * Summarizes the record and executes the headline query. Offers the questions of `examples/` if the record that they are
 * about is the only one; otherwise similar questions about what is on record.
 */
export async function readRecord(
  sql: Sql,
  execute: ExecuteInside,
  examples: ExampleQuestion[],
): Promise<RecordSummary> {
  const [counts, subjects] = await Promise.all([recordCounts(sql), readSubjects(sql)]);
  const isExampleRecord = counts.documents === 1 && isAbout(examples[0]!, subjects);
  const questions = isExampleRecord ? examples : questionsAbout(subjects, examples);
  if (!subjects.speaker) return { counts, headline: null, answer: null, others: questions };
  const [headline, ...others] = questions;
  const { data, errors } = await execute(headline!.document);
  const { person } = (data ?? {}) as { person?: { statements: StatementsPage } | null };
  const answer = errors ? null : (person?.statements ?? null);
  return { counts, headline: headline!, answer, others };
}
