import { html, type Content } from "../html.js";
import type { Page } from "../outcome.js";

/** The page if nothing is on record at the address, with what a search finds instead. */
export function missingPage(path: string, kind: string, suggested: Content): Page {
  const title = `Not on record: no such ${kind}`;
  return {
    title,
    description: `There is no such ${kind} on the diplomatic record.`,
    canonical: path,
    main: html`<p class="kind">404</p>
<h1>Not on record</h1>
<p>No ${kind} is on record at this address. It may be spelt in another way: try the search above, or go to the
<a href="/">start page</a>.</p>
${suggested}`,
  };
}

/** The page for an address whose parameters the service does not accept. */
export function refusedPage(path: string): Page {
  return {
    title: "This address can’t be read",
    description: "The address of this page has a part that can’t be read.",
    canonical: path,
    main: html`<p class="kind">400</p>
<h1>This address can’t be read</h1>
<p>A filter or the position in a list is not one that this site makes, or has gone out of date.
<a href="${path}">Open the page from its start</a>.</p>`,
  };
}

/** The page if the record can't be read at the moment. */
export function unavailablePage(path: string, status: number): Page {
  return {
    title: "Not available at the moment",
    description: "The record can’t be read at the moment.",
    canonical: path,
    main: html`<p class="kind">${status}</p>
<h1>Not available at the moment</h1>
<p>The record can’t be read at the moment. Try again shortly.</p>`,
  };
}

/** The page if as many downloads are being made as can be, of all clients or of this one. */
export function busyPage(path: string): Page {
  return {
    title: "Too many downloads at the moment",
    description: "As many downloads as can be are being made.",
    canonical: path,
    main: html`<p class="kind">503</p>
<h1>Too many downloads at the moment</h1>
<p>As many files as can be are being made: few at the same time, fewer for one reader. Try again shortly, or <a href="${path}">read the page</a>.</p>`,
  };
}
