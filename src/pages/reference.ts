import type { FastifyInstance } from "fastify";
import { BUILT, serveBuilt } from "./built.js";
import { BRAND, contentPolicy, cspHash, escapeHtml, head, type Page } from "./html.js";
import { REFERENCE_STYLE } from "./reference.style.js";

/** What one part of the reference is about: queries, objects, enums … */
export interface ReferencePart {
  /** Its heading. */
  title: string;
  /** The heading's id. */
  id: string;
  /** What is said of all of it, as HTML; may be empty. */
  html: string;
  entries: ReferenceEntry[];
}

/** A type, a query or a directive. */
interface ReferenceEntry {
  name: string;
  /** By which it can be linked: `Person`, `Query.person`, `@skip`. */
  id: string;
  /** What is said of it, as HTML whose headings begin at h4. */
  html: string;
}

/** Serves the API reference, the output of bin/reference.js. */
export function serveReference(app: FastifyInstance, folder = BUILT): void {
  const policy = (facts: { policy: string }) => facts.policy;
  serveBuilt(app, { name: "reference", title: "The API reference", policy }, folder);
}

/** The page at `/reference`, made when the project is compiled. It needs no script and loads nothing. */
export function referencePage(parts: ReferencePart[]): Page {
  const html = `<!doctype html>
<html lang="en">
<head>
${head("API reference · communique", "Every query, type and field of the API, with its arguments.", REFERENCE_STYLE)}
</head>
<body>
<a class="skip" href="#all">Skip the list of names</a>
<header>
<p class="brand"><a href="/">${BRAND}</a></p>
<h1>API reference</h1>
<p>Every query, type, field, argument and value of the GraphQL API at <code>/graphql</code>. Try them in
<a href="/graphiql">GraphiQL</a>. Any name here can be linked: <code>/reference#Person.statements</code>.</p>
<p>An operation has a cost, and one that may cost too much is rejected before it runs. An object costs 1, a scalar nothing, a list its size
times the cost of an item. Where something costs more, or a list has a size to count with, it says so below.</p>
</header>
<nav aria-label="Names">
${parts.map(navHtml).join("\n")}
</nav>
<main id="all" tabindex="-1">
${parts.map(partHtml).join("\n")}
</main>
</body>
</html>
`;
  const allowed = [`style-src ${cspHash(REFERENCE_STYLE)}`, "img-src 'self'"];
  return { html, policy: contentPolicy(allowed) };
}

function navHtml({ title, id, entries }: ReferencePart): string {
  const items = entries.map(
    (entry) => `<li><a href="#${escapeHtml(entry.id)}">${escapeHtml(entry.name)}</a></li>`,
  );
  return `<h2><a href="#${id}">${title}</a></h2>\n<ul>\n${items.join("\n")}\n</ul>`;
}

function partHtml({ title, id, html, entries }: ReferencePart): string {
  return `<section aria-labelledby="${id}">\n<h2 id="${id}">${title}</h2>\n${html}${entries.map(entryHtml).join("\n")}\n</section>`;
}

function entryHtml({ name, id, html }: ReferenceEntry): string {
  const anchor = escapeHtml(id);
  return `<article aria-labelledby="${anchor}">
<h3 id="${anchor}"><a href="#${anchor}">${escapeHtml(name)}</a></h3>
${html}</article>`;
}
