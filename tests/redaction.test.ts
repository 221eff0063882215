import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sqlOf } from "../src/db/sql.js";
import { exportRecords } from "../src/records/export/record.export.js";
import type { SourceRecordInput } from "../src/records/record.format.js";
import { redact, type RedactOptions } from "../src/records/redaction/record.redact.js";
import { describePassages } from "../src/statement/statement.passages.js";
import { sha256Of, writeTexts } from "./fixtures/texts.js";
import { wrongInLists } from "./harness/list-tables.js";
import { serviceWith, type TestService } from "./harness/service.js";

/** In no key, but in everything about what is redacted. */
const CANARY = "Kanari";

const TEXT = `The ${CANARY} talks. Zoe ${CANARY} said that all ${CANARY} birds may sing.`;
const at = (start: number) => [{ start, end: start + 5 }];

const document = (key: string, more: object = {}) => ({
  key,
  title: `${key} of ${CANARY}`,
  kind: "NEWS",
  language: "en",
  licence: "CC0-1.0",
  ...more,
});
const zoe = { slug: "zoe", name: `Zoe ${CANARY}`, sortName: `${CANARY}, Zoe` };
const bo = { slug: "bo", name: "Bo Drift", sortName: "Drift, Bo" };

/** Mentions Zoe in every way that there is. */
const about = (more: object = {}): SourceRecordInput =>
  ({
    format: "communique-record/1",
    document: document("gazette", { sha256: sha256Of(TEXT), title: "Gazette" }),
    people: [zoe, bo],
    tenures: [{ key: "zoe/singer", person: "zoe", title: "Singer", citations: at(0) }],
    meetings: [
      {
        slug: "talks",
        title: "Talks",
        kind: "BILATERAL",
        coverage: "REPORTED",
        startDate: "2031-06-03",
        participations: [
          { person: "zoe", country: "AQ", citations: at(10) },
          { person: "bo", country: "BV", citations: at(20) },
        ],
        citations: at(0),
      },
    ],
    statements: [
      {
        key: "sing",
        text: `All ${CANARY} birds may sing.`,
        form: "REPORTED",
        language: "en",
        meeting: "talks",
        speakers: [{ person: "zoe", country: "AQ" }],
        citations: at(30),
      },
      {
        key: "heard",
        text: "The singing was heard.",
        form: "REPORTED",
        language: "en",
        speakers: [{ person: "bo", country: "BV" }],
        addressees: [{ person: "zoe" }],
        relations: [{ kind: "RESPONDS_TO", statement: "sing" }],
        citations: at(36),
      },
    ],
    ...more,
  }) as SourceRecordInput;

describe("Redaction", () => {
  let folder: string;
  let test: TestService;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "communique-redaction-"));
    await writeTexts(folder, { gazette: TEXT });
    test = await serviceWith();
  });
  afterEach(async () => {
    await test.close();
    await rm(folder, { recursive: true });
  });

  const load = (...records: SourceRecordInput[]) => test.loadWith({ text: folder }, ...records);
  const take = (keys: string[], options: Partial<RedactOptions> = {}) =>
    redact(test.dataSource, keys, { because: "a court says so", ...options });

  /** Every row of every table that is not the database's own, as text. */
  async function dump(): Promise<string> {
    const tables = await test.dataSource.query<{ name: string }[]>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    const rows = await Promise.all(
      tables.map(({ name }) => test.dataSource.query(`SELECT t::text AS row FROM ${name} t`)),
    );
    return JSON.stringify(rows);
  }

  async function exported(): Promise<string> {
    let text = "";
    for await (const chunk of exportRecords(test.dataSource)) text += chunk;
    return text;
  }

  /** Makes a past: other names, a participation more, a merge and its end. */
  async function makePast(): Promise<void> {
    expect((await load(about())).faults).toEqual([]);
    await load(about({ people: [{ ...zoe, otherNames: [`The ${CANARY}`] }, bo] }));
    const other = {
      format: "communique-record/1",
      document: document("herald", { title: "Herald" }),
      people: [
        { slug: "zoe-too", name: `Z. ${CANARY}`, sortName: CANARY },
        { ...zoe, name: `Zoë ${CANARY}` },
      ],
      merges: [{ kind: "person", stays: "zoe", goes: "zoe-too", because: "they are one" }],
    } as unknown as SourceRecordInput;
    await load(other);
    await test.loadWith({ prune: true }, { ...other, merges: [] });
    expect(await dump()).toContain(CANARY);
  }

  it("Nothing of a person is left in any table, nor in the texts that tell of them", async () => {
    await makePast();
    const report = await take(["zoe", "zoe-too"], { cascade: true });
    expect(report.items.toSorted()).toEqual([
      "person zoe",
      "person zoe-too",
      "statement gazette/sing",
      "tenure zoe/singer",
    ]);
    expect(report.texts).toBe(1);
    expect(await dump()).not.toContain(CANARY);
    expect(await exported()).not.toMatch(/zoe/);
    expect(await wrongInLists((text) => test.dataSource.query(text))).toEqual([]);
    const { data } = await test.ask(
      `{ person(slug: "zoe") { id } meeting(slug: "talks") { participations { nodes { person { slug } } } }
        statementByKey(key: "gazette/heard") { text addressees { person { slug } } } }`,
    );
    expect(data).toEqual({
      person: null,
      meeting: { participations: { nodes: [{ person: { slug: "bo" } }] } },
      statementByKey: { text: "The singing was heard.", addressees: [] },
    });
  });

  it("What can't be without an item is reported, and nothing is changed unless it goes, too", async () => {
    await makePast();
    const before = await dump();
    await expect(take(["zoe"])).rejects.toThrow(/can't be on record without it.*\n.*zoe\/singer/);
    expect(await dump()).toBe(before);
    await take(["zoe"], { cascade: true, dryRun: true });
    expect(await dump()).toBe(before);
  });

  it("A statement goes with its words, and what answered it stays", async () => {
    await makePast();
    await take(["gazette/sing"]);
    expect(await dump()).not.toContain(`All ${CANARY} birds`);
    const { data } = await test.ask(
      `{ statementByKey(key: "gazette/heard") { text relations { kind } } }`,
    );
    expect(data.statementByKey).toEqual({ text: "The singing was heard.", relations: [] });
  });

  it("How certain a place is goes with it, unless a country is left that it is of", async () => {
    const where = { place: "isle", placeCertainty: "INFERRED" } as const;
    const [sing, heard] = about().statements!;
    await load(
      about({
        places: [{ slug: "isle", name: "Isle" }],
        statements: [
          { ...sing, ...where, placeCountry: "AQ" },
          { ...heard, ...where },
        ],
      }),
    );
    await take(["isle"]);
    const { statements } = JSON.parse(await exported());
    const certainties = (statements as Record<string, unknown>[]).map((one) => [
      one.placeCountry,
      one.placeCertainty,
    ]);
    expect(certainties).toEqual([
      ["AQ", "INFERRED"],
      [undefined, undefined],
    ]);
  });

  it("A document goes with all that it alone gives", async () => {
    await makePast();
    const report = await take(["gazette"], { cascade: true });
    expect(report.items).toContain("meeting talks");
    expect(await dump()).not.toContain("birds may sing");
    // Another document gives her, too.
    const { data } = await test.ask(`{ person(slug: "zoe") { name } statements { totalCount } }`);
    expect(data).toEqual({ person: { name: `Zoë ${CANARY}` }, statements: { totalCount: 0 } });
  });

  it("What was redacted is not loaded again unless that is asked for, and the reason is told", async () => {
    await load(about());
    await take(["gazette/sing"]);
    const { faults } = await load(about());
    expect(faults.map(({ code, message }) => [code, message])).toEqual([
      ["redacted", "this statement was redacted: a court says so; --restore loads it"],
    ]);
    expect(await dump()).not.toContain("birds may sing");
    const again = await test.loadWith({ text: folder, restore: true }, about());
    expect(again.faults).toEqual([]);
    expect((await load(about())).faults).toEqual([]);
    const { data } = await test.ask(`{ statementByKey(key: "gazette/sing") { text } }`);
    expect(data.statementByKey.text).toBe(`All ${CANARY} birds may sing.`);
  });

  it("A load says once that a text of which something was redacted is not kept, and --restore that it is", async () => {
    const { statements, ...rest } = about();
    const cut = {
      ...rest,
      statements: statements!.slice(1).map((one) => ({ ...one, relations: [] })),
    };
    const line = { ...cut, document: "gazette", people: [], tenures: [], meetings: [] };
    const warningsOf = async (options: object, ...records: object[]) => {
      const warnings: string[] = [];
      const onWarning = (one: string) => void warnings.push(one);
      const given = records as SourceRecordInput[];
      expect(
        (await test.loadWith({ text: folder, onWarning, ...options }, ...given)).faults,
      ).toEqual([]);
      return warnings;
    };
    expect(await warningsOf({}, about())).toEqual([]);
    await take(["gazette/sing"]);
    expect(await warningsOf({}, cut, line)).toEqual([
      expect.stringMatching(
        /^the text of "gazette" is not kept, since it mentions statement gazette\/sing, redacted before: .*--restore, which keeps the redacted words/,
      ),
    ]);
    expect(await dump()).not.toContain("birds may sing");

    const copy = TEXT.replace("birds may sing", (words) => "-".repeat(words.length));
    await writeTexts(folder, { gazette: copy });
    const ofCopy = {
      ...cut,
      document: document("gazette", { sha256: sha256Of(copy), title: "Gazette" }),
    };
    expect(await warningsOf({}, ofCopy)).toEqual([]);
    const passage = await describePassages(sqlOf(test.dataSource), "gazette/heard");
    expect(passage).toContain(`»${TEXT.slice(36, 41)}«`);
    expect(await dump()).not.toContain("birds may sing");

    await writeTexts(folder, { gazette: TEXT });
    expect(await warningsOf({ restore: true }, cut)).toEqual([
      'the text of "gazette" is kept again, and with it the words of statement gazette/sing, redacted before',
    ]);
    expect(await warningsOf({}, cut)).toEqual([]);
  });

  it("The feed says that items were redacted, and no more", async () => {
    await makePast();
    await take(["zoe", "zoe-too"], { cascade: true });
    const changes = await test.dataSource.query(
      `SELECT kind, key, old, new FROM record_change c JOIN record_revision r ON r.number = c.revision
       WHERE r.action = 'redact' AND type IN ('PERSON', 'STATEMENT') ORDER BY key`,
    );
    const gone = { kind: "REDACTED", old: null, new: null };
    expect(changes).toEqual([
      expect.objectContaining({ kind: "CHANGED", key: "gazette/heard" }),
      { ...gone, key: "gazette/sing" },
      { ...gone, key: "zoe" },
      { ...gone, key: "zoe-too" },
    ]);
  });

  it("A key that nothing on record has, or several items have, is reported", async () => {
    await load(about({ places: [{ slug: "bo", name: "Bo" }] }));
    await expect(take(["nobody"])).rejects.toThrow('Nothing on record has the key "nobody".');
    await expect(take(["bo"])).rejects.toThrow(
      '"bo" is the key of a person and of a place: say which with --type.',
    );
  });
});

describe("Removed statements", () => {
  it("Other words are not loaded under the key of a statement that was removed, the same ones are", async () => {
    const test = await serviceWith();
    try {
      const [sing, heard] = about().statements!;
      const alone = { ...heard!, relations: [] };
      const with_ = (...statements: object[]) =>
        about({ document: document("gazette"), statements });
      expect((await test.loadWith({}, with_(sing!, alone))).faults).toEqual([]);
      expect((await test.loadWith({ prune: true }, with_(alone))).faults).toEqual([]);
      const other = await test.loadWith({}, with_({ ...sing!, text: "Be quiet." }, alone));
      expect(other.faults.map(({ code, message }) => [code, message])).toEqual([
        [
          "published-statement",
          "a statement with other words was published under this key and removed: other words need another key",
        ],
      ]);
      const same = await test.loadWith({}, with_(sing!, alone));
      expect(same.faults).toEqual([]);
      expect(same.report.changes.get("statement")).toMatchObject({ inserted: 1 });
    } finally {
      await test.close();
    }
  });
});
