/** What is shown of a longer text: its beginning, and that it is cut. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${beginning(text, most - 1)}…`;
}

/** What is shown of a longer text whose end says as much as its beginning. */
export function cutInside(text: string, before: number, after: number): string {
  if (text.length <= before + after) return text;
  const end = text.length - after;
  return `${beginning(text, before)}…${text.slice(halves(text, end) ? end + 1 : end)}`;
}

function beginning(text: string, length: number): string {
  return text.slice(0, halves(text, length) ? length - 1 : length);
}

/** Whether a cut here would leave half a character on each side. */
function halves(text: string, place: number): boolean {
  return isBetween(text.charCodeAt(place - 1), 0xd800) && isBetween(text.charCodeAt(place), 0xdc00);
}

function isBetween(unit: number, first: number): boolean {
  return unit >= first && unit < first + 0x400;
}
