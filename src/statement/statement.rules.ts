import {
  type CheckContext,
  isUnlicensed,
  type FaultRule,
  type WarningRule,
  whyUnlicensed,
} from "../records/check/record.rule.js";
import { fault, type Fault, type Warning, warning } from "../records/record.faults.js";
import { documentKeyOf, fullKeyIn } from "../records/record.walk.js";
import { DocumentKind } from "../source/source.enums.js";
import { LONGEST_UNLICENSED, needsOpenLicence } from "./quotation.js";
import { StatementForm } from "./statement.enums.js";

/** Without an open licence quotations are short, summaries not long, and no account is kept to the letter. */
function* textsWithoutLicence(context: CheckContext): Generator<Fault> {
  for (const [i, { form, text, citations }] of context.record.statements.entries()) {
    if (!needsOpenLicence(form, text)) continue;
    if (!citations.every(({ document }) => isUnlicensed(context, document))) continue;
    const why = whyUnlicensed(context, citations[0]?.document);
    const length = `${[...text].length} characters`;
    const most = `at most ${LONGEST_UNLICENSED[form]}`;
    const path = ["statements", i];
    if (form === StatementForm.RECORDED)
      yield fault("recorded-without-licence", [...path, "form"], `RECORDED, but ${why}`);
    else if (form === StatementForm.VERBATIM)
      yield fault("quotation-too-long", [...path, "text"], `${length} quoted, but ${why}: ${most}`);
    else yield fault("text-too-long", [...path, "text"], `${length}, but ${why}: ${most}`);
  }
}

/** The kinds of documents that a note-taker writes. */
const ACCOUNTS: readonly string[] = [
  DocumentKind.MEMORANDUM,
  DocumentKind.MINUTES,
  DocumentKind.SUMMARY_RECORD,
];

/** A RECORDED statement comes from a note-taker's account. */
function* recordedElsewhere({ record, names }: CheckContext): Generator<Warning> {
  for (const [i, { form, citations }] of record.statements.entries()) {
    if (form !== StatementForm.RECORDED) continue;
    const keys = citations.map(({ document }) => document ?? documentKeyOf(record));
    // A document that is only on record may be one.
    const kinds = keys.map((key) => names.documents.get(key)?.kind);
    if (kinds.every((kind) => kind && !ACCOUNTS.includes(kind)))
      yield warning(
        "recorded-elsewhere",
        ["statements", i, "form"],
        `RECORDED is a note-taker's account, as of a ${ACCOUNTS.join(", ")}; its document is ${kinds[0]}`,
      );
  }
}

/** A statement has no relation to itself. */
function* selfRelations({ record }: CheckContext): Generator<Fault> {
  for (const [i, { key, relations }] of record.statements.entries()) {
    for (const [j, { statement }] of relations.entries()) {
      if (fullKeyIn(record, statement) === fullKeyIn(record, key))
        yield fault(
          "self-relation",
          ["statements", i, "relations", j, "statement"],
          "the statement itself; a relation is to another one",
        );
    }
  }
}

/** Rules about single statements that do not need the source text. */
export const statementRules: FaultRule[] = [textsWithoutLicence, selfRelations];
export const statementWarnings: WarningRule[] = [recordedElsewhere];
