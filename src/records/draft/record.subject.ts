import type { Passage } from "../anchor/record.quote.js";
import type { PersonMention } from "./record.people.js";

/** Who says something, as a sentence names them. */
export type Subject =
  | (Passage & { kind: "person"; mention: PersonMention })
  | (Passage & { kind: "pronoun"; word: string })
  | (Passage & { kind: "description" });

/** Returns the subject that a name is. */
export function person(mention: PersonMention): Subject {
  return { kind: "person", mention, start: mention.start, end: mention.end };
}

/** Returns the subject that a pronoun is, which ends at an offset. */
export function pronoun(word: string, end: number): Subject {
  return { kind: "pronoun", word: word.toLowerCase(), start: end - word.length, end };
}
