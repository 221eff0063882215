import "reflect-metadata";
import type { MeetingFilter } from "../src/meeting/meeting.filter.js";
import {
  MeetingCoverage,
  MeetingKind,
  MeetingMode,
  MeetingStatus,
  ParentRelation,
  ParticipationRole,
} from "../src/meeting/meeting.enums.js";
import type { SourceRecordInput } from "../src/records/record.format.js";
import { idOf } from "../src/records/record.ids.js";
import { DocumentKind, FactCertainty } from "../src/source/source.enums.js";
import { serviceWith, type TestService } from "./harness/service.js";

type Meeting = NonNullable<SourceRecordInput["meetings"]>[number];
type Side = NonNullable<Meeting["participations"]>[number];
type Tenure = NonNullable<SourceRecordInput["tenures"]>[number];

const { INFERRED } = FactCertainty;
const { HELD, PLANNED, CANCELLED } = MeetingStatus;
const { PART_OF, ON_SIDELINES_OF } = ParentRelation;
const citations = [{ start: 0, end: 9 }];

/** A side in short: `ada AQ`, `ada AQ @gulls`, `ada @gulls` or `ada`. */
function side(words: string, changes: Partial<Side> = {}): Side {
  const [person, ...rest] = words.split(" ");
  const organization = rest.find((word) => word.startsWith("@"))?.slice(1);
  const country = rest.find((word) => !word.startsWith("@"));
  return { person, country, organization, citations, ...changes };
}

function meeting(
  slug: string,
  sides: (string | Side)[],
  { status = HELD, ...changes }: Partial<Meeting> = {},
): Meeting {
  return {
    slug,
    title: slug,
    kind: MeetingKind.BILATERAL,
    coverage: MeetingCoverage.REPORTED,
    status,
    participations: sides.map((one) => (typeof one === "string" ? side(one) : one)),
    citations,
    ...changes,
  };
}

/** An office in short: `ada AQ`, `ada AQ>BV` for one who is sent to BV, `ada @gulls`; from 2030 to 2034. */
function office(words: string, changes: Partial<Tenure> = {}): Tenure {
  const { person, country, organization } = side(words);
  const [serving, accreditedTo] = country?.split(">") ?? [];
  return {
    key: words.toLowerCase().replace(/[ >@]+/g, "-"),
    person: person!,
    title: "Keeper of the Gulls",
    country: serving,
    accreditedTo,
    organization,
    startDate: "2030",
    endDate: "2034",
    citations,
    ...changes,
  };
}

/** The record of these meetings, of everyone who takes part, and of the organizations. */
function chronicle(meetings: Meeting[], tenures: Tenure[]): SourceRecordInput {
  const sides = [...meetings.flatMap(({ participations = [] }) => participations), ...tenures];
  const named = (slugs: (string | null | undefined)[]) => [...new Set(slugs)].filter((it) => it);
  return {
    format: "communique-record/1",
    document: { key: "gull-chronicle", kind: DocumentKind.NEWS, language: "en" },
    people: named(sides.map(({ person }) => person)).map((slug) => ({
      slug: slug!,
      name: `Gull ${slug}`,
      sortName: slug!,
    })),
    organizations: named(sides.map(({ organization }) => organization)).map((slug) => ({
      slug: slug!,
      name: `The ${slug}`,
    })),
    tenures,
    meetings,
  };
}

describe("The counterparts of a person", () => {
  let test: TestService;
  afterEach(() => test.close());

  const start = (...meetings: Meeting[]) => startWith([], ...meetings);
  const startWith = async (tenures: Tenure[], ...meetings: Meeting[]) => {
    test = await serviceWith(chronicle(meetings, tenures));
  };

  async function metBy(person: string, filter: MeetingFilter | null = null) {
    const { data } = await test.ask(
      `query ($slug: String!, $filter: MeetingFilter) { person(slug: $slug) {
         counterparts(filter: $filter) {
           totalCount
           nodes { slug }
           edges { node { slug } meetingCount countries { code } lastMet } } } }`,
      { slug: person, filter },
    );
    const { totalCount, nodes, edges } = data.person.counterparts;
    expect(totalCount).toBe(edges.length);
    expect(nodes).toEqual(edges.map(({ node }: { node: object }) => node));
    return edges.map(({ node, countries, ...told }: Edge) => ({
      ...told,
      who: node.slug,
      countries: countries.map(({ code }) => code),
    }));
  }

  interface Edge {
    node: { slug: string };
    countries: { code: string }[];
    meetingCount: number;
    lastMet: string | null;
  }

  async function namesMetBy(person: string, filter?: MeetingFilter): Promise<string[]> {
    return (await metBy(person, filter)).map(({ who }: { who: string }) => who).sort();
  }

  /** Those of all sides, in short and by slug: `bo ? 2` for two meetings at which nobody knows the side. */
  async function sidesMetBy(person: string, filter: MeetingFilter = {}): Promise<string[]> {
    const { data } = await test.ask(
      `query ($slug: String!, $filter: MeetingFilter) { person(slug: $slug) {
         counterparts(filter: $filter, sides: [OTHER, UNKNOWN]) {
           totalCount unknownSideCount edges { side node { slug } meetingCount countries { code } } }
         others: counterparts(filter: $filter) { totalCount unknownSideCount edges { node { slug } } } } }`,
      { slug: person, filter },
    );
    const { counterparts, others } = data.person;
    const edges: (Edge & { side: string })[] = counterparts.edges;
    const unknown = edges.filter(({ side }) => side === "UNKNOWN").length;
    expect(counterparts).toMatchObject({ totalCount: edges.length, unknownSideCount: unknown });
    expect(others).toMatchObject({
      totalCount: edges.length - unknown,
      unknownSideCount: unknown,
      edges: edges.filter(({ side }) => side === "OTHER").map(({ node }) => ({ node })),
    });
    return edges
      .map(({ side, node, meetingCount, countries }) =>
        [
          node.slug,
          ...(side === "OTHER" ? [] : ["?"]),
          ...countries.map(({ code }) => code),
          meetingCount,
        ].join(" "),
      )
      .sort();
  }

  it("Counterparts are the people of other sides at the same meetings, from either end", async () => {
    await start(
      meeting("one", ["ada AQ", "bo BV"], { startDate: "2031-06-03" }),
      meeting("two", ["bo BV", "cy TF"], { startDate: "2031-06-04" }),
    );
    expect(await metBy("ada")).toEqual([
      { who: "bo", countries: ["BV"], meetingCount: 1, lastMet: "2031-06-03" },
    ]);
    expect(await metBy("bo")).toEqual([
      { who: "cy", countries: ["TF"], meetingCount: 1, lastMet: "2031-06-04" },
      { who: "ada", countries: ["AQ"], meetingCount: 1, lastMet: "2031-06-03" },
    ]);
  });

  it("An interpreter and a note-taker are nobody's counterpart, and have none, unless the roles ask for them", async () => {
    const { GUEST, INTERPRETER, NOTE_TAKER, PARTICIPANT } = ParticipationRole;
    await start(
      meeting("one", [
        "ada AQ",
        side("bo BV", { role: GUEST }),
        side("ivo BV", { role: INTERPRETER }),
        side("nina BV", { role: NOTE_TAKER }),
        side("stray", { role: NOTE_TAKER }),
      ]),
      meeting("two", ["ada AQ", "nina BV"]),
    );
    expect(await sidesMetBy("ada")).toEqual(["bo BV 1", "nina BV 1"]);
    expect(await sidesMetBy("ivo")).toEqual([]);
    expect(await sidesMetBy("bo")).toEqual(["ada AQ 1"]);
    expect(await namesMetBy("ada", { roles: [PARTICIPANT] })).toEqual(["bo", "nina"]);
    const interpreted = { roles: [PARTICIPANT, INTERPRETER] };
    expect(await sidesMetBy("ada", interpreted)).toEqual(["bo BV 1", "ivo BV 1", "nina BV 1"]);
    expect(await sidesMetBy("ivo", interpreted)).toEqual(["ada AQ 1"]);
    const noted = { roles: [PARTICIPANT, NOTE_TAKER] };
    expect(await sidesMetBy("ada", noted)).toEqual(["bo BV 1", "nina BV 2", "stray ? 1"]);
  });

  it("On a visit with guests people met these, and those who received them need not have met each other", async () => {
    const { GUEST, HOST } = ParticipationRole;
    const ada = side("ada AQ", { role: GUEST });
    const bo = side("bo BV", { role: HOST });
    await start(
      meeting("stay", [ada, bo, "cy TF", "stray"], { kind: MeetingKind.VISIT }),
      meeting("no-guest", ["bo BV", "dee TF"], { kind: MeetingKind.VISIT }),
      meeting("talks", [side("eve AQ", { role: GUEST }), "bo BV", "fay TF"]),
    );
    expect(await sidesMetBy("ada")).toEqual(["bo BV 1", "cy TF 1", "stray ? 1"]);
    expect(await sidesMetBy("cy")).toEqual(["ada AQ 1"]);
    expect(await sidesMetBy("fay")).toEqual(["bo BV 1", "eve AQ 1"]);
    expect((await sidesMetBy("bo")).sort()).toEqual([
      "ada AQ 1",
      "dee TF 1",
      "eve AQ 1",
      "fay TF 1",
    ]);
  });

  it("Counterparts are ordered by meeting count, then latest meeting with undated ones last, then ID", async () => {
    const [low, middle, high] = ["gull", "petrel", "tern"].sort((a, b) =>
      idOf("person", a) < idOf("person", b) ? -1 : 1,
    );
    await start(
      meeting("a", ["ada AQ", "often BV"]),
      meeting("b", ["ada AQ", "often BV"]),
      meeting("c", ["ada AQ", `${middle} BV`, `${low} BV`], { startDate: "2031-06-03" }),
      meeting("d", ["ada AQ", `${middle} BV`], { status: PLANNED, startDate: "2033" }),
      meeting("e", ["ada AQ", `${high} BV`], { startDate: "2031-06-03", endDate: "2031-06-04" }),
      meeting("f", ["ada AQ", "early BV"], { startDate: "2031-06-02" }),
      meeting("g", ["ada AQ", "some-day BV"]),
    );
    const met = await metBy("ada");
    expect(met.map(({ who }: { who: string }) => who)).toEqual([
      "often",
      high,
      low,
      middle,
      "early",
      "some-day",
    ]);
  });

  it("A person without a country on record is of an unknown side, not a counterpart", async () => {
    await start(
      meeting("talks", ["ada", "colleague", "bo BV"]),
      meeting("dinner", ["ada AQ", "late", "cy TF"]),
      meeting("call", ["bo BV", "cy TF"]),
    );
    expect(await namesMetBy("ada")).toEqual(["cy"]);
    expect(await sidesMetBy("ada")).toEqual(["bo ? BV 1", "colleague ? 1", "cy TF 1", "late ? 1"]);
    expect(await sidesMetBy("bo")).toEqual(["ada ? 1", "colleague ? 1", "cy TF 1"]);
    expect(await sidesMetBy("late")).toEqual(["ada ? AQ 1", "cy ? TF 1"]);
  });

  it("A side without a country is that of the office the person held on the date of the meeting", async () => {
    const onTheDay = { startDate: "2031-06-03" };
    await startWith(
      [
        office("ada AQ"),
        office("envoy AQ>BV"),
        office("bo BV", { startDate: null, ongoing: true, endDate: null }),
        office("early BV", { startDate: "2029", endDate: "2030" }),
        office("open TF", { endDate: null }),
        office("host HM"),
        office("guest TF", { startDate: "2031-06-04" }),
      ],
      meeting("talks", ["ada", "envoy", "bo", "early", "open", "host AQ", "guest"], {
        startDate: "2031-06-03",
        endDate: "2031-06-04",
      }),
      meeting("call", ["host HM", "envoy @gulls", "bo @gulls", "guest @gulls"], onTheDay),
    );
    // What a document of no date attests begins on no day that is known, nor ends.
    expect(await sidesMetBy("ada")).toEqual(["bo ? 1", "early ? 1", "guest TF 1", "open ? 1"]);
    expect(await sidesMetBy("envoy")).toEqual([
      "bo 1",
      "early ? 1",
      "guest TF 2",
      "host HM 1",
      "open ? 1",
    ]);
    expect(await sidesMetBy("bo", { slugs: ["call"] })).toEqual(["envoy AQ 1", "host HM 1"]);
  });

  it("At a meeting without a date, a side is that of the office the same document cites", async () => {
    const elsewhere = { document: "tern-times", locator: "1" };
    test = await serviceWith(
      {
        format: "communique-record/1",
        document: { key: "tern-times", kind: DocumentKind.NEWS, language: "en" },
      },
      chronicle(
        [meeting("some-day", ["ada", "colleague", "bo", "stranger"])],
        [
          ...[office("ada AQ"), office("colleague AQ"), office("bo BV")],
          office("stranger BV", { citations: [elsewhere] }),
        ],
      ),
    );
    expect(await sidesMetBy("ada")).toEqual(["bo BV 1", "stranger ? 1"]);
  });

  it("A side is unknown when the offices of a person are of several countries", async () => {
    await startWith(
      [
        ...["ada AQ", "bo BV", "bo AQ", "cy AQ", "cy BV", "dee TF", "dee HM"].map((it) =>
          office(it),
        ),
      ],
      meeting("talks", ["ada", "bo", "cy", "dee", "eve BV"], { startDate: "2031-06-03" }),
    );
    expect(await sidesMetBy("ada")).toEqual([
      "bo ? AQ BV 1",
      "cy ? AQ BV 1",
      "dee TF HM 1",
      "eve BV 1",
    ]);
    // Both serve the same two countries: that is one side.
    expect(await sidesMetBy("bo")).toEqual(["ada ? AQ 1", "dee TF HM 1", "eve ? BV 1"]);
  });

  it("Meetings count where the two were of different sides, or all of them when no side is known", async () => {
    const under = (parent: string) => ({ parent, parentRelation: PART_OF });
    await start(
      meeting("one", ["ada AQ", "bo", "cy"], { startDate: "2033" }),
      meeting("two", ["ada AQ", "bo BV", "cy"], { startDate: "2031" }),
      meeting("three", ["ada AQ", "bo AQ", "dee AQ"], { startDate: "2034" }),
      meeting("fair", ["ada AQ", "bo TF", "dee"], { startDate: "2032-06", ...under("one") }),
      meeting("talks", ["ada AQ", "bo", "dee"], { startDate: "2032-06-03", ...under("fair") }),
    );
    expect(await sidesMetBy("ada")).toEqual(["bo BV TF 2", "cy ? 2", "dee ? 1"]);
    expect(await metBy("ada")).toMatchObject([{ who: "bo", lastMet: "2032-06" }]);
    expect(await sidesMetBy("ada", { slugs: ["one", "three"] })).toEqual(["bo ? 1", "cy ? 1"]);
    const { data } = await test.ask(
      `{ person(slug: "ada") { counterparts(sides: [UNKNOWN]) { totalCount edges { node { slug } lastMet } } } }`,
    );
    expect(data.person.counterparts).toEqual({
      totalCount: 2,
      edges: [
        { node: { slug: "cy" }, lastMet: "2033" },
        { node: { slug: "dee" }, lastMet: "2032-06-03" },
      ],
    });
  });

  it("The argument sides chooses other or unknown sides, and an empty list finds nobody", async () => {
    await start(
      meeting("one", ["ada AQ", "bo BV"]),
      meeting("two", ["ada AQ", "cy"], { startDate: "2031" }),
      meeting("three", ["ada AQ", "dee TF"], { startDate: "2030" }),
    );
    const asked: [string, string[]][] = [
      ["first: 9", ["dee", "bo"]],
      ["sides: null", ["dee", "bo"]],
      ["sides: [OTHER]", ["dee", "bo"]],
      ["sides: [UNKNOWN]", ["cy"]],
      ["sides: [OTHER, UNKNOWN]", ["cy", "dee", "bo"]],
      ["sides: [UNKNOWN, OTHER, OTHER]", ["cy", "dee", "bo"]],
      ["sides: []", []],
    ];
    for (const [args, slugs] of asked) {
      const { data } = await test.ask(
        `{ person(slug: "ada") { counterparts(${args}) { totalCount unknownSideCount nodes { slug } } } }`,
      );
      expect([args, data.person.counterparts]).toEqual([
        args,
        { totalCount: slugs.length, unknownSideCount: 1, nodes: slugs.map((slug) => ({ slug })) },
      ]);
    }
    const ask =
      'query ($sides: [CounterpartSide!]) { person(slug: "ada") { counterparts(sides: $sides) { nodes { slug } } } }';
    for (const variables of [{}, { sides: null }]) {
      const { data } = await test.ask(ask, variables);
      expect(data.person.counterparts.nodes).toEqual([{ slug: "dee" }, { slug: "bo" }]);
    }
    for (const sides of [["SAME"], [null], Array(101).fill("OTHER")]) {
      const { errors } = await test.askExpectingErrors(ask, { sides });
      expect(errors.map(({ extensions }) => extensions?.code)).toEqual(["BAD_USER_INPUT"]);
    }
  });

  it("People of the same country are not counterparts, nor of the same organization without a country", async () => {
    await start(
      meeting("talks", [
        "ada AQ @gulls",
        "compatriot AQ @terns",
        "neighbour BV @gulls",
        "colleague @gulls",
        "nobodys",
        { country: "TF", citations },
        { description: "a senior gull", citations },
      ]),
      meeting("council", ["bea @gulls", "own @gulls", "other @terns", "landed AQ @gulls", "free"]),
      meeting("beach", ["free", "other-free"]),
    );
    expect(await sidesMetBy("ada")).toEqual(["colleague 1", "neighbour BV 1", "nobodys ? 1"]);
    expect(await sidesMetBy("bea")).toEqual(["free ? 1", "landed AQ 1", "other 1"]);
    expect(await sidesMetBy("other-free")).toEqual(["free ? 1"]);
  });

  it("Only meetings that were held count, in whatever mode", async () => {
    const said = { coverage: MeetingCoverage.REFERRED_TO };
    await start(
      meeting("mentioned", ["ada AQ", "mentioned BV"], said),
      meeting("called", ["ada AQ", "called BV"], { mode: MeetingMode.CALL }),
      meeting("planned", ["ada AQ", "planned BV"], { status: PLANNED }),
      meeting("cancelled", ["ada AQ", "cancelled BV"], { status: CANCELLED }),
      { ...meeting("unknown", ["ada AQ", "unknown BV"]), status: null },
    );
    expect(await namesMetBy("ada")).toEqual(["called", "mentioned"]);
  });

  it("A meeting above another one with the same two people does not count again", async () => {
    const under = (parent: string, parentRelation = PART_OF) => ({ parent, parentRelation });
    await start(
      meeting("journey", ["ada AQ", "bo BV", "cy TF"], { startDate: "2033" }),
      meeting("stop", ["ada AQ", "cy TF"], under("journey")),
      meeting("fair", ["ada AQ", "bo BV"], under("stop")),
      meeting("talks", ["ada AQ", "bo BV"], {
        ...under("fair", ON_SIDELINES_OF),
        startDate: "2031-06-03",
      }),
      meeting("more-talks", ["ada AQ", "bo BV"], {
        ...under("fair", ON_SIDELINES_OF),
        startDate: "2031-06-02",
      }),
      meeting("no-talks", ["ada AQ", "cy TF"], { ...under("stop"), status: PLANNED }),
      meeting("dinner", ["bo BV", "cy TF"], under("stop")),
    );
    expect(await metBy("ada")).toEqual([
      { who: "bo", countries: ["BV"], meetingCount: 2, lastMet: "2031-06-03" },
      { who: "cy", countries: ["TF"], meetingCount: 1, lastMet: null },
    ]);
    expect(await metBy("bo", { slugs: ["journey", "fair"] })).toEqual([
      { who: "cy", countries: ["TF"], meetingCount: 1, lastMet: "2033" },
      { who: "ada", countries: ["AQ"], meetingCount: 1, lastMet: null },
    ]);
  });

  it("Counterparts have the countries they came for, by English name", async () => {
    await start(
      meeting("one", ["ada AQ", "bo TF"]),
      meeting("two", ["ada AQ", "bo GS"]),
      meeting("three", ["ada AQ", "bo TF"]),
      meeting("four", ["ada AQ", "bo HM"]),
      meeting("five", ["cy AQ", "bo UM"]),
      meeting("six", ["ada AQ", "bo BV"], { status: PLANNED }),
      meeting("seven", ["ada AQ", "dee @gulls"]),
    );
    // French Southern Territories, Heard & McDonald Islands, South Georgia & South Sandwich Islands.
    expect(await metBy("ada")).toMatchObject([
      { who: "bo", countries: ["TF", "HM", "GS"], meetingCount: 4 },
      { who: "dee", countries: [], meetingCount: 1 },
    ]);
  });

  it("lastMet is the first day of the latest meeting, or its last day when only that is known", async () => {
    await start(
      meeting("one", ["ada AQ", "bo BV"], { startDate: "2031-06", endDate: "2031-07-02" }),
      meeting("two", ["ada AQ", "bo BV"], { startDate: "2031-05-30" }),
      meeting("three", ["ada AQ", "bo BV"]),
      meeting("four", ["ada AQ", "cy TF"], { endDate: "2031" }),
      meeting("five", ["ada AQ", "dee HM"]),
    );
    expect(await metBy("ada")).toMatchObject([
      { who: "bo", lastMet: "2031-06", meetingCount: 3 },
      { who: "cy", lastMet: "2031" },
      { who: "dee", lastMet: null },
    ]);
  });

  it("A filter chooses the meetings that count, also when one is above another", async () => {
    await start(
      meeting("journey", ["ada AQ", "bo BV"], { kind: MeetingKind.JOURNEY, startDate: "2031-06" }),
      meeting("talks", ["ada AQ", "bo BV"], {
        title: "The talks of the gulls",
        startDate: "2031-06-03",
        parent: "journey",
        parentRelation: PART_OF,
      }),
      meeting("call", ["ada AQ", "cy TF"], { title: "A call among gulls", startDate: "2032" }),
    );
    expect(await metBy("ada", { kinds: [MeetingKind.JOURNEY] })).toMatchObject([
      { who: "bo", meetingCount: 1, lastMet: "2031-06" },
    ]);
    expect(await namesMetBy("ada", { date: { from: "2032" } })).toEqual(["cy"]);
    expect(await namesMetBy("ada", { text: "talking gull" })).toEqual(["bo"]);
    expect(await namesMetBy("ada", { people: ["cy"] })).toEqual(["cy"]);
    expect(await namesMetBy("ada", { within: ["journey"] })).toEqual(["bo"]);
    expect(await namesMetBy("ada", { statuses: [PLANNED] })).toEqual([]);
    expect(await namesMetBy("ada", { slugs: [] })).toEqual([]);
  });

  it("With statedOnly, only meetings count whose document names both people", async () => {
    const guess = { personCertainty: INFERRED };
    const ofSomeLand = { countryCertainty: INFERRED };
    await start(
      meeting("one", ["ada AQ", side("bo BV", guess)]),
      meeting("two", [side("ada AQ", guess), "cy TF"]),
      meeting("three", [side("ada AQ", ofSomeLand), side("flo BV", ofSomeLand)]),
    );
    const statedOnly = true;
    expect(await namesMetBy("ada")).toEqual(["bo", "cy", "flo"]);
    expect(await sidesMetBy("ada", { statedOnly })).toEqual(["bo BV 1", "flo ? 1"]);
    expect(await namesMetBy("bo", { statedOnly })).toEqual([]);
    expect(await namesMetBy("ada", { statedOnly, participantCountries: ["BV"] })).toEqual(["bo"]);
    expect(await namesMetBy("ada", { statedOnly, people: ["bo"] })).toEqual([]);
  });

  it("With statedOnly, a side is unknown when its certainty is INFERRED", async () => {
    const ofSomeLand = { countryCertainty: INFERRED };
    const ofSomeBody = { organizationCertainty: INFERRED };
    await startWith(
      [office("officer BV"), office("sitter AQ")],
      meeting(
        "talks",
        [
          ...["ada AQ", "officer @terns", "sitter @terns", "stated @gulls"],
          ...[side("guessed BV @gulls", ofSomeLand), side("body @gulls", ofSomeBody)],
          side("landed BV @gulls", ofSomeBody),
        ],
        { startDate: "2031-06-03" },
      ),
    );
    const known = ["body 1", "guessed BV 1", "landed BV 1", "officer BV 1", "stated 1"];
    expect(await sidesMetBy("ada")).toEqual(known);
    expect(await sidesMetBy("ada", { statedOnly: true })).toEqual([
      ...["body ? 1", "guessed ? 1", "landed BV 1", "officer ? 1", "sitter ? 1", "stated 1"],
    ]);
  });

  it("Forward pages of counterparts contain each of them once", async () => {
    const others = Array.from({ length: 7 }, (_, i) => `gull-${i}`);
    await start(
      meeting("one", ["ada AQ", ...others.map((other) => `${other} BV`)], { startDate: "2031" }),
      meeting("two", ["ada AQ", "gull-3 BV", "gull-5 BV"]),
      meeting("three", ["ada AQ", "gull-6 BV"], { startDate: "2032" }),
    );
    const all: string[] = (await metBy("ada")).map(({ who }: { who: string }) => who);
    expect([...all].sort()).toEqual(others);
    const paged: string[] = [];
    let after: string | null = null;
    for (const size of [3, 3, 1]) {
      const { counterparts } = await page(3, after);
      expect(counterparts.totalCount).toBe(7);
      expect(counterparts.nodes).toHaveLength(size);
      expect(counterparts.pageInfo).toMatchObject({
        hasPreviousPage: after !== null,
        hasNextPage: paged.length + size < 7,
        endCursor: counterparts.edges.at(-1).cursor,
      });
      paged.push(...counterparts.nodes.map(({ slug }: { slug: string }) => slug));
      after = counterparts.pageInfo.endCursor;
    }
    expect(paged).toEqual(all);
    expect((await page(0, null)).counterparts).toMatchObject({ totalCount: 7, nodes: [] });
  });

  async function page(first: number, after: string | null) {
    const { data } = await test.ask(
      `query ($first: Int, $after: String) { person(slug: "ada") {
         counterparts(first: $first, after: $after) {
           totalCount nodes { slug } edges { cursor }
           pageInfo { hasNextPage hasPreviousPage endCursor } } } }`,
      { first, after },
    );
    return data.person;
  }

  it("With `latest`, only the last of the meetings that match the filter count, up to that number", async () => {
    await start(
      meeting("undated", ["ada AQ", "bo BV"]),
      meeting("first", ["ada AQ", "bo BV", "cy SG", "di"], { startDate: "2030" }),
      meeting("second", ["ada AQ", "cy SG"], { startDate: "2031" }),
      meeting(
        "third",
        ["ada AQ", "eve BV", { ...side("gull BV"), person: undefined, description: "a gull" }],
        {
          startDate: "2032",
        },
      ),
      meeting("planned", ["ada AQ", "flo BV"], { startDate: "2033", status: PLANNED }),
      meeting("without", ["bo BV", "cy SG"], { startDate: "2034" }),
    );
    const lists = async (latest: number | null, filter: MeetingFilter | null = null) => {
      const { data } = await test.ask(
        `query ($latest: Int, $filter: MeetingFilter) { people(filter: { slugs: ["ada", "bo"] }) { nodes { slug
           counterparts(latest: $latest, filter: $filter) {
             totalCount unknownSideCount describedCount edges { node { slug } meetingCount } }
           describedCounterparts(latest: $latest, filter: $filter) { totalCount nodes { description } } } } }`,
        { latest, filter },
      );
      const people = data.people.nodes as {
        slug: string;
        counterparts: {
          totalCount: number;
          unknownSideCount: number;
          describedCount: number;
          edges: { node: { slug: string }; meetingCount: number }[];
        };
        describedCounterparts: { totalCount: number; nodes: object[] };
      }[];
      return Object.fromEntries(
        people.map(({ slug, counterparts, describedCounterparts }) => {
          const { edges, totalCount, unknownSideCount, describedCount } = counterparts;
          expect(totalCount).toBe(edges.length);
          expect(describedCounterparts.totalCount).toBe(describedCount);
          const met = edges.map(({ node, meetingCount }) => `${node.slug} ${meetingCount}`).sort();
          return [
            slug,
            [...met, `unknown ${unknownSideCount}`, `described ${describedCount}`].join(),
          ];
        }),
      );
    };
    expect(await lists(1)).toEqual({
      ada: "eve 1,unknown 0,described 1",
      bo: "cy 1,unknown 0,described 0",
    });
    expect((await lists(2)).ada).toBe("cy 1,eve 1,unknown 0,described 1");
    expect((await lists(3)).ada).toBe("bo 1,cy 2,eve 1,unknown 1,described 1");
    expect(await lists(1_000)).toEqual(await lists(null));
    expect((await lists(1, { date: { to: "2031" } })).ada).toBe("cy 1,unknown 0,described 0");
    for (const latest of [0, -1, 1_001]) {
      for (const field of ["counterparts", "describedCounterparts"]) {
        const query = `{ person(slug: "ada") { ${field}(latest: ${latest}) { totalCount } } }`;
        const { errors } = await test.askExpectingErrors(query);
        expect(errors.map(({ extensions }) => extensions)).toEqual([
          { code: "BAD_USER_INPUT", argument: "latest" },
        ]);
      }
    }
  });

  it("Limited to people, by former slugs too, a list is that of all without the others", async () => {
    const record = chronicle(
      [
        meeting("journey", ["ada AQ", "bo BV", "cy SG"], { kind: MeetingKind.JOURNEY }),
        meeting("talks", ["ada AQ", "bo BV"], {
          startDate: "2031-06-03",
          parent: "journey",
          parentRelation: PART_OF,
        }),
        meeting("call", ["ada AQ", "cy SG", "di", "eve BV"], { startDate: "2032" }),
        meeting("lunch", [
          "bo BV",
          "cy SG",
          { ...side("gull BV"), person: undefined, description: "a gull" },
        ]),
      ],
      [],
    );
    record.people!.find(({ slug }) => slug === "bo")!.formerSlugs = ["bo-floe"];
    test = await serviceWith(record);
    const each = async (people: string[] | null, latest: number | null = null) => {
      const { data } = await test.ask(
        `query ($people: [String!], $latest: Int) { people(filter: { slugs: ["ada", "bo", "cy"] }) { nodes { slug
           counterparts(people: $people, latest: $latest, sides: [OTHER, UNKNOWN]) { totalCount unknownSideCount describedCount
             edges { node { slug } side meetingCount lastMet countries { code } } } } } }`,
        { people, latest },
      );
      const lists = data.people.nodes as {
        slug: string;
        counterparts: { edges: (Edge & { side: string })[] };
      }[];
      return new Map(lists.map(({ slug, counterparts }) => [slug, counterparts]));
    };
    for (const latest of [null, 1]) {
      const all = await each(null, latest);
      const some = await each(["ada", "bo-floe", "di", "nobody"], latest);
      for (const [slug, { edges, ...counts }] of all) {
        const left = edges.filter(({ node }) => ["ada", "bo", "di"].includes(node.slug));
        const unknownSideCount = left.filter(({ side: of }) => of === "UNKNOWN").length;
        const wanted = { ...counts, totalCount: left.length, unknownSideCount, edges: left };
        expect([slug, some.get(slug)]).toEqual([slug, wanted]);
      }
    }
    const listed = [...(await each(["ada", "bo", "di"]))].map(
      ([of, { edges }]) => `${of}: ${edges.map(({ node }) => node.slug).join()}`,
    );
    expect(listed).toEqual(["ada: di,bo", "bo: ada", "cy: ada,bo,di"]);
    for (const { edges } of (await each([])).values()) expect(edges).toEqual([]);
    const tooMany = Array.from({ length: 101 }, (_, i) => `gull-${i}`);
    const { errors } = await test.askExpectingErrors(
      'query ($people: [String!]) { person(slug: "ada") { counterparts(people: $people) { totalCount } } }',
      { people: tooMany },
    );
    expect(errors.map(({ extensions }) => extensions)).toEqual([
      { code: "BAD_USER_INPUT", argument: "people" },
    ]);
  });

  it("A cursor of another list and a page size over 100 are refused", async () => {
    await start(meeting("one", ["ada AQ", "bo BV"]));
    const { data } = await test.ask("{ people { pageInfo { endCursor } } }");
    const cursor = data.people.pageInfo.endCursor;
    for (const [argument, value] of Object.entries({ after: `"${cursor}"`, first: "101" })) {
      const query = `{ person(slug: "ada") { counterparts(${argument}: ${value}) { totalCount } } }`;
      const { errors } = await test.askExpectingErrors(query);
      expect(errors.map(({ extensions }) => extensions)).toEqual([
        { code: "BAD_USER_INPUT", argument },
      ]);
    }
  });

  /** Those described, of all sides, in the order of the list: `a senior gull AQ 2`, with `?` for an unknown side. */
  async function describedBy(person: string, filter: MeetingFilter = {}): Promise<string[]> {
    const { data } = await test.ask(
      `query ($slug: String!, $filter: MeetingFilter) { person(slug: $slug) {
         describedCounterparts(filter: $filter, sides: [OTHER, UNKNOWN]) {
           totalCount nodes { ...d } edges { node { ...d } } }
         others: describedCounterparts(filter: $filter) { totalCount nodes { ...d } }
         counterparts(filter: $filter) { describedCount }
         all: counterparts(filter: $filter, sides: [OTHER, UNKNOWN]) { describedCount } } }
       fragment d on DescribedCounterpart {
         description side meetingCount country { code } organization { slug } latestMeetings { slug } }`,
      { slug: person, filter },
    );
    const { describedCounterparts, others, counterparts, all } = data.person;
    const nodes: Described[] = describedCounterparts.nodes;
    const known = nodes.filter(({ side }) => side === "OTHER");
    expect(describedCounterparts).toMatchObject({
      totalCount: nodes.length,
      edges: nodes.map((node) => ({ node })),
    });
    expect(others).toEqual({ totalCount: known.length, nodes: known });
    expect([counterparts.describedCount, all.describedCount]).toEqual([known, nodes].map(meetings));
    for (const { meetingCount, latestMeetings } of nodes) {
      expect(new Set(latestMeetings.map(({ slug }) => slug)).size).toBe(Math.min(meetingCount, 5));
    }
    return nodes.map(({ description, side, country, organization, meetingCount }) =>
      [
        description,
        ...(side === "OTHER" ? [] : ["?"]),
        ...(country ? [country.code] : []),
        ...(organization ? [`@${organization.slug}`] : []),
        meetingCount,
      ].join(" "),
    );
  }

  const meetings = (nodes: Described[]) =>
    nodes.reduce((sum, { meetingCount }) => sum + meetingCount, 0);

  interface Described {
    description: string;
    side: string;
    country: { code: string } | null;
    organization: { slug: string } | null;
    meetingCount: number;
    latestMeetings: { slug: string }[];
  }

  const described = (description: string, changes: Partial<Side> = {}): Side => ({
    description,
    citations,
    ...changes,
  });

  it("Those who are only described are listed by words, country and organization, and are no counterparts", async () => {
    await start(
      meeting(
        "one",
        [
          ...["ada AQ @gulls", "terny BV @terns"],
          described("a senior gull", { country: "BV" }),
          described("the clerk", { country: "BV" }),
          described("a voice"),
          described("an aide", { country: "AQ" }),
          { country: "TF", citations },
          { organization: "terns", citations },
        ],
        { startDate: "2031-06-03" },
      ),
      meeting(
        "two",
        [
          "ada AQ",
          described("a voice"),
          described("a senior gull", { country: "BV", organization: "terns" }),
          described("the keeper", { organization: "terns" }),
        ],
        { startDate: "2030" },
      ),
      meeting("three", ["ada AQ", described("a senior gull", { country: "BV" })]),
      meeting("planned", ["ada AQ", described("a senior gull", { country: "BV" })], {
        status: PLANNED,
      }),
      meeting("elsewhere", ["terny BV", described("a stranger", { country: "TF" })]),
    );
    expect(await describedBy("ada")).toEqual([
      ...["a senior gull BV 2", "a voice ? 2", "the clerk BV 1"],
      ...["a senior gull BV @terns 1", "the keeper @terns 1"],
    ]);
    expect(await describedBy("ada", { date: { from: "2031" } })).toEqual([
      ...["a senior gull BV 1", "the clerk BV 1", "a voice ? 1"],
    ]);
    expect(await namesMetBy("ada")).toEqual(["terny"]);
    const { data } = await test.ask(`{ person(slug: "ada") { describedCounterparts(first: 1) {
      nodes { lastMet latestMeetings { slug } } } } }`);
    expect(data.person.describedCounterparts.nodes).toEqual([
      { lastMet: "2031-06-03", latestMeetings: [{ slug: "one" }, { slug: "three" }] },
    ]);
  });

  it("Of the described, too, interpreters count only where the roles ask for them, and no side is guessed", async () => {
    const { INTERPRETER, PARTICIPANT } = ParticipationRole;
    const inferred = { country: "BV", countryCertainty: INFERRED };
    await startWith(
      [office("olga AQ")],
      meeting("one", [
        "ada AQ",
        described("the mouth", { country: "BV", role: INTERPRETER }),
        described("a guest", inferred),
        described("a host", { country: "BV" }),
      ]),
      meeting("two", ["stray", described("a guest", inferred)]),
      meeting("three", ["olga", described("a guest", inferred)], { startDate: "2031" }),
    );
    expect(await describedBy("ada")).toEqual(["a guest BV 1", "a host BV 1"]);
    expect(await describedBy("ada", { roles: [PARTICIPANT, INTERPRETER] })).toEqual([
      ...["the mouth BV 1", "a guest BV 1", "a host BV 1"],
    ]);
    expect(await describedBy("ada", { statedOnly: true })).toEqual([
      ...["a guest ? BV 1", "a host BV 1"],
    ]);
    expect(await describedBy("stray")).toEqual(["a guest ? BV 1"]);
    expect(await describedBy("olga")).toEqual(["a guest BV 1"]);
    expect(await describedBy("olga", { statedOnly: true })).toEqual(["a guest ? BV 1"]);
  });

  it("A conference above a meeting with the same description does not count again", async () => {
    const under = { parent: "fair", parentRelation: PART_OF };
    const gull = described("a senior gull", { country: "BV" });
    await start(
      meeting("fair", ["ada AQ", gull, described("a crowd", { country: "TF" })]),
      meeting("talks", ["ada AQ", gull], under),
      meeting("more-talks", ["ada AQ", gull], under),
    );
    expect(await describedBy("ada")).toEqual(["a senior gull BV 2", "a crowd TF 1"]);
  });

  it("Forward pages of the described contain each of them once, and a cursor of counterparts is refused", async () => {
    const clerks = Array.from({ length: 7 }, (_, i) => described(`clerk ${i}`, { country: "BV" }));
    await start(
      meeting("one", ["ada AQ", "bo BV", ...clerks], { startDate: "2031" }),
      meeting("two", ["ada AQ", clerks[3]!]),
      ...Array.from({ length: 6 }, (_, i) => meeting(`more-${i}`, ["ada AQ", clerks[5]!])),
    );
    const all = await describedBy("ada");
    expect(all.slice(0, 3)).toEqual(["clerk 5 BV 7", "clerk 3 BV 2", "clerk 0 BV 1"]);
    const paged: string[] = [];
    let after: string | null = null;
    do {
      const { data }: Awaited<ReturnType<TestService["ask"]>> = await test.ask(
        `query ($after: String) { person(slug: "ada") { describedCounterparts(first: 3, after: $after) {
           nodes { description country { code } meetingCount } pageInfo { hasNextPage endCursor } } } }`,
        { after },
      );
      const { nodes, pageInfo } = data.person.describedCounterparts;
      paged.push(
        ...nodes.map(({ description, country, meetingCount }: Described) =>
          [description, country?.code, meetingCount].join(" "),
        ),
      );
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    expect(paged).toEqual(all);
    const other = await test.ask(
      `{ person(slug: "ada") { counterparts { pageInfo { endCursor } } } }`,
    );
    const cursor: string = other.data.person.counterparts.pageInfo.endCursor;
    const { errors } = await test.askExpectingErrors(
      `{ person(slug: "ada") { describedCounterparts(after: "${cursor}") { totalCount } } }`,
    );
    expect(errors.map(({ extensions }) => extensions)).toEqual([
      { code: "BAD_USER_INPUT", argument: "after" },
    ]);
  });

  it("Those whom a person met have all fields of a person", async () => {
    await start(meeting("one", ["ada AQ", "bo BV"]));
    const fields = "slug recordedAt changedAt birthDate history { nodes { kind } }";
    const { data } = await test.ask(`{ person(slug: "ada") { counterparts { nodes { ${fields} } } }
      bo: person(slug: "bo") { ${fields} } }`);
    expect(data.person.counterparts.nodes).toEqual([data.bo]);
  });

  it("Counterparts take the same SQL statements for one person and for fifty", async () => {
    const pairs = Array.from({ length: 25 }, (_, i) => [`gull-${i} AQ`, `tern-${i} BV`, "ada TF"]);
    await start(...pairs.map((sides, i) => meeting(`meeting-${i}`, sides)));
    const query = (first: number) => `{ people(first: ${first}) { nodes {
      counterparts(first: 2, filter: { text: "meeting" }) {
        totalCount
        nodes { name }
        edges { node { name } meetingCount lastMet countries { name } }
      }
    } } }`;
    const { data } = await test.ask(query(50));
    expect(data.people.nodes).toHaveLength(50);
    for (const { counterparts } of data.people.nodes) expect(counterparts.nodes).toHaveLength(2);
    for (const first of [1, 50]) {
      expect((await test.ask(query(first))).sql.sort()).toEqual([
        "counterpartsOfPerson",
        "counterpartsOfPersonCount",
        "countriesByCodes",
        "languagesOnRecord",
        "people",
      ]);
    }
    const costOf = async (selection: string) =>
      (await test.ask(`{ people { nodes { counterparts { ${selection} } } } }`)).sql;
    expect(await costOf("totalCount")).toEqual(["people", "counterpartsOfPersonCount"]);
    expect(await costOf("edges { node { name } lastMet meetingCount }")).toEqual([
      "people",
      "counterpartsOfPerson",
    ]);
    const counts = ["people", "counterpartsOfPersonCount"];
    expect(await costOf("unknownSideCount")).toEqual(counts);
    expect(await costOf("totalCount unknownSideCount")).toEqual(counts);
    expect(await costOf("describedCount")).toEqual([
      "people",
      "describedParticipationsOfPersonCount",
    ]);
  });

  it("Those who are described take the same SQL statements for one person and for fifty", async () => {
    const clerk = described("a clerk", { country: "TF", organization: "gulls" });
    const pairs = Array.from({ length: 25 }, (_, i) => [`gull-${i} AQ`, `tern-${i} BV`, clerk]);
    await start(...pairs.map((sides, i) => meeting(`meeting-${i}`, sides)));
    for (const first of [1, 50]) {
      const { data, sql } = await test.ask(`{ people(first: ${first}) { nodes {
        counterparts { describedCount }
        describedCounterparts(first: 2) {
          totalCount
          nodes { description country { name } organization { name } latestMeetings { title } } } } } }`);
      expect(data.people.nodes).toHaveLength(first);
      for (const { counterparts, describedCounterparts } of data.people.nodes) {
        expect(counterparts).toEqual({ describedCount: 1 });
        expect(describedCounterparts.nodes).toMatchObject([{ country: {}, latestMeetings: [{}] }]);
      }
      expect(sql.sort()).toEqual([
        "countriesByCodes",
        "describedCounterpartsOfPerson",
        "describedCounterpartsOfPersonCount",
        "describedParticipationsOfPersonCount",
        "meetingsByIds",
        "organizationsByIds",
        "people",
      ]);
    }
  });
});
