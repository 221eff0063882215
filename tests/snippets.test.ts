import fc from "fast-check";
import { DocumentKind } from "../src/source/source.enums.js";
import type { SourceRecordInput } from "../src/records/record.format.js";
import { UNSTORABLE } from "../src/scalars/text.js";
import { serviceWith, type TestService } from "./harness/service.js";

const citations = [{ start: 0, end: 1 }];

const said = (key: string, text: string, more: object = {}) => ({
  key,
  text,
  form: "REPORTED",
  language: "en",
  speakers: [{ description: "a gull" }],
  citations,
  ...more,
});

const record = (key: string, facts: object): SourceRecordInput => ({
  format: "communique-record/1",
  document: { key, kind: DocumentKind.TRANSCRIPT, language: "en", licence: "CC0-1.0" },
  ...facts,
});

/** As long as a statement may be, with `words` so far in it. */
const long = (words: string, at = 12_000) =>
  `${"The tide came in and went out again. ".repeat(Math.ceil(at / 37)).slice(0, at)} ${words} ${"Nothing else was noted. ".repeat(500)}`;

const almanac = record("almanac", {
  people: [
    {
      slug: "aurora-kelpwright",
      name: "Aurora Kelpwright",
      sortName: "Kelpwright, Aurora",
      otherNames: [
        "Aurora Kélpwright",
        "अरोरा केल्पराइट",
        { text: "Aurora Tangle", kind: "FORMER" },
        "A. Tangle-Kelpwright",
      ],
    },
  ],
  places: [{ slug: "tidewick", name: "Tidewick", otherNames: ["Port Ebb"] }],
  organizations: [{ slug: "ulm", name: "Union of Lighthouse Masters", otherNames: ["ULM"] }],
  meetings: [
    {
      slug: "lamp-talks",
      title: "Lamp talks of Tidewick",
      kind: "OTHER",
      coverage: "REPORTED",
      citations,
    },
  ],
  statements: [
    said("dimming", "No lamp would be dimmed, she promised; every lamp stays lit.", {
      speakers: [{ country: "BV" }],
      audience: "the keepers of Brackwater",
    }),
    said("fog", long("The foghorn of Quillon is to be mended before the winter storms come.")),
    said(
      "oil",
      long("Whale oil is dear.", 400) + "Seal oil is cheaper than whale blubber and burns well.",
    ),
    said("phare", "Les phares éclairent la CÔTE.", { language: "fr" }),
    said("weather", "<b>Sleet</b> & \u0001hail\u0002 are likely, if a <q and hail> b."),
    said("tower", "双方同意。灯塔将于明年修复，费用由双方分担。"),
    said("gull", "👩‍👩‍👧gulls, cafe\u0301s and 😀gulls"),
  ],
});

interface Edge {
  matchedName: string | null;
  snippet: { text: string; matches: { start: number; end: number }[] } | null;
  node: { __typename: string };
}

const EDGES = `edges { matchedName snippet { text matches { start end } } node { __typename } }`;
const SEARCH = `query ($query: String!, $kinds: [RecordKind!], $first: Int, $after: String) {
  searchRecord(query: $query, kinds: $kinds, first: $first, after: $after) {
    ${EDGES} pageInfo { hasNextPage endCursor } } }`;

async function search(test: TestService, query: string, more: object = {}): Promise<Edge[]> {
  return (await test.ask(SEARCH, { query, first: 100, ...more })).data.searchRecord.edges as Edge[];
}

/** The snippet with its matches in brackets. */
function shown({ snippet }: Edge): string | null {
  if (!snippet) return null;
  let [text, at] = ["", 0];
  for (const { start, end } of snippet.matches) {
    text += `${snippet.text.slice(at, start)}[${snippet.text.slice(start, end)}]`;
    at = end;
  }
  return text + snippet.text.slice(at);
}

describe("What a search shows of what it found", () => {
  let test: TestService;
  beforeAll(async () => {
    test = await serviceWith(almanac);
  });
  afterAll(() => test.close());

  it.each([
    ["promise lamps", "No [lamp] would be dimmed, she [promised]; every [lamp] stays lit."],
    ["phare eclairent cote", "Les [phares] [éclairent] la [CÔTE]."],
    ["PHARE -lamp", "Les [phares] éclairent la CÔTE."],
    ["brackwater", "the keepers of [Brackwater]"],
    [
      "brackwater -lamp or sleet",
      "<b>[Sleet]</b> & \u0001hail\u0002 are likely, if a <q and hail> b.",
    ],
    ["hail likely", "<b>Sleet</b> & \u0001[hail]\u0002 are [likely], if a <q and [hail]> b."],
    ["灯塔将于明年修复", "双方同意。[灯塔将于明年修复]，费用由双方分担。"],
    ["gulls", "👩‍👩‍👧[gulls], cafe\u0301s and 😀[gulls]"],
    ["cafés", "👩‍👩‍👧gulls, [cafe\u0301s] and 😀gulls"],
  ])("The snippet of %p marks its words in the statement", async (query, expected) => {
    const edges = await search(test, query, { kinds: ["STATEMENT"] });
    expect(edges.map(shown)).toEqual([expected]);
  });

  it("Words such as `be` are marked only where nothing else is", async () => {
    const [edge] = await search(test, "be no", { kinds: ["STATEMENT"] });
    expect(shown(edge!)).toContain("[No] lamp would [be] dimmed");
    const [other] = await search(test, "be no promise", { kinds: ["STATEMENT"] });
    expect(shown(other!)).toContain("No lamp would be dimmed, she [promised]");
  });

  it("A long text is cut between words around what matches, with an ellipsis on each side", async () => {
    const [edge] = await search(test, "foghorn quillon");
    const { text } = edge!.snippet!;
    expect(text.length).toBeLessThanOrEqual(240);
    expect(text).toMatch(/^… \S.*\S …$/);
    expect(shown(edge!)).toContain("The [foghorn] of [Quillon] is to be mended");
    expect(almanac.statements![1]!.text).toContain(` ${text.slice(2, -2)} `);
  });

  it("Of several passages the one with the most matches is shown", async () => {
    const [edge] = await search(test, "whale oil blubber cheaper", { kinds: ["STATEMENT"] });
    expect(shown(edge!)).toContain(
      "Seal [oil] is [cheaper] than [whale] [blubber] and burns well.",
    );
  });

  it.each([
    ["Aurora Kelpwright", null, "[Aurora] [Kelpwright]"],
    ["Kelpwright", null, "Aurora [Kelpwright]"],
    ["aurora kélpwright", null, "[Aurora] [Kelpwright]"],
    ["Aurora Tangle", "Aurora Tangle", "[Aurora] [Tangle]"],
    ["केल्पराइट", "अरोरा केल्पराइट", "अरोरा [केल्पराइट]"],
    ["Aurora Tanggle", "Aurora Tangle", null],
    ["Aurra Kelpwrite", null, null],
    ["port ebb", "Port Ebb", "[Port] [Ebb]"],
    ["ulm", "ULM", "[ULM]"],
    ["lighthouses", null, "Union of [Lighthouse] Masters"],
    ["talk", null, "Lamp [talks] of Tidewick"],
    ["Île Bouvet", "Île Bouvet", "[Île] [Bouvet]"],
    ["Bouvet Island", null, "[Bouvet] [Island]"],
  ])("Searching %p tells by which name it was found: %p, %p", async (query, name, snippet) => {
    const [edge] = await search(test, query);
    expect([edge!.matchedName, shown(edge!)]).toEqual([name, snippet]);
  });

  it("Snippets and names come with the page, in one statement, on every page", async () => {
    const { sql } = await test.ask(`{ searchRecord(query: "tidewick") { ${EDGES} } }`);
    expect([...sql].sort()).toEqual(["items", "languagesOnRecord", "searchRecord"]);
    const { data } = await test.ask(SEARCH, { query: "tidewick", first: 1 });
    const { endCursor } = data.searchRecord.pageInfo;
    const [next] = await search(test, "tidewick", { after: endCursor });
    expect(shown(next!)).toBe("Lamp talks of [Tidewick]");
  });

  it("Two searches that select different fields of their edges have each its own", async () => {
    const { data } = await test.ask(`{
      one: searchRecord(query: "port ebb") { edges { matchedName } }
      other: searchRecord(query: "port ebb") { edges { snippet { text } } }
      neither: searchRecord(query: "port ebb") { nodes { __typename } } }`);
    expect(data).toEqual({
      one: { edges: [{ matchedName: "Port Ebb" }] },
      other: { edges: [{ snippet: { text: "Port Ebb" } }] },
      neither: { nodes: [{ __typename: "Place" }] },
    });
  });
});

describe("Snippets of any texts", () => {
  const parts = fc.constantFrom(
    ..."lamp Lámp LAMPS lamp's 灯塔 😀 e\u0301 \u0301 \u0001 \u0002 <b> </b> <x y> &amp; №5 ½ İstanbul ß ﬁn ŉ , 。 - _ ' U.S. e.g. lamp@example.org 3.14".split(
      " ",
    ),
    "x".repeat(90),
    "\u00a0",
    "\n",
  );
  const separator = fc.constantFrom("", " ", " ", " ", "\n", "\t");
  const texts = fc
    .array(fc.tuple(parts, separator), { minLength: 1, maxLength: 150 })
    .map((all) => all.flat().join(""))
    .filter((text) => /[\p{L}\p{N}]/u.test(text));

  it("Offsets lie within the text, in order, between characters, and mark words that equal the query's", async () => {
    const many = fc.sample(texts, { numRuns: 300, seed: 20 });
    const test = await serviceWith(
      record("any", { statements: many.map((text, i) => said(`s${i}`, text)) }),
    );
    try {
      let marked = 0;
      for (const query of [
        "lamp",
        "灯塔",
        "istanbul",
        "fin",
        "3.14",
        "u.s.",
        "5",
        "lamp@example.org",
      ]) {
        const edges = await search(test, query, { kinds: ["STATEMENT"] });
        const [{ words }] = await test.dataSource.query("SELECT folded($1) AS words", [query]);
        for (const { snippet } of edges) {
          const { text, matches } = snippet!;
          expect(text.length).toBeLessThanOrEqual(240);
          expect(text).not.toMatch(UNSTORABLE);
          expect([query, text, matches.length > 0]).toEqual([query, text, true]);
          let last = 0;
          for (const { start, end } of matches) {
            expect(start).toBeGreaterThanOrEqual(last);
            expect(end).toBeGreaterThan(start);
            last = end;
            const word = text.slice(start, end);
            expect(word).not.toMatch(UNSTORABLE);
            const [{ folded }] = await test.dataSource.query("SELECT folded($1)", [word]);
            const plain = words.replace(/\.$/, "");
            expect([text, word, folded.includes(plain)]).toEqual([text, word, true]);
            marked++;
          }
          expect(last).toBeLessThanOrEqual(text.length);
        }
      }
      expect(marked).toBeGreaterThan(300);
    } finally {
      await test.close();
    }
  });
});
