import { fault, type Fault, type Warning, warning } from "../record.faults.js";
import {
  type CheckContext,
  isUnlicensed,
  type FaultRule,
  type WarningRule,
  whyUnlicensed,
} from "./record.rule.js";
import { citationsOf } from "../record.walk.js";

/** A citation has either start and end, or a locator. */
function* citationRanges({ record }: CheckContext): Generator<Fault> {
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
function* exactWithoutLicence(context: CheckContext): Generator<Fault> {
  for (const [path, { document, exact }] of citationsOf(context.record)) {
    if (exact !== undefined && isUnlicensed(context, document))
      yield fault(
        "exact-without-licence",
        [...path, "exact"],
        `${whyUnlicensed(context, document)}, so its words can't be stored here`,
      );
  }
}

/** A document that offsets refer to gives the sha256 of its text; otherwise nobody knows which text that is. */
function* offsetsOfSomeText({ record }: CheckContext): Generator<Warning> {
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

/** Rules about citations that do not need the source text. */
export const citationRules: FaultRule[] = [citationRanges, exactWithoutLicence];
export const citationWarnings: WarningRule[] = [offsetsOfSomeText];
