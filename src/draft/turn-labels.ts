const STAGE = "(?:\\s*[([][^)\\]]{1,120}[)\\]])?";

/** The label before a turn, with a stage direction or none: `Dr. Floe:`, `Mr. Drift (smiling):`. */
export const LABEL = new RegExp(
  `^(?<label>[^:()[\\]]{2,60}?)(?<stage>${STAGE})\\s*:\\s*(?:[([][^)\\]]{1,80}[)\\]]\\s*)?(?=\\S)`,
  "u",
);

/** The words before a colon that name no speaker. */
export const NO_LABEL =
  /^(?:date|time|place|subjects?|participants?|copies|copy|comments?|summary|note|approved|drafted|cleared|distribution|action|refer|reference|ref|from|to|re|memorandum|attachments?|enclosures?|tab|source|secret|top secret|confidential|thus|first|second|third|fourth|fifth|finally|question|answer|principle|point|article|section|annex|part|item|para(?:graph)?|break|end|begin)\b/i;

const ENDS =
  /^(?:(?:the |this )?(?:meeting|conversation|session|luncheon|lunch|dinner|discussion|talk)s? (?:then )?(?:was |were )?(?:ended|adjourned|concluded|broke|closed|recessed|resumed|began|terminated|lasted)|end of (?:the )?(?:conversation|meeting|transcript)|at (?:this|that) point)\b/i;
const STAGE_DIRECTION = /^(?:\[.*\]|\(.*\)|[-–—_\s]+|\*(?:[\s*]*\*)?)$/s;

/** Returns whether a paragraph is no one's words: a stage direction, what is left out, the end of a meeting. */
export function isInterruption(paragraph: string): boolean {
  return paragraph.length < 600 && (STAGE_DIRECTION.test(paragraph) || ENDS.test(paragraph));
}

/** Returns whether a paragraph is a heading: a few words without an end. */
export function isHeading(paragraph: string): boolean {
  return (
    paragraph.length < 60 &&
    /^\p{Lu}/u.test(paragraph) &&
    /[\p{L}\d)]$/u.test(paragraph) &&
    paragraph.split(" ").length < 8
  );
}
