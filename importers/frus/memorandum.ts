import { whenIn, type When } from "./dateline.js";
import { strip } from "./strings.js";
import type { VolumeDocument } from "./tei.js";
import { type Block, type PlainText, plainText } from "./text.js";
import { all, type Element, textOf } from "./tree.js";

/** A memorandum of conversation with a list of participants. */
export interface Memorandum {
  /** Such as `frus1969-76v28-d13`. */
  key: string;
  volume: string;
  id: string;
  title: string;
  plain: PlainText;
  when: When;
  /** The day of `@when`, where it is another one than is printed; null where it agrees. */
  otherDay: string | null;
  /** The dateline, or the heading if only that says when and where. */
  dated: Block;
  /** Null where none is printed. */
  place: string | null;
  isCall: boolean;
  /** Whether the document reports several conversations. */
  areSeveral: boolean;
  head: Block;
  /** Lines of the lists of participants, and the paragraphs of the report. */
  list: Block[];
  body: Block[];
}

/** Why a document is not imported. */
export type NoMemorandum =
  | "no memorandum of conversation"
  | "no list of participants"
  | "a call without a list of participants";

/** Headings of accounts of a talk; of memoranda for the record, those with a list of participants are one, too. */
function isOfConversation(head: string): boolean {
  const words = head.split(/\s+/);
  return words.some(
    (word, i) =>
      /\bmemorand(?:um|a)$/i.test(word) &&
      words.slice(i + 1, i + 7).some((next) => /^conversations?\b/i.test(next)),
  );
}
const OTHER_HEAD =
  /\bmemorand(?:um|a) (?:for the record|of (?:a )?(?:meeting|discussion|conference))\b/i;
const CALL = /\btele(?:phone|con)\b|\bphone\b/i;
const NOTES = new Set([
  "opener",
  "dateline",
  "head",
  "closer",
  "signed",
  "salute",
  "list",
  "quote",
  "q",
  "frus:attachment",
  "row",
  "cell",
  "table",
  "postscript",
]);

/** Reads a document as a memorandum of conversation, or says why it can't be imported. */
export function memorandumIn({ volume, id, element }: VolumeDocument): Memorandum | NoMemorandum {
  const headElement = element.children.find(
    (child): child is Element => typeof child !== "string" && child.name === "head",
  );
  const printed = headElement ? textOf(headElement) : "";
  const isOther = !isOfConversation(printed);
  if (isOther && !OTHER_HEAD.test(printed)) return "no memorandum of conversation";
  const plain = plainText(element);
  const list = plain.blocks.filter(
    ({ path }) => isIn(path, isParticipants) && !isIn(path, isAttached),
  );
  const isCall = CALL.test(printed);
  if (list.length === 0 && isOther) return "no memorandum of conversation";
  if (list.length === 0)
    return isCall ? "a call without a list of participants" : "no list of participants";
  const head = plain.blocks.find(({ path }) => path.includes(headElement!)) ?? plain.blocks[0]!;
  const datelines = plain.blocks.filter(
    ({ path }) => path.at(-1)!.name === "dateline" && !isIn(path, isAttached),
  );
  const fromDateline =
    datelines.find(({ text }) => whenIn(text).startDate !== null) ?? datelines[0];
  const when = whenIn(fromDateline?.text ?? "");
  const dated =
    fromDateline && when.startDate !== null
      ? fromDateline
      : whenIn(head.text).startDate !== null
        ? head
        : (fromDateline ?? head);
  const subjects = plain.blocks.filter(({ path }) =>
    isIn(path, ({ attributes }) => attributes.type === "subject"),
  );
  return {
    key: `${volume}-${id}`.toLowerCase(),
    volume,
    id,
    title: printed.replace(/^(?:No\.\s*)?\d+[a-z]?\.?\s*(?=\p{Lu})/u, ""),
    plain,
    when: dated === head ? whenIn(head.text) : when,
    otherDay: otherDay(fromDateline, when),
    dated,
    place: placeIn(fromDateline),
    isCall:
      isCall || subjects.some(({ text }) => /\btelephone (?:call|conversation)\b/i.test(text)),
    areSeveral: /\b(?:memoranda|conversations)\b/i.test(printed),
    head,
    list,
    body: bodyOf(plain, head),
  };
}

function isParticipants({ name, attributes }: Element): boolean {
  return name === "list" && attributes.type === "participants";
}

function isAttached({ name }: Element): boolean {
  return name === "frus:attachment";
}

function isIn(path: readonly Element[], test: (element: Element) => boolean): boolean {
  return path.some(test);
}

/** Returns the paragraphs: no heads, lists of participants and subjects, letters that are quoted, or papers attached. */
function bodyOf({ blocks }: PlainText, head: Block): Block[] {
  return blocks.slice(blocks.indexOf(head) + 1).filter(({ path }) => {
    return path.slice(1).every(({ name, attributes }) => {
      if (name === "list")
        return (
          attributes.type !== "participants" &&
          attributes.type !== "subject" &&
          attributes.type !== "to" &&
          attributes.type !== "from"
        );
      return name === "item" || !NOTES.has(name);
    });
  });
}

/** Returns the places of a dateline, as printed: `Glassboro, New Jersey`. */
function placeIn(dateline: Block | undefined): string | null {
  const element = dateline?.path.at(-1);
  if (!element) return null;
  const named = all(element, "placeName").map(textOf).filter(Boolean);
  const text = named.length > 0 ? named.join(", ") : beforeDate(dateline!.text);
  const words = text
    .replace(/[[\]]/g, "")
    .split(",")
    .map((part) => part.replace(/\s+/g, " ").trim());
  const place = strip(words.filter(Boolean).join(", "), " ,.");
  return place === "" || /\bundated\b/i.test(place) || place.length > 100 ? null : place;
}

/** Returns what stands before the date, where the place has no element of its own. */
function beforeDate(text: string): string {
  const at =
    /\b(?:January|February|March|April|May|June|July|August|September|October|November|December|undated)\b/.exec(
      text,
    )?.index ?? 0;
  const before = text.slice(0, at);
  return /\d/.test(before) ? "" : before;
}

function otherDay(dateline: Block | undefined, { startDate, endDate }: When): string | null {
  const element = dateline?.path.at(-1);
  const given = element
    ? all(element, "date").flatMap(({ attributes }) => attributes.when ?? attributes.from ?? [])[0]
    : undefined;
  const day = given?.slice(0, 10);
  return day === undefined || startDate === null || day === startDate || day === endDate
    ? null
    : day;
}

/** Returns the date of a conversation, or the year in the name of the volume where none is printed. */
export function roughDateOf({ when, volume }: Memorandum): string {
  return when.startDate ?? /\d{4}/.exec(volume)?.[0] ?? "1950";
}

/** Returns the people whom the head of a memorandum names, where the list has only those who were there besides. */
export function headedIn({ list, head }: Memorandum): Block[] {
  const isBesides = list.some(
    ({ text, path }) => path.at(-1)!.name === "head" && /\b(?:also|others?)\b/i.test(text),
  );
  const match = /\b(?:Between|With)\s+(?<people>[^,\s][^,]*)/.exec(head.text);
  if (!isBesides || !match) return [];
  const people = match.groups!.people!.slice(0, 200);
  let from = head.start + match.index + match[0].indexOf(people);
  return people.split(/( and )/).flatMap((text) => {
    const [start, end] = [from, from + text.length];
    from = end;
    const names = head.names.filter((name) => name.start >= start && name.end <= end);
    return text === " and " ? [] : [{ ...head, text, start, end, names }];
  });
}
