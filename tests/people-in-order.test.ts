import type { SourceRecordInput } from "../src/records/record.format.js";
import { worldOf } from "./fixtures/world.js";
import { wrongInLists } from "./harness/list-tables.js";
import { serviceWith, type TestService } from "./harness/service.js";

jest.setTimeout(120_000);

type Order = "STATEMENTS_DESC" | "MEETINGS_DESC";

interface Listed {
  slug: string;
  sortName: string;
  statements: { totalCount: number };
  meetings: { totalCount: number };
}

const ORDERS: [Order, "statements" | "meetings"][] = [
  ["STATEMENTS_DESC", "statements"],
  ["MEETINGS_DESC", "meetings"],
];

// Every form and coverage, so that they are counted in the lists and not read where the order is kept.
const PERSON = `slug sortName
  statements(filter: { forms: [VERBATIM, REPORTED, RECORDED] }) { totalCount }
  meetings(filter: { coverages: [REPORTED, REFERRED_TO] }) { totalCount }`;

/** All pages of people in an order, forwards or from the end. */
async function everyone(
  test: TestService,
  order: Order,
  { country, backwards = false }: { country?: string; backwards?: boolean } = {},
): Promise<Listed[]> {
  const all: Listed[] = [];
  for (let cursor: string | null = null; ;) {
    const [size, place] = backwards ? ["last", "before"] : ["first", "after"];
    const list = `people(${size}: 7, orderBy: ${order}${cursor ? `, ${place}: "${cursor}"` : ""}) {
      nodes { ${PERSON} } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } }`;
    const { data } = await test.ask(
      country ? `{ of: country(code: "${country}") { ${list} } }` : `{ ${list} }`,
    );
    const { nodes, pageInfo } = (data.of ?? data).people;
    if (backwards) all.unshift(...(nodes as Listed[]));
    else all.push(...(nodes as Listed[]));
    if (!(backwards ? pageInfo.hasPreviousPage : pageInfo.hasNextPage)) return all;
    cursor = backwards ? pageInfo.startCursor : pageInfo.endCursor;
  }
}

const { compare } = new Intl.Collator("en");
const inOrder = (people: Listed[], by: "statements" | "meetings") =>
  people.toSorted((a, b) => b[by].totalCount - a[by].totalCount || compare(a.sortName, b.sortName));
const shown = (people: Listed[], by: "statements" | "meetings") =>
  people.map(({ sortName, ...counts }) => [counts[by].totalCount, sortName]);

describe("People in the order of what they did", () => {
  let test: TestService;
  beforeAll(async () => {
    test = await serviceWith(
      ...worldOf({ seed: 11, people: 60, places: 10, meetings: 60, statements: 200 }),
    );
  });
  afterAll(() => test.close());

  it.each(ORDERS)(
    "People come in the order of the counts that they show themselves, whichever way the pages are turned: %s",
    async (order, by) => {
      for (const country of [undefined, "AQ"]) {
        const people = await everyone(test, order, { country });
        expect(people.length).toBeGreaterThan(20);
        expect(new Set(people.map((person) => person[by].totalCount)).size).toBeGreaterThan(5);
        expect(shown(people, by)).toEqual(shown(inOrder(people, by), by));
        expect(await everyone(test, order, { country, backwards: true })).toEqual(people);
        const { data } = await test.ask(
          country
            ? `{ of: country(code: "${country}") { people { totalCount } } }`
            : "{ people { totalCount } }",
        );
        expect((data.of ?? data).people.totalCount).toBe(people.length);
      }
    },
  );

  it("A cursor of one order is not valid in another one", async () => {
    const { data } = await test.ask(
      "{ people(first: 1, orderBy: STATEMENTS_DESC) { pageInfo { endCursor } } }",
    );
    const { errors } = await test.askExpectingErrors(
      `{ people(orderBy: MEETINGS_DESC, after: "${data.people.pageInfo.endCursor}") { nodes { id } } }`,
    );
    expect(errors[0]).toMatchObject({ extensions: { code: "BAD_USER_INPUT", argument: "after" } });
  });

  it("Counts that were lost while triggers were disabled are made again", async () => {
    const { dataSource } = test;
    const runner = dataSource.createQueryRunner();
    await runner.connect();
    await runner.query("SET session_replication_role = replica");
    await runner.query(
      "DELETE FROM speaker WHERE person_id IN (SELECT id FROM person ORDER BY id LIMIT 9)",
    );
    await runner.query("DELETE FROM person_of_country");
    await runner.query("SET session_replication_role = DEFAULT");
    await runner.release();
    const wrong = () => wrongInLists((text) => dataSource.query<unknown[]>(text));
    expect((await wrong()).length).toBeGreaterThan(9);
    await dataSource.query("SELECT remake_lists()");
    expect(await wrong()).toEqual([]);
  });
});

describe("People in the order of what they did, after loads", () => {
  let test: TestService;
  beforeEach(async () => {
    test = await serviceWith();
  });
  afterEach(() => test.close());

  const cite = [{ start: 0, end: 5 }];
  const saying = (key: string, person: string, more: object = {}) => ({
    key,
    text: "The fog lifts.",
    form: "REPORTED",
    language: "en",
    speakers: [{ person, country: "AQ" }],
    citations: cite,
    ...more,
  });
  const meeting = (slug: string, ...people: string[]) => ({
    slug,
    title: slug,
    kind: "OTHER",
    coverage: "REPORTED",
    participations: people.map((person) => ({ person, citations: cite })),
    citations: cite,
  });
  const telling = (key: string, statements: object[], meetings: object[] = []) =>
    ({
      format: "communique-record/1",
      document: { key, kind: "NEWS", language: "en" },
      people: ["ada", "bo", "cy"].map((slug) => ({ slug, name: slug, sortName: slug })),
      meetings,
      statements,
    }) as SourceRecordInput;

  const counts = async (order: Order, by: "statements" | "meetings", country?: string) =>
    (await everyone(test, order, { country })).map(
      ({ slug, ...person }) => `${slug} ${person[by].totalCount}`,
    );

  it("A retracted statement no longer counts, and one that stands again does", async () => {
    const record = (standing: string) =>
      telling("herald", [
        saying("one", "bo", { standing, standingNote: "So they say." }),
        saying("two", "bo"),
        saying("three", "cy"),
        saying("four", "cy"),
        saying("five", "cy"),
      ]);
    await test.load(record("CURRENT"));
    expect(await counts("STATEMENTS_DESC", "statements")).toEqual(["cy 3", "bo 2", "ada 0"]);
    await test.load(record("RETRACTED"));
    expect(await counts("STATEMENTS_DESC", "statements")).toEqual(["cy 3", "bo 1", "ada 0"]);
    expect(await counts("STATEMENTS_DESC", "statements", "AQ")).toEqual(["cy 3", "bo 1"]);
    await test.load(record("DISPUTED"));
    expect(await counts("STATEMENTS_DESC", "statements", "AQ")).toEqual(["cy 3", "bo 2"]);
  });

  it("Equal counts are by name, and those of meetings are of their own", async () => {
    await test.load(
      telling(
        "herald",
        [saying("one", "cy")],
        [meeting("fair", "bo", "ada"), meeting("talks", "ada")],
      ),
    );
    expect(await counts("STATEMENTS_DESC", "statements")).toEqual(["cy 1", "ada 0", "bo 0"]);
    expect(await counts("MEETINGS_DESC", "meetings")).toEqual(["ada 2", "bo 1", "cy 0"]);
    expect(await counts("MEETINGS_DESC", "meetings", "AQ")).toEqual(["cy 0"]);
  });

  it("What a load takes back or prunes no longer counts", async () => {
    const whole = [meeting("fair", "bo", "ada"), meeting("talks", "ada", "bo")];
    await test.load(telling("herald", [saying("one", "bo"), saying("two", "bo")], whole));
    expect(await counts("MEETINGS_DESC", "meetings")).toEqual(["ada 2", "bo 2", "cy 0"]);
    await test.load(telling("herald", [saying("one", "bo")], [meeting("fair", "bo"), whole[1]!]));
    expect(await counts("MEETINGS_DESC", "meetings")).toEqual(["bo 2", "ada 1", "cy 0"]);
    expect(await counts("STATEMENTS_DESC", "statements")).toEqual(["bo 2", "ada 0", "cy 0"]);
    await test.loadWith({ prune: true }, telling("herald", [saying("one", "bo")]));
    expect(await counts("MEETINGS_DESC", "meetings")).toEqual(["ada 0", "bo 0", "cy 0"]);
    expect(await counts("STATEMENTS_DESC", "statements")).toEqual(["bo 1", "ada 0", "cy 0"]);
    expect(await counts("STATEMENTS_DESC", "statements", "AQ")).toEqual(["bo 1"]);
  });

  it("A changed name moves a person among those who did as much", async () => {
    const record = telling("herald", []);
    await test.load(record);
    record.people![0] = { slug: "ada", name: "Zed", sortName: "zed" };
    await test.load(record);
    expect(await counts("STATEMENTS_DESC", "statements")).toEqual(["bo 0", "cy 0", "ada 0"]);
  });
});
