import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { sqlOf } from "../src/db/sql.js";
import type { SourceRecordInput } from "../src/records/record.format.js";
import { ResumePoint } from "../src/records/load/record.resume.js";
import { emptyOutcome } from "../src/records/load/record.outcome.js";
import type { LoadOptions } from "../src/records/load/record.load.options.js";
import { DocumentKind } from "../src/source/source.enums.js";
import { contentsOf } from "./harness/contents.js";
import { serviceWith, type TestService } from "./harness/service.js";

/** A record of nothing but a document, or of more. */
function day(i: number, more: Partial<SourceRecordInput> = {}): SourceRecordInput {
  const document = { key: `day-${i}`, kind: DocumentKind.NEWS, language: "en" };
  return { format: "communique-record/1", document, ...more };
}

const days = (count: number, from = 0) => Array.from({ length: count }, (_, i) => day(from + i));
const linesOf = (records: object[]) => records.map((one) => `${JSON.stringify(one)}\n`).join("");

describe("A load that resumes", () => {
  let test: TestService;
  let folder: string;
  let file: string;

  beforeEach(async () => {
    test = await serviceWith();
    folder = await mkdtemp(join(tmpdir(), "communique-resume-"));
    file = join(folder, "days.jsonl");
  });
  afterEach(async () => {
    await test.close();
    await rm(folder, { recursive: true });
  });

  /** Loads with `resume`; returns how many records were skipped and how many loaded. */
  async function resume(paths: string[] = [file], options: LoadOptions = {}) {
    let skipped: number | undefined;
    const onResume = (records: number) => (skipped = records);
    const { report } = await test.loadWith({ resume: true, onResume, ...options }, ...paths);
    return { skipped, loaded: report.records };
  }

  it("A resumed load skips all that was loaded before, and loads lines appended since", async () => {
    await writeFile(file, linesOf(days(3)));
    expect(await resume()).toEqual({ skipped: 0, loaded: 3 });
    expect(await resume()).toEqual({ skipped: 3, loaded: 0 });
    await appendFile(file, linesOf(days(2, 3)));
    expect(await resume()).toEqual({ skipped: 3, loaded: 2 });
    expect(await resume()).toEqual({ skipped: 5, loaded: 0 });
    expect((await contentsOf(test.dataSource)).source_document).toHaveLength(5);
  });

  it("A resumed load recognizes the same records in other files, compressed or one file each", async () => {
    await writeFile(file, linesOf(days(3)));
    await test.load(file);
    const [zipped, single] = [join(folder, "days.jsonl.gz"), join(folder, "first.json")];
    await writeFile(zipped, gzipSync(`\n${linesOf(days(3))}\n`));
    expect(await resume([zipped])).toEqual({ skipped: 3, loaded: 0 });
    await writeFile(single, JSON.stringify(day(0)));
    await writeFile(file, linesOf(days(3, 1)));
    expect(await resume([single, file])).toEqual({ skipped: 3, loaded: 1 });
  });

  it("A resumed load reads everything again if a record has changed or the order is another one", async () => {
    await writeFile(file, linesOf(days(3)));
    await test.load(file);
    await writeFile(file, linesOf([day(0), day(2), day(1)]));
    expect(await resume()).toEqual({ skipped: 0, loaded: 3 });
    const document = { key: "day-1", kind: DocumentKind.NEWS, language: "fr" };
    const changed = { ...day(1), document };
    await writeFile(file, linesOf([day(0), changed, day(2)]));
    expect(await resume()).toEqual({ skipped: 0, loaded: 3 });
    const { data } = await test.ask(`{ sourceDocumentByKey(key: "day-1") { language } }`);
    expect(data.sourceDocumentByKey.language).toBe("fr");
  });

  it("A resumed load reads everything again once anything on record has changed since", async () => {
    await writeFile(file, linesOf(days(3)));
    await test.load(file);
    await test.load(day(2, { people: [{ slug: "ada", name: "Ada", sortName: "Ada" }] }));
    expect(await resume()).toEqual({ skipped: 0, loaded: 3 });
    // That load found nothing to change, but knows it now.
    expect(await resume()).toEqual({ skipped: 3, loaded: 0 });
  });

  it("A resumed load continues where a load was stopped, with the same result as a whole load", async () => {
    await writeFile(file, linesOf(days(2_600)));
    const stopped = await test.loadWith({ signal: AbortSignal.abort() }, file);
    expect(stopped.report).toMatchObject({ isStopped: true, records: 500 });
    expect(await resume()).toEqual({ skipped: 500, loaded: 2_100 });
    expect((await contentsOf(test.dataSource)).source_document).toHaveLength(2_600);
    expect(await resume()).toEqual({ skipped: 2_600, loaded: 0 });
  });

  it("A resumed load reads refused records again, and skips those that waited for others once all are stored", async () => {
    const ada = { slug: "ada", name: "Ada", sortName: "Ada" };
    const meeting = {
      ...{ slug: "tea", title: "Tea", kind: "BILATERAL", coverage: "REPORTED" },
      participations: [{ person: "ada", citations: [{ locator: "1" }] }],
      citations: [{ locator: "1" }],
    };
    const first = day(0, { meetings: [meeting] as unknown as SourceRecordInput["meetings"] });
    await writeFile(file, linesOf([first]));
    const { report } = await test.loadWith({}, file);
    expect(report.waiting).toBe(1);
    expect((await resume()).skipped).toBe(0);
    await writeFile(file, linesOf([first, day(1, { people: [ada] })]));
    expect(await resume()).toEqual({ skipped: 0, loaded: 2 });
    expect(await resume()).toEqual({ skipped: 2, loaded: 0 });
    await writeFile(file, linesOf([first, day(1, { people: [ada] }), { format: "other" }, day(2)]));
    expect(await resume()).toEqual({ skipped: 2, loaded: 1 });
    expect(await resume()).toEqual({ skipped: 0, loaded: 3 });
  });

  it("A dry run that resumes skips as much, and keeps no position of its own", async () => {
    await writeFile(file, linesOf(days(2)));
    await test.load(file);
    await appendFile(file, linesOf(days(1, 2)));
    const dryRun = { dryRun: true };
    expect(await resume([file], dryRun)).toEqual({ skipped: 2, loaded: 1 });
    expect(await resume([file], dryRun)).toEqual({ skipped: 2, loaded: 1 });
  });

  it("A load keeps no position once another load has come between, which may have changed what was stored before", async () => {
    const sql = sqlOf(test.dataSource);
    const position = { records: 9, sha256: "f" };
    const positions = () => sql.query("positions", "SELECT records, revision FROM load_position");
    const point = new ResumePoint("00000000-0000-4000-8000-000000000001");
    point.begin(4);
    await point.keepAfter(sql, [{ ...emptyOutcome(), position }], 5);
    expect(await positions()).toEqual([{ records: 9, revision: 5 }]);
    point.begin(6);
    await point.keepAfter(sql, [{ ...emptyOutcome(), position: { ...position, records: 10 } }], 7);
    await point.keepEnd(sql);
    expect(await positions()).toEqual([{ records: 9, revision: 5 }]);
  });

  it("Only the positions of the last hundred loads are kept", async () => {
    for (let i = 0; i < 103; i++) {
      await writeFile(file, linesOf([day(i)]));
      await test.load(file);
    }
    const rows = await sqlOf(test.dataSource).query("kept", "SELECT records FROM load_position");
    expect(rows).toHaveLength(100);
  });
});
