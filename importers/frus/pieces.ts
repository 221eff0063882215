import { isCountryName } from "./countries-then.js";
import {
  isAddress,
  isBureau,
  isNameWord,
  isOfficeWord,
  isParticle,
  isSuffix,
  isSurnameToo,
  mayLeadName,
} from "./office-words.js";
import type { NameSpan } from "./text.js";
import { isTown } from "./towns.js";

/** A piece of an item of a list of participants, between separators. */
export interface Part {
  kind: "NAME" | "OFFICE" | "SUFFIX";
  /** Words before the name. */
  title: string;
  name: string;
  text: string;
  person: string | null;
  /** What follows the name: `of Norway`. */
  rest?: string;
  /** What stood before it. */
  joint: string;
}

/** Marks names that refer to the list of persons: `\u0001` + id + `\u0002` + name + `\u0003`; a name split over two is joined. */
export function markNames(text: string, names: readonly NameSpan[], start: number): string {
  const joined: { start: number; end: number; person: string }[] = [];
  for (const { start: from, end, person } of names) {
    const last = joined.at(-1);
    const gap = last && text.slice(last.end - start, from - start);
    if (last && gap!.trim() === "" && (person === null || person === last.person)) last.end = end;
    else if (person !== null) {
      // `Bo Drift, NEA` in one element: the name ends at the comma.
      const comma = /,(?!\s*(?:Jr|Sr|II|III|IV)\b)/.exec(text.slice(from - start, end - start));
      joined.push({ start: from, end: comma ? from + comma.index : end, person });
    }
  }
  let marked = text;
  for (const { start: from, end, person } of joined.reverse()) {
    const [a, b] = [from - start, end - start];
    const name = marked.slice(a, b);
    marked = `${marked.slice(0, a)}\u0001${person}\u0002${name}\u0003${marked.slice(b)}`;
  }
  return marked;
}

/** What stands in parentheses is not taken for a remark if it is longer. */
const LONGEST_REMARK = 200;

/** Takes out what stands in parentheses and brackets. */
export function withoutRemarks(text: string): { bare: string; remarks: string[] } {
  const remarks: string[] = [];
  const bare = text
    .replace(/\bCongo \((?:K|Kinshasa|L|Leopoldville)\)/g, "Congo-Kinshasa")
    .replace(/\s+/g, " ")
    .replace(/ ?[([]([^()[\]\u0001]+)[)\]]/g, (whole, inside: string, at: number) => {
      if (inside.length > LONGEST_REMARK) return whole;
      // `General (Tiger) Wang`: a name by which someone goes.
      if (
        /^[“"']?\p{Lu}\p{Ll}+[”"']?$/u.test(inside) &&
        at > 0 &&
        !isOfficeWord(inside) &&
        !isCountryName(inside)
      )
        return "";
      remarks.push(inside.trim());
      return "";
    })
    .replace(/[*†‡]+/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return { bare, remarks };
}

const SEPARATOR =
  /\s*(?:;|—-?|–\s|\s–|\s-\s|--+|:\s|,(?!\s*(?:Jr|Sr|II|III|IV)\b)|(?<=\p{Lu})[–-](?=(?:Mr|Mrs|Miss|Dr|Amb|Gen)\b|\u0001|\p{Lu}\p{Ll}))\s*/u;
/** Where another person begins without anything between: `The Secretary Ambassador Bo Drift`, `Bo Drift NEA—Ada Floe`. */
const RUN_ON =
  /(?<=[\p{Ll}.\u0003]) (?=(?:Mr\.|Mrs\.|Miss|Dr\.|Ambassador|Sir) (?!Mr\.|Mrs\.|Dr\.)(?:\u0001|\p{Lu})|\p{Lu}{1,4}(?:\/\p{Lu}+)?\s?—\s?(?:\u0001|\p{Lu}))/u;

/** Takes an item apart at its separators. */
export function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  for (const [i, run] of splitRunOns(text).entries()) {
    const pieces = run.split(new RegExp(`(${SEPARATOR.source})`, "u"));
    for (let j = 0; j < pieces.length; j += 2) {
      const joint = j > 0 ? pieces[j - 1]!.trim() : i > 0 ? "RUN_ON" : "";
      for (const [k, piece] of splitAnd(pieces[j]!).entries())
        if (piece.trim() !== "") parts.push(partOf(piece.trim(), k > 0 ? "and" : joint));
    }
  }
  return parts;
}

/** Splits `The Secretary Ambassador Bo Drift`, unless what is before it has no person yet. */
function splitRunOns(text: string): string[] {
  const at = RUN_ON.exec(text);
  if (!at) return [text];
  const [before, after] = [text.slice(0, at.index), text.slice(at.index + 1)];
  const isLed =
    /\b(?:to|of|for|the|and|by|,|at|Deputy|Former|Acting|Assistant|American|States|Treasury|Defense|State|Army|Navy)$/.test(
      before,
    ) || /[—–:,]\s*$/.test(before);
  const isPerson =
    before.includes("\u0001") ||
    before.split(/[,;—]/).some((one) => partOf(one.trim(), "").kind === "NAME") ||
    /^The (?:Acting |Under )?Secretary$/.test(before);
  return !isLed && isPerson ? [before, ...splitRunOns(after)] : [text];
}

/** Splits `Bo Drift and Ada Floe`, where both are people. */
function splitAnd(text: string): string[] {
  const at = / and (?:also )?/.exec(text);
  if (!at) return [text.replace(/^and /, "")];
  const pair = [text.slice(0, at.index), text.slice(at.index + at[0].length)];
  return pair.every((one) => partOf(one.trim(), "").kind === "NAME")
    ? [pair[0]!, ...splitAnd(pair[1]!)]
    : [text];
}

/** Reads a piece between separators: words of an office, then perhaps a name, then perhaps `of` a country. */
function partOf(text: string, joint: string): Part {
  const office: Part = {
    kind: "OFFICE",
    title: "",
    name: "",
    text: unmarked(text),
    person: null,
    joint,
  };
  const marked = /\u0001([^\u0001\u0002]*)\u0002([^\u0001-\u0003]*)\u0003/.exec(text);
  if (marked) return markedPart(text, marked, office);
  if (isSuffix(text) || HONOURS.test(text)) return { ...office, kind: "SUFFIX" };
  if (isBureau(text) && (text.length < 4 || !/^\p{Lu}{4,}$/u.test(text))) return office;
  const found = namePartOf(text) ?? nameBeforeOf(text);
  return found ? { ...office, kind: "NAME", ...found } : office;
}

const HONOURS =
  /^(?:U\.?S\.?[AMNC]\.?[A-Z]*\.?|K\.?C\.?M\.?G\.?|C\.?M\.?G\.?|G\.?C\.?M\.?G\.?|M\.?P\.?|Bart\.?|Ret\.?|retired|RN|RAF|USMC)$/;
/** Those who help someone, or belong to someone. */
const HELPER =
  /\b(?:assistants?|advis[eo]r|aide|(?:private|press|personal|executive) secretary|representative|chief of (?:staff|cabinet)|staff|interpreter|coordinator|emissary|envoy|counsel|brother|son|wife|spokesman|member|daughter|nephew|friend)\b/i;
const HELPED =
  /\b(?:chairman|prime minister|premier|president|king|shah|senator|secretary|minister|ambassador|mr\.?|mrs\.?|dr\.?|general|governor|congressman|representative)$/i;

/** `Assistant to Chairman`, before whose name: that is the office of someone else. */
function isOfAnother(before: string): boolean {
  if (/\b(?:to|with|for|and)$|[’']s$/i.test(before)) return true;
  const [helper, helped] = [HELPER.exec(before), HELPED.exec(before)];
  if (!helper || !helped) return false;
  return / (?:to|of|for) /i.test(before.slice(helper.index + helper[0].length, helped.index));
}

/** Reads a piece with a name that refers to the list of persons. */
function markedPart(text: string, marked: RegExpExecArray, office: Part): Part {
  const before = text.slice(0, marked.index).trim();
  const after = text.slice(marked.index + marked[0].length).trim();
  // `Ada Floe’s staff`, `Assistant to Bo Drift`
  if (/^[’']/.test(after) || isOfAnother(before)) return office;
  const words = before.split(" ").filter(Boolean);
  let own = words.length;
  // Forenames that the element leaves out: `Bo <persName>Drift</persName>`
  while (own > 0 && isOfName(words, own - 1)) own--;
  const tail = after.split(" ").filter(Boolean);
  const suffix = tail.length > 0 && isSuffix(tail[0]!.replace(/^,/, "")) ? [tail.shift()!] : [];
  // A surname that the element leaves out: `<persName>Bo</persName> Drift`
  const left: string[] = [];
  while (tail.length > 0 && isOfName(tail, 0) && !isParticle(tail[0]!)) left.push(tail.shift()!);
  const inside = marked[2]!.trim().split(" ");
  let at = 0;
  while (at < inside.length - 1 && (isAddress(inside[at]!, at) || isOfficeWord(inside[at]!))) at++;
  const name = [...words.slice(own), ...inside.slice(at), ...suffix, ...left].join(" ");
  const title = [...words.slice(0, own), ...inside.slice(0, at)].join(" ");
  return {
    ...office,
    kind: "NAME",
    title,
    name,
    person: /_{2,}/.test(after) ? null : marked[1]! || null,
    rest: tail.join(" "),
  };
}

/** Returns whether a word can be of a name, and is not of an office or address. */
function isOfName(words: readonly string[], at: number): boolean {
  const word = words[at]!;
  if (isAddress(word, at) || isOfficeWord(word)) {
    const before = words[at - 1];
    const isAfterName =
      before !== undefined &&
      (/^(?:Mr|Mrs|Miss|Dr|Ms)\.?$/.test(before) ||
        (isNameWord(before) && !isOfficeWord(before) && !isAddress(before, at - 1)));
    return isSurnameToo(word) && isAfterName;
  }
  return isNameWord(word);
}

/** Splits words into a title and a name: what follows the last word of an office or a form of address, if it can be a name. */
function namePartOf(text: string): { title: string; name: string } | null {
  const words = text.split(" ").filter(Boolean);
  let at = words.length;
  while (at > 0 && isOfName(words, at - 1)) at--;
  // `H. E. Bo Drift`
  if (at === 0 && /^H\.? ?E\.? /.test(text)) at = words[0] === "H." ? 2 : 1;
  // `Ambassador to the UN Ada Floe`
  const isAcronym =
    at > 0 &&
    at < words.length - 1 &&
    /^\p{Lu}{2,6}$/u.test(words[at]!) &&
    /^(?:the|to|of)$/i.test(words[at - 1]!);
  if (isAcronym) at++;
  const [title, rest] = [words.slice(0, at), words.slice(at)];
  if (
    rest.length === 0 ||
    rest.length > 7 ||
    rest.every(isParticle) ||
    !/\p{Lu}/u.test(rest.join(""))
  )
    return null;
  if (rest.length === 1 && /^\p{Lu}{2,5}$/u.test(rest[0]!)) return null;
  // Longer than any name.
  if (rest.join(" ").length > 100) return null;
  const last = title.at(-1);
  if (last !== undefined && !isAcronym && !mayLeadName(last)) return null;
  const isAddressed = last !== undefined && isAddress(last);
  if (!isAddressed && (isCountryName(rest.join(" ")) || isTown(rest.join(" ")))) return null;
  if (isOfAnother(title.join(" "))) return null;
  return { title: title.join(" "), name: rest.join(" ") };
}

/** `President Bo Drift of Norway` */
function nameBeforeOf(text: string): { title: string; name: string; rest: string } | null {
  for (const { index } of text.matchAll(/ (?:of|from|at) /g)) {
    const found = namePartOf(text.slice(0, index));
    if (found) return { ...found, rest: text.slice(index + 1) };
  }
  return null;
}

function unmarked(text: string): string {
  return text.replace(/\u0001[^\u0001\u0002]*\u0002/g, "").replace(/\u0003/g, "");
}
