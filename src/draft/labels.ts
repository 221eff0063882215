import { withoutTitles } from "./participants.js";
import { LABEL, NO_LABEL } from "./turn-labels.js";

/** The maximum number of words of a label. */
const MOST_WORDS = 6;

/** Returns the label that a paragraph begins with, and where the words after it begin; null if there is none. */
export function labelOf(paragraph: string): { label: string; at: number } | null {
  const match = LABEL.exec(paragraph.slice(0, 300));
  const label = match?.groups!.label!.trim();
  if (!match || label === undefined || NO_LABEL.test(label)) return null;
  const { name, title } = withoutTitles(label);
  const areWords = label.split(/\s+/u).length <= MOST_WORDS && /^\p{Lu}/u.test(label);
  return areWords && (name !== null || (/\p{L}/u.test(title) && title === label))
    ? { label, at: match[0].length }
    : null;
}
