import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { DOCUMENT, type SourceRecordInput } from "../src/records/record.format.js";
import { LoadRefused } from "../src/records/load/record.load.refusal.js";
import { sqlOf } from "../src/db/sql.js";
import { printConflicts } from "../src/records/claims/record.conflicts.js";
import { describeLoad } from "../src/records/load/record.load.report.js";
import { readSourceOrderFile, SourceOrder } from "../src/records/record.source-order.js";
import { DocumentKind } from "../src/source/source.enums.js";
import { contentsOf } from "./harness/contents.js";
import { serviceWith, SHIPPED_RECORD, type TestService } from "./harness/service.js";
import { fableWith, passageOf } from "./fixtures/fable.js";

const RECORDS = readFileSync(resolve(__dirname, "../docs/records.md"), "utf8");

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

it("docs/records.md lists every kind of document, in the order in which their values are shown", () => {
  const kinds = Object.values(DocumentKind).sort((one, other) =>
    preferenceOf(one) < preferenceOf(other) ? -1 : 1,
  );
  const [, listed] = /more official kind of document \(([^)]+)\)/.exec(RECORDS)!;
  expect(listed!.split(/,\s+/)).toEqual(kinds);
  expect(kinds.slice(0, 2)).toEqual([DocumentKind.JUDGEMENT, DocumentKind.JOINT_STATEMENT]);

  function preferenceOf(kind: DocumentKind): string {
    return DOCUMENT.options.preference!({
      id: "a",
      standing: "CURRENT",
      kind,
      date_from: "2031",
      key: "a",
    });
  }
});

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

  it("A load reports which items on record a record joins, once", async () => {
    await test.load(fable());
    const wire = retelling("wire");
    const { lines } = await test.loadWith({}, wire);
    expect(lines).toContain("joined   meeting fish-talks: now also of wire");
    expect((await test.loadWith({}, wire)).lines).toEqual([]);
    const dry = await test.loadWith({ dryRun: true }, retelling("herald"));
    expect(dry.lines).toContain("joined   meeting fish-talks: now also of herald");
  });

  it("Records loaded again in any order change nothing", async () => {
    const records = [ownWithoutMode(), retelling("wire", { mode: "CALL" as never })];
    await test.load(...records);
    const before = await contents();
    expect(before.record_claim).toHaveLength(2);
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
    const shown = await test.dataSource.query<object[]>(
      "SELECT key, is_shown FROM record_claim c JOIN source_document d ON d.id = c.document_id JOIN meeting m ON m.id = c.item_id ORDER BY 1",
    );
    expect(shown).toEqual([
      { key: "the-herring-pact", is_shown: true },
      { key: "wire", is_shown: false },
    ]);
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

  it("A value that differs is a claim beside the others, and the order of loading does not decide which is shown", async () => {
    const records = [
      ownWithoutMode(),
      retelling("wire", { mode: "CALL" as never, title: "Talks about fish" }),
      retelling("herald", { mode: "VIDEO" as never }),
      retelling("readout", { mode: "IN_PERSON" as never }),
    ];
    const modeAfter = async (...loaded: SourceRecordInput[]) => {
      for (const record of loaded) await test.load(record);
      return (await meeting()).mode;
    };
    expect(await modeAfter(records[1]!, records[0]!)).toBe("CALL");
    // None of the documents has a date, so that of two news reports the first key stands.
    expect(await modeAfter(records[2]!)).toBe("VIDEO");
    const readout = (kind: string) => ({
      ...records[3]!,
      document: { ...(records[3]!.document as object), kind },
    });
    // A readout is more official than news, also when it turns out to be one later, and while it is one.
    expect(await modeAfter(readout("NEWS") as never)).toBe("VIDEO");
    expect(await modeAfter(readout("READOUT") as never)).toBe("IN_PERSON");
    expect(await modeAfter(readout("NEWS") as never)).toBe("VIDEO");
  });

  it("An installation can prefer documents by key, also for what is on record already", async () => {
    const modes = async () => (await meeting()).mode;
    await test.load(
      ownWithoutMode(),
      retelling("herald-1", { mode: "VIDEO" as never }),
      retelling("wire-1", { mode: "CALL" as never }),
      retelling("wire-2", { mode: "IN_PERSON" as never }),
    );
    expect(await modes()).toBe("VIDEO");
    const prefer = (...keys: string[]) => test.loadWith({ sources: new SourceOrder(keys) });
    const { lines } = await prefer("wire-2", "wire-*");
    expect(lines).toEqual(['changed  meeting fish-talks: mode "VIDEO" → "IN_PERSON"']);
    expect((await prefer("wire-2", "wire-*")).report.changes).toEqual(new Map());
    await test.load(retelling("wire-2"));
    expect(await modes()).toBe("CALL");
    await prefer();
    expect(await modes()).toBe("VIDEO");
  });

  it("An order of sources is a JSON list of keys, and anything else is refused with the reason", async () => {
    const folder = await mkdtemp(join(tmpdir(), "communique-sources-"));
    const file = join(folder, "sources.json");
    try {
      for (const [text, reason] of [
        ["{}", /expected a JSON list of document keys/],
        ["[1]", /0 Invalid input: expected string/],
        ['["a*b"]', /with \* at its end/],
        ['["a", "a"]', /each key once/],
        ["[", /sources\.json: /],
      ] as const) {
        await writeFile(file, text);
        await expect(readSourceOrderFile(file)).rejects.toThrow(reason);
      }
      await writeFile(file, '["wire-*"]');
      expect((await readSourceOrderFile(file)).positionOf("wire-7")).toBe(0);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("The fields for which documents give different values can be listed, names aside", async () => {
    const lines = async (format: "text" | "json") => {
      const printed: string[] = [];
      const print = (line: string) => void printed.push(line);
      await printConflicts(sqlOf(test.dataSource), format, print, print);
      return printed;
    };
    await test.load(fable());
    expect(await lines("text")).toEqual(["No values differ."]);
    await test.load(retelling("wire", { title: "Talks about fish", startDate: "2031-06-04" }), {
      ...retelling("herald"),
      people: [{ slug: "ada-floe", name: "Ada Flö", sortName: "Flö, Ada" }],
    });
    const [first] = await lines("json");
    expect(JSON.parse(first!)).toEqual({
      noun: "meeting",
      item: "fish-talks",
      field: "title",
      values: [
        {
          value: "Ada Floe meets Bo Drift",
          isShown: true,
          documents: ["herald", "the-herring-pact"],
        },
        { value: "Talks about fish", isShown: false, documents: ["wire"] },
      ],
    });
    expect(await lines("text")).toEqual([
      "meeting fish-talks: title\n  shown  Ada Floe meets Bo Drift  (herald, the-herring-pact)\n         Talks about fish  (wire)",
      expect.stringMatching(/^meeting fish-talks: startDate\n {2}shown {2}2031-06-03/),
      "2 fields with different values.",
    ]);
  });

  it("A list inside an item is one value, from one record", async () => {
    const fogton = { places: [{ slug: "fogton", name: "Fogton" }] };
    await test.load(
      fable({ "/meetings/0/places": undefined }),
      retelling("wire", { places: ["iceburg"] }),
      { ...retelling("herald", { places: ["fogton", "iceburg"] }), ...fogton },
    );
    const places = async () => {
      const { data } = await test.ask(`{ meeting(slug: "fish-talks") { places { slug } } }`);
      return data.meeting.places.map(({ slug }: { slug: string }) => slug);
    };
    expect(await places()).toEqual(["fogton", "iceburg"]);
    await test.load(retelling("herald"));
    expect(await places()).toEqual(["iceburg"]);
    await test.load(retelling("wire"));
    expect(await places()).toEqual([]);
  });

  it("An end before the start that another record gives is a claim that is not shown", async () => {
    const tenure = (key: string, dates: object) =>
      ({
        ...retelling(key),
        meetings: [],
        tenures: [
          {
            ...fable().tenures![0]!,
            citations: [{ start: 0, end: 5 }],
            startDate: undefined,
            endDate: undefined,
            ...dates,
          },
        ],
      }) as SourceRecordInput;
    await test.load(
      fable(),
      tenure("agency", { startDate: "2029" }),
      tenure("bulletin", { endDate: "2028" }),
      tenure("courier", { endDate: "2031" }),
    );
    const [row] = await test.dataSource.query<object[]>(
      "SELECT start_from, end_to FROM tenure WHERE key = 'ada-floe/keeper'",
    );
    expect(row).toEqual({ start_from: "2029-01-01", end_to: null });
  });

  it("Names that records give differently are all found, and one of them is shown", async () => {
    const named = (key: string, name: string): SourceRecordInput => ({
      ...retelling(key),
      meetings: [],
      people: [{ slug: "ada-floe", name, sortName: `Floe, ${name.split(" ")[0]}` }],
    });
    await test.load(fable(), named("wire", "Ada Flö"), named("herald", "Adah Floe"));
    const ask = () => test.ask(`{ person(slug: "ada-floe") { name sortName otherNames } }`);
    const { data } = await ask();
    expect(data.person).toEqual({
      name: "Adah Floe",
      sortName: "Floe, Adah",
      otherNames: ["Ada Floe", "Ada Flö"],
    });
    await test.load({ ...retelling("herald"), meetings: [], people: [] });
    expect((await ask()).data.person.name).toBe("Adah Floe");
    await test.loadWith({ prune: true }, { ...retelling("herald"), meetings: [], people: [] });
    expect((await ask()).data.person).toMatchObject({ name: "Ada Floe", otherNames: ["Ada Flö"] });
  });

  it("The names of people, places and organizations are listed with the documents that give them", async () => {
    const names = [
      "Ada Flö",
      { text: "Ada of the Ice", language: "en", kind: "FORMER" as const },
      { text: "Ада Фло", language: "ru" },
    ];
    const telling = (key: string, copyOf?: string): SourceRecordInput => ({
      ...retelling(key),
      document: { key, title: key, kind: "NEWS" as never, language: "en", syndicatedFrom: copyOf },
      meetings: [],
      people: [{ slug: "ada-floe", name: "Ada Floe", sortName: "Floe, Ada", otherNames: names }],
      places: [{ slug: "iceburg", name: "Eisburg", otherNames: ["Iceburg-on-Sea"] }],
      organizations: [{ slug: "guild", name: "The Guild", otherNames: ["Guild of Fishers"] }],
    });
    await test.load(fable(), telling("wire"), telling("copy", "wire"));
    const fields =
      "names { text kind language sourceCount sources(first: 2) { totalCount nodes { title } } }";
    const { data } = await test.ask(
      `{ person(slug: "ada-floe") { ${fields} } place(slug: "iceburg") { name ${fields} } organization(slug: "guild") { ${fields} } }`,
    );
    const sources = (...titles: string[]) => ({
      sourceCount: new Set(titles.map((title) => title.replace("copy", "wire"))).size,
      sources: { totalCount: titles.length, nodes: titles.slice(0, 2).map((title) => ({ title })) },
    });
    const listed = (list: { text: string; sources: { nodes: { title: string }[] } }[]) =>
      list.map((name) => ({
        ...name,
        sources: {
          ...name.sources,
          nodes: name.sources.nodes.toSorted((a, b) => (a.title < b.title ? -1 : 1)),
        },
      }));
    const also = { kind: "ALSO", language: null };
    expect(listed(data.person.names)).toEqual([
      {
        text: "Ada Floe",
        kind: "PREFERRED",
        language: null,
        sourceCount: 2,
        sources: expect.objectContaining({ totalCount: 3 }),
      },
      { text: "Ada Flö", ...also, ...sources("copy", "wire") },
      { text: "Ada of the Ice", kind: "FORMER", language: "en", ...sources("copy", "wire") },
      { text: "Ада Фло", kind: "ALSO", language: "ru", ...sources("copy", "wire") },
    ]);
    expect(data.place.name).toBe("Eisburg");
    expect(listed(data.place.names)).toEqual([
      { text: "Eisburg", kind: "PREFERRED", language: null, ...sources("copy", "wire") },
      { text: "Iceburg", ...also, ...sources("the-herring-pact") },
      { text: "Iceburg-on-Sea", ...also, ...sources("copy", "wire") },
    ]);
    expect(data.organization.names.map(({ text }: { text: string }) => text)).toEqual([
      "The Guild",
      "Guild of Fishers",
    ]);
    const found = await test.ask(
      `{ a: places(filter: { text: "iceburg" }) { nodes { slug } } b: searchRecord(query: "guild of fishers") { nodes { ... on Organization { slug } } }
         c: people(filter: { text: "Ада" }) { nodes { slug } } }`,
    );
    expect(found.data).toEqual({
      a: { nodes: [{ slug: "iceburg" }] },
      b: { nodes: [{ slug: "guild" }] },
      c: { nodes: [{ slug: "ada-floe" }] },
    });
  });

  it("Claims are listed by field, with what is shown first and the passages of each", async () => {
    await test.load(
      fable(),
      retelling("wire", {
        mode: "CALL" as never,
        startDate: "2031-06-04",
        dateCertainty: "INFERRED" as never,
      }),
      retelling("herald", { mode: "CALL" as never }),
      {
        ...retelling("readout", { startDate: "2031-06-05" }),
        document: {
          key: "readout",
          kind: "READOUT" as never,
          language: "en",
          standing: "RETRACTED" as never,
        },
        people: [{ slug: "ada-floe", name: "Ada Flö", sortName: "Flö, Ada", birthDate: "1990" }],
      },
    );
    const fields = "field value rank certainty reason citations { start document { key: title } }";
    const { data } = await test.ask(
      `{ meeting(slug: "fish-talks") { startDate mode dates: claims(field: "startDate") { ${fields} } modes: claims(field: "mode") { ${fields} } all: claims { field } }
         person(slug: "ada-floe") { birthDate claims { ${fields} } } }`,
    );
    const { dates, modes, all } = data.meeting;
    expect(dates).toMatchObject([
      { value: "2031-06-03", rank: "PREFERRED", certainty: "STATED" },
      {
        value: "2031-06-04",
        rank: "NORMAL",
        certainty: "INFERRED",
        citations: [{ start: 0, document: { key: "wire" } }],
      },
      { value: "2031-06-05", rank: "DEPRECATED" },
    ]);
    expect(dates[0].value).toBe(data.meeting.startDate);
    expect(modes[0].value).toBe(data.meeting.mode);
    expect(modes.at(-1)).toMatchObject({
      field: "mode",
      value: "CALL",
      certainty: null,
      reason: null,
    });
    expect(all.map(({ field }: { field: string }) => field)).toEqual(
      expect.arrayContaining(["title", "kind", "coverage", "startDate", "places"]),
    );
    expect(data.person.claims).toMatchObject([
      { field: "name", value: "Ada Floe", rank: "PREFERRED", citations: [{ start: null }] },
      { field: "name", value: "Ada Flö", rank: "DEPRECATED" },
      { field: "sortName", value: "Floe, Ada" },
      { field: "sortName", value: "Flö, Ada" },
      {
        field: "birthDate",
        value: "1990",
        rank: "PREFERRED",
        citations: [{ document: { key: null } }],
      },
    ]);
  });

  it("Another record's words, speakers and date of a published statement are claims", async () => {
    const retold = (changes: object): SourceRecordInput => ({
      ...retelling("wire"),
      meetings: [],
      statements: [
        {
          ...fable().statements![1]!,
          key: "the-herring-pact/fish-shared",
          citations: [{ start: 0, end: 5 }],
          ...changes,
        },
      ],
    });
    await test.load(fable({ "/document/kind": "READOUT" }));
    const before = await contents();
    await test.load(retold({ text: "Something else entirely.", speakers: [{ country: "NO" }] }));
    expect((await contents()).statement).toEqual(before.statement);
    expect(
      await refusalOf(retold({ text: "Something else again.", speakers: [{ country: "NO" }] })),
    ).toEqual([expect.objectContaining({ code: "published-statement" })]);
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

  it("Records can name an item by any of its slugs, and the record that knows most of them chooses", async () => {
    const person = { name: "Bo Drift", sortName: "Drift, Bo" };
    const named = (slug: string, formerSlugs: string[] = []): SourceRecordInput => ({
      ...retelling("wire"),
      people: [{ ...person, slug, formerSlugs }],
    });
    await test.load(fable());
    await test.load(named("b-drift"), named("bo-drift", ["b-drift"]));
    await test.load(named("captain-drift", ["b-drift", "bo-drift"]), fable());
    const { data } = await test.ask(
      `{ a: person(slug: "b-drift") { slug } b: person(slug: "bo-drift") { slug } c: person(slug: "captain-drift") { slug } }`,
    );
    const slug = "captain-drift";
    expect(data).toEqual({ a: { slug }, b: { slug }, c: { slug } });
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
        "kept     meeting ice-fair: a meeting refers to it: fish-talks",
        "kept     person bo-drift: a tenure refers to it: bo-drift/captain",
      ]);
      const left = await contents();
      expect(left.statement).toEqual([]);
      expect(left.meeting).toHaveLength(2);
      expect(left.participation).toEqual([]);
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
      const { source_document, record_name } = before;
      expect({ ...after, source_document, record_name }).toEqual(before);
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

  it("A statement's position follows the earliest document that has it when document dates change", async () => {
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
