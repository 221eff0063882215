import { DocumentKind } from "../../source/source.enums.js";
import { StatementForm } from "../../statement/statement.enums.js";
import { fault, type Finding, warning } from "../record.faults.js";
import {
  type CheckContext,
  isUnlicensed,
  LONGEST_UNLICENSED,
  needsOpenLicence,
  type Rule,
  whyUnlicensed,
} from "./record.rule.js";
import { citationsOf, documentKeyOf } from "../record.walk.js";

/** A citation has either start and end, or a locator. */
function* citationRanges({ record }: CheckContext): Generator<Finding> {
  for (const [path, { start, end, locator }] of citationsOf(record)) {
    const offsets = [start, end].filter((offset) => offset !== undefined).length;
    if (offsets > 0 && locator !== undefined)
      yield fault("citation-range", path, "has both offsets and a locator");
    else if (offsets === 1)
      yield fault(
        "citation-range",
        path,
        `has ${end === undefined ? "start but no end" : "end but no start"}`,
      );
    else if (offsets === 0 && locator === undefined)
      yield fault("citation-range", path, "has neither offsets nor a locator");
    else if (start !== undefined && end !== undefined && start >= end)
      yield fault("citation-range", path, `ends (${end}) where it starts (${start}) or before`);
  }
}

/** A citation only has `exact` if its document has an open licence. */
function* exactWithoutLicence(context: CheckContext): Generator<Finding> {
  for (const [path, { document, exact }] of citationsOf(context.record)) {
    if (exact !== undefined && isUnlicensed(context, document))
      yield fault(
        "exact-without-licence",
        [...path, "exact"],
        `${whyUnlicensed(context, document)}, so its words can't be stored here`,
      );
  }
}

/** Without an open licence quotations are short, summaries not long, and no account is kept to the letter. */
function* textsWithoutLicence(context: CheckContext): Generator<Finding> {
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
function* recordedElsewhere({ record, names }: CheckContext): Generator<Finding> {
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

/** A document that offsets refer to gives the sha256 of its text; otherwise nobody knows which text that is. */
function* offsetsOfSomeText({ record }: CheckContext): Generator<Finding> {
  const { document } = record;
  if (typeof document === "string" || document.sha256) return;
  const isOwn = (cited = document.key) => cited === document.key;
  const anchored = citationsOf(record).filter(
    ([, { document, start, textSha256 }]) =>
      start !== undefined && textSha256 === undefined && isOwn(document),
  );
  if (anchored.length > 0)
    yield warning(
      "no-sha256",
      ["document"],
      "no sha256 says which text the offsets are of; `anchor` writes it",
    );
}

/** Rules about citations and quotations that do not need the source text. */
export const citationRules: Rule[] = [
  citationRanges,
  exactWithoutLicence,
  textsWithoutLicence,
  recordedElsewhere,
  offsetsOfSomeText,
];
