import type { Sql } from "../db/sql.js";
import { type RecordCounts, recordCounts } from "./counts.js";
import { type ExampleQuestion, isAsked, type Question, questionsAbout } from "./questions.js";
import type { StatementsAnswer } from "./answer.js";
import { readSubjects } from "./subjects.store.js";

/** Answers a GraphQL operation as it would be answered to a client; fails when the answer has errors. */
export type Ask = (document: string) => Promise<unknown>;

/** What the landing page tells of the record. */
export interface RecordTold {
  counts: RecordCounts;
  /** The question that is answered on the page; null where nobody is on record as a speaker. */
  headline: Question | null;
  /** What the headline's question was answered; null when it could not be asked. */
  answer: StatementsAnswer | null;
  /** What else to ask. */
  others: Question[];
}

/**
 * Reads what is on record, and asks the headline's question. The examples are offered for the record that they are
 * about, when it is all there is; else questions about what is there.
 */
export async function readRecord(
  sql: Sql,
  ask: Ask,
  examples: ExampleQuestion[],
): Promise<RecordTold> {
  const [counts, subjects] = await Promise.all([recordCounts(sql), readSubjects(sql)]);
  const isExamples = counts.documents === 1 && isAsked(examples[0]!, subjects);
  const questions = isExamples ? examples : questionsAbout(subjects, examples);
  if (!subjects.speaker) return { counts, headline: null, answer: null, others: questions };
  const [headline, ...others] = questions;
  const answer = await ask(headline!.document).then(
    (data) => (data as { person: { statements: StatementsAnswer } | null }).person!.statements,
    () => null,
  );
  return { counts, headline: headline!, answer, others };
}
