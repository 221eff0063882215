import type { SourceRecordInput } from "../src/records/record.format.js";
import { type Sql, sqlOf } from "../src/db/sql.js";
import { printConflicts } from "../src/records/claims/record.conflicts.js";
import { type LoadReport } from "../src/records/load/record.load.js";
import { LoadRefused } from "../src/records/load/record.load.refusal.js";
import { describeLoad } from "../src/records/load/record.load.report.js";
import { contentsOf } from "./harness/contents.js";
import { serviceWith, SHIPPED_RECORD, type TestService } from "./harness/service.js";
import { MeetingCoverage, MeetingKind, ParentRelation } from "../src/meeting/meeting.enums.js";
import { DocumentKind } from "../src/source/source.enums.js";
import { StatementRelationKind } from "../src/statement/statement.enums.js";
import { fableWith, passageOf } from "./fixtures/fable.js";
import { worldOf } from "./fixtures/world.js";

const fable = (changes?: Record<string, unknown>) => fableWith(changes) as SourceRecordInput;

interface Related {
  relations: { kind: string }[];
}

const changed = ({ changes }: LoadReport) => Object.fromEntries(changes);

describe("Loading of records", () => {
  let test: TestService;
  beforeEach(async () => {
    test = await serviceWith();
  });
  afterEach(() => test.close());

  it("A second load of the same record changes no row and says so", async () => {
    const first = await test.load(SHIPPED_RECORD);
    expect(changed(first).statement).toEqual({ inserted: 14, updated: 0, deleted: 0 });
    const before = await contentsOf(test.dataSource);

    const second = await test.load(SHIPPED_RECORD);
    expect(changed(second)).toEqual({});
    expect(describeLoad(second)).toMatch(/nothing to change/);
    expect(await contentsOf(test.dataSource)).toEqual(before);
  });

  it("A load reads no table of items from end to end, whether it writes them or finds them there", async () => {
    const world = worldOf({ seed: 7, people: 20, places: 8, meetings: 20, statements: 60 });
    const read: Record<string, number>[] = [];
    const finish = async (sql: Sql) => {
      // What a transaction notes for its end is read whole, then.
      const tables = await sql.query<{ relname: string; rows: number }>(
        "rowsOfScans",
        `SELECT relname, seq_tup_read::int AS rows FROM pg_stat_xact_user_tables
         WHERE seq_tup_read > 0 AND relname <> 'revised_item' ORDER BY 1`,
      );
      read.push(Object.fromEntries(tables.map(({ relname, rows }) => [relname, rows])));
    };
    for (const records of [world, world, [fable()]])
      await test.loadWith({ together: { action: "load", finish } }, ...records);
    expect(read).toEqual([{}, {}, {}]);
  });

  /** People whom each of several records gives. */
  const people = ["Ada Floe", "Bo Drift"].map((name) => ({
    slug: name.toLowerCase().replace(" ", "-"),
    name,
    sortName: name.split(" ").toReversed().join(", "),
  }));
  const cite = (start: number) => [{ start, end: start + 5 }];

  it("A first load of many batches looks up the citations of what is new, and does not read all of them for each", async () => {
    const batches = 8;
    const perBatch = 50;
    const said = (batch: number) => (_: unknown, i: number) => ({
      key: `said-${batch}-${i}`,
      text: `${"Fog. ".repeat(600)}${batch} ${i}`,
      form: "REPORTED",
      language: "en",
      speakers: [{ person: "bo-drift" }],
      addressees: [{ person: "ada-floe" }],
      citations: cite(0),
    });
    const records = Array.from({ length: batches }, (_, batch) => ({
      format: "communique-record/1",
      document: { key: `log-${batch}`, kind: "NEWS", language: "en" },
      people,
      statements: Array.from({ length: perBatch }, said(batch)),
    }));
    let read = Infinity;
    const finish = async (sql: Sql) => {
      const [row] = await sql.query<{ read: number }>(
        "citationsRead",
        "SELECT (seq_tup_read + idx_tup_fetch)::int AS read FROM pg_stat_xact_user_tables WHERE relname = 'citation'",
      );
      read = row!.read;
    };
    await test.loadWith(
      { together: { action: "load", finish } },
      ...(records as unknown as SourceRecordInput[]),
    );
    expect(read / (batches * perBatch)).toBeLessThan(6);
  });

  it("A load discards plans that were made on empty tables, so that participants are found by their ids", async () => {
    const records = Array.from({ length: 6 }, (_, batch) => ({
      format: "communique-record/1",
      document: { key: `log-${batch}`, kind: "NEWS", language: "en" },
      people,
      // The first batch has no participant yet.
      meetings: Array.from({ length: batch === 0 ? 0 : 10 }, (_, i) => ({
        slug: `visit-${batch}-${i}`,
        title: "Visit",
        kind: "OTHER",
        coverage: "REPORTED",
        participations: Array.from({ length: 40 }, (_, nr) => ({
          description: `Envoy ${nr}`,
          citations: cite(0),
        })),
        citations: cite(0),
      })),
      statements: [..."abcdefghijklmnop"].map((key) => ({
        key,
        text: "Fog. ".repeat(1_990).trim(),
        form: "REPORTED",
        language: "en",
        speakers: [{ person: "bo-drift" }],
        citations: cite(0),
      })),
    }));
    const finish = async (sql: Sql) => {
      await sql.query("countAtOnce", "SELECT pg_stat_force_next_flush()");
    };
    await test.loadWith(
      { together: { action: "load", finish } },
      ...(records as unknown as SourceRecordInput[]),
    );
    const [index] = await test.dataSource.query<{ read: number }[]>(
      `SELECT (idx_blks_hit + idx_blks_read)::int AS read FROM pg_statio_user_indexes
       WHERE indexrelname = 'participation_meeting'`,
    );
    expect(index!.read / 2_000).toBeLessThan(4);
  });

  it("A record gives the same IDs in every database", async () => {
    await test.load(SHIPPED_RECORD);
    const { data } = await test.ask(`{ person(slug: "rajnath-singh") { id } }`);
    expect(data.person.id).toBe("d0118fed-2f08-5b1c-9e1c-10641e1ca672");
  });

  it("A load updates only the rows that differ, and the dates that statements inherit", async () => {
    await test.load(fable());
    const moved = await test.load(fable({ "/meetings/0/startDate": "2031-06-04" }));
    expect(changed(moved)).toEqual({ meeting: { inserted: 0, updated: 1, deleted: 0 } });
    const { data } = await test.ask(
      `{ meeting(slug: "fish-talks") { startDate statements { nodes { date } } } }`,
    );
    expect(data.meeting.startDate).toBe("2031-06-04");
    expect(
      new Set(data.meeting.statements.nodes.map(({ date }: { date: string }) => date)),
    ).toEqual(new Set(["2031-06-04"]));
  });

  it("A citation that a record no longer gives is deleted", async () => {
    const cited = fable().statements![0]!.citations[0]!;
    const two = [cited, { start: cited.start! + 1, end: cited.end }];
    await test.load(fable({ "/statements/0/citations": two }));
    const report = await test.load(fable());
    expect(changed(report)).toEqual({ citation: { inserted: 0, updated: 0, deleted: 1 } });
  });

  it("A record that refers to an unknown item is left out, and the others are stored", async () => {
    const broken = fable({ "/meetings/0/parent": "no-such-meeting" });
    const { report, faults } = await test.loadWith({}, broken, SHIPPED_RECORD);
    expect(report).toMatchObject({ records: 1, refused: 0, waiting: 1 });
    expect(faults).toEqual([
      expect.objectContaining({
        line: 1,
        pointer: "/meetings/0/parent",
        code: "dangling-reference",
      }),
    ]);
    const { data } = await test.ask(`{ people { totalCount } }`);
    expect(data.people.totalCount).toBe(6);
    expect(describeLoad(report)).toMatch(/1 record not loaded/);
  });

  it("A record that the database refuses is left out with those that need it, and the others are stored", async () => {
    const { meetings, people, places } = fable();
    const wire = (key: string, more: Partial<SourceRecordInput>): SourceRecordInput => ({
      format: "communique-record/1",
      document: { key, kind: DocumentKind.NEWS, language: "en" },
      ...more,
    });
    const part = { ...meetings![1]!, parent: "fish-talks", parentRelation: ParentRelation.PART_OF };
    const copy = (key: string, syndicatedFrom: string) => ({
      document: { key, kind: DocumentKind.NEWS, language: "en", syndicatedFrom },
    });
    // What the database alone finds: two documents that are copies of each other.
    const circle = wire("agency", {
      ...copy("agency", "copy"),
      people,
      places,
      meetings: [part, { ...part, slug: "fog-fair" }],
    });
    const under = { ...part, slug: "snow-fair", parent: "fog-fair" };
    const { report, faults } = await test.loadWith(
      {},
      wire("before", {}),
      fable(),
      wire("agency", {}),
      wire("copy", copy("copy", "agency")),
      circle,
      wire("under", { meetings: [under] }),
      wire("after", {}),
    );
    expect(report).toMatchObject({ records: 5, refused: 1, waiting: 1 });
    expect(faults.map(({ code }) => code)).toEqual(["syndication-cycle", "dangling-reference"]);
    const rows = await test.dataSource.query<{ key: string }[]>(
      "SELECT key FROM source_document ORDER BY 1",
    );
    const stored = ["after", "agency", "before", "copy", "the-herring-pact"];
    expect(rows.map(({ key }) => key)).toEqual(stored);
  });

  it("A statement that gets a place of its own keeps nothing of its meeting's", async () => {
    const country = { "/meetings/0/placeCountry": "BV", "/meetings/0/places": [] };
    const place = async () =>
      (
        await test.ask(
          `{ statementByKey(key: "the-herring-pact/fish-shared") { place { slug } placeCountry { code } } }`,
        )
      ).data.statementByKey;
    const own = { "/statements/1/meeting": "fish-talks" };
    await test.load(fable({ ...country, ...own }));
    expect(await place()).toEqual({ place: null, placeCountry: { code: "BV" } });
    await test.load(fable({ ...country, ...own, "/statements/1/place": "iceburg" }));
    expect(await place()).toEqual({ place: { slug: "iceburg" }, placeCountry: null });
  });

  it("A load lists which items it changed, and how", async () => {
    await test.load(fable());
    const changes = {
      "/meetings/0/startDate": "2031-06",
      "/meetings/0/mode": "CALL",
      "/meetings/0/participations/0/role": "HOST",
      "/statements/1/citations/1": passageOf("The wind blew."),
    };
    const { lines } = await test.loadWith({}, fable(changes));
    expect(lines).toEqual([
      'changed  meeting fish-talks: mode null → "CALL", startDate "2031-06-03" → "2031-06"',
      'changed  participation ada-floe/AQ in fish-talks: role "PARTICIPANT" → "HOST"',
      expect.stringMatching(
        /^added {4}citation the-herring-pact \d+–\d+ of the-herring-pact\/fish-shared$/,
      ),
    ]);
    expect((await test.loadWith({}, fable())).lines).toContainEqual(
      expect.stringMatching(/^deleted {2}citation the-herring-pact/),
    );
  });

  it("A dry run reports the same as the load and changes nothing", async () => {
    await test.load(fable());
    const before = await contentsOf(test.dataSource);
    const moved = fable({ "/meetings/0/startDate": "2031-06-04" });
    const dry = await test.loadWith({ dryRun: true }, moved, SHIPPED_RECORD);
    expect(await contentsOf(test.dataSource)).toEqual(before);
    const real = await test.loadWith({}, moved, SHIPPED_RECORD);
    expect(dry).toEqual(real);
    expect(describeLoad(dry.report, { dryRun: true })).toMatch(/would change:/);
  });

  it("Text, speakers and date of a published statement can't be changed", async () => {
    await test.load(fable());
    const before = await contentsOf(test.dataSource);
    for (const [pointer, value, what] of [
      ["/statements/1/text", "Nobody gets any.", "words"],
      ["/statements/1/speakers/0/country", "AQ", "speakers"],
      ["/statements/1/speakers/1", { country: "AQ" }, "speakers"],
    ] as const) {
      const { report, faults } = await test.loadWith({}, fable({ [pointer]: value }));
      expect(describeLoad(report)).toMatch(/^1 record refused because of the faults above;.*$/);
      expect(faults).toEqual([
        expect.objectContaining({
          pointer: "/statements/1",
          code: "published-statement",
          message: expect.stringMatching(
            new RegExp(`^the ${what} of a published statement are not changed: add a statement`),
          ),
        }),
      ]);
    }
    expect(await contentsOf(test.dataSource)).toEqual(before);
    await test.load(fable({ "/statements/1/date": "2031-06-05" }));
    expect((await faultsOf(fable()))[0]!.message).toMatch(/^the date of a published statement is/);
  });

  it("A published statement can get what was left open, and be corrected by another statement", async () => {
    await test.load(fable());
    const corrected = {
      "/statements/1/speakers/0/person": "bo-drift",
      "/statements/1/standing": "CORRECTED",
      "/statements/1/standingNote": "The paper took it back.",
      "/statements/2": {
        ...fable().statements![1],
        key: "fish-not-shared",
        text: "Nobody nearby gets any of the catch.",
        relations: [{ kind: "CORRECTS", statement: "fish-shared" }],
      },
    };
    await test.load(fable(corrected));
    const { data } = await test.ask(
      `{ statements(filter: { speakers: ["bo-drift"] }) { nodes { standing relations { kind } } } }`,
    );
    expect(data.statements.nodes).toEqual([
      { standing: "CORRECTED", relations: [{ kind: "CORRECTED_BY" }] },
    ]);
  });

  it("Two loads at once leave the same as one after the other", async () => {
    const records = Array.from({ length: 40 }, (_, i) =>
      fable({ "/document/key": `telling-${i}`, "/statements/0/relations": [] }),
    );
    const [one, other] = await Promise.all([
      test.load(...records),
      test.load(...records.toReversed()),
    ]);
    expect(one.records + other.records).toBe(80);
    const both = await contentsOf(test.dataSource);
    expect(both.statement).toHaveLength(80);
    expect(changed(await test.load(...records))).toEqual({});
  });

  it("A load that is asked to stop ends after a batch, and the next load goes on", async () => {
    // More than a batch.
    const many = Array.from({ length: 501 }, (_, i) => {
      const document = { key: `day-${i}`, kind: DocumentKind.NEWS, language: "en" };
      return { format: "communique-record/1" as const, document };
    });
    const { report } = await test.loadWith({ signal: AbortSignal.abort() }, ...many);
    expect(report).toMatchObject({ isStopped: true, records: 500 });
    expect(describeLoad(report)).toMatch(/Run it again to load the rest\.$/);
    expect(changed(await test.load(...many))).toEqual({
      source_document: { inserted: 1, updated: 0, deleted: 0 },
    });
  });

  it("A load that is asked to stop when all is stored reports no rest, unless it is to prune, too", async () => {
    const stopped = { signal: AbortSignal.abort() };
    const { report } = await test.loadWith(stopped, fable());
    expect(report).toMatchObject({ isStopped: false, records: 1 });
    expect(describeLoad(report)).not.toMatch(/Stopped/);
    const pruning = await test.loadWith({ ...stopped, prune: true }, fable());
    expect(pruning.report).toMatchObject({ isStopped: true, isPruned: false });
    expect(describeLoad(pruning.report, { prune: true })).toMatch(/load the rest, and to prune\.$/);
  });

  it("A person whose slug changes keeps the ID, and the old slug still works", async () => {
    await test.load(fable());
    const { data: before } = await test.ask(`{ person(slug: "ada-floe") { id } }`);
    const text = JSON.stringify(fable()).replaceAll('"ada-floe"', '"ada-glacier"');
    const renamed = JSON.parse(text) as SourceRecordInput;
    renamed.people![0]!.formerSlugs = ["ada-floe"];
    await test.load(renamed);
    const { data } = await test.ask(
      `{ new: person(slug: "ada-glacier") { id } old: person(slug: "ada-floe") { id slug } }`,
    );
    expect(data.new.id).toBe(before.person.id);
    expect(data.old).toEqual({ id: before.person.id, slug: "ada-glacier" });
  });

  it("A participation keeps its ID when the person's slug changes", async () => {
    await test.load(fable());
    const text = JSON.stringify(fable()).replaceAll('"ada-floe"', '"ada-glacier"');
    const renamed = JSON.parse(text) as SourceRecordInput;
    renamed.people![0]!.formerSlugs = ["ada-floe"];
    expect(changed(await test.load(renamed))).toEqual({
      person: { inserted: 0, updated: 1, deleted: 0 },
    });
  });

  it("A slug that another person has is refused, and the message names that person", async () => {
    await test.load(fable());
    const twin = { slug: "bo-drift", name: "Another Drift", sortName: "Drift, Another" };
    const record: SourceRecordInput = {
      format: "communique-record/1",
      document: { key: "wire", kind: DocumentKind.NEWS, language: "en" },
      people: [twin],
    };
    expect(await faultsOf(record)).toEqual([
      expect.objectContaining({
        pointer: "/people/0/slug",
        code: "duplicate-key",
        message: expect.stringMatching(
          /"bo-drift" is taken by the person that was first "b-drift"/,
        ),
      }),
    ]);
  });

  it("A parent that would, with what another document says, put a meeting above itself is kept and not shown", async () => {
    await test.load(fable());
    const part = fable().meetings![1]!;
    const document = { key: "wire", kind: DocumentKind.NEWS, language: "en" };
    const above = { ...part, parent: "fish-talks", parentRelation: ParentRelation.PART_OF };
    const record: SourceRecordInput = {
      format: "communique-record/1",
      document,
      people: fable().people,
      places: fable().places,
      meetings: [above],
    };
    const { lines } = await test.loadWith({}, record);
    const joined = ["person ada-floe", "person bo-drift", "place iceburg", "meeting ice-fair"];
    expect(lines).toEqual([
      ...joined.map((item) => `joined   ${item}: now also of wire`),
      "added    citation wire 118–130 of ice-fair",
    ]);
    const { data } = await test.ask(
      `{ meeting(slug: "ice-fair") { parent { slug } claims(field: "parent") { value rank } children { nodes { slug } } } }`,
    );
    expect(data.meeting).toEqual({
      parent: null,
      claims: [{ value: "fish-talks", rank: "NORMAL" }],
      children: { nodes: [{ slug: "fish-talks" }] },
    });
    const conflicts: string[] = [];
    const print = (line: string) => void conflicts.push(line);
    await printConflicts(sqlOf(test.dataSource), "text", print, print);
    expect(conflicts).toContain("meeting ice-fair: parent\n         fish-talks  (wire)");
  });

  it("A parent that was passed over is shown once nothing that is preferred closes a circle with it", async () => {
    const herald = fable();
    const [talks, fair] = herald.meetings!;
    const wire = (meeting: object): SourceRecordInput => ({
      format: "communique-record/1",
      document: { key: "wire", kind: DocumentKind.NEWS, language: "en" },
      people: herald.people,
      places: herald.places,
      meetings: [{ ...fair!, ...meeting }],
    });
    const above = { parent: "fish-talks", parentRelation: ParentRelation.PART_OF };
    await test.load(herald, wire(above));
    const alone = fable({ "/meetings/0/parent": null, "/meetings/0/parentRelation": null });
    const { lines } = await test.loadWith({}, alone);
    expect(lines.sort()).toEqual([
      'changed  meeting fish-talks: parent ice-fair → null, parentRelation "ON_SIDELINES_OF" → null',
      'changed  meeting ice-fair: parent null → fish-talks, parentRelation null → "PART_OF"',
    ]);
    expect(talks!.parent).toBe("ice-fair");
    const { data } = await test.ask(
      `{ meeting(slug: "ice-fair") { parent { slug } claims(field: "parent") { value rank } } }`,
    );
    expect(data.meeting).toEqual({
      parent: { slug: "fish-talks" },
      claims: [{ value: "fish-talks", rank: "PREFERRED" }],
    });
    expect(await test.dataSource.query("SELECT * FROM parent_passed_over")).toEqual([]);
  });

  it("A chain of thousands of meetings that another document closes is opened at its least preferred end", async () => {
    const COUNT = 2_000;
    const chained = (document: string, parentOf: (i: number) => number | null) =>
      ({
        format: "communique-record/1",
        document: { key: document, kind: DocumentKind.NEWS, language: "en" },
        meetings: Array.from({ length: COUNT }, (_, i) => ({
          slug: `talks-${i}`,
          title: "Talks",
          kind: MeetingKind.OTHER,
          coverage: MeetingCoverage.REPORTED,
          parent: parentOf(i) === null ? null : `talks-${parentOf(i)}`,
          parentRelation: parentOf(i) === null ? null : ParentRelation.PART_OF,
          citations: [{ start: 0, end: 1 }],
        })),
      }) as SourceRecordInput;
    await test.load(chained("a-herald", (i) => (i === 0 ? null : i - 1)));
    await test.load(chained("wire", (i) => (i === 0 ? COUNT - 1 : null)));
    const roots = await test.dataSource.query<{ slug: string }[]>(
      "SELECT slug FROM meeting WHERE parent_id IS NULL",
    );
    expect(roots).toEqual([{ slug: "talks-0" }]);
  }, 120_000);

  it("Records of one load can refer to each other's items in any order, also across batches", async () => {
    const meeting = (i: number): SourceRecordInput => ({
      format: "communique-record/1",
      document: { key: `wire-${i}`, kind: DocumentKind.NEWS, language: "en" },
      meetings: [
        {
          slug: `talks-${i}`,
          // U+2028, which node:readline takes for the end of a line.
          title: "Talks about\u2028talks",
          kind: MeetingKind.OTHER,
          coverage: MeetingCoverage.REPORTED,
          citations: [{ start: 0, end: 5 }],
          ...(i > 0 && {
            // A few chains rather than one, since a meeting can't be below many others.
            parent: `talks-${i - (i % 7 === 0 ? i : 1)}`,
            parentRelation: ParentRelation.PART_OF,
          }),
        },
      ],
    });
    const records = Array.from({ length: 1_200 }, (_, i) => meeting(i));
    const { report, faults } = await test.loadWith({}, ...records.toReversed(), meeting(2_001));
    expect(report).toMatchObject({ records: 1_200, refused: 0, waiting: 1 });
    expect(faults).toEqual([
      expect.objectContaining({
        code: "dangling-reference",
        pointer: "/meetings/0/parent",
        message: expect.stringMatching(/^no meeting "talks-2000"/),
      }),
    ]);
    expect(describeLoad(report)).toMatch(
      /1 record not loaded, since no record defines what it refers to/,
    );
    const { data } = await test.ask("{ meetings { totalCount } }");
    expect(data.meetings.totalCount).toBe(1_200);
  });

  it("A document that would be a copy of itself, with what is on record, is refused", async () => {
    const copy = (key: string, syndicatedFrom: string | null): SourceRecordInput => ({
      format: "communique-record/1",
      document: { key, kind: DocumentKind.NEWS, language: "en", syndicatedFrom },
    });
    await test.load(copy("agency", null), copy("gazette", "agency"), copy("courier", "gazette"));
    expect(await faultsOf(copy("agency", "courier"))).toEqual([
      expect.objectContaining({
        file: expect.stringMatching(/\.json$/),
        code: "syndication-cycle",
        message: "document agency would be a copy of itself",
      }),
    ]);
  });

  /** What a record is refused for. */
  async function faultsOf(record: SourceRecordInput) {
    const refusal: unknown = await test.load(record).catch((error: unknown) => error);
    if (!(refusal instanceof LoadRefused)) throw new Error("it was not refused");
    return refusal.faults;
  }

  describe("Relations between statements", () => {
    const later = "/statements/1/relations";
    const toTheSea = {
      kind: StatementRelationKind.RESPONDS_TO,
      statement: "whose-sea-it-is",
      citations: [passageOf("Drift announced")],
    } as const;
    const ofAll = (inserted: number, deleted = 0) => ({ inserted, updated: 0, deleted });

    it("Relations are stored in any order of the statements, and a second load changes nothing", async () => {
      const both = fable({
        "/statements/0/relations": [{ kind: "CONTRADICTS", statement: "fish-shared" }],
        [later]: [toTheSea],
      });
      expect(changed(await test.load(both)).statement_relation).toEqual(ofAll(2));
      expect(changed(await test.load(both))).toEqual({});
    });

    it("Relations and citations that a record no longer gives are deleted", async () => {
      const corrects = { ...toTheSea, kind: StatementRelationKind.CORRECTS };
      await test.load(fable({ [later]: [toTheSea, corrects] }));
      expect(changed(await test.load(fable({ [later]: [toTheSea] })))).toEqual({
        statement_relation: ofAll(0, 1),
        citation: ofAll(0, 1),
      });
      expect(
        changed(await test.load(fable({ [later]: [{ ...toTheSea, citations: [] }] }))),
      ).toEqual({ citation: ofAll(0, 1) });
      expect(changed(await test.load(fable()))).toEqual({ statement_relation: ofAll(0, 1) });
      expect((await contentsOf(test.dataSource)).statement_relation).toEqual([]);
    });

    it("A relation can name a statement of an earlier record of the load, or on record", async () => {
      const statement = "the-herring-pact/fish-shared";
      const retold = (key: string) =>
        fable({
          "/document/key": key,
          "/statements/0/relations": [{ kind: "CORRECTS", statement }],
        });
      await test.load(fable(), retold("one"));
      await test.load(retold("two"));
      const { data } = await test.ask(`{ statements { nodes { relations { kind } } } }`);
      const kinds = data.statements.nodes.flatMap(({ relations }: Related) =>
        relations.map(({ kind }) => kind),
      );
      expect(kinds.sort()).toEqual(["CORRECTED_BY", "CORRECTED_BY", "CORRECTS", "CORRECTS"]);
      const dangling = { ...toTheSea, statement: "no-such-statement" };
      expect(await faultsOf(fable({ [later]: [dangling] }))).toEqual([
        expect.objectContaining({
          pointer: `${later}/0/statement`,
          code: "dangling-reference",
          message: expect.stringMatching(/^no statement "the-herring-pact\/no-such-statement"/),
        }),
      ]);
    });

    it("Relations from several records are kept together, and each record can delete its own", async () => {
      const wire = (relations: object[]) =>
        ({
          format: "communique-record/1",
          document: { key: "wire", kind: "NEWS", language: "en" },
          statements: [
            {
              ...fable().statements![1]!,
              key: "the-herring-pact/fish-shared",
              citations: [{ start: 7, end: 9 }],
              relations,
            },
          ],
        }) as SourceRecordInput;
      await test.load(fable({ [later]: [toTheSea] }));
      const before = await contentsOf(test.dataSource);
      const statement = "the-herring-pact/whose-sea-it-is";
      await test.load(wire([{ kind: "CONTRADICTS", statement }]));
      const after = await contentsOf(test.dataSource);
      expect(after.statement_relation).toHaveLength(2);
      expect(changed(await test.load(fable({ [later]: [toTheSea] })))).toEqual({});
      await test.load(wire([]));
      expect((await contentsOf(test.dataSource)).statement_relation).toEqual(
        before.statement_relation,
      );
    });
  });

  describe("Items that another record owns", () => {
    /** A second document that names the fable's meeting again. */
    const retold = (meeting: object = {}): SourceRecordInput => {
      const { meetings, document } = fable();
      const cite = [{ start: 0, end: 5 }];
      return {
        format: "communique-record/1",
        document: {
          ...(document as object),
          key: "retold",
          kind: DocumentKind.NEWS,
          language: "en",
          sha256: null,
        },
        meetings: [
          {
            ...meetings![0]!,
            citations: cite,
            participations: [{ country: "NO", citations: cite }],
            ...meeting,
          },
        ],
      };
    };

    it("Citations and participants of several records are added up, and open values are filled in", async () => {
      await test.load(fable({ "/meetings/0/mode": null }));
      await test.load(retold({ mode: "IN_PERSON" }));
      const { data } = await test.ask(
        `{ meeting(slug: "fish-talks") { mode citations { start } countries { code }
             participations { totalCount } } }`,
      );
      expect(data.meeting.mode).toBe("IN_PERSON");
      expect(data.meeting.participations.totalCount).toBe(3);
      expect(data.meeting.countries.map(({ code }: { code: string }) => code)).toContain("NO");
      expect(data.meeting.citations).toHaveLength(fable().meetings![0]!.citations.length + 1);
    });
  });

  it("The position of a statement is that in the earliest document that tells it", async () => {
    await test.load(fable());
    const label = fable().statements![0]!;
    const earlier: SourceRecordInput = {
      format: "communique-record/1",
      document: {
        key: "wire",
        kind: DocumentKind.NEWS,
        language: "en",
        datePublished: "2031-06-01",
      },
      statements: [
        {
          ...label,
          key: `the-herring-pact/${label.key}`,
          topics: [],
          citations: [{ start: 7, end: 9 }],
        },
      ],
    };
    await test.load(earlier);
    const [row] = await test.dataSource.query<{ told_on: string; position: number }[]>(
      `SELECT told_on, position FROM statement WHERE key = 'the-herring-pact/${label.key}'`,
    );
    expect(row).toEqual({ told_on: "2031-06-01", position: 7 });
  });
});
