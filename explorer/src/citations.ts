import { graphql, type ResultOf } from "./graphql.js";
import { html, joined, type Content, type Html } from "./html.js";
import { link, webLink } from "./links.js";
import { addressInText, SHOWN, whyNotShown } from "./shown.js";
import { capital, time } from "./words.js";

/** A document as citations name it. */
export const SOURCE = graphql(`
  fragment SourceParts on SourceDocument {
    key
    title
    publisher
    url
    dateline
    datePublished
    language
    kind
    version
  }
`);

/** A passage that proves a fact. */
export const CITATION = graphql(
  `
    fragment CitationParts on Citation {
      start
      end
      textSha256
      locator
      reportedBy
      document {
        ...SourceParts
      }
    }
  `,
  [SOURCE],
);

/** A passage with its words and those around them, each null where the text may not be shown: one SQL statement more. */
export const PASSAGE = graphql(
  `
    fragment PassageParts on Citation {
      ...CitationParts
      exact
      prefix
      suffix
      passageUrl
      document {
        ...ShownParts
      }
    }
  `,
  [CITATION, SHOWN],
);

export type Source = ResultOf<typeof SOURCE>;
export type Citation = ResultOf<typeof CITATION>;
export type Passage = ResultOf<typeof PASSAGE>;

/** What a document is called: its title, else its publisher, dateline or key. */
export function nameOf({
  title,
  publisher,
  dateline,
  key,
}: Pick<Source, "title" | "publisher" | "dateline" | "key">): string {
  return title ?? publisher ?? (dateline === null ? key : `the text from “${dateline}”`);
}

/** A document with its publisher and date, linked to its page, and to the source if that is on the web. */
export function sourceOf(source: Source): Html {
  const { publisher, title, datePublished, url, key, kind, version } = source;
  const isData = kind === "DATASET";
  const more = [
    isData && version !== null && `version ${shortVersion(version)}`,
    title !== null && publisher,
    datePublished && time(datePublished),
  ];
  // The address of a dataset is that of its files or of what is said about them.
  const at = isData ? "where it is published" : "read the source";
  const onTheWeb = webLink(url, at);
  return html`${link("document", key, nameOf(source))}${more
    .filter(Boolean)
    .map((part) => html`, ${part}`)}${onTheWeb !== at && html` (${onTheWeb})`}`;
}

/** The name of a version, of which a commit is known by its beginning. */
function shortVersion(version: string): string {
  return /^[0-9a-f]{40,64}$/.test(version) ? version.slice(0, 10) : version;
}

/** Where in its document a passage is: `characters 32 to 211`, `row 214` of a dataset; empty if the whole of it is meant. */
export function positionOf({
  start,
  end,
  locator,
}: Pick<Citation, "start" | "end" | "locator">): string {
  if (start === null || end === null) return locator === null ? "" : rowOf(locator);
  return `characters ${start.toLocaleString("en")} to ${end.toLocaleString("en")}`;
}

/** A row of a dataset, by the number or name that its record gives. */
function rowOf(locator: string): string {
  return /^rows?\b/i.test(locator) ? locator : `row ${locator}`;
}

/** Passages as a list. */
export function citationList(citations: readonly Citation[]): Html {
  return html`<ul class="citations">
${citations.map((citation) => html`<li>${citationItem(citation)}</li>`)}
</ul>`;
}

/** Passages as a list, each marked in its surroundings where the text may be shown. */
export function passageList(passages: readonly Passage[]): Html {
  return html`<ul class="citations">
${passages.map((passage) => html`<li>${citationItem(passage)}${wordsOf(passage)}</li>`)}
</ul>`;
}

function citationItem({ reportedBy, document, ...position }: Citation): Html {
  const at = positionOf(position);
  const isRow = position.start === null && at !== "";
  const where = isRow
    ? html`${capital(at)} of ${sourceOf(document)}`
    : html`${sourceOf(document)}${at && `: ${at}`}`;
  return html`<p>${where}${reportedBy && html`, as told by ${reportedBy}`}</p>`;
}

function wordsOf(passage: Passage): Content {
  const { exact, prefix, suffix, document } = passage;
  const places = placesOf(passage);
  const where = places.length > 0 && html`<p class="soft">${joined(places, " · ")}</p>`;
  // Too long a passage is shown in the text alone.
  if (exact === null) return where;
  return html`<blockquote class="passage" lang="${document.language}">${prefix !== null && `… ${prefix}`}<mark>${exact}</mark>${
    suffix !== null && `${suffix} …`
  }</blockquote>
${where}`;
}

/** Where a passage can be read with what stands around it. */
function placesOf(passage: Passage): Content[] {
  const { exact, start, passageUrl, document } = passage;
  const address = addressInText(passage, document);
  const label = "read it at the source";
  // A row has no address of its own.
  const atSource = webLink(start === null || exact === null ? null : passageUrl, label);
  return [
    address !== null && html`<a href="${address}">in the text</a>`,
    atSource !== label && atSource,
  ].filter((place) => place !== false);
}

/** Why the words of some passages are not shown, once for all of them; nothing if they are. */
export function whyNoWords(passages: readonly Passage[]): Content {
  return whyNotShown(
    passages.filter(({ exact }) => exact === null).map(({ document }) => document),
  );
}

/** Passages on one line, grouped by document: `characters 32 to 211 and 427 to 547 of …`. */
export function citationLine(citations: readonly Citation[]): Content {
  const byDocument = new Map<string, Citation[]>();
  for (const citation of citations) {
    const { key } = citation.document;
    byDocument.set(key, [...(byDocument.get(key) ?? []), citation]);
  }
  const groups = [...byDocument.values()].map((group) => {
    const positions = group.map(positionOf).filter(Boolean);
    return html`${positions.join(" and ")}${positions.length > 0 && " of "}${sourceOf(group[0]!.document)}`;
  });
  return joined(groups, "; ");
}
