import { html, type Content, type Html } from "./html.js";
import { BROWSE } from "./indexes.js";
import { graphiqlAddress, pathOfRevision } from "./links.js";
import type { Page } from "./outcome.js";
import { counted } from "./words.js";
import type { Question, Visit } from "./visit.js";

/** How the whole site is set up. */
export interface Site {
  /** The address of the style sheet. */
  stylesheet: string;
  /** Whether there is a GraphiQL at /graphiql that visitors can use. */
  graphiql: boolean;
  /** Whether documents are also there as JSON-LD. */
  linkedData: boolean;
  /** The tag of the script that searches as somebody types. */
  searchAsYouType: Html;
  /** How many rows a download has at most. */
  maxRows: number;
}

/** A whole document: the head, the search form, the page and the footer. */
export function documentOf(page: Page, { stylesheet, searchAsYouType }: Site, query = ""): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} · communique</title>
<meta name="description" content="${page.description}">
<link rel="canonical" href="${page.canonical}">
${
  page.feed &&
  html`<link rel="alternate" type="application/atom+xml" title="${page.feed.title}" href="${page.feed.path}">
`
}${
    page.linkedData &&
    html`<link rel="alternate" type="application/ld+json" title="JSON-LD" href="${page.linkedData}">
`
  }<link rel="icon" href="/favicon.svg">
<link rel="stylesheet" href="${stylesheet}">
${searchAsYouType}</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="top">
<a class="brand" href="/"><img src="/favicon.svg" alt="" width="28" height="28"> communique</a>
${searchForm(query)}
</header>
<main id="main" tabindex="-1">
${page.main}
</main>
<footer>
<p>Every fact on this site names the passage that proves it. <em>Inferred</em> facts are not stated there: they need a
premise that the document does not give.</p>
${BROWSE}
<p><a href="${pathOfRevision()}">What is new on record</a></p>
</footer>
</body>
</html>
`;
}

/** The search form, which works without a script. */
function searchForm(query: string): Html {
  return html`<form class="search" role="search" action="/search">
<label class="unseen" for="q">Search the record</label>
<input id="q" name="q" type="search" value="${query}" maxlength="300" placeholder="Name, place or words">
<button>Search</button>
</form>`;
}

/** A part of a page with its heading, the downloads of its list, and the question behind it. */
export function panel(
  { graphiql }: Site,
  {
    id,
    title,
    question,
    downloads,
    content,
  }: { id: string; title: Content; question: Question; downloads?: Content; content: Content },
): Html {
  const behind =
    graphiql &&
    html`<a rel="nofollow" href="${graphiqlAddress(question)}">The question behind this</a>`;
  return html`<section aria-labelledby="${id}">
<div class="heading"><h2 id="${id}">${title}</h2>${(downloads || behind) && html`<p class="tools">${downloads}${behind}</p>`}</div>
${content}
</section>`;
}

/** Links to a list as files, and a word if it has more rows than they get. `title`: what a screen reader calls the list. */
export function downloadLinks(
  visit: Visit,
  { maxRows }: Site,
  list: string,
  title: string,
  totalCount: number | null | undefined,
): Content {
  const isCut = (totalCount ?? 0) > maxRows;
  const most = maxRows.toLocaleString("en");
  const links = ["csv", "json"].map(
    (format) =>
      html`<a rel="nofollow" href="${visit.here({ list, format, facets: null })}">${format.toUpperCase()}<span class="unseen"> of this list: ${title}</span></a> `,
  );
  return html`${links}${isCut && html`<span class="soft">(the first ${most}: narrow the list to get all)</span> `}`;
}

/** `14 statements`, or only `Statements` if the list was not counted. */
export function countOf(
  connection: { totalCount?: number | null } | null | undefined,
  one: string,
  several = `${one}s`,
): string {
  const count = connection?.totalCount;
  if (count === null || count === undefined)
    return several.charAt(0).toUpperCase() + several.slice(1);
  return counted(count, one, several);
}

/** Facts as a list of terms and values; those without a value are left out. */
export function facts(all: readonly (readonly [term: string, value: Content])[]): Content {
  const known = all.filter(([, value]) => !isNothing(value));
  if (known.length === 0) return null;
  return html`<dl class="facts">
${known.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}
</dl>`;
}

function isNothing(value: Content): boolean {
  return !value || (Array.isArray(value) && value.length === 0);
}
