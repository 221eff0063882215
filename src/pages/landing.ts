import type { Explorer } from "../../explorer/src/explorer.js";
import { type PathOf, statementsHtml } from "./statements.html.js";
import type { RecordCounts } from "./counts.js";
import { BRAND, contentPolicy, cspHash, escapeHtml, head, type Page } from "./html.js";
import { LANDING_STYLE } from "./landing.style.js";
import type { Question } from "./questions.js";
import type { RecordSummary } from "./record.js";

const OWN_STYLE = cspHash(LANDING_STYLE);

/** The page's own style and images only; with the explorer, its script and style sheet, by which one searches while typing. */
const ALLOWED = [`style-src ${OWN_STYLE}`, "img-src 'self'"];
const ALLOWED_WITH_EXPLORER = [
  ...[`style-src ${OWN_STYLE} 'self'`, "img-src 'self'"],
  ...["script-src 'self'", "connect-src 'self'"],
];

/** Singular and plural. */
const COUNTED: Record<keyof RecordCounts, [string, string]> = {
  statements: ["statement", "statements"],
  meetings: ["meeting", "meetings"],
  people: ["person", "people"],
  countries: ["country", "countries"],
  documents: ["source document", "source documents"],
};

/** What the page says if the database is unavailable. */
export const UNREADABLE =
  "The database is unavailable at the moment, so no figures and no answer can be shown. Try again shortly.";
const UNANSWERED = "The answer is not available at the moment. Run the query again in GraphiQL.";

/** The content of the landing page. */
export interface Landing {
  /** A summary of the record, or a notice instead of it. */
  record: RecordSummary | { notice: string; counts?: RecordCounts };
  /** The questions to show if the record is not available. */
  examples: Question[];
  /** The origin by which the browser has reached the service. */
  origin: string;
  /**
   * Links into the explorer, links to all items of each kind, what came on record last, the tags of its style sheet and script for the search form, as HTML, and the feed of
   * changes; null if it is off.
   */
  explorer: {
    ways: string;
    newest: string;
    browse: string;
    searchAsYouType: string;
    feed: { title: string; path: string };
    pathOf: Explorer["pathOf"];
  } | null;
  /** Whether GraphiQL, the Sandbox and the API reference are on. */
  tools: boolean;
}

/**
 * The page at `/`: a search form and ways into the record if the explorer is on, an answered question, and for developers
 * more questions. It loads nothing from other hosts.
 */
export function landingPage({ record, examples, origin, explorer, tools }: Landing): Page {
  const html = `<!doctype html>
<html lang="en">
<head>
${head(
  "communique: who met whom, where, and what was said",
  "The diplomatic record: who met whom, where, and what was said, each fact with the passage that proves it.",
  LANDING_STYLE,
  explorer ? feedTag(explorer.feed) + explorer.searchAsYouType : "",
)}
</head>
<body>
<div class="page">
<header>
<p class="brand">${BRAND}</p>
<h1>Who met whom, where, and what was said.</h1>
<p class="lead">The diplomatic record${explorer ? "" : " as a GraphQL service"}. People, countries, meetings and statements are linked,
and every fact names the passage that proves it.</p>
${explorer ? SEARCH : tools ? DOORS : ""}
</header>
<main>
${record.counts ? countsList(record.counts) : ""}
${explorer ? waysHtml(explorer) + newestHtml(explorer.newest, explorer.feed.path) : ""}
${tools ? forDevelopers(record, examples, origin, explorer?.pathOf ?? null) : ""}
</main>
<footer>
<p>${tools ? "GraphiQL comes with this service and works offline. Apollo Sandbox is loaded from Apollo’s site." : "communique, a GraphQL service for the diplomatic record."}</p>
</footer>
</div>
</body>
</html>
`;
  return {
    html,
    policy: explorer ? contentPolicy(ALLOWED_WITH_EXPLORER, "'self'") : contentPolicy(ALLOWED),
  };
}

/** The search form of the explorer, which works without a script. */
const SEARCH = `<form class="search" role="search" action="/search">
<label for="q">Search the record</label>
<input id="q" name="q" type="search" maxlength="300" placeholder="Name, place or words">
<button>Search</button>
</form>`;

const DOORS = `<ul class="doors">
<li><a class="door first" href="/graphiql">Open GraphiQL</a></li>
<li><a class="door" href="/sandbox">Open Apollo Sandbox</a></li>
<li><a class="door" href="/reference">Read the API reference</a></li>
</ul>`;

/** By which feed readers find the feed. */
function feedTag({ title, path }: { title: string; path: string }): string {
  return `<link rel="alternate" type="application/atom+xml" title="${escapeHtml(title)}" href="${path}">\n`;
}

function newestHtml(newest: string, feed: string): string {
  if (newest === "") return "";
  return `<section aria-labelledby="new">
<h2 id="new">New on record</h2>
<div class="ways newest">${newest}</div>
<p class="more"><a href="/changes">All changes</a> <a href="${feed}">Follow them in a feed reader</a></p>
</section>
`;
}

function waysHtml({ ways, browse }: { ways: string; browse: string }): string {
  if (ways === "") return "";
  return `<section aria-labelledby="ways">
<h2 id="ways">Ways into the record</h2>
<div class="ways">${ways}</div>
${browse}
</section>`;
}

/** A question with its answer, more questions, and how to query the service. */
function forDevelopers(
  record: Landing["record"],
  examples: Question[],
  origin: string,
  pathOf: PathOf,
): string {
  return `${"notice" in record ? withoutRecord(record.notice, examples) : recordHtml(record, pathOf)}
<section>
<h2>Query it from a program</h2>
${pathOf ? DOORS : ""}
<div class="terminal"><pre tabindex="0"><code>curl ${escapeHtml(origin)}/graphql -H 'content-type: application/json' \\
  -d '{ "query": "{ statements(first: 3) { totalCount nodes { text date } } }" }'</code></pre></div>
<p>communique is an Apollo Federation 2 subgraph, ready to be composed into a supergraph.</p>
</section>`;
}

function recordHtml({ counts, headline, answer, others }: RecordSummary, pathOf: PathOf): string {
  if (Object.values(counts).every((count) => count === 0)) return emptyHtml();
  const page = pathOf && headline?.page;
  const onward = page
    ? `\n<p><a href="${escapeHtml(page)}">The same with filters, pictures and downloads</a></p>`
    : "";
  const shown = answer ? statementsHtml(answer, pathOf) + onward : noticeHtml(UNANSWERED);
  return `${headline ? headlineHtml(headline, shown) : ""}\n${questionsHtml("Other questions", others, pathOf !== null)}`;
}

/** Whether what the examples are about is on record is not known here, so they lead to no page about it. */
function withoutRecord(notice: string, [headline, ...others]: Question[]): string {
  return `${headlineHtml(headline!, noticeHtml(notice))}\n${questionsHtml("Other questions", others, false)}`;
}

function emptyHtml(): string {
  return `<section>
<h2>There are no records yet.</h2>
<p>A record is one JSON file per source text: the document, and who, according to it, met whom, where, and what was
said. Check it, then load it:</p>
<div class="terminal"><pre tabindex="0"><code>communique check my-record.json
communique load my-record.json</code></pre></div>
<p>In a checkout of the project, run <code>npm run communique -- load my-record.json</code>. <code>docs/records.md</code>
explains how to write a record, and <code>records/</code> contains a complete one.</p>
</section>`;
}

/** The question that is answered on the page, its answer, and its query in GraphQL. */
function headlineHtml(question: Question, answer: string): string {
  return `<section class="asked">
<div class="question">
<h2>${escapeHtml(question.title)}</h2>
<a class="door first" href="${linkTo(question)}">Run it in GraphiQL</a>
</div>
<div>${answer}</div>
<aside class="query" aria-label="The query">
<h3>The query</h3>
<pre tabindex="0"><code>${escapeHtml(compact(question.document))}</code></pre>
</aside>
</section>`;
}

/** Questions, each linked to the page that answers it, if there are such pages, and to GraphiQL, which is named. */
function questionsHtml(title: string, questions: Question[], withPages: boolean): string {
  if (questions.length === 0) return "";
  const items = questions.map((question) => {
    const asked = escapeHtml(question.title);
    const inGraphiql = linkTo(question);
    return withPages && question.page !== null
      ? `<li><a href="${escapeHtml(question.page)}">${asked}</a> <a class="aside" href="${inGraphiql}">GraphiQL<span class="unseen">: ${asked}</span></a></li>`
      : `<li><a href="${inGraphiql}">${asked}<span class="unseen"> In GraphiQL</span></a> <span class="aside" aria-hidden="true">GraphiQL</span></li>`;
  });
  return `<section>
<h2>${title}</h2>
<ul class="questions">
${items.join("\n")}
</ul>
</section>`;
}

function noticeHtml(notice: string): string {
  return `<p class="trouble">${notice}</p>`;
}

/** The operation without comments, with short selections on one line, to fit beside its answer. */
function compact(document: string): string {
  const operation = document.replace(/^#.*\n/gm, "").trim();
  const shorter = operation.replace(
    /\{\n([^{}]*(?:\{ [^{}]*\}[^{}]*)*)\}/g,
    (whole, inside: string) => {
      const line = `{ ${inside.trim().replace(/\s+/g, " ")} }`;
      return line.length <= 44 ? line : whole;
    },
  );
  return shorter === operation ? operation : compact(shorter);
}

function linkTo(question: Question): string {
  return `/graphiql?query=${encodeURIComponent(question.document)}`;
}

function countsList(counts: RecordCounts): string {
  const items = Object.entries(COUNTED).map(([what, [one, several]]) => {
    const count = counts[what as keyof RecordCounts];
    return `<div><dt>${count === 1 ? one : several}</dt><dd>${count.toLocaleString("en")}</dd></div>`;
  });
  return `<dl aria-label="On record">\n${items.join("\n")}\n</dl>`;
}
