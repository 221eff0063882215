import { chinaOf } from "./countries-then.js";
import { entriesIn, type Entry } from "./entries.js";
import { type Group, groupIn } from "./groups.js";
import { canBe, isNearly, officeWordsOf, partsOf, surnameOf, wordsOf } from "./names.js";
import { type OfficeName, officeNamed } from "./office-words.js";
import { isForeign, type Side, sideOf } from "./sides.js";
import type { ListedPerson } from "./tei.js";
import type { Block } from "./text.js";

/** Someone who took part, as far as the memorandum and the list of persons tell. */
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
}

/** A list of participants, read. */
export interface Roster {
  participants: Participant[];
  /** Which China the memorandum calls China. */
  china: string | null;
  /** Lines of the list that name nobody: `Listed on page 4`, `Two notetakers`. */
  unread: string[];
}

/** What a roster is read from. */
export interface RosterSource {
  blocks: readonly Block[];
  /** People whom the head of the memorandum names: `Between the President and …`; read like items. */
  headed: readonly Block[];
  persons: ReadonlyMap<string, ListedPerson>;
  title: string;
  place: string;
  date: string;
  text: string;
}

/** Reads the lists of participants of a memorandum. */
export function rosterOf(source: RosterSource): Roster {
  const { blocks, headed, persons, title, place, date, text } = source;
  const list = [title, ...blocks.map((block) => block.text)].join(" ");
  const china = chinaOf(list, place, date) ?? chinaOf(text, place, date);
  const unread: string[] = [];
  const found: Participant[] = [];
  let inline: Group | null = null;
  for (const block of joined(blocks)) {
    const head = headOf(block);
    const isHead = block.path.at(-1)!.name === "head";
    const asGroup = isHead || !hasPerson(block) ? groupIn(block.text, date, china) : null;
    if (isHead) {
      if (head === null) inline = asGroup;
      continue;
    }
    if (asGroup) {
      inline = asGroup;
      continue;
    }
    const { group: own, text: words, start } = withoutGroup(block, date, china);
    const nested = head === null ? null : groupIn(head, date, china);
    const group = own ?? nested ?? (head === null ? inline : { text: head, country: null, isAgency: false });
    const entries = entriesIn(words, block.names, start);
    if (entries.length === 0) {
      if (/^[^.]{2,30}:$/.test(block.text)) inline = { text: block.text, country: null, isAgency: false };
      else unread.push(block.text);
    }
    for (const entry of entries) found.push(participantOf(entry, block, group, persons, { date, china }));
  }
  for (const block of headed)
    for (const entry of entriesIn(block.text, block.names, block.start))
      found.push(participantOf(entry, block, null, persons, { date, china }));
  const participants = withoutTwice(found);
  guessForeign(participants);
  return { participants, china, unread };
}

/** Joins a line that ends in a comma with the next one, whose name or office it begins. */
function joined(blocks: readonly Block[]): Block[] {
  const all: Block[] = [];
  for (const block of blocks) {
    const last = all.at(-1);
    const isItem = (one: Block) => one.path.at(-1)!.name === "item";
    if (last && isItem(last) && isItem(block) && /[,—–]$/.test(last.text) && last.text.length < 200)
      all[all.length - 1] = { ...last, text: `${last.text} ${block.text}`, end: block.end, names: [...last.names, ...block.names] };
    else all.push(block);
  }
  return all;
}

/** Returns the head of the list inside the list that an item is in; null of the outermost one. */
function headOf({ path }: Block): string | null {
  const lists = path.filter(({ name }) => name === "list");
  const inner = lists.length > 1 ? lists.at(-1)! : null;
  const head = inner?.children.find((child) => typeof child !== "string" && child.name === "head");
  if (!head || typeof head === "string") return null;
  return wordsIn(head);
}

function wordsIn(element: { children: readonly (string | { children: readonly unknown[] })[] }): string {
  return element.children
    .map((child) => (typeof child === "string" ? child : wordsIn(child as never)))
    .join("")
    .replace(/\s+/g, " ")
    .trim();
}

function hasPerson({ names }: Block): boolean {
  return names.some(({ person }) => person !== null);
}

/** Splits `State: Deputy Secretary Floe` into a group for this item alone and its people. */
function withoutGroup(block: Block, date: string, china: string | null): { group: Group | null; text: string; start: number } {
  const match = /^([^:]{1,40}):\s+/.exec(block.text);
  const group = match ? groupIn(match[1]!, date, china) : null;
  if (!match || !group) return { group: null, text: block.text, start: block.start };
  return { group, text: block.text.slice(match[0].length), start: block.start + match[0].length };
}

function participantOf(
  entry: Entry,
  { start, end }: Block,
  group: Group | null,
  persons: ReadonlyMap<string, ListedPerson>,
  context: { date: string; china: string | null },
): Participant {
  const listed = listedAs(entry, persons);
  const title = officeWordsOf(entry.title);
  const offices = [title, ...entry.offices].filter(Boolean);
  const about = listed?.about ?? "";
  const side = sideOf({ offices, group, about }, context);
  const names = [entry.name, listed?.name].filter((name) => name != null);
  const surname = listed ? surnameOf(listed) : entry.name === null ? [] : partsOf(entry.name).surname;
  const own = [entry.title, title, ...entry.offices].map(officeNamed);
  const kinds = own.some((kind) => kind !== null) ? own : [officeNamed(about.split(/[;,]/)[0] ?? "")];
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
function listedAs({ name, person, title, offices }: Entry, persons: ReadonlyMap<string, ListedPerson>): Participant["listed"] {
  if (name === null) return null;
  const given = person === null ? undefined : persons.get(person);
  const isWife = /^(?:Mrs|Miss|Mme|Madame|Ms)\b/.test(title);
  if (given && canBe(given, name) && !(isWife && !isWoman(given))) return { ...given, id: person!, isReferredTo: true };
  const { forenames, surname } = partsOf(name);
  const fitting = [...persons].filter(([, one]) => {
    const theirs = surnameOf(one);
    const other = partsOf(one.name).forenames;
    if (surname.length === 0 || theirs.at(-1) !== surname.at(-1)) return false;
    if (forenames.length === 0) return !isWife && sharesWord([officeWordsOf(title), ...offices].join(" "), one.about);
    const isAlike = (a: string, b: string) => (a.length === 1 || b.length === 1 ? a[0] === b[0] : isNearly(a, b));
    return other.length > 0 && forenames.every((one) => other.some((two) => isAlike(one, two))) && isAlike(forenames[0]!, other[0]!);
  });
  return fitting.length === 1 ? { ...fitting[0]![1], id: fitting[0]![0], isReferredTo: false } : null;
}

/** The wife of someone in the list of persons has his surname, and often his reference. */
function isWoman({ name, about }: ListedPerson): boolean {
  return /\b(?:Mrs|Miss|Madame|Mme|Queen|Princess|wife|Margaret|Golda|Indira)\b/.test(`${name} ${about}`);
}

const COMMON = new Set("of the for to and in state department office mr minister affairs officer deputy assistant until from".split(" "));
function sharesWord(office: string, about: string): boolean {
  const words = (text: string) => text.toLowerCase().match(/\p{L}{3,}/gu)?.filter((word) => !COMMON.has(word)) ?? [];
  const theirs = new Set(words(about));
  return words(office).some((word) => theirs.has(word));
}

/** Leaves out who is named a second time: the same person of the list, or the same words. */
function withoutTwice(all: readonly Participant[]): Participant[] {
  const seen = new Set<string>();
  return all.filter(({ listed, name, title, text }) => {
    const key = listed ? `#${listed.id}` : name !== null && name.includes(" ") ? wordsOf(name).join(" ") : `${title} ${name ?? text}`.toLowerCase();
    return !seen.has(key) && seen.add(key);
  });
}

/** Someone of a foreign government acts for the only foreign country that others act for: INFERRED. */
function guessForeign(participants: Participant[]): void {
  const countries = new Set(participants.map(({ side }) => side?.country).filter((one) => one !== undefined && one !== "US"));
  if (countries.size !== 1) return;
  const country = [...countries][0]!;
  for (const one of participants) {
    const offices = [officeWordsOf(one.title), ...one.offices];
    if (one.side === null && (one.group === null || one.group.isAgency) && isForeign({ offices, about: one.listed?.about ?? "" }))
      one.side = { country, certainty: "INFERRED" };
  }
}
