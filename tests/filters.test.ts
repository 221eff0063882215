import "reflect-metadata";
import fc from "fast-check";
import { MeetingCoverage, MeetingKind } from "../src/meeting/meeting.enums.js";
import { type MeetingFilter, MeetingOrder } from "../src/meeting/meeting.filter.js";
import { boundsOfPartialDate } from "../src/scalars/partial-date.js";
import { DocumentKind, RecordStanding } from "../src/source/source.enums.js";
import { StatementForm } from "../src/statement/statement.enums.js";
import { type StatementFilter, StatementOrder } from "../src/statement/statement.filter.js";
import { worldOf } from "./fixtures/world.js";
import { WorldModel } from "./fixtures/world.model.js";
import { keysIn, meetingsField, under } from "./fixtures/world.questions.js";
import type { Parent } from "./fixtures/world.rules.js";
import { serviceWith, type TestService } from "./harness/service.js";

const records = worldOf({ seed: 3, people: 12, places: 5, meetings: 60, statements: 100 });
const keys = keysIn(records);

/** How often a property is tried, and with how many questions in one query each time. */
const tries = { numRuns: 30 };
const atOnce = { minLength: 1, maxLength: 30, size: "max" } as const;

interface Question<Filter, Order> {
  parent: Parent | null;
  filter: Filter | null;
  order: Order;
}

describe("A filter in a world of everything", () => {
  const model = new WorldModel(records);
  let service: TestService;

  beforeAll(async () => {
    service = await serviceWith(...records);
  });
  afterAll(() => service.close());

  it("lists the statements that the rules say, in their order, under every parent", async () => {
    const question = fc.record({
      parent: someParent(),
      filter: fc.option(someStatementFilter()),
      order: fc.constantFrom(...Object.values(StatementOrder)),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(question, atOnce), async (questions) => {
        const answers = await ask("Statement", questions, () => "statements");
        const expected = questions.map(({ parent, filter, order }) =>
          model.statementsOf(parent, filter, order),
        );
        expect(answers).toEqual(expected.map(asAnswer));
      }),
      tries,
    );
  });

  it("lists the meetings that the rules say, in their order, under every parent", async () => {
    const question = fc.record({
      parent: someParent(),
      filter: fc.option(someMeetingFilter()),
      order: fc.constantFrom(...Object.values(MeetingOrder)),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(question, atOnce), async (questions) => {
        const answers = await ask("Meeting", questions, meetingsField);
        const expected = questions.map(({ parent, filter, order }) =>
          model.meetingsOf(parent, filter, order),
        );
        expect(answers).toEqual(expected.map(asAnswer));
      }),
      tries,
    );
  });

  /** Asks all questions in one query. */
  async function ask(
    noun: "Statement" | "Meeting",
    questions: Question<object, string>[],
    field: (parent: Parent | null) => string,
  ) {
    const variables = questions.flatMap(({ filter, order }, i) => [
      [`f${i}`, filter],
      [`o${i}`, order],
    ]);
    const declared = questions.map((_, i) => `$f${i}: ${noun}Filter, $o${i}: ${noun}Order`);
    const selected = questions.map(({ parent }, i) => {
      const list = `${field(parent)}(filter: $f${i}, orderBy: $o${i}, first: 100)`;
      const lists = under(parent, `a${i}: ${list} { totalCount nodes { id } }`);
      return parent ? `a${i}: ${lists}` : lists;
    });
    const query = `query (${declared.join(", ")}) { ${selected.join(" ")} }`;
    const { data } = await service.ask(query, Object.fromEntries(variables));
    return questions.map(({ parent }, i) => (parent ? data[`a${i}`][`a${i}`] : data[`a${i}`]));
  }
});

describe("A filter of statements", () => {
  let service: TestService;

  beforeAll(async () => {
    service = await serviceWith({
      format: "communique-record/1",
      document: { key: "fair-news", kind: DocumentKind.NEWS, language: "en" },
      people: [
        { slug: "ada-floe", formerSlugs: ["a-floe"], name: "Ada Floe", sortName: "Floe, Ada" },
      ],
      meetings: [
        {
          slug: "fog-fair",
          formerSlugs: ["mist-fair"],
          title: "Fog Fair",
          kind: MeetingKind.OTHER,
          coverage: MeetingCoverage.REPORTED,
          startDate: "2031-06-29",
          endDate: "2031-07-02",
          citations: [{ start: 0, end: 9 }],
        },
      ],
      statements: [
        said("on 3 June", { date: "2031-06-03" }),
        said("in May", { date: "2031-05" }),
        said("in 2030", { date: "2030" }),
        said("at the fair", { meeting: "fog-fair" }),
        said("some day", {}),
        said("withdrawn", {
          date: "2031",
          standing: RecordStanding.RETRACTED,
          standingNote: "No.",
        }),
      ],
    });
  });
  afterAll(() => service.close());

  it("matches a date that the range touches, and a month or year that it touches", async () => {
    expect(await textsOf({ date: { from: "2031-05-31", to: "2031-06" } })).toEqual([
      "at the fair",
      "in May",
      "on 3 June",
    ]);
    expect(await textsOf({ date: { to: "2030-01-01" } })).toEqual(["in 2030"]);
  });

  it("takes any day of a meeting of several for the date of what was said at it", async () => {
    expect(await textsOf({ date: { from: "2031-07-02" } })).toEqual(["at the fair"]);
    expect(await textsOf({ date: { from: "2031-07-03" } })).toEqual([]);
    expect(await textsOf({ date: { from: "2031-06" }, statedOnly: true })).toEqual(["on 3 June"]);
  });

  it("matches whatever has a date with an empty range", async () => {
    const dated = ["at the fair", "in 2030", "in May", "on 3 June"];
    expect(await textsOf({ date: {} })).toEqual(dated);
    expect(await textsOf({ date: { from: null, to: null } })).toEqual(dated);
  });

  it("refuses a reversed range, but not one that its months and years allow", async () => {
    const query = "query ($filter: StatementFilter) { statements(filter: $filter) { totalCount } }";
    const reversed = { date: { from: "2031-07", to: "2031-06-30" } };
    const { errors } = await service.askInVain(query, { filter: reversed });
    expect(errors.map(({ extensions }) => extensions)).toEqual([
      { code: "BAD_USER_INPUT", argument: "filter.date" },
    ]);
    expect(await textsOf({ date: { from: "2031-06-30", to: "2031-06" } })).toEqual(["at the fair"]);
  });

  it("matches nothing with an empty list, and everything with null", async () => {
    const all = ["at the fair", "in 2030", "in May", "on 3 June", "some day"];
    for (const field of ["speakers", "speakerCountries", "meetings", "places", "forms"]) {
      expect(await textsOf({ [field]: [] })).toEqual([]);
      expect(await textsOf({ [field]: null })).toEqual(all);
    }
    expect(await textsOf({ date: null, joint: null, statedOnly: null })).toEqual(all);
    expect(await textsOf(null)).toEqual(all);
  });

  it("knows people and meetings by their former slugs too, and no others", async () => {
    expect(await textsOf({ speakers: ["a-floe"], meetings: ["mist-fair"] })).toEqual([
      "at the fair",
    ]);
    expect(await textsOf({ meetings: ["no-fair"] })).toEqual([]);
  });

  function said(text: string, rest: object) {
    return {
      key: text.toLowerCase().replaceAll(" ", "-"),
      text,
      form: StatementForm.REPORTED,
      language: "en",
      speakers: [{ person: "ada-floe", country: "AQ" }],
      citations: [{ start: 10, end: 19 }],
      ...rest,
    };
  }

  async function textsOf(filter: StatementFilter | null): Promise<string[]> {
    const query =
      "query ($filter: StatementFilter) { statements(filter: $filter) { nodes { text } } }";
    const { data } = await service.ask(query, { filter });
    return (data.statements.nodes as { text: string }[]).map(({ text }) => text).sort();
  }
});

function asAnswer(ids: string[]) {
  return { totalCount: ids.length, nodes: ids.map((id) => ({ id })) };
}

/** The root as often as each kind of parent. */
function someParent(): fc.Arbitrary<Parent | null> {
  const parents = Object.entries(keys).map(([type, keysOfType]) =>
    fc.record({ type: fc.constant(type as Parent["type"]), key: fc.constantFrom(...keysOfType) }),
  );
  return fc.oneof(fc.constant(null), ...parents);
}

function someStatementFilter(): fc.Arbitrary<StatementFilter> {
  return filterOf({
    speakers: anyOf([...keys.Person, "nobody"]),
    speakerCountries: anyOf([...keys.Country, "ZZ"]),
    meetings: anyOf([...keys.Meeting, "never"], 30),
    places: anyOf([...keys.Place, "nowhere"]),
    placeCountries: anyOf([...keys.Country, "ZZ"]),
    date: someRange(),
    forms: anyOf(Object.values(StatementForm)),
    joint: fc.boolean(),
  });
}

function someMeetingFilter(): fc.Arbitrary<MeetingFilter> {
  return filterOf({
    people: anyOf([...keys.Person, "nobody"]),
    participantCountries: anyOf([...keys.Country, "ZZ"]),
    places: anyOf([...keys.Place, "nowhere"]),
    date: someRange(),
    kinds: anyOf(Object.values(MeetingKind)),
    coverages: anyOf(Object.values(MeetingCoverage)),
  });
}

/** Up to three of these fields, each of them null now and then, with and without statedOnly. */
function filterOf<Filter extends { statedOnly?: boolean | null }>(fields: {
  [Field in keyof Omit<Filter, "statedOnly">]-?: fc.Arbitrary<Filter[Field]>;
}): fc.Arbitrary<Filter> {
  const all = Object.entries<fc.Arbitrary<unknown>>(fields);
  return fc.subarray(all, { maxLength: 3 }).chain((chosen) => {
    const given = chosen.map(([field, value]) => [field, fc.option(value, { freq: 9 })] as const);
    const statedOnly = fc.constantFrom(true, true, false, null, undefined);
    return fc.record({
      ...Object.fromEntries(given),
      statedOnly,
    }) as unknown as fc.Arbitrary<Filter>;
  });
}

function anyOf<T>(values: readonly T[], maxLength = 6): fc.Arbitrary<T[]> {
  return fc.subarray([...values], { maxLength: Math.min(maxLength, values.length) });
}

/** Days, months and years around those of the world, one of them or both or none. */
function someRange(): fc.Arbitrary<{ from?: string | null; to?: string | null }> {
  const date = fc.constantFrom(
    ...["2029", "2030", "2031", "2032", "2030-12", "2031-06", "2031-07"],
    ...["2030-12-30", "2030-12-31", "2031-01-02", "2031-06-03", "2031-06-29", "2031-07-01"],
  );
  return fc
    .record({ from: fc.option(date), to: fc.option(date) }, { requiredKeys: [] })
    .filter(({ from, to }) => !from || !to || !isReversed(from, to));
}

function isReversed(from: string, to: string): boolean {
  return boundsOfPartialDate(from)!.from > boundsOfPartialDate(to)!.to;
}
