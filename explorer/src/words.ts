import { html, type Html } from "./html.js";
import { pathOf } from "./links.js";

/** Enum values in plain words. One that is not listed, because the schema has gained it since, is shown in lower case. */
const WORDS: Record<string, string> = {
  VERBATIM: "word for word",
  REPORTED: "reported",
  RECORDED: "from a note-taker’s record",
  CORRECTED: "corrected since",
  RETRACTED: "retracted",
  DISPUTED: "disputed",
  REFERRED_TO: "only referred to",
  BILATERAL: "bilateral meeting",
  MULTILATERAL: "multilateral meeting",
  COMMUNITY_EVENT: "community event",
  PRESS_EVENT: "press event",
  OTHER: "other",
  IN_PERSON: "in person",
  CALL: "by telephone",
  VIDEO: "by video",
  HYBRID: "in person and by video",
  MEMORANDUM_OF_UNDERSTANDING: "memorandum of understanding",
  NEWS: "news report",
  ALSO: "also",
  FORMER: "former name",
  PREFERRED: "shown",
  NORMAL: "another source",
  DEPRECATED: "not accepted",
  REPEATS: "Repeats",
  RESPONDS_TO: "Responds to",
  CONTRADICTS: "Contradicts",
  CORRECTS: "Corrects",
  CORRECTED_BY: "Corrected by",
  TRANSLATES: "Translates",
  SOURCE_DOCUMENT: "document",
  TENURE: "office",
  ADDED: "put on record",
  REMOVED: "taken off the record",
  MERGED: "held to be the same as another",
  UNMERGED: "held apart again",
  REDACTED: "redacted: taken from the record and from its history",
};

/** An enum value in plain words. */
export function words(value: string): string {
  return WORDS[value] ?? value.toLowerCase().replaceAll("_", " ");
}

/** Properties whose names are no words. */
const PROPERTIES: Record<string, string> = { sha256: "SHA-256 of the text", url: "Web address" };

/** The name of a property in words: `birthDate` is `Birth date`. */
export function propertyWords(field: string): string {
  if (Object.hasOwn(PROPERTIES, field)) return PROPERTIES[field]!;
  return capital(field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`));
}

/** With a capital. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The first words of a text, up to a number of characters. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = text.lastIndexOf(" ", most);
  return `${text.slice(0, end > 0 ? end : most)}…`;
}

/** A count with its noun. */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : several}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(texts: readonly string[]): string {
  const last = texts.at(-1) ?? "";
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(", ")} and ${last}`;
}

const LANGUAGES = new Intl.DisplayNames("en", { type: "language" });

/** A language by its English name; a tag that is none stays as it is. */
export function languageWords(tag: string): string {
  try {
    return LANGUAGES.of(tag) ?? tag;
  } catch {
    return tag;
  }
}

const MONTHS = Array.from({ length: 12 }, (_, month) =>
  new Date(2000, month).toLocaleString("en", { month: "long" }),
);

/** A partial date in words: `20 November 2024`, `November 2024`, `2024`. */
export function dateWords(date: string): string {
  const [year, month, day] = date.split("-").map(Number);
  return [day, month && MONTHS[month - 1], year].filter(Boolean).join(" ");
}

/** A partial date, with a link to its page. */
export function dateLink(date: string): Html {
  return html`<a href="${pathOf("date", date)}">${time(date)}</a>`;
}

/** A partial date in words. */
export function time(date: string): Html {
  return html`<time datetime="${date}">${dateWords(date)}</time>`;
}

/** From one date to another, either of which may be unknown; empty if both are. */
export function period(start: string | null, end: string | null, ongoing = false): Html | "" {
  if (start !== null && start === end) return time(start);
  if (start !== null && end !== null) return html`${time(start)} to ${time(end)}`;
  if (start !== null) return ongoing ? html`since ${time(start)}` : html`from ${time(start)}`;
  return end === null ? "" : html`until ${time(end)}`;
}

/** The day of a moment, in UTC. */
export function dayOf(moment: string): Html {
  return html`<time datetime="${moment}">${dateWords(moment.slice(0, 10))}</time>`;
}

/** A moment to the minute, in UTC. */
export function minuteOf(moment: string): Html {
  return html`<time datetime="${moment}">${dateWords(moment.slice(0, 10))}, ${moment.slice(11, 16)} UTC</time>`;
}
