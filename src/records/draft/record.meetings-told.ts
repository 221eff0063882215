import type { Passage } from "../anchor/record.quote.js";
import type { Frame } from "./record.frame.js";
import { FAR } from "./record.limits.js";
import type { People, PersonMention } from "./record.people.js";

/** A sentence that says that two people met or talked. */
export interface MeetingTold {
  sentence: Passage;
  people: readonly [PersonMention, PersonMention];
}

const MET =
  /^[^.;:]{0,80}?\b(?:met|meets|(?:held|holds|had)\s+(?:[\p{L}-]+\s+){0,4}?(?:meetings?|talks|bilaterals|consultations|discussions|calls?)|spoke|speaks|talked|conferred)\b[^.;:]{0,120}$/u;
const DIRECTLY = /\b(?:met|meets|with|to|and)\b[^.;:,]{0,60}$/u;

/** Finds the sentences that say that one named person met another. */
export function meetingsTold({ masked, paragraphs }: Frame, { mentions }: People): MeetingTold[] {
  const found: MeetingTold[] = [];
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
        MET.test(between) &&
        DIRECTLY.test(between)
      );
    });
    if (first && other) found.push({ sentence, people: [first, other] });
  }
  return found;
}
