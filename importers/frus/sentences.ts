/** Words that end in a period inside of a sentence. */
const ABBREVIATION =
  /(?:^|[\s(“"[])(?:Mr|Mrs|Ms|Messrs|Dr|Prof|Gen|Lt|Col|Maj|Capt|Cdr|Comdr|Adm|Brig|Sgt|Amb|Min|Sec|Secy|Asst|Dep|Sen|Rep|Cong|Gov|Pres|Hon|Rev|St|Sr|Jr|No|Nos|Vol|pp?|cf|viz|e\.g|i\.e|etc|vs|Inc|Co|Corp|Ltd|Dept|Fon|Del|approx|ca|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|\p{Lu}|(?:\p{Lu}\.)+\p{Lu})\.$/u;
const END = /[.?!]+[”’"')\]]*(?=\s+[“‘"'([]?[\p{Lu}\d—-])/gu;

/** Words that begin a sentence after `U.S.`, and no name. */
const BEGINS = /^\s+(?:The|He|She|It|This|That|These|They|We|In|If|As|On|But|However)\s/;

/** Splits a text into sentences, as offsets in it; abbreviations and initials end none. */
export function sentencesIn(text: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  let start = 0;
  for (const { 0: mark, index } of text.matchAll(END)) {
    const end = index + mark.length;
    const isShort =
      mark === "." && ABBREVIATION.test(text.slice(Math.max(0, index - 12), index + 1));
    const isInitials = /(?:\p{Lu}\.)\p{Lu}\.$/u.test(text.slice(Math.max(0, index - 6), index + 1));
    if (isShort && !(isInitials && BEGINS.test(text.slice(end)))) continue;
    found.push({ start, end });
    start = end + /^\s*/.exec(text.slice(end))![0].length;
  }
  if (start < text.length) found.push({ start, end: text.length });
  return found;
}

/** Returns how many words a text has. */
export function wordCount(text: string): number {
  return text.match(/[\p{L}\p{N}][\p{L}\p{N}’'.-]*/gu)?.length ?? 0;
}
