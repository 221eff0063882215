import { StatementForm } from "../../statement/statement.enums.js";
import { fault, type Finding } from "../record.faults.js";
import { type CheckContext, isUnlicensed, type Rule } from "./record.rule.js";
import { citationsOf } from "../record.walk.js";

/** The longest quotation that may be stored without an open licence. */
const LONGEST_QUOTATION = 300;

/** A citation is a passage (start and end) or the row of a dataset (locator), never both or half of one. */
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

/** The words themselves are stored only where they may be redistributed. */
function* exactWithoutLicence(context: CheckContext): Generator<Finding> {
  for (const [path, { document, exact }] of citationsOf(context.record)) {
    if (exact !== undefined && isUnlicensed(context, document))
      yield fault(
        "exact-without-licence",
        [...path, "exact"],
        "its document names no open licence, so its words can't be stored here",
      );
  }
}

/** A quotation from a text without an open licence is short. */
function* longQuotations(context: CheckContext): Generator<Finding> {
  for (const [i, { form, text, citations }] of context.record.statements.entries()) {
    const length = [...text].length;
    if (form !== StatementForm.VERBATIM || length <= LONGEST_QUOTATION) continue;
    if (citations.every(({ document }) => isUnlicensed(context, document)))
      yield fault(
        "quotation-too-long",
        ["statements", i, "text"],
        `${length} characters quoted; without an open licence at most ${LONGEST_QUOTATION}`,
      );
  }
}

/** The rules about citations and quotations that need no text. */
export const citationRules: Rule[] = [citationRanges, exactWithoutLicence, longQuotations];
