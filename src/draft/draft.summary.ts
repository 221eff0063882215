import { counted } from "../records/record.counted.js";
import type { Draft } from "./draft.js";
import type { DraftItem } from "./draft.items.js";
import { FEWEST_WORDS } from "./turns.js";

/** The maximum number of places in the text that a line lists. */
const MOST_PLACES = 10;

/** Sums up what was drafted from a text and what is left to do, a line each. Shows no words of the text. */
export function summarizeDraft(file: string, draft: Draft): string {
  const { record, frame, speeches, countries, names, conversation, isOpen } = draft;
  const found = [
    counted(speeches.length, "quotation"),
    ...(conversation ? [counted(conversation.turns.length, "labelled turn")] : []),
    ...(["people", "places", "organizations", "tenures", "meetings"] as const).flatMap((list) =>
      ofList(record, list),
    ),
    ...(draft.reports.length > 0
      ? [counted(draft.reports.length, "passage") + " to summarise"]
      : []),
  ];
  const wordless = ((record.statements ?? []) as DraftItem[]).filter(
    ({ form, text }) => form !== "REPORTED" && text === undefined,
  ).length;
  const unnamed = speeches.filter(({ speaker }) => !speaker?.person && !speaker?.at).length;
  return [
    `${file}: ${found.join(", ")}.`,
    ...(draft.isEnglish
      ? []
      : [
          "Not in English: only quotation marks and names on record were read; no speakers, no dates, no reports.",
        ]),
    ...(conversation && conversation.short > 0
      ? [`Left out: ${counted(conversation.short, "turn")} of fewer than ${FEWEST_WORDS} words.`]
      : []),
    ...(conversation && conversation.unread > 0
      ? [`Not read: ${counted(conversation.unread, "line")} of the list of participants.`]
      : []),
    ...(!isOpen && wordless > 0
      ? [
          `Without an open licence (--licence), ${counted(wordless, "quotation or turn is", "quotations and turns are")} drafted without words: a quotation may have 300 characters, all together 10 % of the text, and a turn of an account none.`,
        ]
      : []),
    ...(unnamed > 0 ? [`Without a speaker: ${counted(unnamed, "quotation")}.`] : []),
    ...(countries.length > 0 ? [`Countries named: ${countries.join(" ")}.`] : []),
    ...(names.length > 0 ? [`Names on record: ${names.length} in the text.`] : []),
    ...places("Between quotation marks, but not taken for speech", notTaken(draft), frame.text),
    ...places("Quotation marks that nothing closes", frame.unclosed, frame.text),
    `To do: ${todosIn(record)}. Fill them in and delete them; \`communique check\` lists each with its place.`,
  ].join("\n");
}

/** Returns where quoted words begin that are in no statement. */
function notTaken({ frame, speeches, conversation }: Draft): number[] {
  const drafted = new Set(speeches.map(({ inner }) => inner.start));
  return frame.paragraphs
    .flatMap(({ quoted }) => quoted.map(({ inner }) => inner))
    .filter(
      (inner) =>
        !drafted.has(inner.start) &&
        !conversation?.turns.some(({ start, end }) => inner.start >= start && inner.end <= end),
    )
    .map(({ start }) => start);
}

/** Returns a line with places in the text, as far as it lists them; none for no place. */
function places(what: string, offsets: readonly number[], text: string): string[] {
  if (offsets.length === 0) return [];
  const listed = offsets.slice(0, MOST_PLACES).map((at) => `${at} (line ${lineAt(text, at)})`);
  return [
    `${what}: ${listed.join(", ")}${offsets.length > MOST_PLACES ? ` and ${offsets.length - MOST_PLACES} more` : ""}.`,
  ];
}

function ofList(record: DraftItem, list: string): string[] {
  const items = (record[list] ?? []) as DraftItem[];
  const words = {
    people: ["person", "people"],
    places: ["place"],
    organizations: ["organization"],
    tenures: ["office"],
    meetings: ["meeting"],
  }[list] ?? [list];
  return items.length === 0 ? [] : [counted(items.length, words[0]!, words[1])];
}

function lineAt(text: string, at: number): number {
  return text.slice(0, at).split("\n").length;
}

/** Returns how many todos a record has. */
function todosIn(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const own = "todo" in value ? 1 : 0;
  return Object.values(value).reduce((sum: number, one) => sum + todosIn(one), own);
}
