import { statementsHtml } from "./answer.js";
import type { RecordCounts } from "./counts.js";
import { BRAND, contentPolicy, cspHash, escapeHtml, head, type Page } from "./html.js";
import { LANDING_STYLE } from "./landing.style.js";
import type { Question } from "./questions.js";
import type { RecordTold } from "./record.js";

/** Show it, and nothing else. */
const POLICY = contentPolicy([`style-src ${cspHash(LANDING_STYLE)}`, "img-src 'self'"]);

/** One of them, and several. */
const COUNTED: Record<keyof RecordCounts, [string, string]> = {
  statements: ["statement", "statements"],
  meetings: ["meeting", "meetings"],
  people: ["person", "people"],
  countries: ["country", "countries"],
  documents: ["source document", "source documents"],
};

/** What the page says where it has no answer. */
export const UNREADABLE =
  "The database can’t be asked at the moment, so there are no figures and no answer here. Try again in a moment.";
const UNANSWERED = "The answer could not be had just now. Ask again in GraphiQL.";

/** What the landing page is made of. */
export interface Landing {
  /** What is on record, or what the page says in its place. */
  told: RecordTold | { notice: string; counts?: RecordCounts };
  /** What is offered where nothing is known of the record. */
  examples: Question[];
  /** How the browser has reached the service. */
  origin: string;
}

/** The page at `/`: what this is, the answer to a question, and others to open. It asks no other host for anything. */
export function landingPage({ told, examples, origin }: Landing): Page {
  const html = `<!doctype html>
<html lang="en">
<head>
${head(
  "communique: who met whom, where, and what was said",
  "The diplomatic record as a GraphQL service: who met whom, where, and what was said.",
  LANDING_STYLE,
)}
</head>
<body>
<div class="page">
<header>
<p class="brand">${BRAND}</p>
<h1>Who met whom, where, and what was said.</h1>
<p class="lead">The diplomatic record as a GraphQL service. People, countries, meetings and statements are linked,
and every fact names the passage that proves it.</p>
<ul class="doors">
<li><a class="door first" href="/graphiql">Open GraphiQL</a></li>
<li><a class="door" href="/sandbox">Open Apollo Sandbox</a></li>
</ul>
</header>
<main>
${told.counts ? countsList(told.counts) : ""}
${"notice" in told ? withoutRecord(told.notice, examples) : recordHtml(told)}
<section>
<h2>Ask from a program</h2>
<div class="terminal"><pre tabindex="0"><code>curl ${escapeHtml(origin)}/graphql -H 'content-type: application/json' \\
  -d '{ "query": "{ statements(first: 3) { totalCount nodes { text date } } }" }'</code></pre></div>
<p>It is an Apollo Federation 2 subgraph, and composes into a supergraph as it is.</p>
</section>
</main>
<footer>
<p>GraphiQL comes with this service and works offline. Apollo Sandbox is loaded from Apollo’s site.</p>
</footer>
</div>
</body>
</html>
`;
  return { html, policy: POLICY };
}

function recordHtml({ counts, headline, answer, others }: RecordTold): string {
  if (Object.values(counts).every((count) => count === 0)) return emptyHtml();
  const shown = answer ? statementsHtml(answer) : noticeHtml(UNANSWERED);
  return `${headline ? headlineHtml(headline, shown) : ""}\n${questionsHtml("Other questions", others)}`;
}

function withoutRecord(notice: string, [headline, ...others]: Question[]): string {
  return `${headlineHtml(headline!, noticeHtml(notice))}\n${questionsHtml("Other questions", others)}`;
}

function emptyHtml(): string {
  return `<section>
<h2>Nothing is on record yet.</h2>
<p>A record is one JSON file for each source text: the document, and what it says of who met whom, where, and what was
said. Check it, then load it:</p>
<div class="terminal"><pre tabindex="0"><code>communique check my-record.json
communique load my-record.json</code></pre></div>
<p>In a checkout of the project a command is <code>npm run communique -- load my-record.json</code>. <code>docs/records.md</code>
says how a record is written, and <code>records/</code> has a whole one.</p>
</section>`;
}

/** The question that is answered on the page, and what it looks like in GraphQL. */
function headlineHtml(question: Question, answer: string): string {
  return `<section class="asked">
<div class="question">
<h2>${escapeHtml(question.title)}</h2>
<a class="door first" href="${linkTo(question)}">Ask it in GraphiQL</a>
</div>
<div>${answer}</div>
<aside class="query" aria-label="The query">
<h3>The query that was asked</h3>
<pre tabindex="0"><code>${escapeHtml(compact(question.document))}</code></pre>
</aside>
</section>`;
}

function questionsHtml(title: string, questions: Question[]): string {
  if (questions.length === 0) return "";
  const items = questions.map(
    (question) => `<li><a href="${linkTo(question)}">${escapeHtml(question.title)}</a></li>`,
  );
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

/** The operation without its comments, and with what is short on one line, so that it fits beside its answer. */
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
