import { isSuffix } from "./office-words.js";
import { markNames, type Part, partsOf, withoutRemarks } from "./pieces.js";
import type { NameSpan } from "./text.js";

/** Someone in a list of participants, in the words of the list. */
export interface Entry {
  /** The words about this one, for a description. */
  text: string;
  /** Words before the name: `Ambassador`, `Mr.`; empty if there are none. */
  title: string;
  /** The name without title; null if only an office is given. */
  name: string | null;
  /** Offices and agencies besides the title: `Embassy of Israel`, `NEA`. */
  offices: string[];
  role: "PARTICIPANT" | "INTERPRETER" | "NOTE_TAKER";
  /** The id in the list of persons that the name refers to. */
  person: string | null;
}

/** The longest item that is read. */
const LONGEST = 2_000;
const NOBODY =
  /^(?:\(?(?:see|listed|list of|as (?:above|listed)|same as|others? (?:as|present)|attached)\b|none\b|participants?:?$|(?:(?:individuals|those|persons|also|others?) )?present:?$|and (?:others|staff|party)\b|\*)/i;
/** `two other Norwegian officials` */
const COUNT = /^(?:two|three|four|five|six|seven|eight|several|various|other|one|many|\d+)$/i;
const COUNTED =
  /^(?:note-?takers?|interpreters?|officials?|members?|aides?|others?|assistants?|people|persons|secretar(?:y|ies)|stenographers?)\b/i;
const INTERPRETER = /\binterpret(?:er|ers|ing)\b|\btranslators?\b/i;
const NOTE_TAKER =
  /\bnote[-\s]?takers?\b|\brecorders?\b|\bstenographers?\b|\brapporteurs?\b|\bdrafting officer\b|\breporting officer\b|\breporter\b/i;
/** Who was there for how long, and marks of footnotes. */
const REMARK =
  /^(?:for )?(?:part|late|first|latter|last|after|before|until|during|joined|arrived|left|briefly|from \d|at (?:the )?(?:end|beginning)|luncheon|dinner|present)\b/i;

/** Returns whether a text gives how many others there were, by a number and up to three words between. */
function isCounted(text: string): boolean {
  const [count, ...words] = text.split(" ", 5);
  const at = words.findIndex((word) => COUNTED.test(word));
  return COUNT.test(count!) && at >= 0 && words.slice(0, at).every((word) => /^\w+$/.test(word));
}

/** Takes an item of a list of participants apart: the people whom it names, mostly one. */
export function entriesIn(text: string, names: readonly NameSpan[], start: number): Entry[] {
  if (text.length > LONGEST) return [];
  if (NOBODY.test(text.trim()) || isCounted(text.trim())) return [];
  const marked = markNames(text.replace(/\u00a0/g, " "), names, start);
  const { bare, remarks } = withoutRemarks(marked);
  const parts = partsOf(bare);
  const entries = entriesOf(parts);
  const shared = parts.findLast(({ kind }) => kind === "OFFICE")?.text ?? "";
  // Of several people, what is said in the plural is said of each.
  const isShared =
    entries.length > 1 &&
    /\b(?:interpreters|note-?takers|secretaries|counsell?ors|members|officers|assistants)\b/i.test(
      shared,
    );
  if (isShared)
    for (const entry of entries) if (!entry.offices.includes(shared)) entry.offices.push(shared);
  return entries.map((entry) => withRole(entry, remarks, entries.length));
}

/** Puts parts together: each name begins another person, unless it is an agency after one, or the name of an office before it. */
function entriesOf(parts: readonly Part[]): Entry[] {
  const entries: Entry[] = [];
  const areAllNames = parts
    .filter(({ kind }) => kind !== "SUFFIX")
    .every(({ kind }) => kind === "NAME");
  const offices = parts.filter(
    ({ kind, text }) =>
      kind === "OFFICE" &&
      /^(?:The )?(?:Vice |Acting |Under )?(?:President|Secretary(?: of State)?|Speaker)$/i.test(
        text,
      ),
  ).length;
  let plural: string | null = null;
  for (const part of parts) {
    const last = entries.at(-1);
    const isFull = part.name.split(" ").length > 1 || part.person !== null;
    if (part.kind === "SUFFIX") {
      if (last?.name) last.text += `, ${part.text}`;
      if (last?.name && isSuffix(part.text)) last.name += `, ${part.text}`;
    } else if (part.kind === "OFFICE") {
      const isAnother =
        last &&
        offices > 1 &&
        /^(?:the )?(?:Vice |Acting |Under )?(?:President|Secretary|Speaker)\b/i.test(part.text);
      if (last && !isAnother) {
        last.offices.push(part.text);
        last.text +=
          `${part.joint === "," || part.joint === ";" ? "" : " "}${part.joint === "RUN_ON" || part.joint === "and" ? "" : part.joint} ${part.text}`.replace(
            / +/g,
            " ",
          );
      } else entries.push({ ...blank(part), offices: [part.text] });
    } else {
      const isPlural = PLURAL.test(part.title);
      const title = isPlural ? singular(part.title) : part.title;
      if (isPlural) plural = title;
      else if (part.title !== "" || part.joint === ";") plural = null;
      const isOneMore = plural !== null && !isPlural && part.title === "";
      const isAlone =
        !isPlural &&
        last !== undefined &&
        last.name === null &&
        offices < 2 &&
        part.joint !== ";" &&
        part.joint !== "RUN_ON";
      const isNew =
        !last ||
        (!isAlone &&
          (isOneMore ||
            part.title !== "" ||
            part.joint === ";" ||
            part.joint === "and" ||
            part.joint === "RUN_ON" ||
            (areAllNames && isFull)));
      if (isAlone) {
        last.name = part.name;
        last.title = part.title;
        last.person = part.person;
        if (part.rest) last.offices.push(part.rest);
        last.text += `${part.joint === "," ? "," : ""} ${part.text}`;
      } else if (isNew)
        entries.push({
          ...blank({ ...part, title: isOneMore ? plural! : title }),
        });
      else {
        last.offices.push(part.text);
        last.text += `, ${part.text}`;
      }
    }
  }
  return entries;
}

/** Before several names: `Senators Drift, Floe`. */
const PLURAL =
  /\b(?:Senators|Congressmen|Representatives|Ambassadors|Messrs|Generals|Ministers|Secretaries)\.?$/;

function singular(title: string): string {
  return title
    .replace(/Congressmen$/, "Congressman")
    .replace(/Secretaries$/, "Secretary")
    .replace(/Messrs\.?$/, "Mr.")
    .replace(/s$/, "");
}

function blank({ text, title, name, person, rest }: Part): Entry {
  return {
    text,
    title,
    name: name === "" ? null : name.replace(/,$/, ""),
    offices: rest ? [rest] : [],
    role: "PARTICIPANT",
    person,
  };
}

/** Remarks about one, such as `(Interpreter)`, are said of all of an item. */
function withRole(entry: Entry, remarks: readonly string[], count: number): Entry {
  const about = [...remarks, ...entry.offices, entry.title].join("; ");
  const role = INTERPRETER.test(about)
    ? "INTERPRETER"
    : NOTE_TAKER.test(about)
      ? "NOTE_TAKER"
      : "PARTICIPANT";
  const added = remarks.filter(
    (one) => !REMARK.test(one) && !INTERPRETER.test(one) && !NOTE_TAKER.test(one),
  );
  const text =
    count === 1 && remarks.length > 0 ? `${entry.text} (${remarks.join("; ")})` : entry.text;
  return { ...entry, text, offices: [...entry.offices, ...added], role };
}
