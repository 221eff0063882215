import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { serviceWith, SHIPPED_RECORD, type TestService } from "./harness/service.js";

const EXAMPLES = resolve(__dirname, "../examples");
const files = readdirSync(EXAMPLES).filter((name) => name.endsWith(".graphql"));

describe("Example queries", () => {
  let test: TestService;
  beforeAll(async () => {
    test = await serviceWith(SHIPPED_RECORD);
  });
  afterAll(() => test.close());

  it.each(files)("The example %s has the answer in the file beside it", async (file) => {
    const query = readFileSync(join(EXAMPLES, file), "utf8");
    const answer = readFileSync(join(EXAMPLES, file.replace(/graphql$/, "json")), "utf8");
    expect((await test.ask(query)).data).toEqual(JSON.parse(answer));
  });

  it.each(files)("The example %s starts with a comment of its question and answer", (file) => {
    const [question, inWords] = readFileSync(join(EXAMPLES, file), "utf8").split("\n");
    expect(question).toMatch(/^# .{10,}[?.]$/);
    expect(inWords).toMatch(/^# .{2,}/);
  });
});

/** The answers that the record was made for, as its authors counted them by hand. */
describe("Rajnath Singh's statements in the shipped record", () => {
  let test: TestService;
  beforeAll(async () => {
    test = await serviceWith(SHIPPED_RECORD);
  });
  afterAll(() => test.close());

  const there = `places: ["vientiane"]`;
  it.each([
    ["in Vientiane", there, 14],
    ["in Vientiane, by himself", `${there}, joint: false`, 11],
    ["in Vientiane, together with another side", `${there}, joint: true`, 3],
    ["in Vientiane, word for word", `${there}, forms: [VERBATIM]`, 2],
    ["in Vientiane, resting on stated facts", `${there}, statedOnly: true`, 6],
    ["anywhere, resting on stated facts", `statedOnly: true`, 11],
  ])(
    "What he said %s is the same through person, statements and _entities",
    async (_, filter, count) => {
      const fields = `totalCount nodes { id }`;
      const { data } = await test.ask(`
      fragment his on Person { statements(filter: { ${filter} }, first: 50) { ${fields} } }
      { person(slug: "rajnath-singh") { ...his }
        statements(filter: { speakers: ["rajnath-singh"], ${filter} }, first: 50) { ${fields} }
        _entities(representations: [{ __typename: "Person", slug: "rajnath-singh" }]) { ...his } }`);
      expect(data.person.statements.totalCount).toBe(count);
      expect(data.person.statements.nodes).toHaveLength(count);
      expect(data.statements).toEqual(data.person.statements);
      expect(data._entities[0].statements).toEqual(data.person.statements);
    },
  );

  it("His statements come in pages of 5, 5 and 4, forwards and backwards, without repeats", async () => {
    const page = async (paging: string) => {
      const { data } = await test.ask(
        `{ person(slug: "rajnath-singh") { statements(${paging}) {
             nodes { id } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } } }`,
      );
      const { nodes, pageInfo } = data.person.statements;
      return { ids: nodes.map(({ id }: { id: string }) => id) as string[], pageInfo };
    };
    const forwards: string[][] = [];
    for (let paging = "first: 5"; paging;) {
      const { ids, pageInfo } = await page(paging);
      forwards.push(ids);
      paging = pageInfo.hasNextPage ? `first: 5, after: "${pageInfo.endCursor}"` : "";
    }
    expect(forwards.map(({ length }) => length)).toEqual([5, 5, 4]);
    expect(new Set(forwards.flat()).size).toBe(14);

    const backwards: string[][] = [];
    for (let paging = "last: 5"; paging;) {
      const { ids, pageInfo } = await page(paging);
      backwards.unshift(ids);
      paging = pageInfo.hasPreviousPage ? `last: 5, before: "${pageInfo.startCursor}"` : "";
    }
    expect(backwards.map(({ length }) => length)).toEqual([4, 5, 5]);
    expect(backwards.flat()).toEqual(forwards.flat());
  });

  it("The statement about de-escalation has two citations of one document", async () => {
    const { data } = await test.ask(
      `{ statements(filter: { meetings: ["singh-dong-vientiane-2024"] }) {
           nodes { citations { document { id } } } } }`,
    );
    const citations = data.statements.nodes[1].citations as { document: { id: string } }[];
    expect(citations).toHaveLength(2);
    expect(new Set(citations.map(({ document }) => document.id)).size).toBe(1);
  });
});
