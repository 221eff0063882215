import { chinaOf } from "./countries-then.js";
import { entriesIn } from "./entries.js";
import { type Group, groupIn } from "./groups.js";
import { headedIn, type Memorandum, roughDateOf } from "./memorandum.js";
import { wordsOf } from "./names.js";
import { type Participant, participantOf } from "./participant.js";
import type { OtherLists } from "./sides.js";
import type { ListedPerson } from "./tei.js";
import type { Block } from "./text.js";
import { textOf } from "./tree.js";

/** A list of participants, read. */
export interface Roster {
  participants: Participant[];
  /** Which China the memorandum calls China. */
  china: string | null;
  /** Lines of the list that name nobody: `Listed on page 4`, `Two notetakers`. */
  unread: string[];
}

/**
 * Reads the lists of participants of a memorandum, and the people whom its head names: `Between the President and …`. Who people are is
 * by the list of persons of the volume, and for whom they act, where the memorandum doesn't say, by its other lists of participants.
 */
export function rosterOf(
  memorandum: Memorandum,
  persons: ReadonlyMap<string, ListedPerson>,
  elsewhere: OtherLists,
): Roster {
  const { list: blocks, title, plain } = memorandum;
  const [date, place] = [roughDateOf(memorandum), memorandum.place ?? ""];
  const list = [title, ...blocks.map((block) => block.text)].join(" ");
  const china = chinaOf(list, place, date) ?? chinaOf(plain.text, place, date);
  const context = { date, china, elsewhere };
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
    const group =
      own ?? nested ?? (head === null ? inline : { text: head, country: null, isAgency: false });
    if (/^[^.,—]{2,30}:$/.test(block.text) && !hasPerson(block)) {
      const isNone = /\b(?:others?|also|present)\b/i.test(block.text);
      inline = isNone ? null : { text: block.text, country: null, isAgency: false };
      continue;
    }
    const entries = entriesIn(words, block.names, start);
    if (entries.length === 0) unread.push(block.text);
    for (const entry of entries) found.push(participantOf(entry, block, group, persons, context));
  }
  const first = headedIn(memorandum).flatMap((block) =>
    entriesIn(block.text, block.names, block.start).map((entry) =>
      participantOf(entry, block, null, persons, context),
    ),
  );
  found.unshift(...first);
  const participants = withoutTwice(found);
  return { participants, china, unread };
}

/** Joins a line that ends in a comma with the next one, whose name or office it begins. */
function joined(blocks: readonly Block[]): Block[] {
  const all: Block[] = [];
  for (const block of blocks) {
    const last = all.at(-1);
    const isItem = (one: Block) => one.path.at(-1)!.name === "item";
    if (
      last &&
      isItem(last) &&
      isItem(block) &&
      /[,—–]$|\b(?:of|for|with|the|and|to|on|in|Acting|Deputy)$/.test(last.text) &&
      last.text.length < 200
    )
      all[all.length - 1] = {
        ...last,
        text: `${last.text} ${block.text}`,
        end: block.end,
        names: [...last.names, ...block.names],
      };
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
  return textOf(head);
}

function hasPerson({ names }: Block): boolean {
  return names.some(({ person }) => person !== null);
}

/** Splits `State: Deputy Secretary Floe` into a group for this item alone and its people. */
function withoutGroup(
  block: Block,
  date: string,
  china: string | null,
): { group: Group | null; text: string; start: number } {
  const match = /^([^:]{1,40}):\s+/.exec(block.text);
  const group = match ? groupIn(match[1]!, date, china) : null;
  if (!match || !group) return { group: null, text: block.text, start: block.start };
  return { group, text: block.text.slice(match[0].length), start: block.start + match[0].length };
}

/** Leaves out who is named a second time: the same person of the list, or the same words. */
function withoutTwice(all: readonly Participant[]): Participant[] {
  const seen = new Set<string>();
  return all.filter(({ listed, name, title, text }) => {
    const key = listed
      ? `#${listed.id}`
      : name !== null && name.includes(" ")
        ? wordsOf(name).join(" ")
        : `${title} ${name ?? text}`.toLowerCase();
    return !seen.has(key) && seen.add(key);
  });
}
