import { applyEdits, type Edit, type Node } from "jsonc-parser";
import {
  citationNodesIn,
  gapBefore,
  propertyOf,
  withoutProperty,
  withPropertyAfter,
  withValue,
} from "./record.edits.js";
import { fault, faultOfFile, faultsIn, type CheckReport, type Finding } from "../record.faults.js";
import { documentKeyIn } from "../check/record.names.js";
import type { RecordPath } from "../record.path.js";
import { Positions, rootOf } from "../files/record.positions.js";
import { isSameQuote, type Passage, QuotableText } from "./record.quote.js";
import { syntaxFaultIn } from "../files/record.syntax.js";
import { composedOtherwise, type SourceText } from "../check/record.text.js";
import { asObject, textOrNull } from "../record.unchecked.js";
import { isOpenLicence } from "../../source/open-licence.js";

/** A record file whose quotes are replaced by offsets; null if any quote could not be. */
export interface Anchored {
  anchored: string | null;
  /** The number of quotes replaced. */
  count: number;
  report: CheckReport;
}

/** Replaces all quotes of a record by offsets, or none. The rest of the text stays the same. */
export function anchorRecord(json: string, source: SourceText, file: string): Anchored {
  const text = json.replace(/^\uFEFF/, "");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const { offset, message } = syntaxFaultIn(text, error);
    const at = new Positions(text).at(offset);
    return rejected({ ...faultOfFile(file, "json", message), ...at });
  }
  const edits: Edit[] = [];
  const findings: Finding[] = [];
  let count = 0;
  const expected = asObject(asObject(value).document).sha256;
  const root = rootOf(text);
  if (typeof expected === "string" && expected !== source.sha256)
    findings.push(
      fault("sha256-mismatch", ["document", "sha256"], `the text has ${source.sha256}`),
    );
  else if (root) {
    const words = new QuotableText(source.words);
    const mayShow = isOpenLicence(textOrNull(asObject(asObject(value).document).licence));
    edits.push(...hashEdits(text, root, source.sha256));
    for (const quote of quotesIn(root)) {
      const found = passageOf(quote, { words, source, document: documentKeyIn(value), mayShow });
      if ("message" in found) findings.push(found);
      else {
        edits.push(...editsFor(text, quote, found));
        count++;
      }
    }
  }
  const faults = faultsIn({ file, line: 1, text }, findings);
  const anchored = faults.length > 0 ? null : json.replace(text, () => applyEdits(text, edits));
  return { anchored, count, report: { faults, files: 1, records: 1 } };
}

/** Returns the result for a file with a single fault. */
export function rejected(only: CheckReport["faults"][number]): Anchored {
  return { anchored: null, count: 0, report: { faults: [only], files: 1, records: 1 } };
}

/** A `quote` in a citation. */
interface Quote {
  path: RecordPath;
  property: Node;
  node: Node;
  citation: Record<string, unknown>;
}

function* quotesIn(root: Node): Generator<Quote> {
  for (const { path, node, citation } of citationNodesIn(root)) {
    const property = propertyOf(node, "quote");
    if (property) yield { path: [...path, "quote"], property, node, citation };
  }
}

/** The text that quotes are looked for in. */
interface Quoted {
  words: QuotableText;
  source: SourceText;
  /** The key of the record's document. */
  document: string | null;
  /** Whether messages may show words of the text: only under an open licence. */
  mayShow: boolean;
}

function passageOf({ path, citation }: Quote, text: Quoted): Passage | Finding {
  const { quote } = citation;
  const { start, end } = citation;
  const isPlaced = typeof start === "number" && typeof end === "number";
  const taken = ["start", "end", "locator"].filter((property) => property in citation);
  if (typeof quote !== "string") return fault("quote", path, "expected a text");
  if (citation.document !== undefined && citation.document !== text.document)
    return fault("quote", path, "cites another document than the record's; anchor it by that text");
  if (taken.length > 0 && !(isPlaced && taken.length === 2))
    return fault("quote", path, `has ${taken.join(" and ")} beside the quote`);
  // A quote that `quotes` added has its offsets already.
  if (isPlaced && isSameQuote(text.source.words.slice(start, end), quote)) return { start, end };
  const passages = text.words.passagesOf(quote);
  if (passages.length === 1) return passages[0]!;
  if (passages.length === 0) return fault("quote-not-found", path, whyNotFound(quote, text));
  const candidates = passages.slice(0, MOST_CANDIDATES).map((passage) => shown(passage, text));
  const more = passages.length > MOST_CANDIDATES ? "; and more" : "";
  return fault(
    "quote-ambiguous",
    path,
    `${passages.length} times in the text, quote more of it: ${candidates.join("; ")}${more}`,
  );
}

function whyNotFound(quote: string, text: Quoted): string {
  const { source, words } = text;
  if (words.hasComposedOtherwise(quote))
    return `not in the text, but ${composedOtherwise(quote, source.words)}`;
  const nearest = words.nearestTo(quote);
  if (!nearest) return "not in the text";
  const { passage, shared, of } = nearest;
  return `not in the text; nearest is ${shown(passage, text)}, with ${shared} of the quote's ${of} words in a row`;
}

/** Returns where a passage is and, if allowed, its words. */
function shown(passage: Passage, { words, mayShow }: Quoted): string {
  return [words.placeOf(passage), ...(mayShow ? [words.surroundingsOf(passage)] : [])].join(" ");
}

const MOST_CANDIDATES = 5;

/** Returns the edits that replace a quote by offsets, in the same layout: on separate lines, or on one. */
function editsFor(text: string, { property, node }: Quote, { start, end }: Passage): Edit[] {
  const [from, to] = [propertyOf(node, "start"), propertyOf(node, "end")];
  if (from && to)
    return [withoutProperty(node, property), withValue(from, start), withValue(to, end)];
  const { offset, length, children: [name, value] = [] } = property;
  const colon = text.slice(name!.offset + name!.length, value!.offset);
  const content = `"start"${colon}${start},${gapBefore(text, property)}"end"${colon}${end}`;
  return [{ offset, length, content }];
}

/** Returns the edit that gives a document the sha256 of its text, if its record has none. */
function hashEdits(text: string, root: Node, sha256: string): Edit[] {
  const document = propertyOf(root, "document")?.children?.[1];
  const last = document?.type === "object" ? document.children?.at(-1) : undefined;
  if (!document || !last) return [];
  const given = propertyOf(document, "sha256");
  if (!given) return [withPropertyAfter(text, last, "sha256", sha256)];
  return given.children?.[1]?.type === "null" ? [withValue(given, sha256)] : [];
}
