import { z } from "zod";
import { type Ask, dataOf, ToolError } from "./ask.js";
import { CITATION, CITATION_FIELDS, citationOf, type GivenCitation, present } from "./citations.js";
import { personNamed } from "./find-person.js";
import { findQuotation, type FoundWords, MIN_WORDS, searchTermsOf, wordsIn } from "./quotation.js";
import { closestTo, CLOSEST } from "./closest-passages.js";
import { defineTool, textArgument } from "./tool.js";

const CANDIDATES = `query McpQuotationCandidates($speakers: [String!]!, $text: String, $after: String) {
  statements(
    filter: { speakers: $speakers, text: $text, forms: [VERBATIM] }
    orderBy: POSITION
    first: 100
    after: $after
  ) {
    nodes { key text }
    pageInfo { hasNextPage endCursor }
  }
}`;

const QUOTED = `query McpQuotation($key: String!) {
  statementByKey(key: $key) {
    key text form speech language originalLanguage date dateCertainty placeCertainty joint standing sourceCount
    place { name }
    meeting { slug title }
    speakers { person { slug name } personCertainty country { code } description }
    citations { ${CITATION_FIELDS} }
  }
}`;

interface GivenStatement {
  key: string;
  text: string;
  form: string;
  speech: string | null;
  language: string;
  originalLanguage: string | null;
  date: string | null;
  dateCertainty: string | null;
  placeCertainty: string | null;
  joint: boolean;
  standing: string;
  sourceCount: number;
  place: { name: string } | null;
  meeting: { slug: string; title: string } | null;
  speakers: {
    person: { slug: string; name: string } | null;
    personCertainty: string | null;
    country: { code: string } | null;
    description: string | null;
  }[];
  citations: GivenCitation[];
}

/** The maximum number of pages of a person's quotations that are compared, and of statements that are returned. */
const MAX_PAGES = 5;
const MAX_STATEMENTS = 5;

const QUOTATION = z.object({
  key: z.string().describe("Key of the statement on record."),
  match: z
    .enum(["EXACT", "NORMALIZED"])
    .describe(
      "EXACT: the words to the letter. NORMALIZED: but for white space, the shape of quotation marks, or a full stop or comma at the end.",
    ),
  words: z.string().describe("The words as they are on record: quote these."),
  isWhole: z.boolean().describe("Whether they are the whole statement, not a part of it."),
  passage: z
    .object({ document: z.string(), start: z.int(), end: z.int() })
    .optional()
    .describe(
      "Where these very words stand within `citations`, where the statement is one passage to the letter.",
    ),
  statement: z.string().describe("The whole statement."),
  form: z.string(),
  speech: z.string().optional(),
  language: z.string(),
  originalLanguage: z
    .string()
    .optional()
    .describe("Language that was spoken, where the words are a translation."),
  personCertainty: z
    .string()
    .describe("STATED: the document names the speaker. INFERRED: it follows from its context."),
  speakers: z.array(z.string()),
  joint: z.boolean().describe("Whether several sides say it."),
  date: z.string().optional(),
  dateCertainty: z.string().optional(),
  place: z.string().optional(),
  placeCertainty: z.string().optional(),
  meeting: z.string().optional(),
  standing: z.string().describe("Whether it still stands: CURRENT, or what became of it."),
  sourceCount: z.int().describe("How many independent sources report it."),
  citations: z
    .array(CITATION)
    .describe("What proves the whole statement, with its speaker: cite these."),
});

const VERIFIED = "VERIFIED" as const;
const NOT_ON_RECORD = "NOT_ON_RECORD" as const;

/** The tool `verify_quote`. */
export const verifyQuote = defineTool({
  name: "verify_quote",
  description:
    "Checks whether a person is on record with these words, as a quotation. VERIFIED: the words stand, in the same case, in a statement kept word for word (VERBATIM). " +
    "Cite its `citations`, which prove the statement; `passage` is where the words themselves stand. NOT_ON_RECORD: they do not, which is no proof that they were never said. " +
    "Reported speech, a note-taker's account, other words and other speakers are never VERIFIED; what comes closest is apart, in `closest`, and is no evidence for the quotation.",
  input: z.strictObject({
    words: textArgument(2_000, "we need to focus on cooperation").describe(
      "The words as quoted, without words left out; part of a statement is enough, from three words on.",
    ),
    person: textArgument(200, "rajnath-singh").describe(
      "Who is said to have said them: a slug, or a whole name on record.",
    ),
  }),
  output: z.object({
    verdict: z.enum([VERIFIED, NOT_ON_RECORD]),
    person: z.object({ slug: z.string(), name: z.string() }),
    quotations: z.array(QUOTATION).describe("The statements that have the words; at most 5."),
    closest: CLOSEST,
  }),
  async run({ words, person: named }, ask) {
    if (!/[\p{L}\p{N}]/u.test(words)) throw new ToolError("words: has no letters or digits");
    const person = await personNamed("person", named, ask);
    const { found, isComplete } = await quotationsOf(person.slug, words, ask);
    if (found.length > 0) {
      const quotations = await Promise.all(
        found.slice(0, MAX_STATEMENTS).map(({ key, at }) => quotationOf(key, at, person.slug, ask)),
      );
      return {
        lead: `VERIFIED: ${person.name} is on record with these words.`,
        content: { verdict: VERIFIED, person, quotations, closest: [] },
      };
    }
    const closest = await closestTo(words, person.slug, ask);
    return {
      lead: `NOT_ON_RECORD: no quotation of ${person.name} on record ${wordsIn(words).length < MIN_WORDS ? TOO_FEW : "has these words."}${isComplete ? "" : INCOMPLETE}`,
      content: { verdict: NOT_ON_RECORD, person, quotations: [], closest },
    };
  },
});

const TOO_FEW = `is just these words; a part of a statement needs at least ${MIN_WORDS} words.`;

const INCOMPLETE =
  " Not all of this person's quotations were compared: there are too many. A longer part of the quotation may find it.";

interface Candidate {
  key: string;
  at: FoundWords;
}

/** Finds a person's quotations that have these words: by a search for the longest words, else by comparing all quotations. */
async function quotationsOf(
  slug: string,
  words: string,
  ask: Ask,
): Promise<{ found: Candidate[]; isComplete: boolean }> {
  const terms = searchTermsOf(words);
  if (terms.length > 0) {
    const searched = await compare(slug, words, terms.join(" "), ask);
    if (searched.found.length > 0) return searched;
  }
  // Full-text search may split or skip words that are compared here.
  return compare(slug, words, null, ask);
}

async function compare(slug: string, words: string, text: string | null, ask: Ask) {
  const found: Candidate[] = [];
  let after: string | null = null;
  for (let page = 0; page < MAX_PAGES; page++) {
    const { statements }: Candidates = await dataOf<Candidates>(ask, CANDIDATES, {
      speakers: [slug],
      text,
      after,
    });
    for (const { key, text: whole } of statements.nodes) {
      const at = findQuotation(whole, words);
      if (at) found.push({ key, at });
    }
    const { hasNextPage, endCursor }: Candidates["statements"]["pageInfo"] = statements.pageInfo;
    if (!hasNextPage || found.length >= MAX_STATEMENTS) return { found, isComplete: true };
    after = endCursor;
  }
  return { found, isComplete: false };
}

interface Candidates {
  statements: {
    nodes: { key: string; text: string }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
}

async function quotationOf(
  key: string,
  at: FoundWords,
  slug: string,
  ask: Ask,
): Promise<z.output<typeof QUOTATION>> {
  const { statementByKey } = await dataOf<{ statementByKey: GivenStatement | null }>(ask, QUOTED, {
    key,
  });
  if (!statementByKey) throw new ToolError("The record has just changed. Ask again.");
  const { text, speakers, citations, place, meeting, ...rest } = statementByKey;
  const own = speakers.find(({ person }) => person?.slug === slug);
  return {
    ...present(rest),
    ...present({ place: place?.name ?? null, meeting: meeting?.slug ?? null }),
    match: at.match,
    words: text.slice(at.start, at.end),
    isWhole: at.isWhole,
    ...passageOf(citations, text, at),
    statement: text,
    personCertainty: own?.personCertainty ?? "INFERRED",
    speakers: speakers.map(
      ({ person, country, description }) =>
        person?.name ?? country?.code ?? description ?? "unknown",
    ),
    citations: citations.map(citationOf),
  };
}

/** Returns the offsets of the words themselves, if a passage is as long as the statement, and so is the statement to the letter. */
function passageOf(citations: GivenCitation[], text: string, { start, end }: FoundWords) {
  const whole = citations.find(
    (each) => each.start !== null && each.end !== null && each.end - each.start === text.length,
  );
  if (!whole) return {};
  return {
    passage: {
      document: whole.document.key,
      start: whole.start! + start,
      end: whole.start! + end,
    },
  };
}
