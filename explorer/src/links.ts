import { articleOf } from "./articles.js";
import { textOf } from "./graphql.js";
import { type Content, html, type Html } from "./html.js";
import type { Question } from "./visit.js";

/** The folder of each kind of page. */
const FOLDERS = {
  person: "people",
  country: "countries",
  place: "places",
  meeting: "meetings",
  organization: "organizations",
  statement: "statements",
  document: "documents",
  topic: "topics",
  date: "dates",
} as const;

export type Kind = keyof typeof FOLDERS;

/** The path of an item's page. Slashes of the key stay, so that the path can be read. */
export function pathOf(kind: Kind, key: string): string {
  return `/${FOLDERS[kind]}/${encoded(key)}`;
}

/** The path of the page of two people or countries. */
export function pathOfPair(one: string, other: string): string {
  return `/with/${encoded(one)}/${encoded(other)}`;
}

/** The path of the page of a revision; without a number that of all of them. */
export function pathOfRevision(number?: number): string {
  return number === undefined ? "/changes" : `/changes/${number}`;
}

function encoded(key: string): string {
  return key.split("/").map(encodeURIComponent).join("/");
}

/** The address of GraphiQL with a query filled in. */
export function graphiqlAddress({ document, variables }: Question): string {
  const given = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== null && value !== undefined),
  );
  return `/graphiql?${new URLSearchParams({
    query: textOf(document),
    variables: JSON.stringify(given, null, 2),
  }).toString()}`;
}

/** A link to an item's page. */
export function link(kind: Kind, key: string, content: Content): Html {
  return html`<a href="${pathOf(kind, key)}">${content}</a>`;
}

export const personLink = ({ slug, name }: { slug: string; name: string }): Html =>
  link("person", slug, name);

export const countryLink = ({ code, name }: { code: string; name: string }): Html =>
  link("country", code, name);

/** The same in a sentence, with the article that it may have. */
export const theCountryLink = (country: { code: string; name: string }): Html =>
  html`${articleOf(country.name)}${countryLink(country)}`;

export const placeLink = ({ slug, name }: { slug: string; name: string }): Html =>
  link("place", slug, name);

export const organizationLink = ({ slug, name }: { slug: string; name: string }): Html =>
  link("organization", slug, name);

export const meetingLink = ({ slug, title }: { slug: string; title: string }): Html =>
  link("meeting", slug, title);

/** A link to another site; the text alone if the address is no web address. */
export function webLink(url: string | null, content: Content): Content {
  if (url === null || !/^https?:\/\//i.test(url)) return content;
  // On paper the address stands behind the text.
  const isAddress = content === url && html` class="address"`;
  return html`<a href="${url}" rel="external noreferrer"${isAddress}>${content}</a>`;
}
