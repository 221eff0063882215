import "reflect-metadata";
import fc from "fast-check";
import { CounterpartSide } from "../src/meeting/counterpart.enums.js";
import { PersonOrder } from "../src/person/person.order.js";
import { MEETING_FACETS, STATEMENT_FACETS } from "./fixtures/world.facets.js";
import { someDate, WorldFilters } from "./fixtures/world.filters.js";
import { worldOf } from "./fixtures/world.js";
import { MEETING_ORDERS } from "./fixtures/world.meeting.rules.js";
import { WorldModel } from "./fixtures/world.model.js";
import { asQuery, type ListQuestion, meetingsField, under } from "./fixtures/world.questions.js";
import type { Parent } from "./fixtures/world.rules.js";
import { STATEMENT_ORDERS } from "./fixtures/world.statement.rules.js";
import { configuredService, type TestService } from "./harness/service.js";

const records = worldOf({ seed: 6, people: 12, places: 5, meetings: 60, statements: 100 });
const filters = new WorldFilters(records);

/** The seed: other queries in every run. A failure prints it, and TEST_SEED repeats the same. */
const seed = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31);

jest.setTimeout(120_000);

describe("Filters compared with a model of the rules", () => {
  const model = new WorldModel(records);
  const asked: Record<string, number> = {};
  let service: TestService;

  beforeAll(async () => {
    // Forty lists with every filter at once, of which each has a cost.
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

  it("Facets of the whole record, of which the database keeps some, count as in the model", async () => {
    const page = { first: 100, skip: 0 };
    const statements = { totalCount: model.statementsOf(null, null, "DATE_DESC").length };
    const meetings = { totalCount: model.meetingsOf(null, null, "DATE_DESC").length };
    const ask = async (field: string, by: string) => {
      const { data } = await service.ask(`{ ${field} { totalCount ${facets(by, 100, 0)} } }`);
      return [by, data[field]];
    };
    for (const by of Object.keys(STATEMENT_FACETS) as (keyof typeof STATEMENT_FACETS)[]) {
      const expected = model.statementFacet(null, null, by, page);
      expect(await ask("statements", by)).toEqual([by, { ...statements, facets: expected }]);
    }
    for (const by of Object.keys(MEETING_FACETS) as (keyof typeof MEETING_FACETS)[]) {
      const expected = model.meetingFacet(null, null, by, page);
      expect(await ask("meetings", by)).toEqual([by, { ...meetings, facets: expected }]);
    }
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

  /** Selects the same of each of these, of as many in one query as its cost allows. */
  async function each(keys: string[], question: (key: string) => string): Promise<unknown[]> {
    const answers: unknown[] = [];
    for (let from = 0; from < keys.length; from += 20) {
      const some = keys.slice(from, from + 20).map((key, i) => `a${i}: ${question(key)}`);
      const { data } = await service.ask(`{ ${some.join(" ")} }`);
      answers.push(...Object.values(data));
    }
    return answers;
  }

  /** Queries many lists of a kind, up to 40 in one query, and expects of each what the model says. */
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
