import "reflect-metadata";
import { MeetingCoverage, MeetingKind } from "../src/meeting/meeting.enums.js";
import type { SourceRecordInput } from "../src/records/record.format.js";
import { idOf } from "../src/records/record.ids.js";
import { DocumentKind, FactCertainty } from "../src/source/source.enums.js";
import { StatementForm } from "../src/statement/statement.enums.js";
import { serviceWith, type TestService } from "./harness/service.js";

type Tenure = NonNullable<SourceRecordInput["tenures"]>[number];
type Meeting = NonNullable<SourceRecordInput["meetings"]>[number];
type Statement = NonNullable<SourceRecordInput["statements"]>[number];
type Side = Statement["speakers"][number];

/** Documents by what attests: their keys are their dates. */
const texts = ["2031-03-10", "2031-04", "2032"].map((date) => documentOf(date));
const undated = documentOf("undated", { datePublished: null, dateCertainty: null });
const dataset = documentOf("dataset", { kind: DocumentKind.DATASET, datePublished: "2031-08-20" });

/** Bounds of an office, the documents that it cites, and the dates on which it is and is not held. */
const offices: [
  rule: string,
  office: Partial<Tenure>,
  cited: string[],
  on: string[],
  not: string[],
][] = [
  [
    "from its start to its end, whatever attests it",
    { startDate: "2031-02-03", endDate: "2031-05-06" },
    ["2032"],
    ["2031-02-03", "2031-05-06", "2031-02", "2031-03", "2031-05", "2031"],
    ["2031-02-02", "2031-05-07", "2031-01", "2031-06", "2030", "2032"],
  ],
  [
    "from the first to the last day that its bounds can mean",
    { startDate: "2031-02", endDate: "2032" },
    ["undated"],
    ["2031-02-01", "2031-02-28", "2032-12-31"],
    ["2031-01-31", "2031-01", "2033-01-01"],
  ],
  [
    "from its first attestation where no start is known",
    { endDate: "2031-05-06" },
    ["2031-04", "2031-03-10", "2032"],
    ["2031-03-10", "2031-05-06", "2031-03"],
    ["2031-03-09", "2031-05-07", "2032"],
  ],
  [
    "until its last attestation where no end is known",
    { startDate: "2031-02-03" },
    ["2031-04", "2031-03-10"],
    ["2031-02-03", "2031-04-30", "2031-04"],
    ["2031-02-02", "2031-05-01", "2031-05"],
  ],
  [
    "from its first to its last attestation where neither is known",
    {},
    ["2031-04", "undated", "2031-03-10"],
    ["2031-03-10", "2031-03-31", "2031-04-30"],
    ["2031-03-09", "2031-05-01"],
  ],
  [
    "onwards where a document says that it goes on",
    { startDate: "2031-02-03", ongoing: true },
    ["2031-03-10"],
    ["2031-02-03", "2031-03-11", "9999-12-31", "9999"],
    ["2031-02-02"],
  ],
  [
    "onwards from its first attestation where it goes on and no start is known",
    { ongoing: true },
    ["2031-04", "2031-03-10"],
    ["2031-03-10", "9999"],
    ["2031-03-09", "0001"],
  ],
  [
    "only until its end where that is known",
    { startDate: "2031-02-03", endDate: "2031-05-06", ongoing: true },
    ["2032"],
    ["2031-05-06"],
    ["2031-05-07"],
  ],
  [
    "at no time where only a dataset tells of it",
    {},
    ["dataset"],
    [],
    ["2031-08-20", "2031", "0001"],
  ],
  [
    "no longer for the date of a dataset",
    { startDate: "2031-02-03" },
    ["2031-03-10", "dataset"],
    ["2031-03-10"],
    ["2031-03-11", "2031-08-20"],
  ],
  [
    "at no time where only undated documents tell of it",
    {},
    ["undated"],
    [],
    ["2031", "0001", "9999"],
  ],
  [
    "at no time with a start alone",
    { startDate: "2031-02-03" },
    ["undated"],
    [],
    ["2031-02-03", "2031"],
  ],
  [
    "at no time with an end alone",
    { endDate: "2031-05-06" },
    ["undated"],
    [],
    ["2031-05-06", "2031"],
  ],
  [
    "at no time where it goes on from an unknown day",
    { ongoing: true },
    ["dataset"],
    [],
    ["2031-08-21", "9999"],
  ],
];

describe("Tenures of a person", () => {
  let service: TestService;

  beforeAll(async () => {
    service = await serviceWith(
      ...texts,
      undated,
      dataset,
      gazette({
        tenures: [
          ...offices.map(([, bounds, cited], i) =>
            office(`gull-${i}`, "Gull", { ...bounds, citations: citing(...cited) }),
          ),
          office("ada", "Undated, by key b", { key: "b" }),
          office("ada", "Undated, by key a", { key: "a" }),
          office("ada", "Of 2029", { startDate: "2029", endDate: "2035" }),
          office("ada", "Until 2032", { endDate: "2032-02", ongoing: true }),
          office("ada", "From 2030", { startDate: "2030-05-06" }),
        ],
      }),
    );
  });
  afterAll(() => service.close());

  it.each(offices.map(([rule, , , on, not], i) => ({ rule, person: `gull-${i}`, on, not })))(
    "An office is held $rule",
    async ({ person, on, not }) => {
      const dates = [...on, ...not];
      const fields = dates.map((date, i) => `on${i}: tenures(on: "${date}") { title }`);
      const { data } = await service.ask(`{ person(slug: "${person}") { ${fields.join(" ")} } }`);
      const held = dates.filter((_, i) => data.person[`on${i}`].length > 0);
      expect(held).toEqual(on);
    },
  );

  it("Without a date all tenures are listed, newest first, undated ones last and by key", async () => {
    const all = ["Until 2032", "From 2030", "Of 2029", "Undated, by key a", "Undated, by key b"];
    expect(await titlesOf("tenures")).toEqual(all);
    expect(await titlesOf("tenures(on: null)")).toEqual(all);
  });

  it("Tenures on a date have the same order", async () => {
    expect(await titlesOf(`tenures(on: "2031-06-10")`)).toEqual([
      "Until 2032",
      "From 2030",
      "Of 2029",
      "Undated, by key a",
      "Undated, by key b",
    ]);
    expect(await titlesOf(`tenures(on: "2030")`)).toEqual(["From 2030", "Of 2029"]);
  });

  it("Tenures on an invalid date are refused", async () => {
    const query = `{ person(slug: "ada") { tenures(on: "2031-02-29") { title } } }`;
    const { errors } = await service.askExpectingErrors(query);
    expect(errors.map(({ extensions }) => extensions)).toEqual([
      { code: "BAD_USER_INPUT", argument: "on" },
    ]);
  });

  async function titlesOf(tenures: string): Promise<string[]> {
    const { data } = await service.ask(`{ person(slug: "ada") { offices: ${tenures} { title } } }`);
    return titles(data.person.offices);
  }
});

describe("Tenures of participants and speakers", () => {
  let service: TestService;
  const ada = { person: "ada", country: "AQ" };

  beforeAll(async () => {
    service = await serviceWith(
      ...texts,
      undated,
      dataset,
      gazette({
        tenures: [
          dated("Before", "2030", "2031-06-28"),
          dated("First day", "2030", "2031-06-29"),
          dated("Last day", "2031-07-02", "2034"),
          dated("After", "2031-07-03", "2034"),
          dated("For Bouvet Island", "2031", "2031", "BV"),
          dated("For nobody", "2031", "2031", null),
          office("ada", "Of a text", { country: "AQ", citations: citing("2032") }),
          office("ada", "Of a text, for nobody", { citations: citing("2032") }),
          office("ada", "Of an undated text", { country: "AQ", citations: citing("undated") }),
          office("ada", "Of a dataset", { country: "AQ", citations: citing("dataset") }),
          office("bo", "Bo's", { country: "AQ", startDate: "2031", endDate: "2031" }),
        ],
        meetings: [
          meeting("fair", { startDate: "2031-06-29", endDate: "2031-07-02" }, [
            ada,
            { person: "bo", country: "AQ" },
            { country: "AQ" },
          ]),
          meeting("closing", { endDate: "2031-07-02" }, [ada]),
          meeting("june", { startDate: "2031-06" }, [ada]),
          meeting("bouvet", { startDate: "2031-06-29" }, [{ person: "ada", country: "BV" }]),
          meeting("private", { startDate: "2031-06-29" }, [
            { person: "ada", organization: "gulls" },
          ]),
          meeting("some-day", { citations: citing("2032") }, [ada], citing("undated", "dataset")),
          meeting("some-other-day", {}, [ada], citing("2032")),
          meeting("some-private-day", {}, [{ person: "ada" }], citing("2032")),
          meeting("lost", { citations: citing("2032") }, [ada]),
        ],
        statements: [
          said("dated", [ada], { date: "2031-07-03", meeting: "fair" }),
          said("at-fair", [ada, { person: "bo", country: "AQ" }, { country: "AQ" }], {
            meeting: "fair",
          }),
          said("in-july", [ada], { date: "2031-07" }),
          said("privately", [{ person: "ada" }], { date: "2031-06-29" }),
          said("some-day", [ada], { citations: citing("undated", "dataset") }),
          said("some-other-day", [ada], { citations: citing("gazette", "2032"), meeting: "lost" }),
          said("lost", [ada], { meeting: "some-other-day" }),
        ],
      }),
    );
  });
  afterAll(() => service.close());

  it.each([
    ["those on any day of it", "fair", [["Last day", "First day"], ["Bo's"], []]],
    ["those on its last day, where that is all that is known", "closing", [["Last day"]]],
    ["those on any day that it can mean", "june", [["Before", "First day"]]],
    ["those for that country", "bouvet", [["For Bouvet Island"]]],
    ["those for no country where it is for none", "private", [["For nobody"]]],
    [
      "those told of in a text that tells of the person there, without a date",
      "some-day",
      [["Of an undated text"]],
    ],
    ["those told of in such a text, whatever its date", "some-other-day", [["Of a text"]]],
    ["those for no country without a date either", "some-private-day", [["Of a text, for nobody"]]],
    ["none that only a text of the meeting tells of", "lost", [[]]],
  ])("The tenures of a meeting's participants are %s", async (_, slug, expected) => {
    const { data } = await service.ask(
      `{ meeting(slug: "${slug}") { participations { nodes { tenures { title } } } } }`,
    );
    expect(data.meeting.participations.nodes.map(tenuresIn)).toEqual(expected);
  });

  it.each([
    ["those on its own date", "dated", [["After", "Last day"]]],
    [
      "those on any day of its meeting, side by side",
      "at-fair",
      [["Last day", "First day"], ["Bo's"], []],
    ],
    ["those on any day that its date can mean", "in-july", [["After", "Last day"]]],
    ["those for no country where it is for none", "privately", [["For nobody"]]],
    [
      "those told of in a text that tells of it, without a date",
      "some-day",
      [["Of an undated text"]],
    ],
    ["those told of in any such text, whatever its date", "some-other-day", [["Of a text"]]],
    ["none that only a text of its meeting tells of", "lost", [[]]],
  ])("The tenures of a statement's speakers are %s", async (_, key, expected) => {
    const { data } = await service.ask(
      `{ statement(id: "${idOf("statement", `gazette/${key}`)}") { speakers { tenures { title } } } }`,
    );
    expect(data.statement.speakers.map(tenuresIn)).toEqual(expected);
  });
});

describe("The SQL statements for tenures", () => {
  let service: TestService;

  beforeAll(async () => {
    const gulls = Array.from({ length: 50 }, (_, i) => `gull-${i}`);
    service = await serviceWith(
      gazette({
        tenures: gulls.map((gull) => office(gull, "Gull", { country: "AQ" })),
        meetings: gulls.map((person) =>
          meeting(`meeting-${person}`, { startDate: "2031-06-10" }, [{ person, country: "AQ" }]),
        ),
        statements: gulls.map((person) =>
          said(person, [{ person, country: "AQ" }], { date: "2031-06-10" }),
        ),
      }),
    );
  });
  afterAll(() => service.close());

  it("Tenures take one SQL statement for each date, for one person and for fifty", async () => {
    const query = (first: number) =>
      `{ people(first: ${first}) { nodes {
         now: tenures(on: "2031-06-10") { title } also: tenures(on: "2031-06-10") { ongoing }
         then: tenures(on: "2030") { title } all: tenures { title } } } }`;
    const { data } = await service.ask(query(50));
    expect(data.people.nodes).toHaveLength(50);
    for (const { now, then, all } of data.people.nodes)
      expect([now, then, all].map(({ length }: object[]) => length)).toEqual([1, 0, 1]);
    for (const first of [1, 50]) {
      expect((await service.ask(query(first))).sql.sort()).toEqual([
        "people",
        "tenuresOfPerson",
        "tenuresOfPerson",
        "tenuresOfPerson",
      ]);
    }
  });

  it("Tenures take the same SQL statements for one participant or speaker and for fifty", async () => {
    const query = (first: number) => `{
      meetings(first: ${first}) { nodes { participations { nodes { tenures { title } } } } }
      statements(first: ${first}) { nodes { speakers { tenures { title } } } }
    }`;
    const { data } = await service.ask(query(50));
    expect(data.statements.nodes).toHaveLength(50);
    for (const { speakers } of data.statements.nodes)
      expect(speakers.map(tenuresIn)).toEqual([["Gull"]]);
    for (const { participations } of data.meetings.nodes)
      expect(participations.nodes.map(tenuresIn)).toEqual([["Gull"]]);
    for (const first of [1, 50]) {
      expect((await service.ask(query(first))).sql.sort()).toEqual([
        "meetings",
        "participationsOfMeeting",
        "statements",
        "tenuresOfParticipations",
        "tenuresOfSpeakers",
      ]);
    }
  });
});

function tenuresIn({ tenures }: { tenures: { title: string }[] }): string[] {
  return titles(tenures);
}

function titles(tenures: { title: string }[]): string[] {
  return tenures.map(({ title }) => title);
}

/** An office of Ada's that is in no text which a side without a date cites. */
function dated(title: string, startDate: string, endDate: string, country: string | null = "AQ") {
  return office("ada", title, { country, startDate, endDate, citations: citing("2031-04") });
}

/** A record of nothing but its document. */
function documentOf(key: string, changes: object = {}): SourceRecordInput {
  const document = { key, kind: DocumentKind.NEWS, language: "en", datePublished: key, ...changes };
  return { format: "communique-record/1", document };
}

/** A gazette of 10 June 2031, with everyone that it names. */
function gazette(facts: {
  tenures: Tenure[];
  meetings?: Meeting[];
  statements?: Statement[];
}): SourceRecordInput {
  const slugs = [...new Set(facts.tenures.map(({ person }) => person))];
  return {
    ...documentOf("gazette", {
      datePublished: "2031-06-10",
      dateCertainty: FactCertainty.INFERRED,
    }),
    people: slugs.map((slug) => ({ slug, name: `Gull ${slug}`, sortName: slug })),
    organizations: [{ slug: "gulls", name: "The Gulls" }],
    ...facts,
  };
}

function citing(...documents: string[]) {
  return documents.map((document) =>
    document === "dataset" ? { document, locator: "row 7" } : { document, start: 0, end: 9 },
  );
}

function office(person: string, title: string, changes: Partial<Tenure> = {}): Tenure {
  const key = title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  return { key: `${person}/${key}`, person, title, citations: citing("gazette"), ...changes };
}

function meeting(
  slug: string,
  changes: Partial<Meeting>,
  sides: Side[],
  citations = citing("gazette"),
): Meeting {
  return {
    slug,
    title: slug,
    kind: MeetingKind.OTHER,
    coverage: MeetingCoverage.REPORTED,
    participations: sides.map((side) => ({ ...side, citations })),
    citations: citing("gazette"),
    ...changes,
  };
}

function said(key: string, speakers: Side[], changes: Partial<Statement>): Statement {
  return {
    key,
    text: `The gulls shriek ${key}.`,
    form: StatementForm.REPORTED,
    language: "en",
    speakers,
    citations: citing("gazette"),
    ...changes,
  };
}
