import type { SourceRecordInput } from "../src/records/record.format.js";
import { DocumentKind } from "../src/source/source.enums.js";
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
  places: [
    { slug: "gresil", name: "Gresil" },
    { slug: "wad", name: "Wad" },
  ],
};

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
});
