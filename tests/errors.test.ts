import fc from "fast-check";
import { createSchema } from "../src/schema.js";
import { everyTextArgument, type TextQuestion } from "./harness/every-argument.js";
import { SHIPPED_RECORD, serviceWith, type TestService } from "./harness/service.js";

const UNKNOWN_ID = "00000000-0000-5000-8000-000000000000";

let shipped: TestService;
beforeAll(async () => {
  shipped = await serviceWith(SHIPPED_RECORD);
});
afterAll(() => shipped.close());

/** Code and argument of each error in the answer. */
async function mistakesIn(query: string, variables?: Record<string, unknown>) {
  const { errors } = await shipped.askExpectingErrors(query, variables);
  return errors.map(({ extensions = {} }) => [extensions.code, extensions.argument]);
}

/** A value as it is written in a query. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value).map(([name, field]) => `${name}: ${literal(field)}`);
    return `{ ${fields.join(", ")} }`;
  }
  return JSON.stringify(value);
}

describe("Bad arguments", () => {
  const statements = (filter: string) => `statements(filter: ${filter}) { totalCount }`;
  const meetings = (filter: string) => `meetings(filter: ${filter}) { totalCount }`;
  const hundredAndOne = Array.from({ length: 101 }, (_, i) => `person-${i}`);

  /** What is wrong, the field with `$v` in the value's place, its type, the value, the argument to be named. */
  const mistakes: [string, string, string, unknown, string][] = [
    [
      "a country's name for its code",
      "country(code: $v) { name }",
      "CountryCode!",
      "india",
      "code",
    ],
    ["a code in lower case", "country(code: $v) { name }", "CountryCode!", "in", "code"],
    ["a code of three letters", "country(code: $v) { name }", "CountryCode!", "IND", "code"],
    ["an empty code", "country(code: $v) { name }", "CountryCode!", "", "code"],
    [
      "a bad code in a filter",
      statements(`{ speakerCountries: ["IN", $v] }`),
      "CountryCode!",
      "china",
      "filter.speakerCountries[1]",
    ],
    [
      "a bad code in a filter given whole",
      meetings("$v"),
      "MeetingFilter",
      { participantCountries: ["IN", "CN", "laos"] },
      "filter.participantCountries[2]",
    ],
    ...["20-11-2024", "2024-13", "2023-02-29", "2024-11-20T10:00:00Z", "0000", "24", ""].map(
      (date): [string, string, string, unknown, string] => [
        `the date "${date}"`,
        statements("{ date: { from: $v } }"),
        "PartialDate",
        date,
        "filter.date.from",
      ],
    ),
    [
      "a bad last date",
      meetings("{ date: { to: $v } }"),
      "PartialDate",
      "November",
      "filter.date.to",
    ],
    [
      "a reversed range",
      statements("{ date: $v }"),
      "PartialDateRange",
      { from: "2025", to: "2024" },
      "filter.date",
    ],
    [
      "a range reversed by a day",
      meetings("$v"),
      "MeetingFilter",
      { date: { from: "2024-12-01", to: "2024-11" } },
      "filter.date",
    ],
    ["a size over 100", "statements(first: $v) { totalCount }", "Int", 101, "first"],
    ["a negative size", "people(first: $v) { totalCount }", "Int", -1, "first"],
    ["a size from the end over 100", "places(last: $v) { totalCount }", "Int", 1_000, "last"],
    ["a negative size from the end", "agreements(last: $v) { totalCount }", "Int", -100, "last"],
    ["`first` with `last`", "countries(first: 1, last: $v) { totalCount }", "Int", 1, "last"],
    [
      "a size of a nested list",
      `person(slug: "xi-jinping") { meetings(first: $v) { totalCount } }`,
      "Int",
      101,
      "first",
    ],
    ["a cursor that is none", "statements(after: $v) { totalCount }", "String", "14", "after"],
    ["an empty cursor", "people(before: $v) { totalCount }", "String", "", "before"],
    [
      "more than a hundred values",
      statements("{ speakers: $v }"),
      "[String!]",
      hundredAndOne,
      "filter.speakers",
    ],
    ["a NUL byte in a slug", "person(slug: $v) { name }", "String!", "rajnath\0singh", "slug"],
    ["a NUL byte in an id", "statement(id: $v) { text }", "ID!", "\0", "id"],
    ["a NUL byte in a cursor", "places(after: $v) { totalCount }", "String", "\0", "after"],
    [
      "a NUL byte in a filter",
      statements("$v"),
      "StatementFilter",
      { places: ["vientiane", "\0"] },
      "filter.places[1]",
    ],
  ];

  it.each(mistakes)(
    "A bad argument is named in the error, written or as a variable: %s",
    async (_what, field, type, value, argument) => {
      const expected = [["BAD_USER_INPUT", argument]];
      const written = `{ ${field.replace("$v", literal(value))} }`;
      expect(await mistakesIn(written)).toEqual(expected);
      expect(await mistakesIn(`query ($v: ${type}) { ${field} }`, { v: value })).toEqual(expected);
    },
  );

  it("The error message names the bad argument and says what is expected", async () => {
    const { errors, data } = await shipped.askExpectingErrors(
      `{ country(code: "india") { name } }`,
    );
    expect(data).toEqual({ country: null });
    expect(errors[0]!.path).toEqual(["country"]);
    expect(errors[0]!.message).toMatch(/^code: expected a country code: .*IN.*SUHH/);
  });

  it("A bad argument leaves the other fields of the answer alone", async () => {
    const { data } = await shipped.askExpectingErrors(`{
      person(slug: "rajnath-singh") { name statements(first: 101) { totalCount } }
      country(code: "LA") { name }
    }`);
    expect(data).toEqual({
      person: { name: "Rajnath Singh", statements: null },
      country: { name: "Laos" },
    });
  });

  it("A cursor of another list or order is refused", async () => {
    const { data } = await shipped.ask(`{
      people(first: 1) { edges { cursor } }
      newest: statements(first: 1) { edges { cursor } }
      oldest: statements(first: 1, orderBy: DATE_ASC) { edges { cursor } }
    }`);
    const ask = `query ($v: String) { statements(after: $v) { totalCount } }`;
    const cursorOf = (list: string) => ({ v: data[list].edges[0].cursor as string });
    expect(await mistakesIn(ask, cursorOf("people"))).toEqual([["BAD_USER_INPUT", "after"]]);
    expect(await mistakesIn(ask, cursorOf("oldest"))).toEqual([["BAD_USER_INPUT", "after"]]);
    expect(await mistakesIn(ask, cursorOf("newest"))).toEqual([]);
  });

  it.each(["\ud800", "\udc00 behind", "before \ud83d", "\udc27\ud83d"])(
    "Half of a surrogate pair (%j) is refused in a variable, and as a literal can't be parsed",
    async (text) => {
      const ask = "query ($v: String!) { person(slug: $v) { name } }";
      expect(await mistakesIn(ask, { v: text })).toEqual([["BAD_USER_INPUT", "slug"]]);
      const written = `{ person(slug: ${literal(text)}) { name } }`;
      expect(await mistakesIn(written)).toEqual([["GRAPHQL_PARSE_FAILED", undefined]]);
    },
  );

  it("A whole surrogate pair is accepted in an argument", async () => {
    const { data } = await shipped.ask(`query ($v: String!) { person(slug: $v) { name } }`, {
      v: "🐧",
    });
    expect(data.person).toBeNull();
  });
});

describe("Values of the wrong type", () => {
  it.each([
    "{ country(code: 5) { name } }",
    "{ person(slug: 5) { name } }",
    "{ person(slug: null) { name } }",
    "{ person { name } }",
    `{ people(first: "ten") { totalCount } }`,
    "{ people(first: 1.5) { totalCount } }",
    "{ people(first: 2147483648) { totalCount } }",
    "{ statements(filter: { date: { from: 2024 } }) { totalCount } }",
    "{ statements(filter: { forms: [SPOKEN] }) { totalCount } }",
    `{ statements(filter: { forms: ["VERBATIM"] }) { totalCount } }`,
    "{ statements(orderBy: OLDEST) { totalCount } }",
    "{ statements(filter: { speaker: [] }) { totalCount } }",
    "query ($v: Int) { person(slug: $v) { name } }",
    "query ($v: String) { topics { slug } }",
  ])("A literal of the wrong type is a validation error: %s", async (query) => {
    expect(await mistakesIn(query)).toEqual([["GRAPHQL_VALIDATION_FAILED", undefined]]);
  });

  const filtered =
    "query ($filter: StatementFilter) { statements(filter: $filter) { totalCount } }";
  it.each<[string, string, Record<string, unknown>, string]>([
    ["a code", "query ($c: CountryCode!) { country(code: $c) { name } }", { c: 5 }, "c"],
    ["a slug", "query ($s: String!) { person(slug: $s) { name } }", { s: ["x"] }, "s"],
    ["a slug left out", "query ($s: String!) { person(slug: $s) { name } }", {}, "s"],
    ["a slug of null", "query ($s: String!) { person(slug: $s) { name } }", { s: null }, "s"],
    ["a size", "query ($n: Int) { people(first: $n) { totalCount } }", { n: "ten" }, "n"],
    ["half a size", "query ($n: Int) { people(first: $n) { totalCount } }", { n: 1.5 }, "n"],
    ["a huge size", "query ($n: Int) { people(first: $n) { totalCount } }", { n: 2 ** 31 }, "n"],
    ["a filter", filtered, { filter: "all" }, "filter"],
    ["a filter's date", filtered, { filter: { date: { from: 2024 } } }, "filter.date.from"],
    ["a form", filtered, { filter: { forms: ["SPOKEN"] } }, "filter.forms[0]"],
    ["a form as it comes", filtered, { filter: { forms: ['x at "y"; '] } }, "filter.forms[0]"],
    ["null in a list", filtered, { filter: { places: ["x", null] } }, "filter.places[1]"],
    ["an unknown condition", filtered, { filter: { speaker: [] } }, "filter"],
  ])(
    "A variable of the wrong type is named in the error: %s",
    async (_what, query, variables, argument) => {
      expect(await mistakesIn(query, variables)).toEqual([["BAD_USER_INPUT", argument]]);
    },
  );

  it("A variable with a default is refused when it is null where null is not allowed", async () => {
    const slug = `query ($v: String = "rajnath-singh") { person(slug: $v) { name } }`;
    expect((await shipped.ask(slug)).data.person.name).toBe("Rajnath Singh");
    expect(await mistakesIn(slug, { v: null })).toEqual([["BAD_USER_INPUT", "slug"]]);

    const place = `query ($v: String = "vientiane") { statements(filter: { places: [$v] }) { totalCount } }`;
    expect((await shipped.ask(place)).data.statements.totalCount).toBe(14);
    expect(await mistakesIn(place, { v: null })).toEqual([["BAD_USER_INPUT", "filter"]]);
  });
});

describe("Operations that are refused", () => {
  it.each(["subscription { person { name } }", "mutation { forget }"])(
    "An operation other than a query is refused: %s",
    async (query) => {
      const { data, errors } = await shipped.askExpectingErrors(query);
      expect(data).toBeNull();
      expect(errors.map(({ extensions }) => extensions?.code)).toEqual([
        "GRAPHQL_VALIDATION_FAILED",
      ]);
    },
  );

  it.each([
    ["", "BAD_REQUEST"],
    ["{ topics { slug }", "GRAPHQL_PARSE_FAILED"],
    ["query A { topics { slug } } query B { topics { slug } }", "OPERATION_RESOLUTION_FAILURE"],
    ["{ topics { colour } }", "GRAPHQL_VALIDATION_FAILED"],
  ])(
    "An operation that can't be parsed, validated or chosen is the client's mistake: %j",
    async (query, code) => {
      expect(await mistakesIn(query)).toEqual([[code, undefined]]);
    },
  );
});

describe("Null arguments", () => {
  it("A null argument means its default, and a null condition in a filter means no condition", async () => {
    const nulls = "first: null, after: null, last: null, before: null, filter: null, orderBy: null";
    const conditions = "speakers: null, places: null, date: null, joint: null, statedOnly: null";
    const { data } = await shipped.ask(`{
      plain: statements { nodes { id } pageInfo { hasNextPage } totalCount }
      nulls: statements(${nulls}) { nodes { id } pageInfo { hasNextPage } totalCount }
      conditions: statements(filter: { ${conditions} }) { nodes { id } pageInfo { hasNextPage } totalCount }
      meetings { nodes { id } }
      meetingsOfNulls: meetings(${nulls}) { nodes { id } }
      people { nodes { id } }
      peopleOfNulls: people(orderBy: null) { nodes { id } }
    }`);
    expect(data.nulls).toEqual(data.plain);
    expect(data.conditions).toEqual(data.plain);
    expect(data.meetingsOfNulls).toEqual(data.meetings);
    expect(data.peopleOfNulls).toEqual(data.people);
  });

  it("A null variable means the default of the field it is used in", async () => {
    const list = "nodes { id }";
    const { data } = await shipped.ask(
      `query ($none: StatementOrder, $nothing: Boolean, $noDate: PartialDate) {
        meeting(slug: "singh-dong-vientiane-2024") {
          nulls: statements(orderBy: $none, filter: { statedOnly: $nothing, date: { from: $noDate } }) { ${list} }
          told: statements(orderBy: POSITION) { ${list} }
        }
      }`,
      { none: null, nothing: null, noDate: null },
    );
    expect(data.meeting.nulls.nodes).toHaveLength(7);
    expect(data.meeting.nulls).toEqual(data.meeting.told);
  });
});

describe("Unknown keys", () => {
  it("A lookup by an unknown key returns null without an error", async () => {
    const { data, errors } = await shipped.ask(`{
      person(slug: "nobody") { name }
      meeting(slug: "nothing") { title }
      place(slug: "nowhere") { name }
      organization(slug: "none") { name }
      agreement(slug: "") { title }
      statement(id: "${UNKNOWN_ID}") { text }
      sourceDocument(id: "${UNKNOWN_ID}") { kind }
      country(code: "XX") { name }
      former: country(code: "QQQQ") { name }
      nonsense: statement(id: "nonsense") { text }
      number: statement(id: 5) { text }
      noDocument: sourceDocument(id: "vientiane-2024-11-20") { kind }
    }`);
    expect(errors).toEqual([]);
    expect(new Set(Object.values(data))).toEqual(new Set([null]));
  });

  it("An unknown key in a filter matches nothing", async () => {
    const { data } = await shipped.ask(`{
      statements(filter: { speakers: ["nobody"] }) { totalCount nodes { id } }
      meetings(filter: { participantCountries: ["QQQQ"] }) { totalCount nodes { id } }
    }`);
    const empty = { totalCount: 0, nodes: [] };
    expect(data).toEqual({ statements: empty, meetings: empty });
  });

  it("A country without any record has its name and empty lists", async () => {
    const { data } = await shipped.ask(`{
      country(code: "FR") {
        id name withdrawn
        people { totalCount nodes { id } }
        statements { totalCount nodes { id } }
        meetings { totalCount nodes { id } }
        agreements { totalCount nodes { id } }
      }
    }`);
    const empty = { totalCount: 0, nodes: [] };
    expect(data.country).toEqual({
      id: "FR",
      name: "France",
      withdrawn: null,
      people: empty,
      statements: empty,
      meetings: empty,
      agreements: empty,
    });
  });
});

describe("Text arguments", () => {
  const anyText = fc.string({
    unit: fc.oneof(
      { weight: 3, arbitrary: fc.string({ unit: "binary", minLength: 1, maxLength: 1 }) },
      fc.constantFrom("\0", "\ud800", "\udfff", "'", '"', "%", "_", "\\", "$1", "{", "}", ","),
      fc.constantFrom("--", "/*", "*/", ";", "IN", "2024", "-", "\n", "\u2028", "é", "🐧"),
    ),
    maxLength: 12,
  });
  let questions: TextQuestion[];

  beforeAll(async () => {
    questions = everyTextArgument(createSchema(), await entitiesOnRecord());
  });

  async function entitiesOnRecord() {
    const { data } = await shipped.ask(`{
      person(slug: "rajnath-singh") { __typename id }
      country(code: "IN") { __typename id }
      place(slug: "vientiane") { __typename id }
      organization(slug: "asean") { __typename id }
      meeting(slug: "admm-plus-2024") { __typename id }
      sourceDocuments { nodes { __typename id } }
    }`);
    const { sourceDocuments, ...others } = data;
    return [...Object.values(others), ...sourceDocuments.nodes] as {
      __typename: string;
      id: string;
    }[];
  }

  /** Asks, and expects either no error or one that names the argument. */
  async function expectNoFailure(question: TextQuestion, text: string, asVariable: boolean) {
    const errors = asVariable
      ? await mistakesIn(`query ($v: ${question.type}!) ${question.asking("$v")}`, { v: text })
      : await mistakesIn(question.asking(literal(text)));
    if (errors.length === 0) return;
    const unreadable = !asVariable && /\p{Surrogate}/u.test(text);
    expect(errors).toEqual([
      unreadable ? ["GRAPHQL_PARSE_FAILED", undefined] : ["BAD_USER_INPUT", question.argument],
    ]);
  }

  it("The test finds text arguments in more than a hundred places", () => {
    const names = questions.map(({ name }) => name);
    expect(names.length).toBeGreaterThan(100);
    expect(names).toEqual(
      expect.arrayContaining([
        "Query.person(slug)",
        "Query.statements(filter.date.from)",
        "Country.meetings(filter.participantCountries[0])",
        "Meeting.participations(after)",
        "SourceDocument.statements(before)",
      ]),
    );
  });

  it("Any text in any argument is answered or refused by the argument's name", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat().map((n) => questions[n % questions.length]!),
        anyText,
        fc.boolean(),
        expectNoFailure,
      ),
      { numRuns: 600 },
    );
  });

  it.each(["\0", "\ud800", "'", "%", "vientiane", "IN", "2024-11-20", UNKNOWN_ID])(
    "Every text argument answers this text or refuses it by name: %j",
    async (text) => {
      for (const question of questions) await expectNoFailure(question, text, true);
    },
  );

  it("A cursor that was tampered with is answered or refused by name", async () => {
    const lists = questions.filter(({ argument }) => argument === "after");
    const cursors: [TextQuestion, string][] = [];
    for (const question of lists) {
      for (const cursor of await cursorsIn(question)) cursors.push([question, cursor]);
    }
    expect(cursors.length).toBeGreaterThan(20);
    await fc.assert(
      fc.asyncProperty(
        fc
          .constantFrom(...cursors)
          .chain(([list, cursor]) => fc.tuple(fc.constant(list), tampered(cursor))),
        ([list, cursor]) => expectNoFailure(list, cursor, true),
      ),
      { numRuns: 600 },
    );
  });

  async function cursorsIn(question: TextQuestion): Promise<string[]> {
    const { data } = await shipped.ask(question.asking("null"));
    const found = JSON.stringify(data).matchAll(/"cursor":"([^"]+)"/g);
    return [...found].map(([, cursor]) => cursor!);
  }

  /** A cursor with another value for one of its keys, one key more or less, or another character. */
  function tampered(cursor: string): fc.Arbitrary<string> {
    const key = JSON.parse(Buffer.from(cursor, "base64url").toString()) as unknown[];
    const encode = (changed: unknown[]) =>
      Buffer.from(JSON.stringify(changed)).toString("base64url");
    const at = fc.nat(key.length - 1);
    const value = fc.oneof(
      fc.integer(),
      fc.maxSafeInteger(),
      fc.double(),
      anyText,
      fc.constantFrom(
        null,
        true,
        {},
        [],
        [1],
        UNKNOWN_ID,
        UNKNOWN_ID.toUpperCase(),
        -(2 ** 31),
        2 ** 31 - 1,
        "",
      ),
    );
    return fc.oneof(
      fc.tuple(at, value).map(([i, other]) => encode(key.with(i, other))),
      fc.tuple(at, value).map(([i, more]) => encode(key.toSpliced(i, 0, more))),
      at.map((i) => encode(key.toSpliced(i, 1))),
      fc
        .tuple(fc.nat(cursor.length - 1), anyText)
        .map(([i, text]) => cursor.slice(0, i) + text + cursor.slice(i + 1)),
    );
  }
});

describe("Internal errors", () => {
  let broken: TestService;
  beforeAll(async () => {
    broken = await serviceWith(SHIPPED_RECORD);
    await broken.dataSource.query("ALTER TABLE statement RENAME COLUMN text TO wording");
  });
  afterAll(() => broken.close());

  const question = `query Headline {
    person(slug: "rajnath-singh") {
      name
      statements(first: 1) { nodes { id text } totalCount }
      meetings(first: 1) { nodes { slug } totalCount }
    }
    countries { totalCount }
  }`;

  it("An internal error is masked, and only its own list becomes null", async () => {
    jest.spyOn(broken.service.app.log, "error").mockImplementation(() => {});
    const { data, errors } = await broken.askExpectingErrors(question);
    expect(data).toEqual({
      person: {
        name: "Rajnath Singh",
        statements: null,
        meetings: { nodes: [expect.anything()], totalCount: 4 },
      },
      countries: { totalCount: 4 },
    });
    expect(errors).toEqual([
      {
        message: "Internal server error.",
        path: ["person", "statements", "nodes"],
        locations: [expect.anything()],
        extensions: { code: "INTERNAL_SERVER_ERROR", requestId: expect.any(String) as string },
      },
    ]);
  });

  it("An internal error is logged with its cause, under the request ID that the client gets", async () => {
    const log = jest.spyOn(broken.service.app.log, "error").mockReset();
    const { errors } = await broken.askExpectingErrors(question);
    expect(log.mock.calls).toEqual([
      [
        {
          requestId: errors[0]!.extensions!.requestId,
          operationName: "Headline",
          path: ["person", "statements", "nodes"],
          err: expect.objectContaining({
            message: expect.stringMatching(/column .*text/) as string,
          }) as object,
        },
        "internal error",
      ],
    ]);
  });

  it("A client's mistake is not logged as an error", async () => {
    const log = jest.spyOn(broken.service.app.log, "error").mockReset();
    await broken.askExpectingErrors(`{ country(code: "india") { name } }`);
    await broken.askExpectingErrors(`{ country(code: 5) { name } }`);
    await broken.askExpectingErrors("subscription { x }");
    expect(log).not.toHaveBeenCalled();
  });
});
