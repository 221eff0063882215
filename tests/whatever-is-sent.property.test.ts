import fc from "fast-check";
import { recordedDatabase, servingService, type ServingService } from "./harness/serving.js";

const MOST_BYTES = 100_000;

/** An object of this number of fields that no type has. */
const named = (count: number, value: (i: number) => unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`unknown${i}`, value(i)]));

/** Variables of each type that arguments have, and what is sent in them beside others that nobody has declared. */
const QUERY = `query Whatever(
  $number: Int, $text: String, $flag: Boolean! = true, $language: String! = "fr", $id: ID! = "none", $ids: [ID!], $code: CountryCode! = "IN", $codes: [CountryCode!],
  $date: PartialDate, $range: PartialDateRange, $filter: StatementFilter, $meetings: MeetingFilter,
  $order: StatementOrder, $representations: [_Any!]! = []
) {
  statements(first: $number, after: $text, filter: $filter, orderBy: $order) { totalCount @include(if: $flag) }
  more: statements(filter: { ids: $ids, speakerCountries: $codes, date: $range }) { totalCount }
  meetings(filter: $meetings) { totalCount }
  statement(id: $id) { id }
  country(code: $code) { localizedName(language: $language) }
  dated: statements(filter: { date: { from: $date } }) { totalCount }
  _entities(representations: $representations) { __typename }
}`;

const NAMES = [
  ..."number text flag language id ids code codes date range filter meetings order representations".split(
    " ",
  ),
  "__proto__",
  "other",
];
const FIELDS =
  "from to ids speakers speakerCountries forms date text places joint statedOnly within __typename id slug code".split(
    " ",
  );

const anyText = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: "binary", maxLength: 20 }) },
  fc.constantFrom(
    "IN",
    "2024-11",
    "VERBATIM",
    "DATE_ASC",
    "Person",
    "rajnath-singh",
    "Did you mean ",
    ' at "filter"; ',
    "\ud800",
    "\0",
  ),
);
/** Of a kilobyte to a megabyte: the same again and again. */
const longText = fc
  .tuple(
    anyText.filter((text) => text !== ""),
    fc.constantFrom(1_000, 30_000, 300_000),
  )
  .map(([text, length]) => text.repeat(Math.ceil(length / text.length)).slice(0, length));
const leaf = fc.oneof(
  { weight: 4, arbitrary: anyText },
  { weight: 1, arbitrary: longText },
  fc.constantFrom(null, true, false, 0, -1, 101, 1.5, 2 ** 31, 1e300),
);
const small = fc.oneof(anyText, fc.constantFrom(null, 1, [], {}, [null], { id: 1 }));
const many = fc.constantFrom(11, 51, 2_000);
const { value: anyValue } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    leaf,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.tuple(small, many).map(([item, count]) => Array.from({ length: count }, () => item)),
    fc.dictionary(fc.oneof(fc.constantFrom(...FIELDS), anyText), tie("value"), { maxKeys: 3 }),
    fc.tuple(small, many).map(([item, count]) => named(count, () => item)),
  ),
}));
const anyVariables = fc.dictionary(fc.constantFrom(...NAMES), anyValue, { maxKeys: 3 });

describe("Random variables", () => {
  let service: ServingService;
  beforeAll(async () => {
    const environment = { NODE_ENV: "production", COMMUNIQUE_LOG_LEVEL: "error" };
    service = await servingService(await recordedDatabase(), {}, {}, environment);
  });
  afterAll(() => service.close());

  async function send(variables: object) {
    const response = await fetch(`${service.address}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: QUERY, variables }),
    });
    return { status: response.status, json: await response.json() };
  }

  it("Errors about random variables are the client's, and take less than 100 kB", async () => {
    await fc.assert(
      fc.asyncProperty(anyVariables, async (variables) => {
        const { status, json } = await send(variables);
        expect([200, 400, 413]).toContain(status);
        const { errors = [] } = json;
        expect(Buffer.byteLength(JSON.stringify(errors))).toBeLessThanOrEqual(MOST_BYTES);
        for (const { message, extensions } of errors) {
          expect([
            "BAD_USER_INPUT",
            "QUERY_TOO_COSTLY",
            "BAD_REQUEST",
            "ANSWER_TOO_LARGE",
          ]).toContain(extensions.code);
          expect(message.length).toBeLessThan(600);
          if (extensions.code === "BAD_USER_INPUT" && json.data === undefined) {
            expect(extensions.argument).toMatch(/^\w+(\.\w+|\[\d+\])*$/);
          }
        }
      }),
      { numRuns: 100 },
    );
    expect(service.log()).toEqual([]);
  }, 120_000);

  it.each<[string, (length: number) => object]>([
    ["a text", (length) => ({ number: "x".repeat(length) })],
    ["what suggestions begin with", (length) => ({ number: "Did you mean ".repeat(length / 13) })],
    ["what a path begins with", (length) => ({ filter: ['x at "filter'.repeat(length / 12)] })],
    ["quotation marks", (length) => ({ ids: [['"'.repeat(length / 2)]] })],
    ["a cursor", (length) => ({ text: "x".repeat(length) })],
    ["a language", (length) => ({ language: "aa-abcde-".repeat(length / 9) })],
    ["a date", (length) => ({ date: "2024-".repeat(length / 5) })],
    ["a country", (length) => ({ code: "IN".repeat(length / 2) })],
    ["nulls", (length) => ({ ids: Array.from({ length: length / 5 }, () => null) })],
    ["numbers for words", (length) => ({ codes: Array.from({ length: length / 2 }, () => 1) })],
    [
      "unknown names",
      (length) => ({
        filter: named(length / 14, () => 1),
      }),
    ],
    ["a long name", (length) => ({ filter: { ["x".repeat(length)]: 1 } })],
    ["words", (length) => ({ filter: { text: '-"x '.repeat(length / 5) } })],
    [
      "representations",
      (length) => ({ representations: Array.from({ length: length / 3 }, () => ({})) }),
    ],
  ])(
    "The CPU time grows no faster than the length of the variables: %s",
    async (_what, variables) => {
      const cpu = async (length: number) => {
        const before = process.cpuUsage();
        await send(variables(length));
        const { user, system } = process.cpuUsage(before);
        return (user + system) / 1_000;
      };
      await cpu(10_000);
      const short = Math.max(await cpu(10_000), 5);
      // A hundred times as long. What is quadratic would take ten thousand times as long.
      expect(await cpu(1_000_000)).toBeLessThan(short * 300);
    },
  );
});
