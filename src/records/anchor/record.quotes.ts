import { applyEdits, type Edit } from "jsonc-parser";
import { documentKeyIn } from "../check/record.names.js";
import type { SourceText } from "../check/record.text.js";
import { Positions, rootOf } from "../files/record.positions.js";
import { syntaxFaultIn } from "../files/record.syntax.js";
import { fault, faultOfFile, faultsIn, type Finding } from "../record.faults.js";
import { asObject } from "../record.unchecked.js";
import { type Anchored, rejected } from "./record.anchor.js";
import { citationNodesIn, propertyOf, withPropertyAfter, withValue } from "./record.edits.js";

/**
 * Puts the words of each passage beside its offsets, for a reviewer; `anchorRecord` removes them again. Does so for all passages, or none.
 */
export function quoteRecord(json: string, source: SourceText, file: string): Anchored {
  const text = json.replace(/^\uFEFF/, "");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const { offset, message } = syntaxFaultIn(text, error);
    return rejected({ ...faultOfFile(file, "json", message), ...new Positions(text).at(offset) });
  }
  const edits: Edit[] = [];
  const findings: Finding[] = [];
  const expected = asObject(asObject(value).document).sha256;
  if (typeof expected === "string" && expected !== source.sha256)
    findings.push(
      fault("sha256-mismatch", ["document", "sha256"], `the text has ${source.sha256}`),
    );
  const own = documentKeyIn(value);
  const root = findings.length === 0 ? rootOf(text) : undefined;
  for (const { path, node, citation } of root ? citationNodesIn(root) : []) {
    const { start, end, document = own, textSha256 = source.sha256 } = citation;
    // Of another document or edition, or the row of a dataset.
    if (document !== own || textSha256 !== source.sha256) continue;
    if (typeof start !== "number" || typeof end !== "number") continue;
    if (!(start >= 0 && start < end && end <= source.words.length)) {
      findings.push(
        fault(
          "citation-range",
          path,
          `not a passage of the text's ${source.words.length} code units`,
        ),
      );
      continue;
    }
    const quote = source.words.slice(start, end);
    const given = propertyOf(node, "quote");
    const offsets = [propertyOf(node, "start")!, propertyOf(node, "end")!];
    const last = offsets.reduce((one, other) => (other.offset > one.offset ? other : one));
    edits.push(given ? withValue(given, quote) : withPropertyAfter(text, last, "quote", quote));
  }
  const faults = faultsIn({ file, line: 1, text }, findings);
  const anchored = faults.length > 0 ? null : json.replace(text, () => applyEdits(text, edits));
  return { anchored, count: edits.length, report: { faults, files: 1, records: 1 } };
}
