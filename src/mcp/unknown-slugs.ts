import type { DocumentNode, GraphQLSchema } from "graphql";
import { type Ask, ToolError } from "./ask.js";
import { unknownCode } from "../country/country.unknown.js";
import { type GivenCode, type GivenSlug, NOUNS, shown, slugsGiven } from "../graphql/slugs.js";

/** The maximum number of slugs that are looked up, and of unknown ones that are reported. */
const MAX_LOOKED_UP = 20;
const MAX_REPORTED = 5;

/**
 * Returns a message for each slug or key given to a document that nothing on record has, with the nearest one on record, and for each
 * code that no country has: otherwise the answer would look like an empty record. Takes one query, and a second one if there are any.
 */
export async function unknownSlugs(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Record<string, unknown>,
  ask: Ask,
): Promise<string[]> {
  const all = slugsGiven(schema, document, variables).slice(0, MAX_LOOKED_UP);
  const codes = all.filter((one): one is GivenCode => one.noun === "Country");
  const given = all.filter((one): one is GivenSlug => one.noun !== "Country");
  const codeMessages = codes.flatMap((one) => unknownCode(one) ?? []);
  return [...codeMessages, ...(await slugMessages(given, ask))].slice(0, MAX_REPORTED);
}

async function slugMessages(given: readonly GivenSlug[], ask: Ask): Promise<string[]> {
  if (given.length === 0) return [];
  const onRecord = await asked(ask, "McpSlugs", given, ({ noun }, variable) => {
    const { field, by } = NOUNS[noun];
    return `${field}(${by}: ${variable}) { __typename }`;
  });
  const unknown = given.filter((_, i) => onRecord?.[i] === null).slice(0, MAX_REPORTED);
  if (unknown.length === 0) return [];
  const searches = unknown.map((one) => ({ ...one, slug: wordsOf(one) }));
  const near = await asked(ask, "McpNearestSlugs", searches, ({ noun }, variable) => {
    const { by, kind } = NOUNS[noun];
    return `searchRecord(query: ${variable}, kinds: [${kind}], first: 1) { nodes { ... on ${noun} { slug: ${by} } } }`;
  });
  return unknown.map((one, i) => slugMessage(one, near?.[i] as Near | undefined));
}

interface Near {
  nodes: { slug: string }[];
}

function slugMessage({ argument, noun, slug }: GivenSlug, near: Near | undefined): string {
  const { word, by } = NOUNS[noun];
  const [nearest] = near?.nodes ?? [];
  const advice = nearest
    ? `the nearest on record is ${nearest.slug}`
    : `${noun === "Person" ? "find_person" : "search"} finds ${by}s`;
  return `${argument}: no ${word} has the ${by} ${shown(slug)}; ${advice}.`;
}

/**
 * Returns the words of a slug to search for. All of them for a person, since a search finds misspelt names, and for a statement, since
 * another one that shares only some of them says something else; any of them otherwise.
 */
function wordsOf({ noun, slug }: GivenSlug): string {
  const words = slug
    .slice(slug.indexOf("/") + 1)
    .slice(0, 200)
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== "" && !/^or$/i.test(word));
  return words.join(noun === "Person" || noun === "Statement" ? " " : " or ");
}

/** Queries one field for each slug, all in one query. Returns nothing on error, since the slugs only explain another answer. */
async function asked(
  ask: Ask,
  name: string,
  slugs: readonly GivenSlug[],
  field: (slug: GivenSlug, variable: string) => string,
): Promise<unknown[] | undefined> {
  const variables = slugs.map((_, i) => `$s${i}: String!`).join(", ");
  const fields = slugs.map((slug, i) => `s${i}: ${field(slug, `$s${i}`)}`).join("\n");
  const values = Object.fromEntries(slugs.map(({ slug }, i) => [`s${i}`, slug]));
  try {
    const { data, errors } = await ask(`query ${name}(${variables}) {\n${fields}\n}`, values);
    return data && !errors?.length ? slugs.map((_, i) => data[`s${i}`]) : undefined;
  } catch (error) {
    if (error instanceof ToolError) return undefined;
    throw error;
  }
}
