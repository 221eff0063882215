import { sqlOf } from "../src/db/sql.js";
import { printConflicts } from "../src/records/claims/record.conflicts.js";
import { exportRecords } from "../src/records/export/record.export.js";
import type { SourceRecordInput } from "../src/records/record.format.js";
import { contentsOf } from "./harness/contents.js";
import { wrongInLists } from "./harness/list-tables.js";
import { serviceWith, type TestService } from "./harness/service.js";

type Lists = Partial<Omit<SourceRecordInput, "format" | "document">>;

/** A record with these lists, of a document of its own. */
const record = (key: string, lists: Lists, document: object = {}): SourceRecordInput =>
  ({
    format: "communique-record/1",
    document: { key, title: key, kind: "NEWS", language: "en", ...document },
    ...lists,
  }) as SourceRecordInput;

const judged = (lists: Lists): SourceRecordInput => record("judged", lists, { kind: "JUDGEMENT" });
const at = (start: number) => [{ start, end: start + 5 }];
const person = (slug: string, name: string) => ({ slug, name, sortName: name });
const same = (stays: string, goes: string, kind = "person") =>
  ({ kind, stays, goes, because: "one and the same" }) as NonNullable<Lists["merges"]>[number];

/** Two sources that spell one person, place and meeting in two ways. */
const FIRST = record("first", {
  people: [person("ada-floe", "Ada Floe"), person("bo-drift", "Bo Drift")],
  places: [{ slug: "iceburg", name: "Iceburg" }],
  meetings: [
    {
      slug: "fish-talks",
      title: "Fish talks",
      kind: "BILATERAL",
      status: "HELD",
      coverage: "REPORTED",
      startDate: "2031-06-03",
      places: ["iceburg"],
      participations: [
        { person: "ada-floe", country: "AQ", citations: at(10) },
        { person: "bo-drift", country: "BV", citations: at(20) },
      ],
      citations: at(0),
    },
  ] as never,
  statements: [
    {
      key: "sea",
      text: "The sea is everyone's.",
      form: "REPORTED",
      language: "en",
      meeting: "fish-talks",
      speakers: [{ person: "ada-floe", country: "AQ" }],
      citations: at(30),
    },
  ] as never,
});
const SECOND = record("second", {
  people: [person("ada-flow", "Ada Flow"), person("bo-drift", "Bo Drift")],
  places: [{ slug: "ice-burg", name: "Ice Burg" }],
  meetings: [
    {
      slug: "herring-talks",
      title: "Herring talks",
      kind: "BILATERAL",
      status: "HELD",
      coverage: "REPORTED",
      startDate: "2031-06-04",
      places: ["ice-burg"],
      participations: [
        { person: "ada-flow", country: "AQ", role: "HOST", citations: at(11) },
        { person: "bo-drift", country: "BV", citations: at(21) },
      ],
      citations: at(1),
    },
  ] as never,
  statements: [
    {
      key: "sea",
      text: "The sea belongs to all.",
      form: "REPORTED",
      language: "en",
      meeting: "herring-talks",
      speakers: [
        { person: "ada-flow", country: "AQ" },
        { person: "bo-drift", country: "BV" },
      ],
      citations: at(31),
    },
    {
      key: "fish",
      text: "Fish for all.",
      form: "REPORTED",
      language: "en",
      place: "ice-burg",
      speakers: [{ person: "ada-flow" }],
      relations: [{ kind: "RESPONDS_TO", statement: "sea" }],
      citations: at(41),
    },
  ] as never,
});

const MERGES: Lists = {
  merges: [
    { ...same("ada-floe", "ada-flow"), citations: at(50) },
    same("iceburg", "ice-burg", "place"),
    same("fish-talks", "herring-talks", "meeting"),
    same("first/sea", "second/sea", "statement"),
  ] as never,
};

let test: TestService;
beforeEach(async () => {
  test = await serviceWith(FIRST, SECOND);
});
afterEach(async () => {
  const wrong = await wrongInLists((text) => test.dataSource.query(text));
  const left = await test.dataSource.query<unknown[]>("SELECT * FROM item_to_refresh");
  await test.close();
  expect(wrong).toEqual([]);
  expect(left).toEqual([]);
});

const fail = (line: string) => {
  throw new Error(line);
};

const faultsOf = async (lists: Lists) => {
  const { faults } = await test.loadWith({}, judged(lists));
  return faults.map(({ code, pointer }) => `${code} ${pointer}`);
};

describe("Merges", () => {
  it("A merged person is one in every list and count, under each slug and id", async () => {
    const { data: before } = await test.ask(`{ person(slug: "ada-flow") { id } }`);
    await test.load(judged(MERGES));
    const { data } = await test.ask(
      `query ($gone: ID!) {
        person(slug: "ada-flow") { id slug name meetings { totalCount } statements { totalCount nodes { key } } }
        people { totalCount }
        _entities(representations: [{ __typename: "Person", id: $gone }, { __typename: "Person", slug: "ada-flow" }]) { ... on Person { slug } }
        statements(filter: { speakers: ["ada-flow"] }) { totalCount }
        searchRecord(query: "Ada Flow") { nodes { ... on Person { slug } } }
      }`,
      { gone: before.person.id },
    );
    expect(data.person).toMatchObject({
      slug: "ada-floe",
      name: "Ada Floe",
      meetings: { totalCount: 1 },
      statements: { totalCount: 2, nodes: [{ key: "first/sea" }, { key: "second/fish" }] },
    });
    expect(data.person.id).not.toBe(before.person.id);
    expect(data.people.totalCount).toBe(2);
    expect(data._entities).toEqual([{ slug: "ada-floe" }, { slug: "ada-floe" }]);
    expect(data.statements.totalCount).toBe(2);
    expect(data.searchRecord.nodes).toEqual([{ slug: "ada-floe" }]);
  });

  it("An office of a merged person that its record no longer gives is gone, also once the merge is taken back", async () => {
    const office = {
      key: "envoy",
      person: "ada-flow",
      country: "AQ",
      title: "Envoy",
      citations: at(5),
    };
    const holder = { people: [person("ada-flow", "Ada Flow")] };
    await test.load(record("third", { ...holder, tenures: [office] }));
    await test.load(judged(MERGES));
    const offices = `{ person(slug: "ada-floe") { tenures { title } } }`;
    expect((await test.ask(offices)).data.person.tenures).toEqual([{ title: "Envoy" }]);
    await test.loadWith({ prune: true }, record("third", holder));
    expect((await test.ask(offices)).data.person.tenures).toEqual([]);
    await test.loadWith({ prune: true }, judged({}));
    expect(
      (await test.ask(`{ people { nodes { tenures { title } } } }`)).data.people.nodes,
    ).toEqual(expect.not.arrayContaining([{ tenures: [{ title: "Envoy" }] }]));
  });

  it("Participations that become one are shown once with the citations of both", async () => {
    await test.load(judged(MERGES));
    const { data } = await test.ask(
      `{ meeting(slug: "herring-talks") {
          slug places { slug } citations { start }
          participations { nodes { person { slug } role citations { start } } } } }`,
    );
    expect(data.meeting).toEqual({
      slug: "fish-talks",
      places: [{ slug: "iceburg" }],
      citations: [{ start: 0 }, { start: 1 }],
      participations: {
        nodes: [
          {
            person: { slug: "ada-floe" },
            role: "HOST",
            citations: [{ start: 10 }, { start: 11 }],
          },
          {
            person: { slug: "bo-drift" },
            role: "PARTICIPANT",
            citations: [{ start: 20 }, { start: 21 }],
          },
        ],
      },
    });
  });

  it("Two statements made one have the citations of both and count both sources", async () => {
    await test.load(judged(MERGES));
    const { data } = await test.ask(
      `{ statementByKey(key: "second/sea") { key text joint sourceCount citations { start } merges { mergedKey } }
         statements(filter: { places: ["ice-burg"] }) { nodes { key relations { kind statement { key } } } } }`,
    );
    expect(data.statementByKey).toEqual({
      key: "first/sea",
      text: "The sea is everyone's.",
      joint: false,
      sourceCount: 2,
      citations: [{ start: 30 }, { start: 31 }],
      merges: [{ mergedKey: "second/sea" }],
    });
    expect(data.statements.nodes).toContainEqual({
      key: "second/fish",
      relations: [{ kind: "RESPONDS_TO", statement: { key: "first/sea" } }],
    });
  });

  it("Sides that become one are one side, and the statement is no longer joint", async () => {
    const joint = (await test.ask(`{ statementByKey(key: "second/sea") { joint } }`)).data;
    expect(joint.statementByKey.joint).toBe(true);
    await test.load(judged({ merges: [same("ada-flow", "bo-drift")] as never }));
    const { data } = await test.ask(
      `{ statementByKey(key: "second/sea") { joint speakers { person { slug } country { code } } }
         person(slug: "ada-flow") { counterparts { nodes { slug } } } }`,
    );
    expect(data.statementByKey).toEqual({
      joint: false,
      speakers: [{ person: { slug: "ada-flow" }, country: { code: "AQ" } }],
    });
    expect(data.person.counterparts.nodes).toEqual([{ slug: "ada-floe" }]);
  });

  it("Names, claims and merges show what documents say of both, why they are one, and who says so", async () => {
    await test.load(judged(MERGES));
    const { data } = await test.ask(
      `{ person(slug: "ada-floe") {
          names { text sources { nodes { key } } }
          claims(field: "name") { value rank }
          merges { mergedKey reason citations { start document { key } } } }
         place(slug: "iceburg") { merges { mergedKey citations { start document { key } } } }
         meeting(slug: "fish-talks") { claims(field: "title") { value rank citations { start } } } }`,
    );
    expect(data.person).toEqual({
      names: [
        { text: "Ada Floe", sources: { nodes: [{ key: "first" }] } },
        { text: "Ada Flow", sources: { nodes: [{ key: "second" }] } },
      ],
      claims: [
        { value: "Ada Floe", rank: "PREFERRED" },
        { value: "Ada Flow", rank: "NORMAL" },
      ],
      merges: [
        {
          mergedKey: "ada-flow",
          reason: "one and the same",
          citations: [{ start: 50, document: { key: "judged" } }],
        },
      ],
    });
    expect(data.place.merges).toEqual([
      { mergedKey: "ice-burg", citations: [{ start: null, document: { key: "judged" } }] },
    ]);
    expect(data.meeting.claims).toMatchObject([
      { value: "Fish talks", rank: "PREFERRED" },
      { value: "Herring talks", rank: "NORMAL" },
    ]);
  });

  it("Conflicts list what documents say differently of items that are one", async () => {
    await test.load(judged(MERGES));
    const lines: string[] = [];
    await printConflicts(sqlOf(test.dataSource), "json", (line) => lines.push(line), fail);
    const found = lines.map((line) => JSON.parse(line) as { noun: string; field: string });
    expect(found).toContainEqual({
      noun: "meeting",
      item: "fish-talks",
      field: "title",
      values: [
        { value: "Fish talks", isShown: true, documents: ["first"] },
        { value: "Herring talks", isShown: false, documents: ["second"] },
      ],
    });
    expect(found.map(({ noun, field }) => `${noun} ${field}`)).toEqual([
      "meeting title",
      "meeting startDate",
      "statement text",
      "statement speakers",
    ]);
  });

  it("Chains of merges lead to the last, and topics to the one that stays", async () => {
    const topics = ["ice", "sea"].map((slug) => ({ slug, label: slug }));
    const about = { ...FIRST.statements![0]!, key: "ice", topics: ["ice"] };
    await test.load(
      record("third", {
        people: [person("ada-flo", "Ada Flo")],
        topics,
        statements: [about],
      }),
      judged({
        merges: [
          same("ada-flo", "ada-flow"),
          same("ada-floe", "ada-flo"),
          same("sea", "ice", "topic"),
        ] as never,
      }),
    );
    const { data } = await test.ask(
      `{ person(slug: "ada-flow") { slug merges { mergedKey } }
         topic(slug: "ice") { slug merges { mergedKey } }
         statements(filter: { topics: ["ice"] }) { nodes { key } } topics { slug } }`,
    );
    expect(data).toEqual({
      person: { slug: "ada-floe", merges: [{ mergedKey: "ada-flo" }, { mergedKey: "ada-flow" }] },
      topic: { slug: "sea", merges: [{ mergedKey: "ice" }] },
      statements: { nodes: [{ key: "third/ice" }] },
      topics: [{ slug: "sea" }],
    });
  });

  it("A merged organization's documents are issued by the one that stays, until the merge is taken back", async () => {
    const issuedBy = (slug: string, datePublished: string) =>
      record(
        `of-${slug}`,
        { organizations: [{ slug, name: slug }] },
        { issuer: slug, datePublished },
      );
    await test.load(issuedBy("ice-club", "2031-06-02"), issuedBy("club-of-ice", "2031-06-01"));
    await test.load(judged({}));
    const before = await contentsOf(test.dataSource);
    const issued = async () => {
      const { data } = await test.ask(
        `{ sourceDocuments(filter: { issuers: ["ice-club"] }) { nodes { key issuer { slug } } } }`,
      );
      return data.sourceDocuments.nodes;
    };
    await test.load(judged({ merges: [same("ice-club", "club-of-ice", "organization")] }));
    expect(await issued()).toEqual([
      { key: "of-ice-club", issuer: { slug: "ice-club" } },
      { key: "of-club-of-ice", issuer: { slug: "ice-club" } },
    ]);
    let exported = "";
    for await (const part of exportRecords(test.dataSource)) exported += part;
    expect(exported).toContain('"issuer":"club-of-ice"');
    await test.loadWith({ prune: true }, judged({}));
    expect(await issued()).toEqual([{ key: "of-ice-club", issuer: { slug: "ice-club" } }]);
    expect(await contentsOf(test.dataSource)).toEqual(before);
  });

  it("A merge that is taken back leaves everything as it was", async () => {
    await test.load(judged({}));
    const before = await contentsOf(test.dataSource);
    await test.load(judged(MERGES));
    expect(await contentsOf(test.dataSource)).not.toEqual(before);
    await test.loadWith({ prune: true }, judged({}));
    expect(await contentsOf(test.dataSource)).toEqual(before);
  });

  it("Records that name a merged item are loaded again as without the merge", async () => {
    await test.load(judged(MERGES));
    const before = await contentsOf(test.dataSource);
    for (const again of [[FIRST], [SECOND], [SECOND, FIRST]])
      expect((await test.load(...again)).changes).toEqual(new Map());
    expect(await contentsOf(test.dataSource)).toEqual(before);
    const more = { ...SECOND.statements![0]!, key: "more", relations: [] };
    await test.load(record("third", { people: SECOND.people, statements: [more] }));
    const { data } = await test.ask(
      `{ statementByKey(key: "third/more") { speakers { person { slug } } meeting { slug } }
         person(slug: "ada-floe") { statements { totalCount } names { text sourceCount } } }`,
    );
    expect(data).toMatchObject({
      statementByKey: {
        speakers: [{ person: { slug: "ada-floe" } }, { person: { slug: "bo-drift" } }],
        meeting: { slug: "fish-talks" },
      },
      person: { statements: { totalCount: 3 } },
    });
    expect(data.person.names).toContainEqual({ text: "Ada Flow", sourceCount: 2 });
  });

  it("A record that puts a meeting below a merged one changes nothing when it is loaded again", async () => {
    const below = record("third", {
      meetings: [
        {
          ...SECOND.meetings![0]!,
          slug: "side-talks",
          parent: "herring-talks",
          parentRelation: "PART_OF",
        },
      ] as never,
    });
    await test.load(below);
    await test.load(judged(MERGES));
    const before = await contentsOf(test.dataSource);
    expect((await test.load(below)).changes).toEqual(new Map());
    expect(await contentsOf(test.dataSource)).toEqual(before);
    const { data } = await test.ask(`{ meeting(slug: "side-talks") { parent { slug } } }`);
    expect(data.meeting.parent).toEqual({ slug: "fish-talks" });
  });

  it("A first page of a merged person costs as many SQL statements as of any other", async () => {
    const question = `{ person(slug: "ada-floe") { statements { nodes { text meeting { title } citations { start } } } } }`;
    const { sql: before } = await test.ask(question);
    await test.load(judged(MERGES));
    const { sql } = await test.ask(question);
    expect(sql).toEqual(before);
  });
});

describe("Faults of judgements", () => {
  it("A cycle of merges is a fault, within a record and with those on record", async () => {
    const merges = [same("ada-floe", "ada-flow"), same("ada-flow", "ada-floe")] as never;
    expect(await faultsOf({ merges })).toEqual(["merge-circle /merges/1/goes"]);
    await test.load(judged({ merges: [same("ada-floe", "ada-flow")] as never }));
    const { faults } = await test.loadWith(
      {},
      record("other", { merges: [same("ada-flow", "ada-floe")] as never }),
    );
    expect(faults).toMatchObject([{ code: "merge-circle" }]);
  });

  it("A meeting merged with one above it is not above itself", async () => {
    const [talks] = SECOND.meetings!;
    const child = { ...talks!, slug: "child", parent: "fish-talks", parentRelation: "PART_OF" };
    await test.load(
      record("third", { people: SECOND.people, places: SECOND.places, meetings: [child] } as never),
    );
    const merges = [same("fish-talks", "child", "meeting"), same("ada-floe", "ada-flow")] as never;
    await test.load(judged({ merges }));
    const question = `{ meetings { totalCount } meeting(slug: "child") { slug parent { slug } } }`;
    expect((await test.ask(question)).data).toEqual({
      meetings: { totalCount: 2 },
      meeting: { slug: "fish-talks", parent: null },
    });
    await test.loadWith({ prune: true }, judged({}));
    expect((await test.ask(question)).data).toEqual({
      meetings: { totalCount: 3 },
      meeting: { slug: "child", parent: { slug: "fish-talks" } },
    });
  });

  it("Merging one item into two, a pair both merged and different, and an unknown item are faults", async () => {
    const merges = [same("ada-floe", "ada-flow"), same("bo-drift", "ada-flow")] as never;
    expect(await faultsOf({ merges })).toEqual(["merged-twice /merges/1/goes"]);
    const different = [
      { kind: "person", items: ["ada-flow", "ada-floe"], because: "one is taller" },
    ] as never;
    expect(await faultsOf({ merges: [same("ada-floe", "ada-flow")] as never, different })).toEqual([
      "judged-both /different/0/items",
    ]);
    expect(await faultsOf({ merges: [same("ada-floe", "ada-flu")] as never })).toEqual([
      "dangling-reference /merges/0/goes",
    ]);
  });

  it("An item that a judgement names is kept when its record no longer gives it", async () => {
    const alone = record("third", { people: [person("ada-flo", "Ada Flo")] });
    await test.load(alone, judged({ merges: [same("ada-floe", "ada-flo")] as never }));
    const { lines } = await test.loadWith({ prune: true }, record("third", {}));
    expect(lines).toEqual(["kept     person ada-flo: a judgement names it"]);
  });

  it("What can't be settled is a fault, and so is a value that the field can't have", async () => {
    const settle = (field: string, value: unknown) => ({
      kind: "person",
      item: "bo-drift",
      field,
      value,
      because: "it is carved in ice",
    });
    for (const [field, value, fault] of [
      ["height", 2, "settled-field /settles/0/field"],
      ["slug", "bo", "settled-field /settles/0/field"],
      ["otherNames", ["Bo"], "settled-field /settles/0/field"],
      ["birthDate", "soon", "settled-value /settles/0/value"],
      ["birthDate", null, "settled-value /settles/0/value"],
    ] as const)
      expect(await faultsOf({ settles: [settle(field, value)] as never })).toEqual([fault]);
    const twice = [settle("birthDate", "2001"), settle("birthDate", "2002")] as never;
    expect(await faultsOf({ settles: twice })).toEqual(["settled-twice /settles/1/field"]);
  });
});

describe("Settlements", () => {
  const settles = (kind: string, item: string, field: string, value: unknown) =>
    ({ settles: [{ kind, item, field, value, because: "it is carved in ice" }] }) as Lists;
  const bo = async () =>
    (
      await test.ask(
        `{ person(slug: "bo-drift") { birthDate claims(field: "birthDate") { value rank reason citations { document { key } } } } }`,
      )
    ).data.person;

  it("A settled value is shown before all others, with the reason, until that is taken back", async () => {
    const born = (key: string, birthDate: string) =>
      record(key, { people: [{ ...person("bo-drift", "Bo Drift"), birthDate }] });
    await test.load(born("third", "2001"), born("fourth", "2002-02"));
    expect((await bo()).birthDate).toBe("2002-02");
    await test.load(judged(settles("person", "bo-drift", "birthDate", "2001")));
    expect(await bo()).toEqual({
      birthDate: "2001",
      claims: [
        {
          value: "2001",
          rank: "PREFERRED",
          reason: "it is carved in ice",
          citations: [{ document: { key: "third" } }, { document: { key: "judged" } }],
        },
        {
          value: "2002-02",
          rank: "NORMAL",
          reason: null,
          citations: [{ document: { key: "fourth" } }],
        },
      ],
    });
    await test.load(born("fifth", "2003"));
    expect((await bo()).birthDate).toBe("2001");
    await test.loadWith({ prune: true }, judged({}));
    expect((await bo()).birthDate).toBe("2003");
  });

  it("A value that no document gives is the judging record's own", async () => {
    await test.load(judged(settles("person", "bo-drift", "birthDate", "2001-02-03")));
    expect(await bo()).toMatchObject({
      birthDate: "2001-02-03",
      claims: [{ value: "2001-02-03", rank: "PREFERRED", reason: "it is carved in ice" }],
    });
  });

  it("Where a meeting was held, and whom a statement is of, can be settled", async () => {
    await test.load(judged(settles("meeting", "fish-talks", "places", ["ice-burg"])));
    const speakers = [{ person: "bo-drift", country: "BV" }];
    await test.load(record("other", settles("statement", "first/sea", "speakers", speakers)));
    const { data } = await test.ask(
      `{ meeting(slug: "fish-talks") { places { slug } }
         place(slug: "ice-burg") { meetings { totalCount } statements { nodes { key } } }
         statementByKey(key: "first/sea") { speakers { person { slug } } place { slug } } }`,
    );
    expect(data).toMatchObject({
      meeting: { places: [{ slug: "ice-burg" }] },
      place: { meetings: { totalCount: 2 } },
      statementByKey: { speakers: [{ person: { slug: "bo-drift" } }], place: { slug: "ice-burg" } },
    });
  });
});
