import { z } from "zod";
import { dataOf } from "./ask.js";
import { CITATION, CITATION_FIELDS, citationOf, type GivenCitation } from "./citations.js";
import { AFTER, countArgument, defineTool, textArgument } from "./tool.js";

const SEARCH = `query McpSearch($query: String!, $kinds: [RecordKind!], $first: Int!, $after: String) {
  searchRecord(query: $query, kinds: $kinds, first: $first, after: $after) {
    totalCount
    edges {
      score
      matchedName
      snippet { text }
      node {
        __typename
        ... on Person { slug name }
        ... on Country { code name }
        ... on Place { slug name }
        ... on Organization { slug name }
        ... on StatementTopic { slug label }
        ... on SourceDocument { key headline: title }
        ... on Meeting { slug title startDate citations { ${CITATION_FIELDS} } }
        ... on Agreement { slug title date citations { ${CITATION_FIELDS} } }
        ... on Statement {
          key text form date
          speakers { person { name } country { code } description }
          citations { ${CITATION_FIELDS} }
        }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

const KINDS = [
  ...["PERSON", "COUNTRY", "MEETING", "STATEMENT", "PLACE", "ORGANIZATION", "AGREEMENT"],
  ...["SOURCE_DOCUMENT", "TOPIC"],
] as const;

interface Found {
  searchRecord: {
    totalCount: number | null;
    edges: {
      score: number;
      matchedName: string | null;
      snippet: { text: string } | null;
      node: FoundNode;
    }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
}

interface FoundNode {
  __typename: string;
  slug?: string;
  code?: string;
  key?: string;
  name?: string;
  title?: string;
  headline?: string | null;
  label?: string;
  text?: string;
  form?: string;
  date?: string | null;
  startDate?: string | null;
  speakers?: {
    person: { name: string } | null;
    country: { code: string } | null;
    description: string | null;
  }[];
  citations?: GivenCitation[];
}

const ITEM = z.object({
  type: z.string().describe("Person, Country, Meeting, Statement …"),
  key: z.string().describe("Its slug, code or key, which other tools take."),
  title: z.string().optional().describe("Its name or title; of a statement its text."),
  form: z.string().optional(),
  date: z.string().optional(),
  speakers: z.array(z.string()).optional(),
  matchedName: z.string().optional(),
  snippet: z.string().optional().describe("The words that were found, where they are others."),
  score: z.number(),
  citations: z.array(CITATION).optional(),
});

/** The tool `search`. */
export const search = defineTool({
  name: "search",
  description:
    'Searches the whole record: people, countries, meetings, statements, places, organizations, agreements, documents and topics, by words, "a phrase", or, -not; ' +
    "names in any script, also misspelt. The best first. It finds words, not answers: read the statement or meeting found.",
  input: z.strictObject({
    query: textArgument(300, "border peace").describe("What to look for."),
    kinds: z
      .array(z.enum(KINDS, `expected some of ${KINDS.join(", ")}`), "expected a list of kinds")
      .min(1, "expected at least one kind")
      .max(KINDS.length, `expected at most ${KINDS.length} kinds`)
      .optional()
      .describe("Only these kinds."),
    first: countArgument(20, 8).describe("How many results."),
    after: AFTER,
  }),
  output: z.object({
    total: z.int().nullable().describe("How much was found; null past 1,000."),
    results: z.array(ITEM),
    next: z.string().optional().describe("For `after`, where there is more."),
  }),
  async run(args, ask) {
    const { searchRecord } = await dataOf<Found>(ask, SEARCH, args);
    const { totalCount, edges, pageInfo } = searchRecord;
    return {
      content: {
        total: totalCount,
        results: edges.map(itemOf),
        ...(pageInfo.hasNextPage && pageInfo.endCursor ? { next: pageInfo.endCursor } : {}),
      },
      ...(edges.length === 0 ? { lead: "Nothing on record was found." } : {}),
    };
  },
});

function itemOf({ node, score, matchedName, snippet }: Found["searchRecord"]["edges"][number]) {
  const title = node.text ?? node.name ?? node.title ?? node.headline ?? node.label ?? undefined;
  const words = snippet?.text;
  return {
    type: node.__typename,
    key: node.key ?? node.slug ?? node.code ?? "",
    title,
    form: node.form,
    date: node.date ?? node.startDate ?? undefined,
    speakers: node.speakers?.map(
      ({ person, country, description }) =>
        person?.name ?? country?.code ?? description ?? "unknown",
    ),
    matchedName: matchedName ?? undefined,
    snippet: words === title ? undefined : words,
    score,
    citations: node.citations?.map(citationOf),
  };
}
