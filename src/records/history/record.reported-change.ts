import { isDeepStrictEqual, styleText } from "node:util";
import { printable } from "../check/record.report.js";
import { counted } from "../record.counted.js";
import { RECORD_LISTS } from "../record.items.js";
import type { ChangeKind } from "../revisions/record.revision.store.js";
import { type FieldChange, nounOf } from "./record.fields-at.js";
import type { ChangeCount } from "./record.history.store.js";
import type { StoredRevision } from "./record.points.store.js";

/** A change of an item, to be reported. */
export interface ReportedChange {
  kind: ChangeKind;
  type: string;
  key: string;
  mergedIntoKey: string | null;
  fields: FieldChange[];
}

type Style = Parameters<typeof styleText>[0];

const WORDS: Record<ChangeKind, [word: string, style: Style]> = {
  ADDED: ["added", "green"],
  CHANGED: ["changed", "yellow"],
  REMOVED: ["removed", "red"],
  MERGED: ["merged", "cyan"],
  UNMERGED: ["unmerged", "cyan"],
  REDACTED: ["redacted", "magenta"],
};

/** Colours text where standard output is a terminal, and NO_COLOR is not set. */
function styled(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout });
}

/** Describes a change for the terminal: the item, and a line for each field that changed. */
export function describeChange({ kind, type, key, mergedIntoKey, fields }: ReportedChange): string {
  const [word, style] = WORDS[kind];
  const into = mergedIntoKey === null ? "" : ` into ${mergedIntoKey}`;
  const head = `${styled(style, word.padEnd(9))}${nounOf(type)} ${key}${into}`;
  // An added or removed item is described by its key alone.
  return [head, ...(kind === "CHANGED" ? fields.flatMap(describeField) : [])].join("\n");
}

function describeField({ field, old, new: now }: FieldChange): string[] {
  const indent = " ".repeat(9);
  if (!Array.isArray(old) || !Array.isArray(now))
    return [`${indent}${field} ${shown("red", old)} → ${shown("green", now)}`];
  const without = (list: unknown[], other: unknown[]) =>
    list.filter((one) => !other.some((each) => isDeepStrictEqual(each, one)));
  const [gone, come] = [without(old, now), without(now, old)];
  // The same entries in another order, or one of them twice.
  if (gone.length + come.length === 0)
    return [`${indent}${field} ${shown("red", old)} → ${shown("green", now)}`];
  return [
    `${indent}${field}`,
    ...gone.map((one) => `${indent}  - ${shown("red", one)}`),
    ...come.map((one) => `${indent}  + ${shown("green", one)}`),
  ];
}

const MAX_LENGTH = 300;

function shown(style: Style, value: unknown): string {
  const text = JSON.stringify(value);
  return styled(style, text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text);
}

/** Describes a revision for the terminal: its number, time, command and author, its operation, and its note. */
export function describeRevision(revision: StoredRevision): string {
  const { number, operation, action, author, note } = revision;
  const time = `${revision.recordedAt.slice(0, 19).replace("T", " ")} UTC`;
  const who = author === null ? "" : ` by ${printable(author)}`;
  const lines = [
    `${styled("bold", `revision ${number}`)}  ${time}  ${action}${who}`,
    `operation ${operation}`,
    ...(note === null ? [] : note.split("\n").map((line) => `    ${printable(line)}`)),
  ];
  return lines.join("\n");
}

const PLURALS = new Map(RECORD_LISTS.map(([list, { noun }]) => [noun, list]));

/** Describes how many changes a revision made: `2 statements added, 1 meeting changed`. */
export function describeCounts(counts: readonly ChangeCount[]): string {
  if (counts.length === 0) return "nothing that is shown";
  return counts
    .map(
      ({ kind, type, count }) =>
        `${counted(count, nounOf(type), PLURALS.get(nounOf(type)))} ${WORDS[kind][0]}`,
    )
    .join(", ");
}
