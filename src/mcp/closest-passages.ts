import { z } from "zod";
import { type Ask, dataOf } from "./ask.js";
import { CITATION, CITATION_FIELDS, citationOf, type GivenCitation } from "./citations.js";
import { differenceFrom, findQuotation, searchTermsOf, sharedWords } from "./quotation.js";

const NEAR = `query McpClosestPassages($all: String!, $some: String!, $speakers: [String!]!) {
  same: statements(filter: { text: $all }, orderBy: RELEVANCE, first: 20) { nodes { ...near } }
  near: statements(filter: { text: $some, speakers: $speakers }, orderBy: RELEVANCE, first: 20) { nodes { ...near } }
}
fragment near on Statement {
  key text form
  speakers { person { slug name } country { code } description }
  citations { ${CITATION_FIELDS} }
}`;

interface Near {
  key: string;
  text: string;
  form: string;
  speakers: {
    person: { slug: string; name: string } | null;
    country: { code: string } | null;
    description: string | null;
  }[];
  citations: GivenCitation[];
}

/** The minimum share of a quotation's words that another wording must have to count as close. */
const MIN_SHARED = 0.6;
const MAX_CLOSEST = 3;

/** What comes closest to a quotation that is not on record. */
export const CLOSEST = z
  .array(
    z.object({
      why: z
        .enum([
          ...(["NOT_A_QUOTATION", "OTHER_SPEAKER", "OTHER_CASE"] as const),
          ...(["TOO_FEW_WORDS", "WORDS_LEFT_OUT", "OTHER_WORDS"] as const),
        ])
        .describe(
          "NOT_A_QUOTATION: the words are those of the record's summary or of a note-taker. OTHER_SPEAKER: somebody else is on record with the words. " +
            "OTHER_CASE: this person's words, but for capital letters. TOO_FEW_WORDS: they are part of this person's words, but fewer than three. " +
            "WORDS_LEFT_OUT: this person's words, without those that “…” stands for. OTHER_WORDS: this person said something else, or in other words.",
        ),
      key: z.string(),
      text: z.string(),
      form: z.string(),
      speakers: z.array(z.string()),
      citations: z.array(CITATION),
    }),
  )
  .describe("Where NOT_ON_RECORD: what comes closest, at most 3. None of it has been verified.");

/**
 * Finds what comes closest to words that are not on record as a person's quotation. Returns only wordings that share most of the
 * words, so that what the person did say can be quoted instead, but never as if it were the same.
 */
export async function closestTo(
  words: string,
  slug: string,
  ask: Ask,
): Promise<z.output<typeof CLOSEST>> {
  const terms = searchTermsOf(words);
  if (terms.length === 0) return [];
  const { same, near } = await dataOf<{ same: { nodes: Near[] }; near: { nodes: Near[] } }>(
    ask,
    NEAR,
    { all: terms.join(" "), some: terms.join(" or "), speakers: [slug] },
  );
  const found = new Map<string, z.output<typeof CLOSEST>[number]>();
  const add = (why: z.output<typeof CLOSEST>[number]["why"], statement: Near) => {
    if (!found.has(statement.key) && found.size < MAX_CLOSEST)
      found.set(statement.key, { why, ...toClosest(statement) });
  };
  for (const statement of same.nodes) {
    if (!findQuotation(statement.text, words)) continue;
    const isOwn = statement.speakers.some(({ person }) => person?.slug === slug);
    if (statement.form !== "VERBATIM") add("NOT_A_QUOTATION", statement);
    else if (!isOwn) add("OTHER_SPEAKER", statement);
  }
  const ranked = near.nodes
    .map((statement) => ({ statement, share: sharedWords(statement.text, words) }))
    .filter(({ share }) => share >= MIN_SHARED)
    .sort((a, b) => b.share - a.share);
  for (const { statement } of ranked) {
    const difference = differenceFrom(statement.text, words);
    const isSummary = statement.form !== "VERBATIM" && difference !== "OTHER_WORDS";
    add(isSummary ? "NOT_A_QUOTATION" : difference, statement);
  }
  return [...found.values()];
}

function toClosest({ key, text, form, speakers, citations }: Near) {
  return {
    key,
    text,
    form,
    speakers: speakers.map(
      ({ person, country, description }) =>
        person?.name ?? country?.code ?? description ?? "unknown",
    ),
    citations: citations.map(citationOf),
  };
}
