import { theCountry } from "../articles.js";
import { graphql, type ResultOf } from "../graphql.js";
import { html, joined, type Content, type Html } from "../html.js";
import { pathOf, pathOfPair } from "../links.js";
import { HEADING } from "../results.js";
import type { Visit } from "../visit.js";

const NAME = graphql(
  `
    query SearchName($query: String!) {
      searchRecord(query: $query, kinds: [PERSON, COUNTRY, PLACE], first: 1) {
        edges {
          matchedName
          node {
            ...ResultHeading
          }
        }
      }
    }
  `,
  [HEADING],
);

type Found = Extract<ResultOf<typeof HEADING>, { __typename: "Person" | "Country" | "Place" }>;

/** A result of any search: its name, and the one by which it was found. */
type Result = { matchedName: string | null; node: Found | { __typename: string } };

/** Longer queries are sentences rather than two names. */
const MOST_WORDS = 6;

const BETWEEN = /[,&+]|\s(?:in|at|and|with)\s/i;

/** Splits a query into two names: at a word or sign that joins them, or before the last word. Null if it is something else. */
function twoNames(query: string): [one: string, other: string] | null {
  const words = query.split(/\s+/);
  const isAdvanced = /["“”]|(?:^|\s)-/.test(query);
  if (isAdvanced || words.length < 2 || words.length > MOST_WORDS) return null;
  const [one, other, ...more] = query.split(BETWEEN);
  const names =
    other && more.length === 0 ? [one!, other] : [words.slice(0, -1).join(" "), words.at(-1)!];
  return names.every((name) => plain(name) !== "") ? (names as [string, string]) : null;
}

/**
 * Where a query names two of people, countries and places, links to what is on record of both: "Rajnath Singh in Vientiane". What the
 * query has not found already is searched for by its own name, if the other was found.
 */
export async function pairsOf(
  visit: Visit,
  query: string,
  results: readonly Result[],
): Promise<Content> {
  const names = twoNames(query);
  if (!names) return null;
  const [known, otherKnown] = names.map((name) => foundBy(name, results));
  if (!known && !otherKnown) return null;
  const search = async (name: string) => {
    const { searchRecord: found } = await visit.ask(NAME, { query: name });
    return foundBy(name, found?.edges ?? []);
  };
  const one = known ?? (await search(names[0]));
  const other = otherKnown ?? (await search(names[1]));
  const links = one && other ? linksTo(one, other) : [];
  return links.length > 0 && html`<p class="pairs">Both together: ${joined(links, " · ")}</p>`;
}

/** Returns the best result whose name has each of these words: what is merely spelt alike is no more than a guess. */
function foundBy(words: string, results: readonly Result[]): Found | undefined {
  const all = plain(words).split(" ");
  for (const { node, matchedName } of results) {
    if (!isNamed(node)) continue;
    const names = new Set(plain(`${node.name} ${matchedName ?? ""}`).split(" "));
    if (all.every((word) => names.has(word))) return node;
  }
  return undefined;
}

function isNamed(node: Result["node"]): node is Found {
  return ["Person", "Country", "Place"].includes(node.__typename);
}

function plain(text: string): string {
  return text
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

function linksTo(one: Found, other: Found): Html[] {
  if (one.__typename === "Place") return other.__typename === "Place" ? [] : [isIn(other, one)];
  if (other.__typename === "Place") return [isIn(one, other)];
  const [key, otherKey] = [keyOf(one), keyOf(other)];
  if (key === otherKey) return [];
  const both = html`<a href="${pathOfPair(key, otherKey)}">${inText(one)} and ${inText(other)}</a>`;
  if (one.__typename === other.__typename) return [both];
  const [person, country] = one.__typename === "Person" ? [one, other] : [other, one];
  return [isIn(person, country), both];
}

/** A link to what somebody, or a country, said in a place or country. */
function isIn(who: Found, where: Found): Html {
  const page = pathOf(who.__typename === "Person" ? "person" : "country", keyOf(who));
  const narrowed = new URLSearchParams({
    [where.__typename === "Place" ? "place" : "country"]: keyOf(where),
  });
  return html`<a href="${page}?${narrowed.toString()}">${inText(who)} in ${inText(where)}</a>`;
}

function keyOf(found: Found): string {
  return found.__typename === "Country" ? found.code : found.slug;
}

function inText(found: Found): string {
  return found.__typename === "Country" ? theCountry(found.name) : found.name;
}
