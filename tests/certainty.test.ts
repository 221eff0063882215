import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type GraphQLSchema, isInputObjectType, isObjectType } from "graphql";
import {
  MeetingCoverage,
  MeetingKind,
  MeetingMode,
  MeetingStatus,
  ParentRelation,
} from "../src/meeting/meeting.enums.js";
import type { SourceRecordInput } from "../src/records/record.format.js";
import { idOf } from "../src/records/record.ids.js";
import { createSchema } from "../src/schema.js";
import { DocumentKind, FactCertainty } from "../src/source/source.enums.js";
import { StatementForm } from "../src/statement/statement.enums.js";
import { serviceWith, type TestService } from "./harness/service.js";

const DOCUMENT = readFileSync(resolve(__dirname, "../docs/certainty.md"), "utf8");

/** The facts that a statement or meeting of the test rests on; of each there is one where just that one is INFERRED. */
const FACTS = {
  Statements: [
    ...["speakers.personCertainty", "speakers.countryCertainty", "speakers.organizationCertainty"],
    ...["addressees.certainty", "placeCertainty", "dateCertainty"],
  ],
  Meetings: [
    ...["participations.personCertainty", "participations.countryCertainty"],
    ...["participations.organizationCertainty", "placeCertainty", "dateCertainty"],
  ],
};

/** A value of each filter that matches all of them. */
const VALUES: Record<keyof typeof FACTS, Record<string, unknown>> = {
  Statements: {
    ids: statementKeys().map((key) => idOf("statement", key)),
    text: "fog",
    speakers: ["ada-floe"],
    allSpeakers: ["ada-floe"],
    speakerCountries: ["AQ"],
    allSpeakerCountries: ["AQ"],
    speakerOrganizations: ["fog-council"],
    addressees: ["bo-drift"],
    addresseeOrganizations: ["fog-council"],
    addresseeCountries: ["BV"],
    documents: ["fog-news"],
    reportedBy: "gale",
    meetings: ["ice-fair"],
    within: ["ice-fair"],
    places: ["iceburg"],
    placeCountries: ["AQ"],
    date: { from: "2031-06" },
    forms: ["REPORTED"],
    joint: false,
    topics: ["fog"],
    standings: ["CURRENT"],
    recordedAt: { from: "2000-01-01T00:00:00Z" },
    changedAt: { from: "2000-01-01T00:00:00Z" },
  },
  Meetings: {
    slugs: FACTS.Meetings.map(slugFor),
    text: "fog",
    people: ["ada-floe"],
    allPeople: ["ada-floe"],
    participantCountries: ["AQ"],
    allParticipantCountries: ["AQ"],
    organizations: ["fog-council"],
    roles: ["PARTICIPANT"],
    documents: ["fog-news"],
    parents: ["ice-fair"],
    parentRelations: ["PART_OF"],
    within: ["ice-fair"],
    places: ["iceburg"],
    placeCountries: ["AQ"],
    date: { from: "2031-06" },
    kinds: ["BILATERAL"],
    statuses: ["HELD"],
    modes: ["IN_PERSON"],
    coverages: ["REPORTED"],
    recordedAt: { from: "2000-01-01T00:00:00Z" },
    changedAt: { from: "2000-01-01T00:00:00Z" },
  },
};

const PARENTS: Record<string, string> = {
  Person: `person(slug: "ada-floe")`,
  Country: `country(code: "AQ")`,
  Place: `place(slug: "iceburg")`,
  Organization: `organization(slug: "fog-council")`,
  Meeting: `meeting(slug: "ice-fair")`,
  SourceDocument: `sourceDocument(id: "${idOf("document", "fog-news")}")`,
  StatementTopic: `topic(slug: "fog")`,
};

describe("The table of certainties in docs/certainty.md", () => {
  let service: TestService;
  beforeAll(async () => {
    service = await serviceWith(record());
  });
  afterAll(() => service.close());

  it.each(["Statements", "Meetings"] as const)(
    "The table lists every filter and parent of %s",
    (of) => {
      const filter = of === "Statements" ? "StatementFilter" : "MeetingFilter";
      const named = rowsOf(of).map(({ asked }) => asked);
      expect([...named].sort()).toEqual(questionsIn(createSchema(), filter).sort());
    },
  );

  it.each(rowsOf("Statements"))(
    "The table is right about statements and $asked: $fact",
    async (row) => {
      expect(await keptBy("Statements", row.asked, false)).toEqual(FACTS.Statements);
      const kept = FACTS.Statements.filter((fact) => fact !== row.fact);
      expect(await keptBy("Statements", row.asked, true)).toEqual(kept);
    },
  );

  it.each(rowsOf("Meetings"))(
    "The table is right about meetings and $asked: $fact",
    async (row) => {
      const among = FACTS.Meetings;
      const kept = among.filter((fact) => !row.fact.split(" and ").includes(fact));
      if (/ounterparts$/.test(row.asked)) {
        expect(await meetingsWithCounterpart(row.asked, false)).toBe(among.length);
        expect(await meetingsWithCounterpart(row.asked, true)).toBe(kept.length);
        return;
      }
      expect(await keptBy("Meetings", row.asked, false)).toEqual(among);
      expect(await keptBy("Meetings", row.asked, true)).toEqual(kept);
    },
  );

  /** The facts of which the list keeps the one where it is INFERRED. */
  async function keptBy(of: keyof typeof FACTS, asked: string, statedOnly: boolean) {
    const [parent, field] = asked.includes(".") ? asked.split(".") : ["", of.toLowerCase()];
    const type = of === "Statements" ? "StatementFilter" : "MeetingFilter";
    const list = `list: ${field}(filter: $filter) { nodes { ${of === "Statements" ? "id" : "slug"} } }`;
    const selection = parent ? `of: ${PARENTS[parent]} { ${list} }` : list;
    const value = parent ? {} : { [asked]: VALUES[of][asked] };
    const { data } = await service.ask(`query ($filter: ${type}) { ${selection} }`, {
      filter: { ...value, statedOnly },
    });
    const listed = (parent ? data.of : data).list.nodes as { id?: string; slug?: string }[];
    return FACTS[of].filter((fact) =>
      listed.some(
        ({ id, slug }) =>
          id === idOf("statement", `fog-news/${slugFor(fact)}`) || slug === slugFor(fact),
      ),
    );
  }

  /** At how many meetings of the record the first row of a list of those met took part. */
  async function meetingsWithCounterpart(asked: string, statedOnly: boolean): Promise<number> {
    const field = asked.split(".")[1]!;
    const row = field === "counterparts" ? "edges" : "nodes";
    const { data } = await service.ask(
      `query ($filter: MeetingFilter) {
         person(slug: "ada-floe") { met: ${field}(filter: $filter) { rows: ${row} { meetingCount } } } }`,
      { filter: { statedOnly } },
    );
    return data.person.met.rows[0].meetingCount;
  }
});

/** A row for each name that a table gives: what asks, and the fact or facts it looks at, or none. */
function rowsOf(of: keyof typeof FACTS): { asked: string; fact: string }[] {
  const [section] = DOCUMENT.split(`## ${of}\n`)[1]!.split("\n## ");
  const rows = section!.split("\n").filter((line) => line.startsWith("| `"));
  return rows.flatMap((line) => {
    const [, asking, fact] = line.split("|");
    const is = [...fact!.matchAll(/`([^`]+)`/g)].map(([, one]) => one).join(" and ") || "none";
    return [...asking!.matchAll(/`([^`]+)`/g)].map(([, asked]) => ({ asked: asked!, fact: is }));
  });
}

/** Every field of a filter, and every field of an entity that takes it. */
function questionsIn(schema: GraphQLSchema, filter: string): string[] {
  const input = schema.getType(filter);
  const fields = isInputObjectType(input) ? Object.keys(input.getFields()) : [];
  const parents = Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) && type.name !== "Query"
      ? Object.values(type.getFields())
          .filter(({ args }) => args.some((arg) => String(arg.type) === filter))
          .map(({ name }) => `${type.name}.${name}`)
      : [],
  );
  return [...fields.filter((name) => name !== "statedOnly"), ...parents];
}

function slugFor(fact: string): string {
  return fact.toLowerCase().replace(".", "-");
}

function statementKeys(): string[] {
  return FACTS.Statements.map((fact) => `fog-news/${slugFor(fact)}`);
}

function record(): SourceRecordInput {
  const citations = [{ start: 0, end: 9, reportedBy: "Captain Gale" }];
  return {
    format: "communique-record/1",
    document: { key: "fog-news", kind: DocumentKind.NEWS, language: "en" },
    people: ["Ada Floe", "Bo Drift"].map((name) => ({
      slug: name.toLowerCase().replace(" ", "-"),
      name,
      sortName: name,
    })),
    places: [{ slug: "iceburg", name: "Iceburg" }],
    organizations: [{ slug: "fog-council", name: "Fog Council" }],
    topics: [{ slug: "fog", label: "Fog" }],
    meetings: [
      {
        slug: "ice-fair",
        title: "Ice Fair",
        kind: MeetingKind.OTHER,
        coverage: MeetingCoverage.REFERRED_TO,
        citations,
      },
      ...FACTS.Meetings.map((fact) => ({
        slug: slugFor(fact),
        title: "Fog talks",
        kind: MeetingKind.BILATERAL,
        status: MeetingStatus.HELD,
        mode: MeetingMode.IN_PERSON,
        coverage: MeetingCoverage.REPORTED,
        parent: "ice-fair",
        parentRelation: ParentRelation.PART_OF,
        startDate: "2031-06-03",
        places: ["iceburg"],
        placeCountry: "AQ",
        ...inferring(fact, "dateCertainty", "placeCertainty"),
        participations: [
          {
            person: "ada-floe",
            country: "AQ",
            organization: "fog-council",
            ...inferring(fact, "participations.personCertainty"),
            ...inferring(fact, "participations.countryCertainty"),
            ...inferring(fact, "participations.organizationCertainty"),
            citations,
          },
          { person: "bo-drift", country: "BV", citations },
          { description: "a gale", country: "BV", citations },
        ],
        citations,
      })),
    ],
    statements: FACTS.Statements.map((fact) => ({
      key: slugFor(fact),
      text: "So much fog.",
      form: StatementForm.REPORTED,
      language: "en",
      meeting: "ice-fair",
      date: "2031-06-03",
      place: "iceburg",
      placeCountry: "AQ",
      ...inferring(fact, "dateCertainty", "placeCertainty"),
      speakers: [
        {
          person: "ada-floe",
          country: "AQ",
          organization: "fog-council",
          ...inferring(fact, "speakers.personCertainty"),
          ...inferring(fact, "speakers.countryCertainty"),
          ...inferring(fact, "speakers.organizationCertainty"),
        },
      ],
      addressees: [
        {
          person: "bo-drift",
          country: "BV",
          organization: "fog-council",
          ...inferring(fact, "addressees.certainty"),
        },
      ],
      topics: ["fog"],
      citations,
    })),
  };
}

/** The certainty INFERRED for the fact, where it is one of these. */
function inferring(fact: string, ...among: string[]): Record<string, FactCertainty> {
  const property = fact.split(".").at(-1)!;
  return among.includes(fact) ? { [property]: FactCertainty.INFERRED } : {};
}
