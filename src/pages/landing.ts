import type { RecordCounts } from "./counts.js";
import { contentPolicy, cspHash, escapeHtml, head, ICON, LOOK, type Page } from "./html.js";
import type { ExampleQuestion } from "./questions.js";

const STYLE = `
${LOOK}* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
.page { max-width: 62rem; margin: 0 auto; padding: 2rem 1.5rem 3rem; }
h1, h2, h3, dd { font-family: var(--serif); font-weight: 400; text-wrap: balance; }
h1 { max-width: 22ch; margin: 0; font-size: clamp(2.4rem, 7vw, 3.9rem); line-height: 1.08; letter-spacing: -0.02em; }
h2 { margin: 4.5rem 0 1.2rem; font-size: 1.85rem; line-height: 1.25; letter-spacing: -0.01em; }
h3 { margin: 0 0 0.8rem; font-size: 1.6rem; line-height: 1.25; letter-spacing: -0.01em; }
p { max-width: 62ch; margin: 0.8rem 0; text-wrap: pretty; }
a:focus-visible, pre:focus-visible { outline: 3px solid var(--gold); outline-offset: 3px; border-radius: 6px; }
code, pre { font-family: var(--mono); font-size: 0.84rem; }
pre { margin: 0; padding: 1.1rem 1.25rem; overflow-x: auto; line-height: 1.6; tab-size: 2; }
.brand { display: flex; align-items: center; gap: 0.6rem; margin: 0 0 clamp(3rem, 9vw, 5.5rem);
  font-weight: 600; letter-spacing: 0.01em; }
.brand svg { width: 1.75rem; height: 1.75rem; }
.lead { margin: 1.4rem 0 0; color: var(--soft); font-size: 1.22rem; line-height: 1.55; }
.doors { display: flex; flex-wrap: wrap; gap: 0.75rem; margin: 2rem 0 0; padding: 0; list-style: none; }
.door { display: inline-block; padding: 0.65rem 1.3rem; border: 1px solid var(--accent); border-radius: 999px;
  font-weight: 600; line-height: 1.4; text-decoration: none; }
.door:hover { text-decoration: underline; }
.first { background: var(--accent); color: var(--on-accent); }
dl { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 1.2rem 2rem; margin: 3.5rem 0 0; padding: 1.5rem 0;
  border: solid var(--line); border-width: 1px 0; }
dl div { display: flex; flex-direction: column-reverse; }
dt { color: var(--soft); font-size: 0.95rem; line-height: 1.4; }
dd { margin: 0; font-size: 2.6rem; line-height: 1.1; font-variant-numeric: lining-nums; }
.headline { display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 3fr); overflow: hidden;
  background: var(--card); border: 1px solid var(--line); border-radius: 14px; }
.headline > div { padding: 1.8rem; }
.headline pre { border-left: 1px solid var(--line); }
.headline p { color: var(--soft); }
.headline p code { font-size: 0.9em; color: var(--ink); }
.headline .door { margin-top: 0.6rem; }
.questions { columns: 2; column-gap: 3rem; margin: 1.5rem 0 0; padding: 0; list-style: none; }
.questions li { break-inside: avoid; }
.questions a { display: flex; justify-content: space-between; gap: 1rem; padding: 0.75rem 0;
  border-bottom: 1px solid var(--line); line-height: 1.45; color: var(--ink);
  text-decoration: none; text-wrap: pretty; }
.questions a::after { content: "→" / ""; color: var(--gold); }
.questions a:hover { color: var(--accent); border-color: var(--accent); }
.terminal { background: var(--card); border: 1px solid var(--line); border-radius: 14px; }
footer { margin-top: 4.5rem; padding-top: 1.2rem; border-top: 1px solid var(--line); color: var(--soft);
  font-size: 0.92rem; }
footer p { margin: 0.2rem 0; }
@media (max-width: 44rem) {
  .page { padding: 1.25rem 1.25rem 2.5rem; }
  h2 { margin-top: 3.2rem; }
  dl { display: grid; grid-template-columns: repeat(2, 1fr); gap: 1.2rem 1rem; }
  .headline { grid-template-columns: minmax(0, 1fr); }
  .headline > div { padding: 1.3rem 1.25rem; }
  .headline pre { border-left: 0; border-top: 1px solid var(--line); }
  .questions { columns: 1; }
}
`;

/** Show it, and nothing else. */
const POLICY = contentPolicy([`style-src ${cspHash(STYLE)}`, "img-src 'self'"]);

/** One of them, and several. */
const COUNTED: Record<keyof RecordCounts, [string, string]> = {
  statements: ["statement", "statements"],
  meetings: ["meeting", "meetings"],
  people: ["person", "people"],
  countries: ["country", "countries"],
  documents: ["source document", "source documents"],
};

/** The page at `/`: what this is, how much is on record, and questions to open. It asks no other host for anything. */
export function landingPage(
  counts: RecordCounts | null,
  questions: ExampleQuestion[],
  origin: string,
): Page {
  const [headline, ...others] = questions;
  const html = `<!doctype html>
<html lang="en">
<head>
${head("communique: who met whom, where, and what was said", STYLE)}
<meta name="description" content="The diplomatic record as a GraphQL service: who met whom, where, and what was said.">
</head>
<body>
<div class="page">
<header>
<p class="brand">${ICON.replace("<svg", '<svg aria-hidden="true"')} communique</p>
<h1>Who met whom, where, and what was said.</h1>
<p class="lead">The diplomatic record as a GraphQL service. People, countries, meetings and statements are linked,
and every fact names the passage that proves it.</p>
<ul class="doors">
<li><a class="door first" href="/graphiql">Open GraphiQL</a></li>
<li><a class="door" href="/sandbox">Open Apollo Sandbox</a></li>
</ul>
</header>
<main>
${counts ? countsList(counts) : ""}
<h2>Start from a question</h2>
${headline ? headlineCard(headline) : ""}
<ul class="questions">
${others.map((question) => `<li><a href="${linkTo(question)}">${escapeHtml(question.title)}</a></li>`).join("\n")}
</ul>
<h2>Ask from a program</h2>
<div class="terminal"><pre tabindex="0"><code>curl ${escapeHtml(origin)}/graphql -H 'content-type: application/json' \\
  -d '{ "query": "{ person(slug: \\"rajnath-singh\\") { name statements { totalCount } } }" }'</code></pre></div>
<p>It is an Apollo Federation 2 subgraph, and composes into a supergraph as it is.</p>
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

/** The first question, with what it looks like in GraphQL. */
function headlineCard(question: ExampleQuestion): string {
  return `<article class="headline">
<div>
<h3>${escapeHtml(question.title)}</h3>
<p>${escapeHtml(question.answer).replace(/`([^`]+)`/g, "<code>$1</code>")}</p>
<a class="door first" href="${linkTo(question)}">Ask it in GraphiQL</a>
</div>
<pre tabindex="0"><code>${escapeHtml(compact(question.document))}</code></pre>
</article>`;
}

/** The operation without its comments, and with what is short on one line, so that it fits the card. */
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

function linkTo(question: ExampleQuestion): string {
  return `/graphiql?query=${encodeURIComponent(question.document)}`;
}

function countsList(counts: RecordCounts): string {
  const items = Object.entries(COUNTED).map(([what, [one, several]]) => {
    const count = counts[what as keyof RecordCounts];
    return `<div><dt>${count === 1 ? one : several}</dt><dd>${count.toLocaleString("en")}</dd></div>`;
  });
  return `<dl aria-label="On record">\n${items.join("\n")}\n</dl>`;
}
