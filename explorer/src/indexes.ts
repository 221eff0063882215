import { html, joined, type Html } from "./html.js";

/** The kinds of items of which there is a page with all of them: the folder of their pages, and what they are called. */
export const INDEXES = [
  ["meetings", "Meetings"],
  ["statements", "Statements"],
  ["people", "People"],
  ["countries", "Countries"],
  ["places", "Places"],
  ["organizations", "Organizations"],
  ["topics", "Topics"],
  ["dates", "Years"],
  ["documents", "Source documents"],
] as const;

export type IndexFolder = (typeof INDEXES)[number][0];

/** Links to the pages with all items of a kind. */
export const BROWSE: Html = html`<nav class="browse" aria-label="All that is on record"><p>All on record: ${joined(
  INDEXES.map(([folder, title]) => html`<a href="/${folder}">${title}</a>`),
  " · ",
)}</p></nav>`;

/** What an item is, as a link to all others of its kind. */
export function kindLink(folder: IndexFolder, kind: string): Html {
  return html`<p class="kind"><a href="/${folder}">${kind}</a></p>`;
}
