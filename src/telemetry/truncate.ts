/** Truncates a long text, with an ellipsis at the end. */
export function truncate(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : `${start(text, maxLength - 1)}…`;
}

/** Truncates a long text in the middle, keeping its start and its end. */
export function truncateMiddle(text: string, before: number, after: number): string {
  if (text.length <= before + after) return text;
  const end = text.length - after;
  return `${start(text, before)}…${text.slice(splitsPair(text, end) ? end + 1 : end)}`;
}

function start(text: string, length: number): string {
  return text.slice(0, splitsPair(text, length) ? length - 1 : length);
}

/** Whether this index is between the two halves of a surrogate pair. */
function splitsPair(text: string, index: number): boolean {
  return (
    isSurrogate(text.charCodeAt(index - 1), 0xd800) && isSurrogate(text.charCodeAt(index), 0xdc00)
  );
}

function isSurrogate(unit: number, first: number): boolean {
  return unit >= first && unit < first + 0x400;
}
