import "reflect-metadata";
import fc from "fast-check";
import { CounterpartSide } from "../src/meeting/counterpart.enums.js";
import { MeetingCoverage, MeetingKind } from "../src/meeting/meeting.enums.js";
import { PersonOrder } from "../src/person/person.order.js";
import { DocumentKind, RecordStanding } from "../src/source/source.enums.js";
import { StatementForm } from "../src/statement/statement.enums.js";
import type { StatementFilter } from "../src/statement/statement.filter.js";
import { MEETING_FACETS, STATEMENT_FACETS } from "./fixtures/world.facets.js";
import { someDate, WorldFilters } from "./fixtures/world.filters.js";
import { worldOf } from "./fixtures/world.js";
import { MEETING_ORDERS } from "./fixtures/world.meeting.rules.js";
import { WorldModel } from "./fixtures/world.model.js";
import { asQuery, type ListQuestion, meetingsField, under } from "./fixtures/world.questions.js";
import type { Parent } from "./fixtures/world.rules.js";
import { STATEMENT_ORDERS } from "./fixtures/world.statement.rules.js";
import { configuredService, serviceWith, type TestService } from "./harness/service.js";

const records = worldOf({ seed: 6, people: 12, places: 5, meetings: 60, statements: 100 });
const filters = new WorldFilters(records);

/** Other questions in every run. A failure tells this, and TEST_SEED asks the same again. */
const seed = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31);

jest.setTimeout(120_000);

describe("Filters compared with a model of the rules", () => {
  const model = new WorldModel(records);
  const asked: Record<string, number> = {};
  let service: TestService;

  beforeAll(async () => {
    // Forty questions with every filter at once, of which each has a cost.
    service = await configuredService({ COMMUNIQUE_MAX_COST: "10000000" }, ...records);
  });
  afterAll(async () => {
    const counts = Object.entries(asked).map(([noun, count]) => `${count} of ${noun}`);
    process.stdout.write(`questions asked with TEST_SEED=${seed}: ${counts.join(", ")}\n`);
    await service.close();
  });

  it("Statements are filtered, ordered and counted as in the model, under every parent", async () => {
    const question = fc.record({
      parent: filters.parent(),
      filter: fc.option(filters.ofStatements()),
      order: keyOf(STATEMENT_ORDERS),
      facet: keyOf(STATEMENT_FACETS),
      first: fc.oneof(fc.constant(10), fc.integer({ min: 1, max: 100 })),
      skip: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 4 })),
    });
    await always("statements", question, 120, ({ parent, filter, order, facet, first, skip }) => ({
      parent,
      field: "statements",
      args: { filter: ["StatementFilter", filter], orderBy: ["StatementOrder", order] },
      first: 100,
      selection: `totalCount nodes { id } ${facets(facet, first, skip)}`,
      expected: {
        ...asList(model.statementsOf(parent, filter, order)),
        facets: model.statementFacet(parent, filter, facet, { first, skip }),
      },
    }));
  });

  it("Meetings are filtered, ordered and counted as in the model, under every parent", async () => {
    const question = fc.record({
      parent: filters.parent("StatementTopic"),
      filter: fc.option(filters.ofMeetings()),
      order: keyOf(MEETING_ORDERS),
      facet: keyOf(MEETING_FACETS),
      first: fc.oneof(fc.constant(10), fc.integer({ min: 1, max: 100 })),
      skip: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 4 })),
    });
    await always("meetings", question, 120, ({ parent, filter, order, facet, first, skip }) => ({
      parent,
      field: meetingsField(parent),
      args: { filter: ["MeetingFilter", filter], orderBy: ["MeetingOrder", order] },
      first: 100,
      selection: `totalCount nodes { id } ${facets(facet, first, skip)}`,
      expected: {
        ...asList(model.meetingsOf(parent, filter, order)),
        facets: model.meetingFacet(parent, filter, facet, { first, skip }),
      },
    }));
  });

  it("People are filtered and ordered as in the model, all of them or a country's", async () => {
    const question = fc.record({
      country: filters.country(),
      filter: fc.option(filters.ofPeople()),
      orderBy: fc.constantFrom(
        ...Object.values(PersonOrder).filter((order) => order !== PersonOrder.RELEVANCE),
      ),
    });
    await always("people", question, 40, ({ country, filter, orderBy }) => ({
      parent: inCountry(country),
      field: "people",
      args: {
        filter: ["PersonFilter", filter],
        orderBy: ["PersonOrder", orderBy],
      },
      first: 100,
      selection: "totalCount nodes { id }",
      expected: asList(model.peopleOf(country, filter, orderBy)),
    }));
  });

  it("Agreements are filtered as in the model, all of them or a country's", async () => {
    const question = fc.record({
      country: filters.country(),
      filter: fc.option(filters.ofAgreements()),
    });
    await always("agreements", question, 30, ({ country, filter }) => ({
      parent: inCountry(country),
      field: "agreements",
      args: { filter: ["AgreementFilter", filter] },
      first: 100,
      selection: "totalCount nodes { id }",
      expected: asList(model.agreementsOf(country, filter)),
    }));
  });

  it("Places are filtered as in the model", async () => {
    await always("places", fc.option(filters.ofPlaces()), 20, (filter) => ({
      parent: null,
      field: "places",
      args: { filter: ["PlaceFilter", filter] },
      first: 100,
      selection: "totalCount nodes { id }",
      expected: asList(model.placesWith(filter)),
    }));
  });

  it("Organizations are filtered as in the model", async () => {
    await always("organizations", fc.option(filters.ofOrganizations()), 20, (filter) => ({
      parent: null,
      field: "organizations",
      args: { filter: ["OrganizationFilter", filter] },
      first: 100,
      selection: "totalCount nodes { id }",
      expected: asList(model.organizationsWith(filter)),
    }));
  });

  it("Source documents are filtered as in the model", async () => {
    await always("documents", fc.option(filters.ofDocuments()), 40, (filter) => ({
      parent: null,
      field: "sourceDocuments",
      args: { filter: ["SourceDocumentFilter", filter] },
      first: 100,
      selection: "totalCount nodes { id }",
      expected: asList(model.documentsWith(filter)),
    }));
  });

  it("Countries are filtered as in the model", async () => {
    await always("countries", fc.option(filters.ofCountries()), 20, (filter) => ({
      parent: null,
      field: "countries",
      args: { filter: ["CountryFilter", filter] },
      first: 100,
      selection: "totalCount nodes { id }",
      expected: asList(model.countriesWith(filter)),
    }));
  });

  it("Counterparts, their sides, countries, meeting counts and last dates are those of the model", async () => {
    const question = fc.record({
      person: filters.person(),
      filter: fc.option(filters.ofMeetings()),
      sides: fc.option(fc.array(fc.constantFrom(...Object.values(CounterpartSide)))),
    });
    await always("counterparts", question, 40, ({ person, filter, sides }) => {
      const counterparts = model.counterpartsOf(person, filter, sides);
      const described = model.describedCounterpartsOf(person, filter, sides);
      return {
        parent: { type: "Person", key: person },
        field: "counterparts",
        args: { filter: ["MeetingFilter", filter], sides: ["[CounterpartSide!]", sides] },
        first: 20,
        selection: `totalCount unknownSideCount describedCount nodes { id }
          edges { node { id } side countries { code } meetingCount lastMet }`,
        expected: {
          ...asList(counterparts.map(({ id }) => id)),
          unknownSideCount: model.counterpartsOf(person, filter, [CounterpartSide.UNKNOWN]).length,
          describedCount: described.reduce((sum, { meetingCount }) => sum + meetingCount, 0),
          edges: counterparts.map(({ id, countries, ...edge }) => ({
            ...edge,
            node: { id },
            countries: countries.map((code) => ({ code })),
          })),
        },
      };
    });
  });

  it("Those who are only described, their sides, meeting counts and meetings are those of the model", async () => {
    const question = fc.record({
      person: filters.person(),
      filter: fc.option(filters.ofMeetings()),
      sides: fc.option(fc.array(fc.constantFrom(...Object.values(CounterpartSide)))),
    });
    await always("described", question, 40, ({ person, filter, sides }) => {
      const described = model.describedCounterpartsOf(person, filter, sides);
      const nodes = described.map(({ country, organization, latestMeetings, ...told }) => ({
        ...told,
        country: country && { code: country },
        organization: organization && { id: organization },
        latestMeetings: latestMeetings.map((id) => ({ id })),
      }));
      return {
        parent: { type: "Person", key: person },
        field: "describedCounterparts",
        args: { filter: ["MeetingFilter", filter], sides: ["[CounterpartSide!]", sides] },
        first: 20,
        selection: `totalCount nodes { description country { code } organization { id } side meetingCount
          lastMet latestMeetings { id } }`,
        expected: { totalCount: described.length, nodes },
      };
    });
  });

  it("The tenures of a person on a date are those of the model", async () => {
    const question = fc.record({ person: filters.person(), on: fc.option(someDate()) });
    await always("tenures", question, 30, ({ person, on }) => ({
      parent: { type: "Person", key: person },
      field: "tenures",
      args: { on: ["PartialDate", on] },
      selection: "id",
      expected: asNodes(model.tenuresOf(person, on)),
    }));
  });

  it("The tenures of every meeting's participants are those of the model", async () => {
    const meetings = records.flatMap(({ meetings = [] }) => meetings.map(({ slug }) => slug));
    const selection = "participations(first: 20) { nodes { tenures { id } } }";
    const answers = await each(meetings, (key) => under({ type: "Meeting", key }, selection));
    const expected = meetings.map((slug) => {
      const nodes = model.tenuresAt(slug).map((ids) => ({ tenures: asNodes(ids) }));
      return { participations: { nodes } };
    });
    expect(answers).toEqual(expected);
  });

  it("Each statement's relations, source count and speakers' tenures are those of the model", async () => {
    const statements = model.allStatements();
    const selection = `{
      sourceCount
      speakers { tenures { id } }
      relations { kind statement { id } citations { id } }
    }`;
    const answers = await each(statements, (id) => `statement(id: "${id}") ${selection}`);
    const expected = statements.map((id) => ({
      sourceCount: model.sourceCountOf(id),
      speakers: model.tenuresWhenSaid(id).map((ids) => ({ tenures: asNodes(ids) })),
      relations: model.relationsOf(id).map(({ kind, statement, citations }) => ({
        kind,
        statement: { id: statement },
        citations: Array.from({ length: citations }, () => ({ id: expect.any(String) })),
      })),
    }));
    expect(answers).toEqual(expected);
  });

  /** Asks the same of each of these, of so many in one query as it may cost. */
  async function each(keys: string[], question: (key: string) => string): Promise<unknown[]> {
    const answers: unknown[] = [];
    for (let from = 0; from < keys.length; from += 20) {
      const some = keys.slice(from, from + 20).map((key, i) => `a${i}: ${question(key)}`);
      const { data } = await service.ask(`{ ${some.join(" ")} }`);
      answers.push(...Object.values(data));
    }
    return answers;
  }

  /** Asks many questions of a kind, up to 40 in one query, and expects of each what the model says. */
  async function always<Asked>(
    noun: string,
    question: fc.Arbitrary<Asked>,
    numRuns: number,
    put: (question: Asked) => ListQuestion & { expected: unknown },
  ): Promise<void> {
    const together = fc.array(question, { minLength: 1, maxLength: 40, size: "max" });
    const property = fc.asyncProperty(together, async (some) => {
      const questions = some.map(put);
      const { query, variables, answersIn } = asQuery(questions);
      const { data } = await service.ask(query, variables);
      expect(answersIn(data)).toEqual(questions.map(({ expected }) => expected));
      asked[noun] = (asked[noun] ?? 0) + questions.length;
    });
    await fc.assert(property, { numRuns, seed });
  }
});

describe("Filters of statements", () => {
  let service: TestService;

  beforeAll(async () => {
    service = await serviceWith({
      format: "communique-record/1",
      document: { key: "fair-news", kind: DocumentKind.NEWS, language: "en" },
      people: [
        { slug: "ada-floe", formerSlugs: ["a-floe"], name: "Ada Floe", sortName: "Floe, Ada" },
      ],
      organizations: [{ slug: "fog-league", formerSlugs: ["mist-league"], name: "Fog League" }],
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

  it("A date range matches each date, month and year that overlaps it", async () => {
    expect(await textsOf({ date: { from: "2031-05-31", to: "2031-06" } })).toEqual([
      "at the fair",
      "in May",
      "on 3 June",
    ]);
    expect(await textsOf({ date: { to: "2030-01-01" } })).toEqual(["in 2030"]);
  });

  it("A few days, in the order of the text, match a retracted statement too", async () => {
    const { data } = await service.ask(
      `{ statements(orderBy: POSITION, filter: { standings: [RETRACTED], date: { from: "2031-01-01", to: "2031-01-09" } })
         { totalCount nodes { text } } }`,
    );
    expect(data.statements).toEqual({ totalCount: 1, nodes: [{ text: "withdrawn" }] });
  });

  it("A statement at a meeting of several days matches any of these days", async () => {
    expect(await textsOf({ date: { from: "2031-07-02" } })).toEqual(["at the fair"]);
    expect(await textsOf({ date: { from: "2031-07-03" } })).toEqual([]);
    expect(await textsOf({ date: { from: "2031-06" }, statedOnly: true })).toEqual(["on 3 June"]);
  });

  it("An empty date range matches every statement that has a date", async () => {
    const dated = ["at the fair", "in 2030", "in May", "on 3 June"];
    expect(await textsOf({ date: {} })).toEqual(dated);
    expect(await textsOf({ date: { from: null, to: null } })).toEqual(dated);
  });

  it("A reversed date range is refused unless its months or years overlap", async () => {
    const query = "query ($filter: StatementFilter) { statements(filter: $filter) { totalCount } }";
    const reversed = { date: { from: "2031-07", to: "2031-06-30" } };
    const { errors } = await service.askInVain(query, { filter: reversed });
    expect(errors.map(({ extensions }) => extensions)).toEqual([
      { code: "BAD_USER_INPUT", argument: "filter.date" },
    ]);
    expect(await textsOf({ date: { from: "2031-06-30", to: "2031-06" } })).toEqual(["at the fair"]);
  });

  it("An empty list in a filter matches nothing, and null matches everything", async () => {
    const all = ["at the fair", "in 2030", "in May", "on 3 June", "some day"];
    for (const field of LISTS) {
      expect(await textsOf({ [field]: [] })).toEqual([]);
      expect(await textsOf({ [field]: null })).toEqual(all);
    }
    expect(await textsOf({ date: null, joint: null, statedOnly: null })).toEqual(all);
    expect(await textsOf(null)).toEqual(all);
  });

  const LISTS = [
    ...["ids", "speakers", "allSpeakers", "speakerCountries", "allSpeakerCountries"],
    ...["speakerOrganizations", "addressees", "addresseeCountries", "meetings", "within"],
    ...["addresseeOrganizations", "documents"],
    ...["places", "placeCountries", "forms", "topics", "standings"],
  ];

  it("Order by relevance is refused without a text filter", async () => {
    for (const list of ["statements", "meetings", "people"]) {
      for (const filter of ["", "filter: {}, ", "filter: { text: null }, "]) {
        const query = `{ ${list}(${filter}orderBy: RELEVANCE) { nodes { id } } }`;
        const { errors } = await service.askInVain(query);
        expect(errors.map(({ extensions }) => extensions)).toEqual([
          { code: "BAD_USER_INPUT", argument: "orderBy" },
        ]);
      }
    }
  });

  it("A facet of fewer than one value or more than a hundred is refused, and one that passes over too many", async () => {
    for (const first of [-1, 0, 101]) {
      const query = `{ statements { facets(by: FORM, first: ${first}) { value } } }`;
      const { errors } = await service.askInVain(query);
      expect(errors.map(({ extensions }) => extensions)).toEqual([
        { code: "BAD_USER_INPUT", argument: "first" },
      ]);
    }
    for (const skip of [-1, 10_001]) {
      const { errors } = await service.askInVain(
        `{ statements { facets(by: FORM, skip: ${skip}) { value } } }`,
      );
      expect(errors.map(({ extensions }) => extensions)).toEqual([
        { code: "BAD_USER_INPUT", argument: "skip" },
      ]);
    }
    const facet = "facets(by: FORM, first: null, skip: null) { value label count }";
    const { data } = await service.ask(`{ statements { ${facet} } }`);
    expect(data.statements.facets).toEqual([{ value: "REPORTED", label: "Reported", count: 5 }]);
  });

  it("Where nothing matches, an organization given as a person is refused, and a person as an organization", async () => {
    const cases = [
      ["statements", "addressees", "fog-league", "addresseeOrganizations"],
      ["statements", "speakers", "mist-league", "speakerOrganizations"],
      ["statements", "speakerOrganizations", "a-floe", "speakers"],
      ["meetings", "people", "fog-league", "organizations"],
      ["meetings", "organizations", "ada-floe", "people"],
    ] as const;
    for (const [list, field, slug, instead] of cases) {
      for (const selection of ["nodes { id }", "totalCount", "facets(by: YEAR) { value }"]) {
        const query = `{ ${list}(filter: { ${field}: ["nobody", "${slug}"] }) { ${selection} } }`;
        const { errors } = await service.askInVain(query);
        expect(errors).toHaveLength(1);
        expect(errors[0]!.message).toContain(`\`${instead}\``);
        expect(errors[0]!.extensions).toEqual({
          code: "BAD_USER_INPUT",
          argument: `filter.${field}`,
        });
      }
    }
    const { sql } = await service.ask(
      `{ statements(filter: { speakers: ["nobody"] }) { totalCount nodes { id } facets(by: YEAR) { value } } }`,
    );
    expect(sql.filter((name) => name === "misplacedSlugs")).toHaveLength(1);
    expect(await textsOf({ speakers: ["ada-floe", "fog-league"], joint: false })).toHaveLength(5);
  });

  it("A filter matches people and meetings by their former slugs too", async () => {
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

function keyOf<Key extends string>(record: Record<Key, unknown>): fc.Arbitrary<Key> {
  return fc.constantFrom(...(Object.keys(record) as Key[]));
}

function inCountry(code: string | null): Parent | null {
  return code === null ? null : { type: "Country", key: code };
}

function facets(by: string, first: number, skip: number): string {
  return `facets(by: ${by}, first: ${first}, skip: ${skip}) { value label count }`;
}

function asList(ids: string[]) {
  return { totalCount: ids.length, nodes: asNodes(ids) };
}

function asNodes(ids: string[]) {
  return ids.map((id) => ({ id }));
}
