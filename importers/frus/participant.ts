import { entriesIn, type Entry } from "./entries.js";
import type { Group } from "./groups.js";
import { canBe, isNearly, officeWordsOf, partsOf, surnameOf, wordsOf } from "./names.js";
import { type OfficeName, officeNamed } from "./office-words.js";
import { type Context, type OtherLists, type Side, sideOf } from "./sides.js";
import type { ListedPerson } from "./tei.js";
import type { Participation } from "../records.js";
import type { NameSpan } from "./text.js";

/** Someone as a side of a record. */
export type Speaker = Omit<Participation, "citations" | "role">;

/** Someone who took part, as far as the memorandum and the list of persons say. */
export interface Participant extends Entry {
  /** The item of the list that names them. */
  start: number;
  end: number;
  group: Group | null;
  side: Side | null;
  /** What the list of persons says of them, if the item refers to it, or only one person there can be meant. */
  listed: (ListedPerson & { id: string; isReferredTo: boolean }) | null;
  /** Folded words of every spelling of the name; those of the surname. */
  words: Set<string>;
  surname: readonly string[];
  kinds: ReadonlySet<OfficeName>;
  /** The side of the record, once it is known who this is; two items of one person have one. */
  as?: Speaker;
}

/** Reads the label of someone who speaks, and is in no list of participants but in that of persons; null if not. */
export function unlisted(
  label: string,
  { start, end, names }: { start: number; end: number; names: readonly NameSpan[] },
  persons: ReadonlyMap<string, ListedPerson>,
  context: Context & { elsewhere: OtherLists },
): Participant | null {
  const [entry] = entriesIn(label, names, start);
  const one = entry ? participantOf(entry, { start, end }, null, persons, context) : null;
  return one?.listed ? one : null;
}

/** Reads someone in a list of participants, with what the list of persons adds. */
export function participantOf(
  entry: Entry,
  { start, end }: { start: number; end: number },
  group: Group | null,
  persons: ReadonlyMap<string, ListedPerson>,
  context: Context & { elsewhere: OtherLists },
): Participant {
  const listed = listedAs(entry, persons);
  const title = officeWordsOf(entry.title);
  const offices = [title, ...entry.offices].filter(Boolean);
  const about = listed?.about ?? "";
  const elsewhere = entry.name === null ? null : context.elsewhere(entry.name, listed?.id ?? null);
  const side = sideOf({ offices, group, about, elsewhere }, context);
  const names = [entry.name, listed?.name].filter((name) => name != null);
  const surname = listed
    ? surnameOf(listed)
    : entry.name === null
      ? []
      : partsOf(entry.name).surname;
  const own = [entry.title, title, ...entry.offices].map(officeNamed);
  const kinds = own.some((kind) => kind !== null)
    ? own
    : [officeNamed(about.split(/[;,]/)[0] ?? "")];
  return {
    ...entry,
    start,
    end,
    group,
    side,
    listed,
    words: new Set(names.flatMap(wordsOf)),
    surname,
    kinds: new Set(kinds.filter((kind) => kind !== null)),
  };
}

/** Finds someone in the list of persons: the one referred to, if the name can be theirs, or else the only one who fits. */
function listedAs(
  { name, person, title, offices }: Entry,
  persons: ReadonlyMap<string, ListedPerson>,
): Participant["listed"] {
  if (name === null) return null;
  const given = person === null ? undefined : persons.get(person);
  const isWife = /^(?:Mrs|Miss|Mme|Madame|Ms)\b/.test(title);
  if (
    given &&
    canBe(given, name) &&
    !(isWife && !isWoman(given)) &&
    !isOfAnother(given, name, title)
  )
    return { ...given, id: person!, isReferredTo: true };
  const { forenames, surname } = partsOf(name);
  const fitting = [...persons].filter(([, one]) => {
    const theirs = surnameOf(one);
    const other = partsOf(one.name).forenames;
    if (surname.length === 0 || theirs.at(-1) !== surname.at(-1)) return false;
    if (forenames.length === 0)
      return !isWife && sharesWord([officeWordsOf(title), ...offices].join(" "), one.about);
    const isAlike = (a: string, b: string) =>
      a.length === 1 || b.length === 1 ? a[0] === b[0] : isNearly(a, b);
    return (
      other.length > 0 &&
      forenames.every((one) => other.some((two) => isAlike(one, two))) &&
      isAlike(forenames[0]!, other[0]!)
    );
  });
  return fitting.length === 1
    ? { ...fitting[0]![1], id: fitting[0]![0], isReferredTo: false }
    : null;
}

const RANK = /\b(?:general|admiral|colonel|marshal|gen|adm|col|brig|commander)\b/i;
const MILITARY =
  /\b(?:general|admiral|colonel|marshal|commander|army|navy|naval|air force|marine|usa|usn|usaf|usmc|military|chiefs? of staff|forces|defen[cs]e|brigadier|lieutenant|major|captain|command|nato|cincpac)\b/i;

/** Returns whether a surname under a rank or an office that someone in the list of persons never had is that of a namesake. */
function isOfAnother({ name, about }: ListedPerson, printed: string, title: string): boolean {
  if (partsOf(printed).forenames.length > 0) return false;
  if (RANK.test(title)) return !MILITARY.test(`${name} ${about}`);
  const kind = officeNamed(title);
  if (kind === "ASSISTANT_SECRETARY") return !/\bassistant secretary\b/i.test(about);
  if (kind === "SENATOR") return !/\bsenat/i.test(about);
  return kind === "CONGRESSMAN" && !/\b(?:congress|representative|house)\b/i.test(about);
}

/** The wife of someone in the list of persons has his surname, and often his reference. */
function isWoman({ name, about }: ListedPerson): boolean {
  return /\b(?:Mrs|Miss|Madame|Mme|Queen|Princess|wife|Margaret|Golda|Indira)\b/.test(
    `${name} ${about}`,
  );
}

const COMMON = new Set(
  "of the for to and in state department office mr minister affairs officer deputy assistant until from".split(
    " ",
  ),
);
function sharesWord(office: string, about: string): boolean {
  const words = (text: string) =>
    text
      .toLowerCase()
      .match(/\p{L}{3,}/gu)
      ?.filter((word) => !COMMON.has(word)) ?? [];
  const theirs = new Set(words(about));
  return words(office).some((word) => theirs.has(word));
}
