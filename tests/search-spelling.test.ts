import type { SourceRecordInput } from "../src/records/record.format.js";
import { DocumentKind } from "../src/source/source.enums.js";
import { MeetingCoverage, MeetingKind } from "../src/meeting/meeting.enums.js";
import { StatementForm } from "../src/statement/statement.enums.js";
import { serviceWith, type TestService } from "./harness/service.js";

/** Long names of people beside short names that share some of their letters. */
const atlas: SourceRecordInput = {
  format: "communique-record/1",
  document: { key: "atlas", kind: DocumentKind.TRANSCRIPT, language: "en" },
  people: [
    { slug: "grezhnol", name: "Leopold Ilmarich Grezhnol", sortName: "Grezhnol" },
    { slug: "wadak", name: "Mohan Ansel el-Wadak", sortName: "Wadak" },
    { slug: "kelp", name: "Aurora Kelpwright", sortName: "Kelp" },
    { slug: "kelp-the-elder", name: "Aurelius Baldrick Kelpwright", sortName: "Kelp" },
  ],
  statements: [
    {
      key: "short",
      text: "Grezhnol!",
      form: StatementForm.REPORTED,
      language: "en",
      speakers: [{ description: "a gull" }],
      citations: [{ start: 0, end: 1 }],
    },
  ],
  meetings: [
    {
      slug: "ice-talks",
      title: "Talks on ice",
      kind: MeetingKind.BILATERAL,
      coverage: MeetingCoverage.REPORTED,
      startDate: "2031-05-01",
      participations: [
        { person: "kelp", citations: [{ start: 0, end: 1 }] },
        { description: "Foreign Minister Quelvar", citations: [{ start: 0, end: 1 }] },
        { description: "envoys of the Drift Isles", citations: [{ start: 0, end: 1 }] },
      ],
      citations: [{ start: 0, end: 1 }],
    },
  ],
  places: [
    { slug: "gresil", name: "Gresil" },
    { slug: "wad", name: "Wad" },
    {
      slug: "trawl-bank",
      name: "Trawling Bank",
      otherNames: ["ZOR", "Трал", "海人会", "Zorbund"],
    },
  ],
};

/** The text of a snippet with its matches in brackets. */
function marked({ text, matches }: { text: string; matches: { start: number; end: number }[] }) {
  return matches.reduceRight(
    (given, { start, end }) =>
      `${given.slice(0, start)}[${given.slice(start, end)}]${given.slice(end)}`,
    text,
  );
}

const SEARCH = `query ($query: String!) { searchRecord(query: $query) { edges { score node {
  __typename ... on Person { slug } ... on Place { slug } } } } }`;

describe("Search for names", () => {
  let test: TestService;
  beforeAll(async () => {
    test = await serviceWith(atlas);
  });
  afterAll(() => test.close());

  const found = async (query: string) => {
    const { data } = await test.ask(SEARCH, { query });
    return data.searchRecord.edges as {
      score: number;
      node: { __typename: string; slug?: string };
    }[];
  };

  it.each([
    ["Greshnol", "grezhnol", "gresil"],
    ["Waddak", "wadak", "wad"],
  ])(
    "%p finds the long name that has nearly the word, before a short one that shares less",
    async (query, near, far) => {
      const results = await found(query);
      expect(results.map(({ node }) => node.slug)).toEqual([near, far]);
      const [first, second] = results;
      expect(first!.score).toBeLessThan(0.5);
      expect(first!.score).toBeGreaterThan(second!.score);
    },
  );

  it("A name that has the word comes before what mentions it", async () => {
    const kinds = (await found("Grezhnol")).map(({ node }) => node.__typename);
    expect(kinds.slice(0, 2)).toEqual(["Person", "Statement"]);
  });

  it("A beginning of a word finds a name as it is typed", async () => {
    expect((await found("Grezh"))[0]!.node.slug).toBe("grezhnol");
  });

  it("Among names with the same word the shorter one comes first", async () => {
    const slugs = (await found("Kelpwrigt")).map(({ node }) => node.slug);
    expect(slugs).toEqual(["kelp", "kelp-the-elder"]);
  });

  it.each([
    // The whole of another name, its beginning, and nearly all of it, whatever its length.
    ["ZOR", true],
    ["zo", true],
    ["Zora", true],
    ["Трал", true],
    ["Тра", true],
    ["Тралы", true],
    ["Zorbunt", true],
    // A longer word has the letters of an abbreviation by chance.
    ["Zorat", false],
    ["Zorkin", false],
    ["Тралов", false],
    // Scripts without letters say more in two signs.
    ["海人会議会", true],
  ])("Another name in a few letters is spelt nearly as %p: %p", async (query, isFound) => {
    const slugs = (await found(query)).map(({ node }) => node.slug);
    expect(slugs.includes("trawl-bank")).toBe(isFound);
  });

  it.each([
    ["Quelvar", "Foreign Minister [Quelvar]"],
    ['"minister quelvar"', "Foreign [Minister] [Quelvar]"],
    ["envoy drift", "[envoys] of the [Drift] Isles"],
    ["Talks", "[Talks] on ice"],
    ["Quelvar or talks", "[Talks] on ice"],
    ["Quelvar -foreign", null],
    ["-Quelvar", null],
  ])("A meeting is found by the description of a participant: %s", async (query, snippet) => {
    const { data } = await test.ask(
      `query ($query: String!) { searchRecord(query: $query, kinds: [MEETING]) { totalCount edges { score matchedName
        snippet { text matches { start end } } node { ... on Meeting { slug } } } } }`,
      { query },
    );
    const { edges, totalCount } = data.searchRecord;
    if (snippet === null) return expect([totalCount, edges]).toEqual([0, []]);
    const [{ score, matchedName, snippet: shown, node }] = edges;
    expect([totalCount, node.slug, matchedName]).toEqual([1, "ice-talks", null]);
    expect(score).toBeGreaterThanOrEqual(0.5);
    expect(marked(shown)).toBe(snippet);
  });
});
