import { parseConfig } from "../src/config.js";
import { referenceCountries } from "../src/country/country.reference.js";
import { MeetingCoverage, MeetingKind } from "../src/meeting/meeting.enums.js";
import type { SourceRecordInput } from "../src/records/record.format.js";
import { idOf } from "../src/records/record.ids.js";
import { createService } from "../src/server.js";
import { DocumentKind } from "../src/source/source.enums.js";
import { StatementForm } from "../src/statement/statement.enums.js";
import { worldOf } from "./fixtures/world.js";
import { serviceWith, type TestService } from "./harness/service.js";

const world = worldOf({ seed: 5, people: 60, places: 10, meetings: 60, statements: 60 });
const people = world.flatMap((record) => record.people ?? []).map(({ slug }) => slug);
const orator = people[0]!;

describe("The SQL statements of a query", () => {
  let service: TestService;

  beforeAll(async () => {
    service = await serviceWith(...world, marathon());
  });
  afterAll(() => service.close());

  it("A person's statements in a place take the same SQL statements for one and for fifty", async () => {
    const headline = (first: number) => `{
      person(slug: "${orator}") {
        statements(filter: { places: ["iceburg"] }, first: ${first}) {
          totalCount
          nodes {
            text
            meeting { title place { name } }
            speakers { person { name } country { name } }
            citations { start end document { title } }
          }
        }
      }
    }`;
    const { data } = await service.ask(headline(50));
    expect(data.person.statements.nodes).toHaveLength(50);
    expect(data.person.statements.totalCount).toBeGreaterThanOrEqual(200);
    for (const first of [1, 50]) {
      expect(await costOf(headline(first))).toEqual([
        "peopleBySlugs",
        "statementsOfPerson",
        "statementsOfPersonCount",
      ]);
    }
  });

  it("The statements of one person and of fifty people take the same SQL statements", async () => {
    const speeches = (first: number) => `{
      people(first: ${first}) {
        nodes { statements(first: 5) { totalCount nodes { text speakers { person { name } } } } }
      }
    }`;
    const { data } = await service.ask(speeches(50));
    expect(data.people.nodes).toHaveLength(50);
    for (const { statements } of data.people.nodes) expect(statements.nodes).toHaveLength(5);
    for (const first of [1, 50]) {
      expect(await costOf(speeches(first))).toEqual([
        "activityOfPeople",
        "people",
        "statementsOfPerson",
      ]);
    }
  });

  it.each([
    ["in nodes", "nodes { meeting { title place { name country { name } } } }"],
    ["in edges", "edges { node { meeting { title place { name country { name } } } } }"],
    ["by another name", "nodes { m: meeting { p: place { c: country { name } } } }"],
    ["in fragments", "nodes { ...Where ... on Statement { meeting { title } } }"],
    [
      "in lists",
      "nodes { speakers { person { name } } citations { document { title } } topics { label } }",
    ],
    ["in part", "nodes { meeting { title @skip(if: true) place @include(if: true) { name } } }"],
  ])("What a row refers to is read in the same SQL statement: asked for %s", async (_, rows) => {
    const fragment = rows.includes("...Where")
      ? "fragment Where on Statement { meeting { place { country { name } } } }"
      : "";
    expect(await costOf(`{ statements(first: 50) { ${rows} } } ${fragment}`)).toEqual([
      "statements",
    ]);
  });

  it("A list selected twice takes one SQL statement, or two when the fields differ", async () => {
    const query = (fields: string) => `{
      statements(first: 50) { nodes { meeting { title } speakers { person { name } } } }
      again: statements(first: 50) { nodes { ${fields} } }
    }`;
    expect(await costOf(query("speakers { person { name } } meeting { title }"))).toEqual([
      "statements",
    ]);
    expect(await costOf(query("speakers { person { sortName } }"))).toEqual([
      "statements",
      "statements",
    ]);
  });

  it.each([
    ["people", "statements", "statementsOfPerson"],
    ["countries", "statements", "statementsOfCountry"],
    ["places", "statements", "statementsOfPlace"],
    ["meetings", "statements", "statementsOfMeeting"],
    ["sourceDocuments", "statements", "statementsOfSourceDocument"],
    ["people", "meetings", "meetingsOfPerson"],
    ["countries", "meetings", "meetingsOfCountry"],
    ["places", "meetings", "meetingsOfPlace"],
    ["sourceDocuments", "meetings", "meetingsOfSourceDocument"],
    ["meetings", "children", "meetingsOfMeeting"],
    ["meetings", "participations", "participationsOfMeeting"],
    ["countries", "people", "peopleOfCountry"],
    ["countries", "agreements", "agreementsOfCountry"],
  ])("One page and one count serve all %s and their %s", async (parents, list, statement) => {
    for (const first of [1, 100]) {
      const query = `{ ${parents}(first: ${first}) { nodes { ${list} { totalCount nodes { id } } } } }`;
      // The database keeps the counts of these.
      const kept = /^(?:statements|meetings)Of(?:Country|Place)$/.test(statement)
        ? "keptCounts"
        : `${statement}Count`;
      const count = /OfPerson$/.test(statement) ? "activityOfPeople" : kept;
      expect(await costOf(query)).toEqual([parents, statement, count].sort());
    }
  });

  it("Both counts of a person take one SQL statement, and are counted anew only where a filter restricts them", async () => {
    const counts = (filter: string) => `{
      people(first: 100) { nodes { statements(first: 0${filter}) { totalCount } meetings(first: 0${filter}) { totalCount } } }
    }`;
    const whole = await service.ask(counts(""));
    expect(whole.sql.toSorted()).toEqual(["activityOfPeople", "people"]);
    const restricted = await service.ask(
      counts(', filter: { date: { from: "0001", to: "9999" } }'),
    );
    expect(restricted.sql.toSorted()).toEqual([
      ...["meetingsOfPersonCount", "people", "statementsOfPersonCount"],
    ]);
    const both = await service.ask(counts(", filter: { statedOnly: true }"));
    expect(both.sql).not.toContain("activityOfPeople");
    expect(await costOf(counts(", filter: { text: null }"))).toEqual([
      "activityOfPeople",
      "people",
    ]);
  });

  it.each([
    ["people", "statements", "SPEAKER_COUNTRY", "statementsOfPersonBySPEAKER_COUNTRY"],
    ["countries", "statements", "SPEAKER", "statementsOfCountryBySPEAKER"],
    ["meetings", "statements", "YEAR", "statementsOfMeetingByYEAR"],
    ["places", "meetings", "PARTICIPANT_COUNTRY", "meetingsOfPlaceByPARTICIPANT_COUNTRY"],
    ["meetings", "children", "KIND", "meetingsOfMeetingByKIND"],
  ])("One grouped count serves all %s and their %s by %s", async (parents, list, by, statement) => {
    for (const first of [1, 100]) {
      const query = `{ ${parents}(first: ${first}) { nodes { ${list} { facets(by: ${by}) { value } } } } }`;
      expect(await costOf(query)).toEqual([parents, statement].sort());
    }
  });

  it("One page and one count serve all people and their counterparts", async () => {
    for (const first of [1, 100]) {
      const query = `{ people(first: ${first}) { nodes {
        counterparts { totalCount edges { meetingCount lastMet node { name } countries { name } } } } } }`;
      expect(await costOf(query)).toEqual([
        "counterpartsOfPerson",
        "counterpartsOfPersonCount",
        "countriesByCodes",
        "people",
      ]);
    }
  });

  it("Offices, relations and sources take one SQL statement each for all rows of a page", async () => {
    for (const first of [5, 60]) {
      const query = `{
        people(first: ${first}) { nodes { tenures(on: "2031") { title } } }
        meetings(first: ${first}) { nodes { participations { nodes { tenures { title } } } } }
        statements(first: ${first}) { nodes { sourceCount speakers { tenures { title } } relations { kind } } }
      }`;
      expect(await costOf(query)).toEqual([
        ...["meetings", "participationsOfMeeting", "people", "relationsOfStatements"],
        ...["sourceCountsOfStatements", "statements"],
        ...["tenuresOfParticipations", "tenuresOfPerson", "tenuresOfSpeakers"],
      ]);
    }
  });

  it("Text filters take one more SQL statement, however many lists use them", async () => {
    for (const first of [1, 50]) {
      const query = `{
        statements(filter: { text: "fog" }, orderBy: RELEVANCE, first: ${first}) { totalCount nodes { id } }
        meetings(filter: { text: "meeting" }, orderBy: RELEVANCE, first: ${first}) { nodes { id } }
        people(filter: { text: "ada", office: "keeper" }, orderBy: RELEVANCE, first: ${first}) { nodes { id } }
        countries(filter: { text: "ant*" }, first: ${first}) { nodes { id } }
        places(filter: { text: "iceburg" }, first: ${first}) { nodes { id } }
      }`;
      expect(await costOf(query)).toEqual([
        ...["countries", "languagesOnRecord", "meetings", "people", "places"],
        ...["statements", "statementsCount"],
      ]);
    }
  });

  it("The languages on record are cached between requests", async () => {
    const names: string[] = [];
    const remembering = await createService(service.dataSource, {
      ...parseConfig({ COMMUNIQUE_LOG_LEVEL: "error" }),
      observe: (name) => void names.push(name),
    });
    for (let i = 0; i < 3; i++) {
      await remembering.apollo.executeOperation(
        { query: '{ statements(filter: { text: "fog" }) { nodes { id } } }' },
        { contextValue: remembering.createContext() },
      );
    }
    await remembering.stop();
    expect(names).toEqual(["languagesOnRecord", "statements", "statements", "statements"]);
  });

  it("A search takes one page, one count, and one SQL statement for the items it finds", async () => {
    for (const first of [2, 100]) {
      const query = `{ searchRecord(query: "ada", kinds: [PERSON], first: ${first}) {
        totalCount edges { score node { __typename ... on Person { name } } } } }`;
      expect(await costOf(query)).toEqual([
        "items",
        "languagesOnRecord",
        "searchRecord",
        "searchRecordCount",
      ]);
    }
  });

  it("One page and one count serve all organizations and each of their lists", async () => {
    for (const first of [1, 100]) {
      const rows = `(first: ${first}) { totalCount nodes { id } }`;
      const query = `{
        one: organization(slug: "fog-council") { statements${rows} meetings${rows} }
        other: organization(slug: "herring-league") { statements${rows} meetings${rows} }
      }`;
      expect(await costOf(query)).toEqual([
        "keptCounts",
        "meetingsOfOrganization",
        "organizationsBySlugs",
        "statementsOfOrganization",
      ]);
    }
  });

  it("A page or a count that is not selected is not read", async () => {
    const page = "nodes { id } edges { cursor } pageInfo { endCursor }";
    expect(await costOf("{ statements { totalCount } }")).toEqual(["keptCounts"]);
    expect(await costOf("{ statements(filter: { joint: true }) { totalCount } }")).toEqual([
      "statementsCount",
    ]);
    expect(await costOf(`{ statements { ${page} } }`)).toEqual(["statements"]);
    expect(await costOf("{ statements { __typename } }")).toEqual([]);
    expect(await costOf("{ places { nodes { meetings { totalCount } } } }")).toEqual([
      "keptCounts",
      "places",
    ]);
  });

  it("A list is counted from its facet when each row has exactly one value", async () => {
    const { data: alone } = await service.ask(
      "{ statements { totalCount } meetings { totalCount } }",
    );
    const facets = {
      statements: ["YEAR", "PLACE_COUNTRY", "MEETING", "FORM", "STANDING"],
      meetings: ["YEAR", "PLACE_COUNTRY", "KIND", "COVERAGE"],
    };
    for (const [list, values] of Object.entries(facets)) {
      for (const by of values) {
        const query = `{ ${list} { facets(by: ${by}, first: 1) { count } totalCount } }`;
        expect(await costOf(query)).toEqual([`${list}By${by}`]);
        const { data } = await service.ask(query);
        expect(data[list].totalCount).toBe(alone[list].totalCount);
      }
    }
    // The counts by place that the database keeps lack what has none.
    const byPlace = "{ statements { facets(by: PLACE, first: 1) { count } totalCount } }";
    expect(await costOf(byPlace)).toEqual(["keptCounts", "statementsByPLACE"]);
    const { data: all } = await service.ask(byPlace);
    expect(all.statements.totalCount).toBe(alone.statements.totalCount);
    const nothing = `statements(filter: { speakers: ["nobody"] }) { totalCount facets(by: YEAR) { count } }`;
    expect((await service.ask(`{ ${nothing} }`)).data.statements).toEqual({
      totalCount: 0,
      facets: [],
    });
    expect(await costOf("{ statements { totalCount facets(by: SPEAKER) { count } } }")).toEqual([
      "keptCounts",
      "statementsBySPEAKER",
    ]);
  });

  it("A list selected twice with the same arguments is read once", async () => {
    const list = (first: number) =>
      `statements(first: ${first}, filter: { joint: true }) { totalCount nodes { id } }`;
    expect(await costOf(`{ one: ${list(3)} other: ${list(3)} }`)).toEqual([
      "statements",
      "statementsCount",
    ]);
    expect(await costOf(`{ one: ${list(3)} other: ${list(4)} }`)).toEqual([
      "statements",
      "statements",
      "statementsCount",
    ]);
  });

  const names = Array.from({ length: 100 }, (_, i) => people[i] ?? `somebody-${i}`);
  const idsOf = (kind: Parameters<typeof idOf>[0]) => names.map((name) => idOf(kind, name));
  const codes = referenceCountries()
    .map(({ code }) => code)
    .slice(0, 100);

  it.each([
    ["Person", "id", "peopleByIds", idsOf("person")],
    ["Person", "slug", "peopleBySlugs", names],
    ["Country", "id", "countriesByCodes", codes],
    ["Country", "code", "countriesByCodes", codes],
    ["Place", "id", "placesByIds", idsOf("place")],
    ["Place", "slug", "placesBySlugs", names],
    ["Organization", "id", "organizationsByIds", idsOf("organization")],
    ["Organization", "slug", "organizationsBySlugs", names],
    ["Meeting", "id", "meetingsByIds", idsOf("meeting")],
    ["Meeting", "slug", "meetingsBySlugs", names],
    ["Agreement", "id", "agreementsByIds", idsOf("agreement")],
    ["Agreement", "slug", "agreementsBySlugs", names],
    ["Statement", "id", "statementsByIds", idsOf("statement")],
    ["SourceDocument", "id", "documentsByIds", idsOf("document")],
    ["StatementTopic", "slug", "topicsBySlugs", names],
    ["Tenure", "id", "tenuresByIds", idsOf("tenure")],
    ["Citation", "id", "citationsByIds", idsOf("citation")],
  ])(
    "One SQL statement finds 100 of %s by %s, and at most one more those that were merged",
    async (__typename, key, statement, values) => {
      const query = "query ($of: [_Any!]!) { _entities(representations: $of) { __typename } }";
      const of = values.map((value) => ({ __typename, [key]: value }));
      // Unknown keys may be those of merged items. Of items with former slugs, their slugs have these.
      const hasMerged =
        !["Country", "SourceDocument", "Tenure", "Citation"].includes(__typename) &&
        !/BySlugs/.test(statement);
      const looksForMerged = hasMerged || __typename === "StatementTopic";
      expect(await costOf(query, { of })).toEqual(
        looksForMerged ? [statement, `${statement}_merged`] : [statement],
      );
    },
  );

  /** The names of the statements that it takes, by alphabet: those of one level run in any order. */
  async function costOf(query: string, variables?: Record<string, unknown>): Promise<string[]> {
    return (await service.ask(query, variables)).sql.sort();
  }
});

/** Two hundred statements of one person in one place, and five of every other. */
function marathon(): SourceRecordInput {
  const speakers = people.flatMap((slug) => Array<string>(slug === orator ? 200 : 5).fill(slug));
  return {
    format: "communique-record/1",
    document: { key: "marathon", kind: DocumentKind.TRANSCRIPT, language: "en" },
    meetings: [
      {
        slug: "marathon",
        title: "Marathon",
        kind: MeetingKind.OTHER,
        coverage: MeetingCoverage.REPORTED,
        startDate: "2031-08-01",
        places: ["iceburg"],
        citations: [{ start: 0, end: 9 }],
      },
    ],
    statements: speakers.map((person, i) => ({
      key: `speech-${i}`,
      text: `Part ${i} of what was said about fog.`,
      form: StatementForm.REPORTED,
      language: "en",
      meeting: "marathon",
      speakers: [{ person, country: "AQ" }],
      citations: [{ start: i, end: i + 1 }],
    })),
  };
}
