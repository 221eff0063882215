import type { DocumentNode, GraphQLSchema } from "graphql";
import { type Ask, ToolError } from "./ask.js";
import { unknownCode } from "../country/country.unknown.js";
import { type GivenCode, type GivenSlug, NOUNS, shown, slugsGiven } from "../graphql/slugs.js";

/** How many of the slugs given are looked up, and how many unknown ones are told. */
const MAX_LOOKED_UP = 20;
const MAX_TOLD = 5;

/**
 * Tells each slug or key given to a document that nothing on record has, and what comes nearest, and each code of no country: what an answer lacks for that reason
 * looks like an empty record. It takes one query, and one more where there are any.
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
  const toldOfCodes = codes.flatMap((one) => unknownCode(one) ?? []);
  return [...toldOfCodes, ...(await toldOfSlugs(given, ask))].slice(0, MAX_TOLD);
}

async function toldOfSlugs(given: readonly GivenSlug[], ask: Ask): Promise<string[]> {
  if (given.length === 0) return [];
  const onRecord = await asked(ask, "McpSlugs", given, ({ noun }, variable) => {
    const { field, by } = NOUNS[noun];
    return `${field}(${by}: ${variable}) { __typename }`;
  });
  const unknown = given.filter((_, i) => onRecord?.[i] === null).slice(0, MAX_TOLD);
  if (unknown.length === 0) return [];
  const searches = unknown.map((one) => ({ ...one, slug: wordsOf(one) }));
  const near = await asked(ask, "McpNearestSlugs", searches, ({ noun }, variable) => {
    const { by, kind } = NOUNS[noun];
    return `searchRecord(query: ${variable}, kinds: [${kind}], first: 1) { nodes { ... on ${noun} { slug: ${by} } } }`;
  });
  return unknown.map((one, i) => told(one, near?.[i] as Near | undefined));
}

interface Near {
  nodes: { slug: string }[];
}

function told({ argument, noun, slug }: GivenSlug, near: Near | undefined): string {
  const { word, by } = NOUNS[noun];
  const [nearest] = near?.nodes ?? [];
  const advice = nearest
    ? `the nearest on record is ${nearest.slug}`
    : `${noun === "Person" ? "find_person" : "search"} finds ${by}s`;
  return `${argument}: no ${word} has the ${by} ${shown(slug)}; ${advice}.`;
}

/**
 * The words of a slug: of a person all, since a search finds misspelt names; of a statement all, since another one that shares some of
 * them says something else; else any of them.
 */
function wordsOf({ noun, slug }: GivenSlug): string {
  const words = slug
    .slice(slug.indexOf("/") + 1)
    .slice(0, 200)
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== "" && !/^or$/i.test(word));
  return words.join(noun === "Person" || noun === "Statement" ? " " : " or ");
}

/** Asks one field for each slug, all in one query. Nothing, if an answer could not be had: the slugs only explain another answer. */
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
