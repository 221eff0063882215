import type { Passage } from "../records/anchor/record.quote.js";
import { FAR, type Frame } from "./frame.js";
import type { People, PersonMention } from "./people.js";

/** A sentence that says that two people met or talked. */
export interface ReportedMeeting {
  sentence: Passage;
  people: readonly [PersonMention, PersonMention];
}

/** Receiving somebody is a meeting if nothing but a title stands before the name, as in "received Foreign Minister". */
const RECEIVED =
  /\b(?:received|receives|hosted|hosts|welcomed|welcomes)(?: by)?(?: the)?(?:\s+\p{Lu}[\p{L}.-]*){0,5}\s*$/u;
const MET = /\b(?:met|meets|spoke|speaks|talked|conferred|held|holds|had)\b/gu;
const HOLDS = new Set(["held", "holds", "had"]);
const TALKS = /^(?:meetings?|talks|bilaterals|consultations|discussions|calls?)\b/u;
/** The maximum number of characters before the verb and after it. */
const [BEFORE, AFTER] = [80, 120];
const DIRECTLY = /\b(?:met|meets|with|to|and)\b[^.;:,]{0,60}$/u;

/** Returns whether words between two people say that they met or, with up to four words before these, held talks. */
function isOfMeeting(between: string): boolean {
  if (/[.;:]/u.test(between)) return false;
  const received = RECEIVED.exec(between);
  if (received) return received.index <= BEFORE;
  return [...between.matchAll(MET)].some(({ index, 0: verb }) => {
    const after = between.slice(index + verb.length);
    if (index > BEFORE) return false;
    if (!HOLDS.has(verb)) return after.length <= AFTER;
    const [blank, ...words] = after.split(/\s+/u);
    const talks = words.slice(0, 5).findIndex((word) => TALKS.test(word));
    return (
      blank === "" &&
      talks >= 0 &&
      words.slice(0, talks).every((word) => /^[\p{L}-]+$/u.test(word)) &&
      words.slice(talks + 1).join(" ").length <= AFTER
    );
  });
}

/** Finds the sentences that say that one named person met another. */
export function reportedMeetings(
  { masked, paragraphs }: Frame,
  { mentions }: People,
): ReportedMeeting[] {
  const found: ReportedMeeting[] = [];
  let at = 0;
  for (const sentence of paragraphs.flatMap(({ sentences }) => sentences)) {
    while (at < mentions.length && mentions[at]!.start < sentence.start) at++;
    const end = Math.min(sentence.end, sentence.start + FAR);
    const inside: PersonMention[] = [];
    for (let i = at; i < mentions.length && mentions[i]!.end <= end; i++) inside.push(mentions[i]!);
    const [first] = inside;
    const other = inside.find((one) => {
      const between = first && masked.slice(first.end, one.start);
      return (
        one.person !== first?.person &&
        between !== undefined &&
        isOfMeeting(between) &&
        (DIRECTLY.test(between) || RECEIVED.test(between))
      );
    });
    if (first && other) found.push({ sentence, people: [first, other] });
  }
  return found;
}
