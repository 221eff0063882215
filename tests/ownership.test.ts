import type { SourceRecordInput } from "../src/records/record.format.js";
import { LoadRefused } from "../src/records/load/record.load.refusal.js";
import { describeLoad } from "../src/records/load/record.load.report.js";
import { contentsOf } from "./harness/contents.js";
import { serviceWith, SHIPPED_RECORD, type TestService } from "./harness/service.js";
import { fableWith, passageOf } from "./fixtures/fable.js";

type Meeting = NonNullable<SourceRecordInput["meetings"]>[number];

const fable = (changes?: Record<string, unknown>) =>
  fableWith({ "/document/title": "the-herring-pact", ...changes }) as SourceRecordInput;
const ownWithoutMode = () => fable({ "/meetings/0/mode": null });

/** Another document's record, which names the fable's meeting again. */
const retelling = (key: string, meeting: Partial<Meeting> = {}): SourceRecordInput =>
  ({
    format: "communique-record/1",
    document: { key, title: key, kind: "NEWS", language: "en" },
    meetings: [
      {
        slug: "fish-talks",
        title: "Ada Floe meets Bo Drift",
        kind: "BILATERAL",
        coverage: "REPORTED",
        citations: [{ start: 0, end: 5 }],
        ...meeting,
      },
    ],
  }) as SourceRecordInput;

describe("Records about the same items", () => {
  let test: TestService;
  beforeEach(async () => {
    test = await serviceWith();
  });
  afterEach(() => test.close());

  const contents = () => contentsOf(test.dataSource);
  const meeting = async () => {
    const { data } = await test.ask(
      `{ meeting(slug: "fish-talks") { mode convener { slug } citations { start }
           participations { nodes { role country { code } citations { document { title } } } } } }`,
    );
    return data.meeting;
  };
  const refusalOf = async (record: SourceRecordInput) => {
    const refusal: unknown = await test.load(record).catch((error: unknown) => error);
    if (!(refusal instanceof LoadRefused)) throw new Error("it was not refused");
    return refusal.faults;
  };

  it("Records loaded again in any order change nothing", async () => {
    const records = [ownWithoutMode(), retelling("wire", { mode: "CALL" as never })];
    await test.load(...records);
    const before = await contents();
    expect(before.record_extension).toHaveLength(1);
    for (const again of [records, records.toReversed(), [records[0]!], [records[1]!]])
      expect((await test.load(...again)).changes).toEqual(new Map());
    expect(await contents()).toEqual(before);
  });

  it("A record can change or take back a value that it filled in", async () => {
    await test.load(ownWithoutMode(), retelling("wire", { mode: "CALL" as never }));
    await test.load(retelling("wire", { mode: "VIDEO" as never }));
    expect((await meeting()).mode).toBe("VIDEO");
    await test.load(retelling("wire"));
    expect((await meeting()).mode).toBeNull();
    expect((await contents()).record_extension).toEqual([]);
  });

  it("A value that two records filled in is kept until both take it back", async () => {
    const call = { mode: "CALL" as never };
    await test.load(ownWithoutMode(), retelling("wire", call), retelling("herald", call));
    await test.load(retelling("wire"));
    expect((await meeting()).mode).toBe("CALL");
    await test.load(retelling("herald"));
    expect((await meeting()).mode).toBeNull();
  });

  it("A filled-in value becomes the owner's when the owner gives it too", async () => {
    await test.load(ownWithoutMode(), retelling("wire", { mode: "CALL" as never }));
    await test.load(fable({ "/meetings/0/mode": "CALL" }));
    await test.load(retelling("wire"));
    expect((await meeting()).mode).toBe("CALL");
  });

  it("A record that contradicts a filled-in value is refused, and the message names who gave the value", async () => {
    await test.load(ownWithoutMode(), retelling("wire", { mode: "CALL" as never }));
    const before = await contents();
    const expected = (pointer: string, giver: string) => [
      expect.objectContaining({
        code: "conflict",
        line: 1,
        pointer,
        message: `meeting fish-talks: mode is "CALL" on record and "VIDEO" here (given by the record of ${giver})`,
      }),
    ];
    expect(await refusalOf(fable({ "/meetings/0/mode": "VIDEO" }))).toEqual(
      expected("/meetings/0/mode", "wire"),
    );
    expect(await refusalOf(retelling("herald", { mode: "VIDEO" as never }))).toEqual(
      expected("/meetings/0/mode", "wire"),
    );
    expect(await contents()).toEqual(before);
  });

  it("Lists that several records give have to agree, and one record alone can give a list", async () => {
    await test.load(
      fable({ "/meetings/0/places": undefined }),
      retelling("wire", { places: ["iceburg"] }),
    );
    const [row] = await test.dataSource.query<{ slug: string }[]>(
      `SELECT p.slug FROM meeting m JOIN place p ON p.id = m.place_id WHERE m.slug = 'fish-talks'`,
    );
    expect(row).toEqual({ slug: "iceburg" });
    const fogton = { places: [{ slug: "fogton", name: "Fogton" }] };
    expect(await refusalOf({ ...retelling("herald", { places: ["fogton"] }), ...fogton })).toEqual([
      expect.objectContaining({
        pointer: "/meetings/0/places/0",
        message: expect.stringMatching(/places\.0 is iceburg on record and fogton here/),
      }),
    ]);
    expect(
      await refusalOf({ ...retelling("herald", { places: ["iceburg", "fogton"] }), ...fogton }),
    ).toEqual([
      expect.objectContaining({
        message: expect.stringMatching(/places is 1 on record and 2 here/),
      }),
    ]);
    await test.load(retelling("wire"));
    expect((await contents()).meeting_place).toEqual([]);
  });

  it("A record can take back part of an entry in a list", async () => {
    const telling = (addressee: object): SourceRecordInput => ({
      ...retelling("wire"),
      meetings: [],
      statements: [
        {
          ...fable().statements![1]!,
          key: "the-herring-pact/fish-shared",
          citations: [{ start: 0, end: 5 }],
          addressees: [addressee],
        },
      ],
    });
    await test.load(fable(), telling({ country: "NO", person: "ada-floe" }));
    await test.load(telling({ country: "NO" }));
    const rows = await test.dataSource.query<object[]>(
      `SELECT person_id, country_code FROM addressee WHERE country_code = 'NO'`,
    );
    expect(rows).toEqual([{ person_id: null, country_code: "NO" }]);
  });

  it("A certainty that two records share is kept while one needs it", async () => {
    const undated = { "/meetings/0/startDate": undefined };
    await test.load(fable(), retelling("wire", { endDate: "2031-06-05" }), fable(undated));
    const [row] = await test.dataSource.query<object[]>(
      `SELECT start_from, end_from, date_certainty FROM meeting WHERE slug = 'fish-talks'`,
    );
    expect(row).toEqual({ start_from: null, end_from: "2031-06-05", date_certainty: "STATED" });
  });

  it("Each record has its own participants and citations of a meeting", async () => {
    const cited = [{ start: 0, end: 5 }];
    const participations = [
      { person: "ada-floe", country: "AQ", role: "HOST" as never, citations: cited },
      { country: "NO", citations: cited },
    ];
    await test.load(fable(), retelling("wire", { participations }));
    const united = await meeting();
    expect(united.participations.nodes).toHaveLength(3);
    expect(united.participations.nodes[0]).toMatchObject({
      role: "HOST",
      citations: [{ document: { title: "the-herring-pact" } }, { document: { title: "wire" } }],
    });
    expect((await test.load(fable())).changes).toEqual(new Map());
    await test.load(retelling("wire"));
    expect(
      (await meeting()).participations.nodes.map(({ role }: { role: string }) => role),
    ).toEqual(["PARTICIPANT", "PARTICIPANT"]);
  });

  it("A participant that one record no longer lists is kept for the other", async () => {
    const participations = [
      { person: "ada-floe", country: "AQ", citations: [{ start: 0, end: 5 }] },
    ];
    await test.load(fable(), retelling("wire", { participations }));
    await test.load(fable({ "/meetings/0/participations": [] }));
    expect((await meeting()).participations.nodes).toEqual([
      {
        role: "PARTICIPANT",
        country: { code: "AQ" },
        citations: [{ document: { title: "wire" } }],
      },
    ]);
    await test.load(retelling("wire"));
    expect((await meeting()).participations.nodes).toEqual([]);
  });

  it("A record names an item by any of its slugs, but can't rename another record's", async () => {
    const person = { name: "Bo Drift", sortName: "Drift, Bo" };
    const named = (slug: string, formerSlugs: string[] = []): SourceRecordInput => ({
      ...retelling("wire"),
      people: [{ ...person, slug, formerSlugs }],
    });
    await test.load(fable());
    await test.load(named("b-drift"), named("bo-drift", ["b-drift"]));
    expect(await refusalOf(named("captain-drift", ["b-drift"]))).toEqual([
      expect.objectContaining({ pointer: "/people/0/slug", code: "conflict" }),
    ]);
  });

  describe("Loading with prune", () => {
    it("Pruning deletes the items a record no longer has, and lists them", async () => {
      await test.load(fable());
      const less = fable({
        "/statements": [fable().statements![0]],
        "/agreements": [],
        "/tenures": [],
      });
      const dry = await test.loadWith({ prune: true, dryRun: true }, less);
      expect(dry.lines).toEqual([
        "deleted  statement the-herring-pact/fish-shared",
        "deleted  agreement herring-pact",
        "deleted  tenure ada-floe/keeper",
      ]);
      expect(await test.loadWith({ prune: true }, less)).toEqual(dry);
      expect((await contents()).statement).toHaveLength(1);
      expect((await test.loadWith({ prune: true }, less)).report.changes).toEqual(new Map());
    });

    it("Pruning keeps items that others need, and says why", async () => {
      await test.load(
        fable(),
        retelling("wire", {
          mode: "CALL" as never,
          parent: "ice-fair",
          parentRelation: "ON_SIDELINES_OF" as never,
        }),
      );
      await test.load({
        ...retelling("herald"),
        meetings: [],
        tenures: [
          {
            key: "bo-drift/captain",
            person: "bo-drift",
            title: "Captain",
            citations: [{ start: 0, end: 5 }],
          },
        ],
      });
      const none = {
        ...fable(),
        people: [],
        places: [],
        tenures: [],
        meetings: [],
        agreements: [],
        statements: [],
      };
      const { lines } = await test.loadWith({ prune: true }, none);
      expect(lines.filter((line) => line.startsWith("kept"))).toEqual([
        "kept     meeting fish-talks: the record of wire speaks of it too",
        "kept     meeting ice-fair: a meeting refers to it",
        expect.stringMatching(/^kept {5}place iceburg: a meeting(?: place)? refers to it$/),
        "kept     person ada-floe: a participation refers to it",
        expect.stringMatching(/^kept {5}person bo-drift: a (?:participation|tenure) refers to it$/),
      ]);
      expect((await contents()).statement).toEqual([]);
      expect((await contents()).participation).toHaveLength(2);
    });

    it("Pruning takes back what a record said of other records' items", async () => {
      await test.load(fable({ "/meetings/0/mode": null }));
      const before = await contents();
      await test.load(
        retelling("wire", {
          mode: "CALL" as never,
          participations: [{ country: "NO", citations: [{ start: 0, end: 5 }] }],
        }),
      );
      const silent: SourceRecordInput = { ...retelling("wire"), meetings: [] };
      const { report } = await test.loadWith({ prune: true }, silent);
      expect(report.isPruned).toBe(true);
      const after = await contents();
      expect(after.source_document).toHaveLength(2);
      expect({ ...after, source_document: before.source_document }).toEqual(before);
    });

    it("Pruning deletes nothing when a record is refused", async () => {
      await test.load(fable(), SHIPPED_RECORD);
      const before = await contents();
      const less = fable({ "/statements": [] });
      const { report } = await test.loadWith(
        { prune: true },
        less,
        fable({ "/document/key": "wire", "/meetings/0/parent": "no-such-meeting" }),
      );
      expect(await contents()).toEqual(before);
      expect(describeLoad(report, { prune: true })).toMatch(/Nothing was pruned/);
    });

    it("Pruning leaves the items of other documents' records alone", async () => {
      await test.load(fable(), SHIPPED_RECORD);
      const before = await contents();
      await test.loadWith({ prune: true }, fable());
      expect(await contents()).toEqual(before);
    });
  });

  it("A statement's position follows the earliest document that tells it when document dates change", async () => {
    const telling = (date: string) =>
      ({
        format: "communique-record/1",
        document: { key: "wire", title: "wire", kind: "NEWS", language: "en", datePublished: date },
        statements: [
          {
            ...fable().statements![1]!,
            key: "the-herring-pact/fish-shared",
            citations: [{ start: 7, end: 9 }],
          },
        ],
      }) as SourceRecordInput;
    const position = async () => {
      const [row] = await test.dataSource.query<{ position: number }[]>(
        `SELECT position FROM statement WHERE key = 'the-herring-pact/fish-shared'`,
      );
      return row!.position;
    };
    const dated = { "/document/datePublished": "2031-06-04" };
    const own = passageOf("Drift announced").start;
    await test.load(fable(dated), telling("2031-06-01"));
    expect(await position()).toBe(7);
    await test.load({ ...telling("2031-06-30"), statements: [] });
    expect(await position()).toBe(own);
    await test.load(fable({ "/document/datePublished": "2031-07-01" }));
    expect(await position()).toBe(7);
  });
});
