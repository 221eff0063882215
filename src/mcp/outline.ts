/**
 * Formats an answer as an outline: a name and a value on each line, with nested values indented below. It has all that the JSON has,
 * in about half the tokens, except nulls below the top levels. Texts of several lines become one line, so that no text can pass
 * for a line of the outline.
 */
export function outlineOf(content: Record<string, unknown>): string {
  return linesOf(content, "").join("\n");
}

/** Nulls are printed down to this indentation, where the field was requested explicitly. */
const REQUESTED = "  ";

function linesOf(value: Record<string, unknown>, indent: string): string[] {
  return Object.entries(value).flatMap(([name, item]) => {
    if (item === undefined || name === "__typename") return [];
    if (item === null && indent.length > REQUESTED.length) return [];
    if (name === "endCursor" && value.hasNextPage === false) return [];
    if (Array.isArray(item)) return listLines(name, item, indent);
    if (!isObject(item)) return [`${indent}${name}: ${plain(item)}`];
    // Each requested field has its own line.
    const only = name === "data" && indent === "" ? null : inline(item);
    return only === null
      ? [`${indent}${name}:`, ...linesOf(item, `${indent}  `)]
      : [`${indent}${name}: ${only}`];
  });
}

function listLines(name: string, items: unknown[], indent: string): string[] {
  if (items.length === 0) return [`${indent}${name}: none`];
  if (!items.some(isObject)) return [`${indent}${name}: ${items.map(plain).join("; ")}`];
  return [
    `${indent}${name}:`,
    ...items.flatMap((item) => {
      if (!isObject(item)) return [`${indent}- ${plain(item)}`];
      const only = inline(item);
      if (only !== null) return [`${indent}- ${only}`];
      const [first = "", ...rest] = linesOf(item, `${indent}  `);
      return [`${indent}- ${first.trimStart()}`, ...rest];
    }),
  ];
}

/** Returns an object with a few short values, its own and those of nested objects, as one line: `person (slug dong-jun), role HOST`. */
function inline(item: Record<string, unknown>, isInner = false): string | null {
  const citation = citationLine(item);
  if (citation !== null) return citation;
  const isLastPage = item.hasNextPage === false;
  const values = Object.entries(item).filter(
    ([name, value]) =>
      value !== undefined && value !== null && !(isLastPage && name === "endCursor"),
  );
  if (values.length > 5) return null;
  const parts: string[] = [];
  for (const [name, value] of values) {
    if (name === "__typename") continue;
    const inner = isObject(value) && !isInner ? inline(value, true) : null;
    if (typeof value === "object" && inner === null) return null;
    parts.push(`${name} ${inner === null ? plain(value) : `(${inner})`}`);
  }
  const line = parts.join(", ");
  return line.length <= 120 ? line : null;
}

/** The fields that the line of a citation shows without their names. */
const OF_CITATION = ["document", "start", "end", "locator", "exact", "passageUrl", "url", "title"];
const OF_DOCUMENT = ["key", "title", "publisher", "url"];

/** Formats a citation: `vientiane-2024-11-20 962–1037`, then its address and its words, if known. */
function citationLine(item: Record<string, unknown>): string | null {
  const { document, start, end, locator, exact, passageUrl, ...rest } = item;
  if (document === undefined || !("start" in item || "locator" in item)) return null;
  const isNested = isObject(document);
  const source: Record<string, unknown> = isNested ? document : { ...rest, key: document };
  const own = isNested ? Object.keys(rest) : [];
  const more = [
    ...own.filter((name) => !OF_CITATION.includes(name)).map((name) => [name, item[name]]),
    ...Object.entries(source).filter(([name]) => !OF_DOCUMENT.includes(name)),
  ] as [string, unknown][];
  const parts = [
    ...["key", "title", "publisher"].map((name) => source[name]),
    typeof start === "number" ? `${start}–${String(end)}` : null,
    locator === null || locator === undefined ? null : `row ${plain(locator)}`,
    passageUrl ?? source.url,
    exact === null || exact === undefined ? null : JSON.stringify(exact),
    ...more.map(([name, value]) => (value === null ? null : `${name} ${plain(value)}`)),
  ];
  return parts
    .filter((part) => part !== null && part !== undefined)
    .map(plain)
    .join(" ");
}

function plain(value: unknown): string {
  return typeof value === "string" ? value.replace(/\s+/g, " ") : JSON.stringify(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
