import { applyEdits, type Edit, type Node } from "jsonc-parser";
import { fault, faultOfFile, faultsIn, type CheckReport, type Finding } from "../record.faults.js";
import { documentKeyIn } from "../check/record.names.js";
import type { RecordPath } from "../record.path.js";
import { MAX_DEPTH, Positions, rootOf } from "../files/record.positions.js";
import { type Passage, QuotableText } from "./record.quote.js";
import { syntaxFaultIn } from "../files/record.syntax.js";
import type { SourceText } from "../check/record.text.js";
import { asObject, textOrNull } from "../record.unchecked.js";
import { isOpenLicence } from "../../source/open-licence.js";
import { composedOtherwise } from "../check/record.normalization.js";

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
  const expected = asObject(asObject(value).document).sha256;
  if (typeof expected === "string" && expected !== source.sha256)
    findings.push(
      fault("sha256-mismatch", ["document", "sha256"], `the text has ${source.sha256}`),
    );
  else {
    const words = new QuotableText(source.words);
    const mayShow = isOpenLicence(textOrNull(asObject(asObject(value).document).licence));
    const root = rootOf(text);
    for (const quote of root ? quotesIn(root, []) : []) {
      const found = passageOf(quote, { words, source, document: documentKeyIn(value), mayShow });
      if ("message" in found) findings.push(found);
      else edits.push(editFor(text, quote, found));
    }
  }
  const faults = faultsIn({ file, line: 1, text }, findings);
  const anchored = faults.length > 0 ? null : json.replace(text, () => applyEdits(text, edits));
  return { anchored, count: edits.length, report: { faults, files: 1, records: 1 } };
}

/** Returns the result for a file with a single fault. */
export function rejected(only: CheckReport["faults"][number]): Anchored {
  return { anchored: null, count: 0, report: { faults: [only], files: 1, records: 1 } };
}

/** A `quote` in a citation. */
interface Quote {
  path: RecordPath;
  property: Node;
  citation: Record<string, unknown>;
}

function* quotesIn({ type, children = [] }: Node, path: RecordPath): Generator<Quote> {
  if (path.length > MAX_DEPTH) return;
  if (type === "array") {
    for (const [i, item] of children.entries()) yield* quotesIn(item, [...path, i]);
  }
  if (type !== "object") return;
  for (const property of children) {
    const [name, value] = property.children ?? [];
    const at = [...path, String(name?.value)];
    if (name?.value === "quote" && path.at(-2) === "citations")
      yield { path: at, property, citation: propertiesOf(children) };
    else if (value) yield* quotesIn(value, at);
  }
}

function propertiesOf(properties: Node[]): Record<string, unknown> {
  return Object.fromEntries(
    properties.map(({ children: [name, value] = [] }) => [String(name?.value), value?.value]),
  );
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
  const taken = ["start", "end", "locator"].filter((property) => property in citation);
  if (typeof quote !== "string") return fault("quote", path, "expected a text");
  if (citation.document !== undefined && citation.document !== text.document)
    return fault("quote", path, "cites another document than the record's; anchor it by that text");
  if (taken.length > 0) return fault("quote", path, `has ${taken.join(" and ")} beside the quote`);
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

/** Returns the edit that replaces a quote by offsets, in the same layout: on separate lines, or on one. */
function editFor(text: string, { property }: Quote, { start, end }: Passage): Edit {
  const { offset, length, children: [name, value] = [] } = property;
  const colon = text.slice(name!.offset + name!.length, value!.offset);
  const indent = /\r?\n[^\S\n]*$/.exec(text.slice(0, offset))?.[0];
  const gap = indent ?? (/\s$/.test(colon) ? " " : "");
  return { offset, length, content: `"start"${colon}${start},${gap}"end"${colon}${end}` };
}
