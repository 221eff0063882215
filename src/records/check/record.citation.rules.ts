import { StatementForm } from "../../statement/statement.enums.js";
import { fault, type Finding } from "../record.faults.js";
import {
  type CheckContext,
  isUnlicensed,
  LONGEST_QUOTATION,
  type Rule,
  whyUnlicensed,
} from "./record.rule.js";
import { citationsOf } from "../record.walk.js";

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

/** Quotations without an open licence are short. */
function* longQuotations(context: CheckContext): Generator<Finding> {
  for (const [i, { form, text, citations }] of context.record.statements.entries()) {
    const length = [...text].length;
    if (form !== StatementForm.VERBATIM || length <= LONGEST_QUOTATION) continue;
    if (citations.every(({ document }) => isUnlicensed(context, document)))
      yield fault(
        "quotation-too-long",
        ["statements", i, "text"],
        `${length} characters quoted, but ${whyUnlicensed(context, citations[0]?.document)}: at most ${LONGEST_QUOTATION}`,
      );
  }
}

/** Rules about citations and quotations that do not need the source text. */
export const citationRules: Rule[] = [citationRanges, exactWithoutLicence, longQuotations];
