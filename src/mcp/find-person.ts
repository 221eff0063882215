import { z } from "zod";
import { type Ask, dataOf, ToolError } from "./ask.js";
import { CITATION, CITATION_FIELDS, citationOf, type GivenCitation, present } from "./citations.js";
import { AFTER, countArgument, defineTool, textArgument } from "./tool.js";

const PERSON_FIELDS = `
  slug
  name
  names { text }
  tenures {
    title startDate endDate ongoing certainty
    country { code name }
    organization { name }
    citations { ${CITATION_FIELDS} }
  }
  statements(first: 3) { nodes { speakers { person { slug } country { code name } } } }
  meetings(first: 3) { nodes { participations(first: 20) { nodes { person { slug } country { code name } } } } }
`;

const BY_NAME = `query McpFindPerson($text: String!, $first: Int!, $after: String) {
  people(filter: { text: $text }, first: $first, after: $after) {
    totalCount
    nodes { ${PERSON_FIELDS} }
    pageInfo { hasNextPage endCursor }
  }
}`;

const BY_SLUG = `query McpPersonBySlug($slug: String!) { person(slug: $slug) { ${PERSON_FIELDS} } }`;

const NEARLY = `query McpSimilarNames($query: String!) {
  searchRecord(query: $query, kinds: [PERSON], first: 5) {
    nodes { ... on Person { slug name } }
  }
}`;

interface Land {
  code: string;
  name: string;
}

interface GivenSide {
  person: { slug: string } | null;
  country: Land | null;
}

interface GivenPerson {
  slug: string;
  name: string;
  names: { text: string }[] | null;
  tenures: {
    title: string;
    startDate: string | null;
    endDate: string | null;
    ongoing: boolean;
    certainty: string;
    country: Land | null;
    organization: { name: string } | null;
    citations: GivenCitation[];
  }[];
  statements: { nodes: { speakers: GivenSide[] }[] } | null;
  meetings: { nodes: { participations: { nodes: GivenSide[] } | null }[] } | null;
}

const OFFICE = z.object({
  title: z.string(),
  country: z.string().optional().describe("Code of the country served."),
  organization: z.string().optional(),
  startDate: z.string().optional(),
  endDate: z.string().optional(),
  ongoing: z
    .literal(true)
    .optional()
    .describe("True where a document says that it is still held; left out where none says."),
  certainty: z.string(),
  citations: z.array(CITATION),
});

const PERSON = z.object({
  slug: z.string().describe("What other tools take for this person."),
  name: z.string(),
  match: z
    .enum(["WHOLE_NAME", "WORDS_OF_NAME", "SLUG"])
    .describe("Whether it was found by a whole name on record, or by words of one."),
  matchedName: z.string().optional().describe("The name that fits, where it is another one."),
  countries: z
    .array(z.object({ code: z.string(), name: z.string() }))
    .describe("Countries served, or spoken or met for; not all of them where there are many."),
  offices: z.array(OFFICE),
});

const NAME = textArgument(200, "Rajnath Singh");

/** The tool `find_person`. */
export const findPerson = defineTool({
  name: "find_person",
  description:
    "Finds people by a name, in any spelling or script on record, or by a slug. Returns everybody who fits, each with slug, countries and offices: " +
    "where there are several, ask which one is meant. Names that are only similar are in `similar`, never in `people`.",
  input: z.strictObject({
    name: NAME.describe("A name or part of one, or a slug."),
    first: countArgument(20, 10).describe("How many people."),
    after: AFTER,
  }),
  output: z.object({
    total: z.int().nullable().describe("How many people fit."),
    people: z.array(PERSON),
    similar: z
      .array(z.object({ slug: z.string(), name: z.string() }))
      .describe("Where nobody fits: people with a name spelt nearly so."),
    next: z.string().optional().describe("For `after`, where there are more."),
  }),
  async run({ name, first, after }, ask) {
    const found = await peopleNamed(name, ask, { first, after });
    const bySlug = after === undefined ? await personBySlug(name, ask) : null;
    const isNew = bySlug && !found.people.some(({ slug }) => slug === bySlug.slug);
    const people = isNew ? [bySlug, ...found.people] : found.people;
    const total = isNew && found.total !== null ? found.total + 1 : found.total;
    if (people.length > 0) return { content: { ...found, total, people, similar: [] } };
    const { searchRecord } = await dataOf<{
      searchRecord: { nodes: { slug: string; name: string }[] };
    }>(ask, NEARLY, { query: plainWords(name) });
    return {
      lead: "Nobody of this name is on record.",
      content: { total: 0, people: [], similar: searchRecord.nodes },
    };
  },
});

type FoundPerson = z.output<typeof PERSON>;

/** Returns the person with a slug, current or former. */
async function personBySlug(slug: string, ask: Ask): Promise<FoundPerson | null> {
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(slug)) return null;
  const { person } = await dataOf<{ person: GivenPerson | null }>(ask, BY_SLUG, { slug });
  return person && { ...personOf(person, slug), match: "SLUG" };
}

/** Finds people by a name, those with exactly that name first. */
async function peopleNamed(
  name: string,
  ask: Ask,
  page: { first: number; after?: string },
): Promise<{ total: number | null; people: FoundPerson[]; next?: string }> {
  const text = plainWords(name);
  const { people } = await dataOf<{
    people: {
      totalCount: number | null;
      nodes: GivenPerson[];
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  }>(ask, BY_NAME, { text, ...page });
  const { hasNextPage, endCursor } = people.pageInfo;
  const found = people.nodes.map((person) => personOf(person, name));
  return {
    total: people.totalCount,
    people: [...found.filter(isWhole), ...found.filter((person) => !isWhole(person))],
    ...(hasNextPage && endCursor ? { next: endCursor } : {}),
  };
}

function isWhole({ match }: FoundPerson): boolean {
  return match === "WHOLE_NAME";
}

function personOf(given: GivenPerson, asked: string): FoundPerson {
  const { slug, name, names, tenures, statements, meetings } = given;
  const wanted = comparable(asked);
  const spellings = [name, ...(names ?? []).map(({ text }) => text)];
  const whole = spellings.find((spelling) => comparable(spelling) === wanted);
  const words = wanted.split(" ");
  const part = spellings.find((spelling) => {
    const own = comparable(spelling).split(" ");
    return words.every((word) => own.includes(word));
  });
  const matched = whole ?? part;
  const sides = [
    ...(statements?.nodes ?? []).flatMap(({ speakers }) => speakers),
    ...(meetings?.nodes ?? []).flatMap(({ participations }) => participations?.nodes ?? []),
  ];
  const lands = [
    ...tenures.map(({ country }) => country),
    ...sides.filter(({ person }) => person?.slug === slug).map(({ country }) => country),
  ].filter((land) => land !== null);
  return {
    slug,
    name,
    match: whole === undefined ? "WORDS_OF_NAME" : "WHOLE_NAME",
    ...(matched === undefined || matched === name ? {} : { matchedName: matched }),
    countries: [...new Map(lands.map((land) => [land.code, land])).values()],
    offices: tenures.map(({ country, organization, citations, ongoing, ...office }) => ({
      ...present(office),
      ...(ongoing ? { ongoing } : {}),
      ...present({ country: country?.code ?? null, organization: organization?.name ?? null }),
      citations: citations.map(citationOf),
    })),
  };
}

/** Normalizes a name: spellings that differ only in case, accents and punctuation are the same name. */
function comparable(name: string): string {
  const letters = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return letters.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

/** Returns a name as the words of a search, without what would be an operator there. */
function plainWords(name: string): string {
  return (
    name
      .replace(/["-]/g, " ")
      .replace(/\bor\b/gi, '"$&"')
      .trim() || name
  );
}

/** A person given as an argument. */
export interface KnownPerson {
  slug: string;
  name: string;
}

/**
 * Returns the one person whom an argument names, by slug or by a whole name on record. Throws `ToolError` if there are several or
 * none: it never guesses.
 */
export async function personNamed(argument: string, name: string, ask: Ask): Promise<KnownPerson> {
  const bySlug = await personBySlug(name, ask);
  if (bySlug) return { slug: bySlug.slug, name: bySlug.name };
  const { people, next } = await peopleNamed(name, ask, { first: 20 });
  const exact = people.filter(isWhole);
  if (exact.length === 1 && !next) return { slug: exact[0]!.slug, name: exact[0]!.name };
  const listed = (exact.length > 0 ? exact : people).slice(0, 10);
  const list = listed.map((person) => `${person.slug} (${person.name})`).join(", ");
  if (exact.length > 1 || next)
    throw new ToolError(`${argument}: several people have this name; give a slug. ${list}`);
  throw new ToolError(
    list
      ? `${argument}: nobody has this name in full; give a slug. It is part of the names of ${list}`
      : `${argument}: nobody of this name is on record; find_person looks for similar names`,
  );
}
