/** The maximum length of an answer, in characters of JSON: some 10,000 tokens. */
const MAX_ANSWER = 40_000;

/** The length to which the longest texts are truncated if shorter lists are not enough. */
const SHORT_TEXT = 1_000;

/** The maximum number of times that a list or text is truncated; an answer that is still too long is left out as a whole. */
const MAX_TRUNCATIONS = 40;

/** An answer that is short enough, and notices of what was truncated. */
interface TruncatedAnswer {
  content: Record<string, unknown>;
  notices: string[];
}

interface Place {
  path: string;
  holder: Record<string, unknown>;
  key: string;
  /** Its length as JSON. */
  size: number;
}

/**
 * Truncates an answer to a length as JSON: its longest lists, by half each time, and its longest texts. The notices say what was
 * truncated, and how to get the rest. The given value is not changed.
 */
export function truncateAnswer(
  whole: Record<string, unknown>,
  limit: number = MAX_ANSWER,
): TruncatedAnswer {
  if (sizeOf(whole) <= limit) return { content: whole, notices: [] };
  const content = structuredClone(whole);
  const notices = new Map<string, string>();
  const lengths = new Map<string, number>();
  for (let i = 0; i < MAX_TRUNCATIONS && sizeOf(content) > limit; i++) {
    const { list, text } = longestIn(content);
    if (list && (!text || list.size >= text.size)) {
      const items = list.holder[list.key] as unknown[];
      const of = lengths.get(list.path) ?? items.length;
      const shown = Math.floor(items.length / 2);
      lengths.set(list.path, of);
      list.holder[list.key] = items.slice(0, shown);
      notices.set(list.path, `${list.path}: ${shown} of ${of} are shown. ${readOn(list, shown)}`);
    } else if (text) {
      const words = text.holder[text.key] as string;
      const rest = words.length - SHORT_TEXT;
      text.holder[text.key] = `${words.slice(0, SHORT_TEXT)}… [${rest} characters left out]`;
      notices.set(text.path, `${text.path}: the first ${SHORT_TEXT} characters are shown.`);
    } else break;
  }
  if (sizeOf(content) <= limit) return { content, notices: [...notices.values()] };
  return {
    content: {},
    notices: ["The answer is too long. Ask for fewer fields, or for smaller pages (`first`)."],
  };
}

/** Says how to get the rest of a list. Removes the `pageInfo` of a connection, whose cursor is that of the whole page's end. */
function readOn({ holder, key, path }: Place, shown: number): string {
  const isPage = (key === "nodes" || key === "edges") && path.includes(".");
  if (!isPage) return "Ask for fewer fields, or for one of these at a time.";
  delete holder.pageInfo;
  return `Ask again with \`first: ${Math.max(shown, 1)}\`, and on from its \`endCursor\`.`;
}

/** Finds the longest list of two or more items, and the longest text above the short ones. */
function longestIn(content: Record<string, unknown>): { list?: Place; text?: Place } {
  const found: { list?: Place; text?: Place } = {};
  visit(content, "");
  return found;

  function visit(holder: Record<string, unknown>, under: string): void {
    for (const [key, value] of Object.entries(holder)) {
      const path = under ? `${under}.${key}` : key;
      const place = { path, holder, key, size: sizeOf(value) };
      if (typeof value === "string") {
        const isLong = value.length > SHORT_TEXT + 50;
        if (isLong && place.size > (found.text?.size ?? 0)) found.text = place;
      } else if (Array.isArray(value)) {
        if (value.length > 1 && place.size > (found.list?.size ?? 0)) found.list = place;
        for (const [i, item] of value.entries()) if (isObject(item)) visit(item, `${path}.${i}`);
      } else if (isObject(value)) visit(value, path);
    }
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function sizeOf(value: unknown): number {
  return value === undefined ? 0 : JSON.stringify(value).length;
}
