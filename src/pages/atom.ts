/** An Atom feed (RFC 4287). */
export interface AtomFeed {
  /** An IRI that stays the same for ever. */
  id: string;
  title: string;
  /** The address of the feed itself. */
  self: string;
  /** The address of what it is about, as a page. */
  page: string;
  /** RFC 3339. */
  updated: string;
  entries: AtomEntry[];
}

/** An entry of a feed. */
export interface AtomEntry {
  /** An IRI that stays the same for ever. */
  id: string;
  title: string;
  /** RFC 3339. */
  updated: string;
  published?: string | null;
  author?: string | null;
  /** The address of the page about it. */
  page?: string | null;
  summary?: string | null;
  /** HTML. */
  html?: string | null;
}

/** Serializes a feed. */
export function atomOf(feed: AtomFeed): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>${xml(feed.id)}</id>
  <title>${xml(feed.title)}</title>
  <updated>${xml(feed.updated)}</updated>
  <author><name>communique</name></author>
  <link rel="self" type="application/atom+xml" href="${xml(feed.self)}"/>
  <link rel="alternate" type="text/html" href="${xml(feed.page)}"/>
${feed.entries.map(entryOf).join("\n")}
</feed>
`;
}

function entryOf(entry: AtomEntry): string {
  const lines = [
    `<id>${xml(entry.id)}</id>`,
    `<title>${xml(entry.title)}</title>`,
    `<updated>${xml(entry.updated)}</updated>`,
    entry.published && `<published>${xml(entry.published)}</published>`,
    entry.author && `<author><name>${xml(entry.author)}</name></author>`,
    entry.page && `<link rel="alternate" type="text/html" href="${xml(entry.page)}"/>`,
    entry.summary && `<summary>${xml(entry.summary)}</summary>`,
    // An entry needs content or a page.
    (entry.html ?? (entry.page ? null : "")) !== null &&
      `<content type="html">${xml(entry.html ?? "")}</content>`,
  ];
  return `  <entry>\n${lines
    .filter((line) => typeof line === "string" && line !== "")
    .map((line) => `    ${line as string}`)
    .join("\n")}\n  </entry>`;
}

/** Characters that XML 1.0 has not, even escaped. */
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** Escapes text for XML and its attributes. */
function xml(text: string): string {
  return text.replace(NOT_XML, "\ufffd").replace(/[&<>"]/g, (character) => ENTITIES[character]!);
}
