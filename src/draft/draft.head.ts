import type { SourceText } from "../records/check/record.text.js";
import { text as textSchema } from "../records/record.values.js";
import { countryNames } from "./countries.js";
import { type Dateline, datelineOf, type Dates, type FoundDate } from "./dates.js";
import { type DraftItem, slugOf, takeSlug } from "./draft.items.js";
import type { Frame } from "./frame.js";
import type { NameInText } from "./names-in-text.js";

/** What is known of the document. */
interface DocumentOptions {
  key: string;
  isKeyChosen: boolean;
  language: string;
  licence?: string;
}

/** The title, dateline and date at the head of a text. */
export interface Head {
  title: string | null;
  dateline: Dateline | null;
  published: FoundDate | null;
  /** The day of a dateline without a year. */
  open: string | null;
}

/** The number of paragraphs searched for a dateline and a date. */
const HEAD = 6;
const LONGEST_TITLE = 250;

/** Reads the head of a text. */
export function headOf(
  text: string,
  { paragraphs }: Frame,
  dates: Dates | null,
  given: string | undefined,
): Head {
  const first = paragraphs[0] ?? { start: 0, end: 0 };
  const words = text.slice(first.start, first.end).replace(/\s+/g, " ");
  const dateline =
    paragraphs
      .slice(0, HEAD)
      .map((one) => datelineOf(text, one))
      .find(Boolean) ?? null;
  const isTitle =
    paragraphs.length > 1 &&
    words.length <= LONGEST_TITLE &&
    !/[.。]["'”’]?$/u.test(words) &&
    !datelineOf(text, first) &&
    dates?.in(words, null) == null;
  const lines = paragraphs
    .slice(0, HEAD)
    .map(({ start, end }) => (end - start < 60 ? text.slice(start, end) : ""));
  const stated =
    lines
      .map(
        (line) =>
          dates?.in(line.replace(/^(?:Published|Released|Date)(?: on)?:?\s*/i, ""), null) ?? null,
      )
      .find(Boolean) ?? null;
  const ofDateline = dateline?.day ? (dates?.in(dateline.day, null) ?? null) : null;
  const published =
    given === undefined ? (ofDateline ?? stated) : { date: given, isInferred: false };
  return {
    title: isTitle && textSchema().safeParse(words).success ? words : null,
    dateline,
    published,
    open: published ? null : (dateline?.day ?? null),
  };
}

/** Drafts the document; its todo says what it lacks. */
export function documentOf(
  { sha256 }: SourceText,
  { key, isKeyChosen, language, licence }: DocumentOptions,
  { title, dateline, published, open }: Head,
): DraftItem {
  const todo = [
    "Say what kind of document it is (kind), who published it and where (publisher, url).",
    ...(isKeyChosen ? [] : ["Choose its key: it is for ever."]),
    ...(licence === undefined ? ["Give its licence, if it has one."] : []),
    ...(language === "und" ? ["Say its language."] : []),
    ...(published
      ? []
      : [
          open === null
            ? "Say when it was published (datePublished)."
            : "Say of which year its date is (datePublished).",
        ]),
  ];
  return {
    key,
    ...(title === null ? {} : { title }),
    language,
    ...(dateline === null ? {} : { dateline: dateline.words }),
    ...(published === null
      ? {}
      : {
          datePublished: published.date,
          ...(published.isInferred ? { dateCertainty: "INFERRED" } : {}),
        }),
    ...(licence === undefined ? {} : { licence }),
    sha256,
    todo: todo.join(" "),
  };
}

/** Returns the place of the dateline, unless it is on record. */
export function newPlace(dateline: Dateline | null, names: readonly NameInText[]): DraftItem[] {
  if (!dateline) return [];
  const isKnown = names.some(
    ({ start, items }) => start < dateline.end && items.some(({ kind }) => kind === "PLACE"),
  );
  if (isKnown || !slugOf(dateline.place)) return [];
  const name = /\p{Ll}/u.test(dateline.place)
    ? dateline.place
    : dateline.place.replace(/(?<=\p{Lu})\p{Lu}+/gu, (rest) => rest.toLowerCase());
  const country = dateline.region === null ? undefined : countryNames().get(dateline.region);
  const taken = new Set(names.flatMap(({ items }) => items.map(({ slug }) => slug)));
  return [
    {
      slug: takeSlug(taken, slugOf(name)),
      name,
      ...(country === undefined ? {} : { country }),
      todo: "Not on record: the place of the dateline. Check its name and country, or give the slug of the one meant.",
    },
  ];
}

/** Returns whether a text is in English: by the share of its most frequent words. */
export function looksEnglish(text: string): boolean {
  const words = text.slice(0, 20_000).match(/\p{L}+/gu) ?? [];
  const english = words.filter((word) =>
    /^(?:the|of|and|to|that|for|was|on|with|said|is|by|he|she)$/i.test(word),
  ).length;
  return english >= words.length * 0.1;
}
