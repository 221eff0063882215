import { serviceWith, type TestService } from "./harness/service.js";
import type { SourceRecordInput } from "../src/records/record.format.js";

const cite = (start: number) => [{ start, end: start + 5 }];
const NAMES = ["Ada Floe", "Bo Drift", "Cy Quay", "Di Reef", "Ed Surf", "Flo Tide"];
const slugOf = (name: string) => name.toLowerCase().replace(" ", "-");
const people = NAMES.map((name) => ({
  slug: slugOf(name),
  name,
  sortName: name.split(" ").toReversed().join(", "),
}));

/** A document about a speaker, an addressee, a participant and an office, of some of them twice. */
const record = {
  format: "communique-record/1",
  document: { key: "log", kind: "NEWS", language: "en" },
  people,
  meetings: [
    {
      slug: "visit",
      title: "Visit",
      kind: "OTHER",
      coverage: "REPORTED",
      participations: ["ada-floe", "cy-quay"].map((person) => ({ person, citations: cite(0) })),
      citations: cite(0),
    },
  ],
  tenures: [
    {
      key: "di-reef/keeper",
      person: "di-reef",
      title: "Keeper",
      country: "AQ",
      citations: cite(9),
    },
  ],
  statements: [
    {
      key: "hello",
      text: "Hello.",
      form: "REPORTED",
      language: "en",
      speakers: [{ person: "bo-drift" }],
      addressees: [{ person: "ada-floe" }],
      citations: [...cite(20), ...cite(40)],
    },
  ],
} as unknown as SourceRecordInput;

const ASKED =
  "people(first: 2, after: $after) { nodes { name } pageInfo { endCursor hasNextPage } totalCount }";

describe("SourceDocument.people", () => {
  let communique: TestService;
  beforeAll(async () => {
    communique = await serviceWith(record, {
      format: "communique-record/1",
      document: { key: "other", kind: "NEWS", language: "en" },
    } as unknown as SourceRecordInput);
  });
  afterAll(() => communique.close());

  async function pageOf(key: string, after: string | null = null) {
    const { data, sql } = await communique.ask(
      `query ($key: String!, $after: String) { sourceDocumentByKey(key: $key) { ${ASKED} } }`,
      { key, after },
    );
    return { ...data.sourceDocumentByKey.people, sql };
  }

  it("Everyone whom a document's facts are about comes once, by sortName, page after page", async () => {
    const first = await pageOf("log");
    expect([first.nodes, first.totalCount]).toEqual([
      [{ name: "Bo Drift" }, { name: "Ada Floe" }],
      4,
    ]);
    const second = await pageOf("log", first.pageInfo.endCursor);
    expect(second.nodes).toEqual([{ name: "Cy Quay" }, { name: "Di Reef" }]);
    expect(second.pageInfo.hasNextPage).toBe(false);
    expect(await pageOf("other")).toMatchObject({ nodes: [], totalCount: 0 });
  });

  it("The people of many documents cost as many statements as those of one", async () => {
    const { sql, data } = await communique.ask(
      "{ sourceDocuments { nodes { key people { nodes { name } } } } }",
    );
    expect(data.sourceDocuments.nodes).toHaveLength(2);
    expect(sql.filter((name) => /people/i.test(name))).toHaveLength(1);
  });

  it("Who is not named any more is not listed any more, and a merged person is listed as the other", async () => {
    const { faults } = await communique.loadWith({ prune: true }, { ...record, tenures: [] });
    expect(faults).toEqual([]);
    expect(await pageOf("log")).toMatchObject({ totalCount: 3 });
    await communique.load({
      format: "communique-record/1",
      document: { key: "judgements", kind: "JUDGEMENT", language: "en" },
      merges: [{ kind: "person", stays: "ed-surf", goes: "cy-quay", because: "One guest." }],
    } as unknown as SourceRecordInput);
    const { pageInfo } = await pageOf("log");
    expect((await pageOf("log", pageInfo.endCursor)).nodes).toEqual([{ name: "Ed Surf" }]);
  });
});
