import type { Frame } from "./frame.js";
import { type NameInText, namesOfPeople } from "./names-in-text.js";
import { People } from "./people.js";
import type { Report, Speech } from "./speech.js";

/** The minimum number of words of a quotation: a shorter one is taken for a name or a term, as nothing indicates speech. */
const FEWEST_WORDS = 4;

const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });

/** What can be drafted in a language without knowing its words: what stands between quotation marks like a sentence, by nobody named. */
export function quotationsOnly(
  { text, masked, paragraphs }: Frame,
  names: readonly NameInText[],
): { people: People; speeches: Speech[]; reports: Report[] } {
  const known = namesOfPeople(names);
  const people = new People(masked, known, () => true);
  const speeches = paragraphs.flatMap(({ quoted, sentences, start, end }) =>
    quoted.flatMap(({ inner, outer }) => {
      const words = text.slice(inner.start, inner.end);
      const count = [...segmenter.segment(words)].filter(({ isWordLike }) => isWordLike).length;
      if (count < FEWEST_WORDS) return [];
      const sentence = sentences.findLast((one) => one.start <= outer.start) ?? { start, end };
      return [{ inner, sentence, speaker: null }];
    }),
  );
  return { people, speeches, reports: [] };
}
