import type { Duplicate, Duplicates } from "./duplicates.js";
import { LARGEST_BLOCK, NEXT_BY_NAME } from "./duplicate-pairs.js";

/** A pair as programs read it. */
export function duplicateAsJson({ score, people, reasons }: Duplicate): string {
  const [one, other] = people.map(({ slug, name }) => ({ slug, name }));
  return JSON.stringify({ score: rounded(score), people: [one, other], reasons });
}

/** A pair for the terminal: the score and both slugs, and a line for each name, then the reasons. */
export function describeDuplicate({ score, people, reasons }: Duplicate): string {
  const lines = people.map(({ slug, name }) => `  ${slug}  (${name})`);
  return [scoreInWords(score), ...lines, `  ${reasons.join("; ")}`].join("\n");
}

/** The maximum number of blocks listed that were not compared completely. */
const CUT_SHOWN = 5;

/** Says how many pairs were found, and what was not compared. */
export function summarizeDuplicates({ pairs, found, people, cut }: Duplicates): string {
  const whole = (number: number) => number.toLocaleString("en");
  if (people === 0) return "No people are on record.";
  const compared = `of ${whole(people)} ${people === 1 ? "person" : "people"}`;
  const lines = [
    found === 0
      ? `No two ${compared} seem to be one.`
      : `${whole(found)} ${found === 1 ? "pair" : "pairs"} ${compared} may be one person.`,
  ];
  if (found > pairs.length)
    lines.push(
      `The ${whole(pairs.length)} most likely are shown; --limit shows more, --min-score fewer.`,
    );
  if (cut.length > 0) {
    lines.push(
      `Not all were compared: of more than ${LARGEST_BLOCK} people with names alike, each was compared with the ${NEXT_BY_NAME} next in order.`,
    );
    for (const { from, to, people: size } of cut.slice(0, CUT_SHOWN))
      lines.push(`  ${whole(size)} people, from ${from} to ${to}`);
    if (cut.length > CUT_SHOWN) lines.push(`  and ${whole(cut.length - CUT_SHOWN)} more groups`);
  }
  return lines.join("\n");
}

/** A score for people: two digits, but never 1.00, as none is certain. */
export function scoreInWords(score: number): string {
  return Math.min(0.99, score).toFixed(2);
}

/** Three digits, but never 1. */
function rounded(score: number): number {
  return Math.min(0.999, Math.round(1_000 * score) / 1_000);
}
