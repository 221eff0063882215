import fc from "fast-check";
import { AgreementKind } from "../src/agreement/agreement.enums.js";
import { MeetingCoverage, MeetingKind } from "../src/meeting/meeting.enums.js";
import type { SourceRecordInput } from "../src/records/record.format.js";
import { idOf } from "../src/records/record.ids.js";
import { RecordKind } from "../src/search/search.enums.js";
import { DocumentKind, RecordStanding } from "../src/source/source.enums.js";
import { StatementForm } from "../src/statement/statement.enums.js";
import { serviceWith, SHIPPED_RECORD, type TestService } from "./harness/service.js";

type Statement = NonNullable<SourceRecordInput["statements"]>[number];
type Facts = Omit<SourceRecordInput, "format" | "document">;

const citations = [{ start: 0, end: 1 }];

const record = (
  key: string,
  facts: Facts,
  more: Partial<Exclude<SourceRecordInput["document"], string>> = {},
): SourceRecordInput => ({
  format: "communique-record/1",
  document: { key, kind: DocumentKind.TRANSCRIPT, language: "en", ...more },
  ...facts,
});
const person = (slug: string, name: string, ...otherNames: string[]) => ({
  slug,
  name,
  sortName: name,
  otherNames,
});
const meeting = (slug: string, title: string) => ({
  slug,
  title,
  kind: MeetingKind.OTHER,
  coverage: MeetingCoverage.REPORTED,
  citations,
});
const said = (key: string, text: string, changes: Partial<Statement> = {}): Statement => ({
  key,
  text,
  form: StatementForm.REPORTED,
  language: "en",
  speakers: [{ description: "a gull" }],
  citations,
  ...changes,
});

const almanac = record("almanac", {
  people: [
    person("aurora-kelpwright", "Aurora Kelpwright", "अरोरा केल्पराइट", "オーロラ・ケルプライト"),
    person("aurelio-kelpwright", "Aurelio Kelpwright", "Aurelio K. Kelpwright", "Kelpwright"),
    person("pim-brack", "Pim Brack"),
    person("pim-brack-the-younger", "Pim Brack"),
  ],
  places: [
    { slug: "tidewick", name: "Tidewick", country: "AQ" },
    { slug: "skerry", name: "Skerry" },
  ],
  organizations: [
    { slug: "skerry", name: "Skerry" },
    { slug: "ulm", name: "Union of Lighthouse Masters" },
  ],
  meetings: [
    meeting("lamp-talks", "Lamp talks of Tidewick"),
    meeting("skerry", "Skerry"),
    meeting("ferry-day", "Day of the 100% ferry_men"),
  ],
  agreements: [
    { slug: "wick", title: "Wick and Oil Treaty", kind: AgreementKind.TREATY, citations },
  ],
  statements: [
    said("dimming", "Aurora Kelpwright promised that no lamp would be dimmed.", {
      speakers: [{ country: "BV" }],
    }),
    said("lamps", "Lamps, lamps, lamps."),
    said("flasher", "The flashing lamp of Quillon is to be put out.", {
      standing: RecordStanding.RETRACTED,
      standingNote: "Nobody said so.",
    }),
    said("phare", "Les phares éclairent la côte.", { language: "fr" }),
  ],
});

const withdrawn = { standing: RecordStanding.RETRACTED, standingNote: "Nobody wrote it." };
const papers = [
  record("buoy", {}, { title: "Minutes of the Buoy Commission", kind: DocumentKind.MINUTES }),
  record("balise", {}, { title: "Les balises éclairées", language: "fr" }),
  record("forged", {}, { title: "The forged buoy papers", ...withdrawn }),
  record("nameless", { topics: [{ slug: "buoys", label: "Buoys and beacons" }] }),
];

interface Edge {
  cursor: string;
  score: number;
  node: { __typename: string; id: string; slug?: string; code?: string };
}

interface Result {
  edges: Edge[];
  nodes: { __typename: string }[];
  totalCount: number | null;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

const EDGES = `edges { cursor score node { __typename
  ... on Person { id slug } ... on Country { id code } ... on Meeting { id slug } ... on Statement { id }
  ... on Place { id slug } ... on Organization { id slug } ... on Agreement { id slug }
  ... on SourceDocument { id slug: key } ... on StatementTopic { id slug } } }`;
const SEARCH = `query ($query: String!, $kinds: [RecordKind!], $first: Int, $after: String) {
  searchRecord(query: $query, kinds: $kinds, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } nodes { __typename } ${EDGES} } }`;

async function search(test: TestService, query: string, more: Record<string, unknown> = {}) {
  const { data, sql } = await test.ask(SEARCH, { query, first: 100, ...more });
  const { edges, ...rest } = data.searchRecord;
  return { ...(rest as Omit<Result, "edges">), edges: edges as Edge[], sql };
}

/** What is found, in order: `Person aurora-kelpwright`. */
async function found(test: TestService, query: string, kinds?: string[]): Promise<string[]> {
  const { edges } = await search(test, query, { kinds });
  return edges.map(({ node }) => `${node.__typename} ${node.slug ?? node.code ?? node.id}`);
}
const statement = (key: string) => `Statement ${idOf("statement", `almanac/${key}`)}`;

describe("Search", () => {
  let test: TestService;
  beforeAll(async () => {
    test = await serviceWith(almanac, ...papers);
  });
  afterAll(() => test.close());

  it.each([
    ["Aurora Kelpwright", "Person aurora-kelpwright"],
    ["  aurora   KELPWRIGHT ", "Person aurora-kelpwright"],
    ["Äurora Kelpwríght", "Person aurora-kelpwright"],
    ["अरोरा केल्पराइट", "Person aurora-kelpwright"],
    ["オーロラ・ケルプライト", "Person aurora-kelpwright"],
    ["ケルプライト", "Person aurora-kelpwright"],
    ["Antarctica", "Country AQ"],
    ["Антарктида", "Country AQ"],
    ["南極大陸", "Country AQ"],
    ["Île Bouvet", "Country BV"],
    ["Tidewick", "Place tidewick"],
    ["Union of Lighthouse Masters", "Organization ulm"],
    ["lighthouses union", "Organization ulm"],
    ["lamp talk of tidewick", "Meeting lamp-talks"],
    ["wick and oil treaty", "Agreement wick"],
    ["treaties", "Agreement wick"],
    ["minutes of the buoy commission", "SourceDocument buoy"],
    ["balise éclairée", "SourceDocument balise"],
    ["Buoys and Beacons", "StatementTopic buoys"],
    ["beacon", "StatementTopic buoys"],
    ["promising", statement("dimming")],
    ["phare la cotes", statement("phare")],
  ])("Search finds %p", async (query, first) => {
    expect((await found(test, query))[0]).toBe(first);
  });

  it.each([
    ["Aurra Kelpwrite", "Person aurora-kelpwright"],
    ["Bouwet Islant", "Country BV"],
    ["Tidewik", "Place tidewick"],
    ["Union of Lighthose Mastres", "Organization ulm"],
    ["Lamp talks of Tydewick", "Meeting lamp-talks"],
    ["Wick and Oil Treety", "Agreement wick"],
    ["Minuts of the Buoy Comission", "SourceDocument buoy"],
    ["Buoyz and beakons", "StatementTopic buoys"],
  ])("Search finds the misspelt %p, with a score below 0.5", async (query, first) => {
    const { edges } = await search(test, query);
    expect(edges.map(({ node }) => `${node.__typename} ${node.slug ?? node.code}`)[0]).toBe(first);
    for (const { score } of edges) {
      expect(score).toBeGreaterThan(0);
      expect(score).toBeLessThan(0.5);
    }
  });

  it("Search finds misspelt names in other scripts when the server's locale knows their letters", async () => {
    const [{ letters }] = await test.dataSource.query("SELECT show_trgm('अ') <> '{}' AS letters");
    expect(await found(test, "अरोर केल्पराइत")).toEqual(letters ? ["Person aurora-kelpwright"] : []);
    if (!process.env.TEST_DATABASE_URL && process.platform !== "win32") expect(letters).toBe(true);
  });

  it("Search orders whole names first, then words, then misspelt names", async () => {
    const { edges } = await search(test, "Kelpwright");
    const [whole, ...others] = edges;
    expect([whole!.node.slug, whole!.score]).toEqual(["aurelio-kelpwright", 1]);
    expect(others.map(({ node }) => node.slug ?? node.__typename)).toEqual([
      "aurora-kelpwright",
      "Statement",
    ]);
    for (const { score } of others) {
      expect(score).toBeGreaterThanOrEqual(0.5);
      expect(score).toBeLessThan(1);
    }

    const near = await search(test, "Aurora Kelpwright");
    expect(near.edges.map(({ node }) => node.slug ?? node.__typename)).toEqual([
      "aurora-kelpwright",
      "Statement",
      "aurelio-kelpwright",
    ]);
    const scores = near.edges.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(scores[2]).toBeLessThan(0.5);
  });

  it("Equal scores are ordered by kind, then by ID", async () => {
    expect(await found(test, "skerry")).toEqual([
      "Meeting skerry",
      "Place skerry",
      "Organization skerry",
    ]);
    const ids = ["pim-brack", "pim-brack-the-younger"].map((slug) => idOf("person", slug)).sort();
    const { edges } = await search(test, "pim brack");
    expect(edges.map(({ node }) => node.id)).toEqual(ids);
  });

  it("Search counts each item once, by its best name", async () => {
    expect(await found(test, "Aurelio", ["PERSON"])).toEqual(["Person aurelio-kelpwright"]);
    const { totalCount } = await search(test, "Aurelio Kelpwright", { kinds: ["PERSON"] });
    expect(totalCount).toBe(2);
  });

  it("Search is limited to the given kinds, to none by an empty list, and to all kinds by null", async () => {
    const { edges, totalCount, sql } = await search(test, "skerry", { kinds: [] });
    expect([edges, totalCount, sql]).toEqual([[], 0, []]);
    expect(await found(test, "skerry", ["PLACE"])).toEqual(["Place skerry"]);
    expect(await found(test, "skerry", ["ORGANIZATION", "MEETING", "MEETING"])).toEqual([
      "Meeting skerry",
      "Organization skerry",
    ]);
    const all = await test.ask(SEARCH, { query: "skerry", kinds: null });
    expect(all.data.searchRecord.totalCount).toBe(3);
    expect(await found(test, "lamp", ["STATEMENT"])).toHaveLength(2);
    expect(await found(test, "lamp", ["PERSON"])).toEqual([]);
  });

  it("Search leaves out retracted statements and countries that no fact names", async () => {
    expect(await found(test, "Quillon")).toEqual([]);
    expect(await found(test, "flashing lamp")).toEqual([]);
    expect(await found(test, "Mongolia")).toEqual([]);
    expect(await found(test, "Frankreich")).toEqual([]);
  });

  it("Search leaves out a retracted document, and finds it when it stands again or has another title", async () => {
    expect(await found(test, "forged buoy papers")).not.toContain("SourceDocument forged");
    await test.load(record("forged", {}, { title: "The forged buoy papers" }));
    expect((await found(test, "forged buoy papers"))[0]).toBe("SourceDocument forged");
    await test.load(record("forged", {}, { title: "The genuine lamp papers" }));
    expect(await found(test, "forged", ["SOURCE_DOCUMENT"])).toEqual([]);
    expect(await found(test, "genuine")).toEqual(["SourceDocument forged"]);
    await test.load(record("forged", {}, withdrawn));
    expect(await found(test, "genuine")).toEqual([]);
  });

  it("Search finds no statement by a misspelt word", async () => {
    expect(await found(test, "promissed", ["STATEMENT"])).toEqual([]);
  });

  it("Search ranks a statement higher that has the word in a place of more weight", async () => {
    expect(await found(test, "lamp", ["STATEMENT"])).toEqual([
      statement("lamps"),
      statement("dimming"),
    ]);
  });

  it("Search reads quotation marks, or, and -, and then finds no misspelt names", async () => {
    expect(await found(test, '"lamp talks"')).toEqual(["Meeting lamp-talks"]);
    expect(await found(test, '"talks lamp"')).toEqual([]);
    expect(await found(test, "lamp -talks", ["MEETING"])).toEqual([]);
    expect(await found(test, "oil or ferry_men", ["MEETING", "AGREEMENT"])).toHaveLength(2);
    expect(await found(test, "-lamp")).toEqual([]);
    expect(await found(test, "aurra -brack")).toEqual([]);
  });

  it.each(["", " ", "%", "_", "*", "!?", "\t\n", "“”", "-", "🐧", "̈"])(
    "Search for %p finds nothing and runs no SQL",
    async (query) => {
      const { edges, nodes, totalCount, pageInfo, sql } = await search(test, query);
      expect({ edges, nodes, totalCount, sql }).toEqual({
        edges: [],
        nodes: [],
        totalCount: 0,
        sql: [],
      });
      expect(pageInfo).toEqual({ hasNextPage: false, endCursor: null });
    },
  );

  it("The characters % and _ are no wildcards in a search", async () => {
    for (const query of ["f%y", "d_y", "%a%", "t_______", "%e_p%"]) {
      expect([query, await found(test, query)]).toEqual([query, []]);
    }
    expect((await found(test, "100% ferry_men"))[0]).toBe("Meeting ferry-day");
  });

  it.each([
    `"`,
    `a "b`,
    `" " "`,
    "or",
    "or or",
    "- a",
    "a & | ! ( ) : * <-> b",
    "a:*",
    "'a''b'\\",
    "<b>lamp</b>",
    "lamp & !talks",
    "x".repeat(300),
    "lamp or ".repeat(37),
    "-a ".repeat(100),
    "न".repeat(300),
  ])("Search accepts any query syntax: %p", async (query) => {
    await search(test, query);
  });

  it("Search accepts any text, and refuses only NUL bytes and lone surrogates", async () => {
    const texts = fc.oneof(
      fc.string({ unit: "binary", maxLength: 60 }),
      fc.string({ unit: "grapheme", maxLength: 60 }),
      fc.string({ unit: fc.constantFrom(..."lamp or -\"'&|!<>():*%_\\"), maxLength: 60 }),
    );
    await fc.assert(
      fc.asyncProperty(texts, async (query) => {
        const { errors, data } = await test.askExpectingErrors(SEARCH, { query });
        const isText = !/[\0\p{Surrogate}]/u.test(query);
        if (isText) expect(data.searchRecord.edges.length).toBeGreaterThanOrEqual(0);
        const expected = isText ? [] : [["BAD_USER_INPUT", "query"]];
        expect(errors.map(({ extensions: e }) => [e?.code, e?.argument])).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  it("A query over 300 characters, a broken cursor and a page size over 100 are refused", async () => {
    for (const [argument, args] of [
      ["query", { query: "x".repeat(301) }],
      ["after", { query: "lamp", after: "lamp" }],
      ["first", { query: "lamp", first: 101 }],
    ] as const) {
      const { errors } = await test.askExpectingErrors(SEARCH, args);
      expect(errors.map(({ extensions: e }) => [e?.code, e?.argument])).toEqual([
        ["BAD_USER_INPUT", argument],
      ]);
    }
  });

  it("Search accepts the cursor of another query", async () => {
    const { edges } = await search(test, "skerry");
    for (const { cursor } of edges) await search(test, "lamp", { after: cursor });
  });

  it("Search takes one SQL statement for the page, one for the count and one for all items", async () => {
    const { sql } = await test.ask(SEARCH, { query: "skerry" });
    expect([...sql].sort()).toEqual([
      "items",
      "languagesOnRecord",
      "searchRecord",
      "searchRecordCount",
    ]);
    const page = await test.ask(`{ searchRecord(query: "antarctica") {
      nodes { __typename } edges { score cursor } pageInfo { hasNextPage } } }`);
    expect([...page.sql].sort()).toEqual(["countriesByCodes", "languagesOnRecord", "searchRecord"]);
    const count = await test.ask(`{ searchRecord(query: "antarctica") { totalCount } }`);
    expect([...count.sql].sort()).toEqual(["languagesOnRecord", "searchRecordCount"]);
  });

  it("Search counts each kind as a search of that kind alone, and then counts nothing else for the total", async () => {
    for (const query of [
      "skerry",
      "kelpwrihgt",
      "lamp or gull or skerry",
      '"skerry"',
      "-skerry",
      "!",
    ]) {
      const asked = `query ($query: String!) { searchRecord(query: $query) {
        totalCount kindCounts { kind count more } } }`;
      const { data, sql } = await test.ask(asked, { query });
      const { totalCount, kindCounts } = data.searchRecord as {
        totalCount: number;
        kindCounts: { kind: string; count: number; more: boolean }[];
      };
      const alone = await Promise.all(
        Object.values(RecordKind).map(async (kind) => ({
          kind,
          count: (await search(test, query, { kinds: [kind] })).totalCount!,
          more: false,
        })),
      );
      const most = alone.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
      expect([query, kindCounts]).toEqual([query, most]);
      expect(totalCount).toBe(most.reduce((sum, { count }) => sum + count, 0));
      expect(sql).not.toContain("searchRecordCount");
    }
    const { data } = await test.ask(`{
      one: searchRecord(query: "skerry", kinds: [PLACE]) { totalCount kindCounts { kind count } }
      repeated: searchRecord(query: "skerry", kinds: [${Array(9).fill("PLACE").join()}]) { totalCount kindCounts { kind count } }
      none: searchRecord(query: "skerry", kinds: []) { totalCount kindCounts { kind count } } }`);
    expect(data.one.totalCount).toBe(1);
    expect(data.one.kindCounts.length).toBeGreaterThan(1);
    expect(data.repeated).toEqual(data.one);
    expect(data.none).toEqual({ totalCount: 0, kindCounts: data.one.kindCounts });
  });

  it("Search results have all fields of their type", async () => {
    const { data } = await test.ask(`{ searchRecord(query: "dimmed", kinds: [STATEMENT]) {
      nodes { ... on Statement { text speakers { country { code } } } } } }`);
    expect(data.searchRecord.nodes).toEqual([
      { text: almanac.statements![0]!.text, speakers: [{ country: { code: "BV" } }] },
    ]);
  });

  it("Search follows changed names and deleted people", async () => {
    const rename = (name: string, ...otherNames: string[]) =>
      test.load(record("gazette", { people: [person("moss-eddy", name, ...otherNames)] }));
    await rename("Moss Eddy", "Mossy");
    expect(await found(test, "mossy")).toEqual(["Person moss-eddy"]);
    await rename("Fern Eddy");
    expect(await found(test, "mossy")).toEqual([]);
    expect(await found(test, "fern eddy")).toEqual(["Person moss-eddy"]);
    await test.dataSource.query("DELETE FROM person WHERE slug = 'moss-eddy'");
    expect(await found(test, "fern eddy")).toEqual([]);
  });
});

describe("Long search results", () => {
  let test: TestService;
  const names = Array.from({ length: 130 }, (_, i) =>
    person(`gale-${i}`, `Gale ${"Ab".repeat(i % 7)}`),
  );
  const statements = Array.from({ length: 1_001 }, (_, i) =>
    said(`gale-${i}`, "A gale is near.", {
      date: i === 1_000 ? "2031" : `2030-01-${10 + (i % 9)}`,
    }),
  );
  beforeAll(async () => {
    test = await serviceWith(record("gales", { people: names, statements }));
  });
  afterAll(() => test.close());

  async function walk(first: number, kinds?: string[]) {
    const edges: Edge[] = [];
    for (let after: string | null = null; ;) {
      const page = await search(test, "gale", { first, kinds, after });
      edges.push(...page.edges);
      if (!page.pageInfo.hasNextPage) return edges;
      expect(page.edges).toHaveLength(first);
      after = page.pageInfo.endCursor;
    }
  }

  it("Search pages have no repeats or gaps, and the same order at any size", async () => {
    const whole = (await walk(100, ["PERSON"])).map(({ node }) => node.id);
    expect(whole).toHaveLength(130);
    expect(new Set(whole).size).toBe(130);
    for (const first of [7, 64]) {
      expect((await walk(first, ["PERSON"])).map(({ node }) => node.id)).toEqual(whole);
    }
  });

  it("Search results are limited to 1,000 and not counted beyond, and keep the newest statements", async () => {
    expect((await search(test, "gale", { kinds: ["PERSON"] })).totalCount).toBe(130);
    expect((await search(test, "gale", { kinds: ["STATEMENT"] })).totalCount).toBeNull();
    const { data: counted } = await test.ask(
      `{ searchRecord(query: "gale") { totalCount kindCounts { kind count more } } }`,
    );
    expect(counted.searchRecord).toEqual({
      totalCount: null,
      kindCounts: [
        { kind: "STATEMENT", count: 1_000, more: true },
        { kind: "PERSON", count: 130, more: false },
      ],
    });
    const edges = await walk(100);
    expect((await search(test, "gale")).totalCount).toBeNull();
    expect(edges).toHaveLength(1_000);
    expect(new Set(edges.map(({ node }) => node.id)).size).toBe(1_000);
    const scores = edges.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    const { data } = await test.ask(`{ statements(first: 1) { nodes { id } } }`);
    const newest = data.statements.nodes[0].id as string;
    expect(newest).toBe(idOf("statement", "gales/gale-1000"));
    const statements = new Set((await walk(100, ["STATEMENT"])).map(({ node }) => node.id));
    expect(statements.size).toBe(1_000);
    expect(statements.has(newest)).toBe(true);
    const { data: last } = await test.ask(`{ statements(last: 1) { nodes { id } } }`);
    expect(statements.has(last.statements.nodes[0].id)).toBe(false);

    await test.dataSource.query(
      "UPDATE statement SET standing = 'RETRACTED' WHERE key = 'gales/gale-0'",
    );
    expect((await search(test, "gale", { kinds: ["STATEMENT"] })).totalCount).toBe(1_000);
  });
});

describe("Search of the shipped record", () => {
  let test: TestService;
  beforeAll(async () => {
    test = await serviceWith(SHIPPED_RECORD);
  });
  afterAll(() => test.close());

  it("ASEAN finds the organization first, and each statement that names it", async () => {
    const results = await found(test, "ASEAN");
    expect(results[0]).toBe("Organization asean");
    const { data } = await test.ask(
      `{ statements(filter: { text: "ASEAN" }) { nodes { id text } } }`,
    );
    const statements = data.statements.nodes as { id: string; text: string }[];
    expect(statements.length).toBeGreaterThan(0);
    for (const { id, text } of statements) {
      expect(text).toContain("ASEAN");
      expect(results).toContain(`Statement ${id}`);
    }
    const { edges } = await search(test, "ASEAN");
    const whole = edges.filter(({ score }) => score === 1);
    expect(whole.map(({ node }) => node.__typename)).toEqual(["Organization", "StatementTopic"]);
  });

  it("Rajnat Sing finds Rajnath Singh", async () => {
    expect((await found(test, "Rajnat Sing"))[0]).toBe("Person rajnath-singh");
    expect((await found(test, "Rajnath Singh"))[0]).toBe("Person rajnath-singh");
  });

  it.each([
    ["Laos", "LA"],
    ["Lao", "LA"],
    ["ລາວ", "LA"],
    ["लाओस", "LA"],
    ["Indien", "IN"],
    ["भारत", "IN"],
    ["Chine", "CN"],
    ["中国", "CN"],
    ["مالیزیا", "MY"],
  ])("The name %s finds the country first", async (query, code) => {
    expect((await found(test, query))[0]).toBe(`Country ${code}`);
  });
});
