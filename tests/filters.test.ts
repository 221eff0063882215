import "reflect-metadata";
import { MeetingCoverage, MeetingKind } from "../src/meeting/meeting.enums.js";
import { DocumentKind, RecordStanding } from "../src/source/source.enums.js";
import { StatementForm } from "../src/statement/statement.enums.js";
import type { StatementFilter } from "../src/statement/statement.filter.js";
import { serviceWith, type TestService } from "./harness/service.js";

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
    const { errors } = await service.askExpectingErrors(query, { filter: reversed });
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
        const { errors } = await service.askExpectingErrors(query);
        expect(errors.map(({ extensions }) => extensions)).toEqual([
          { code: "BAD_USER_INPUT", argument: "orderBy" },
        ]);
      }
    }
  });

  it("A facet of fewer than one value or more than a hundred is refused, and one that passes over too many", async () => {
    for (const first of [-1, 0, 101]) {
      const query = `{ statements { facets(by: FORM, first: ${first}) { value } } }`;
      const { errors } = await service.askExpectingErrors(query);
      expect(errors.map(({ extensions }) => extensions)).toEqual([
        { code: "BAD_USER_INPUT", argument: "first" },
      ]);
    }
    for (const skip of [-1, 10_001]) {
      const { errors } = await service.askExpectingErrors(
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
        const { errors } = await service.askExpectingErrors(query);
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
