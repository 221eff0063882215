import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sqlOf } from "../src/db/sql.js";
import { Against } from "../src/records/against/record.against.js";
import { anchorFile, quoteFile } from "../src/records/anchor/record.anchor.file.js";
import { checkFiles } from "../src/records/check/record.check.files.js";
import { exportRecords } from "../src/records/export/record.export.js";
import { describePassages } from "../src/statement/statement.passages.js";
import { exportTexts } from "../src/records/texts/record.texts.export.js";
import { passageIn, recordOf, sha256Of, type Told, writeTexts } from "./fixtures/texts.js";
import { serviceWith, type TestService } from "./harness/service.js";

const TEXT = "PORT FLOE. 🐧 Ada Floe said that the krill is counted. Krill is counted, she said.";
const told: Told = {
  key: "log/krill",
  text: TEXT,
  said: { krill: "the krill is counted", again: "Krill is counted" },
};

function communiqueCommand(args: string[], environment: Record<string, string> = {}) {
  const env = { ...process.env, DATABASE_URL: "", ...environment };
  const command = [join(__dirname, "../bin/communique.js"), ...args];
  return spawnSync(process.execPath, command, { encoding: "utf8", env });
}

describe("For who has the texts", () => {
  let folder: string;
  let communique: TestService;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "communique-texts-"));
    communique = await serviceWith();
  });
  afterEach(async () => {
    await communique.close();
    await rm(folder, { recursive: true });
  });

  const sql = () => sqlOf(communique.dataSource);

  async function keep(...all: Told[]) {
    await writeTexts(folder, Object.fromEntries(all.map(({ key, text }) => [key, text])));
    const { faults } = await communique.loadWith({ text: folder }, ...all.map(recordOf));
    expect(faults).toEqual([]);
  }

  async function urlOf(): Promise<string> {
    const [row] = await communique.dataSource.query("SELECT current_database() AS name");
    const address = new URL(process.env.TEST_SERVER!);
    address.pathname = (row as { name: string }).name;
    return address.href;
  }

  async function exported(from = communique): Promise<string> {
    let lines = "";
    for await (const chunk of exportRecords(from.dataSource)) lines += chunk;
    return lines;
  }

  it.each([
    ["on lines of their own", 2],
    ["on one line", undefined],
  ])(
    "Quotes are put beside offsets %s, and anchoring gives the same file",
    async (_how, indent) => {
      await writeTexts(folder, { "log/krill": TEXT });
      const json = `${JSON.stringify(recordOf(told), null, indent)}\n`;
      const [path, quotedPath] = [join(folder, "a.json"), join(folder, "b.json")];
      await writeFile(path, json);
      const { anchored: quoted, count } = await quoteFile(path, folder);
      expect(count).toBe(2);
      const citations = JSON.parse(quoted!).statements.map(
        (one: { citations: object[] }) => one.citations,
      );
      expect(citations).toEqual([
        [{ ...passageIn(TEXT, "the krill is counted"), quote: "the krill is counted" }],
        [{ ...passageIn(TEXT, "Krill is counted"), quote: "Krill is counted" }],
      ]);
      await writeFile(quotedPath, quoted!);
      expect((await anchorFile(quotedPath, folder)).anchored).toBe(json);
      expect((await quoteFile(quotedPath, folder)).anchored).toBe(quoted);
    },
  );

  it("A quote that a reviewer changes beside offsets gets offsets of its own", async () => {
    await writeTexts(folder, { "log/krill": TEXT });
    const path = join(folder, "a.json");
    await writeFile(path, JSON.stringify(recordOf(told)));
    const { anchored: quoted } = await quoteFile(path, folder);
    await writeFile(path, quoted!.replace('"the krill is counted"', '"Ada Floe said"'));
    const { anchored } = await anchorFile(path, folder);
    const [{ citations }] = JSON.parse(anchored!).statements;
    expect(citations).toEqual([passageIn(TEXT, "Ada Floe said")]);
  });

  it.each(["missing", "null"])("Anchoring writes the sha256 where it is %s", async (how) => {
    const record = recordOf(told) as { document: { sha256?: string | null } };
    if (how === "null") record.document.sha256 = null;
    else delete record.document.sha256;
    const path = join(folder, "a.json");
    await writeFile(path, JSON.stringify(record, null, 2));
    await writeTexts(folder, { "log/krill": TEXT });
    const codes = async () => (await checkFiles([path])).faults.map(({ code }) => code);
    expect(await codes()).toEqual(["no-sha256"]);
    const { anchored } = await anchorFile(path, folder);
    expect(JSON.parse(anchored!)).toEqual(recordOf(told));
    await writeFile(path, anchored!);
    expect(await codes()).toEqual([]);
  });

  it("Checking and anchoring use a text that a database keeps", async () => {
    await keep(told);
    const wrong = recordOf(told);
    Object.assign(wrong.statements![0]!, { citations: [{ start: 0, end: 9_999 }] });
    const path = join(folder, "wrong.json");
    await writeFile(path, JSON.stringify(wrong));
    const runner = communique.dataSource.createQueryRunner();
    try {
      const { faults } = await checkFiles([path], { against: new Against(runner) });
      expect(faults.map(({ code }) => code)).toContain("citation-range");
    } finally {
      await runner.release();
    }
    await writeFile(
      path,
      JSON.stringify(recordOf(told)).replace(/"start":\d+,"end":\d+/, '"quote":"the krill"'),
    );
    const { stdout } = communiqueCommand(["anchor", path, "--against", await urlOf()]);
    const [{ citations }] = JSON.parse(stdout).statements;
    expect(citations).toEqual([passageIn(TEXT, "the krill")]);
  });

  it("A statement is printed with its passages, whatever the licence", async () => {
    await keep(told);
    expect(await describePassages(sql(), "log/krill/krill")).toBe(
      [
        "log/krill/krill  REPORTED  Ada Floe",
        "Summary of krill.",
        "",
        `log/krill  ${passageIn(TEXT, "the krill is counted").start}–${passageIn(TEXT, "the krill is counted").end}`,
        "PORT FLOE. 🐧 Ada Floe said that »the krill is counted«. Krill is counted, she said.",
      ].join("\n"),
    );
    await expect(describePassages(sql(), "log/krill/none")).rejects.toThrow(
      'no statement on record has the key "log/krill/none"',
    );
  });

  it("The commands print a passage, export texts, and end with 2 for what is not there", async () => {
    await keep(told);
    const env = { DATABASE_URL: await urlOf() };
    const out = join(folder, "out");
    expect(communiqueCommand(["passage", "log/krill/again"], env).stdout).toContain(
      "»Krill is counted«",
    );
    const written = communiqueCommand(["text", "export", "--out", out], env);
    expect([written.status, written.stderr]).toEqual([
      0,
      expect.stringContaining("1 text written."),
    ]);
    const missing = communiqueCommand(["passage", "log/krill/none"], env);
    expect([missing.status, missing.stderr]).toEqual([
      2,
      expect.stringContaining("log/krill/none"),
    ]);
    const without = communiqueCommand(["quotes", join(folder, "log")]);
    expect([without.status, without.stderr]).toEqual([2, expect.stringContaining("--text")]);
  });

  it("Where no text is kept, a passage is given by its offsets", async () => {
    await communique.load(recordOf(told));
    expect(await describePassages(sql(), "log/krill/krill")).toContain("the text is not kept");
  });

  it("Exported texts and records give the same database, earlier editions too, and the same export again", async () => {
    const later = `${TEXT} Corrected.`;
    await keep(told, { key: "plain", text: "Ada Floe said hello.", said: { hi: "said hello" } });
    // Without the second statement, which stays as it was.
    await keep({ ...told, text: later, said: { krill: "the krill is counted" } });
    const out = join(folder, "out");
    expect(await exportTexts(sql(), out)).toBe(3);
    expect((await readdir(out, { recursive: true })).sort()).toEqual([
      "log",
      `log/krill.txt`,
      `log/krill@${sha256Of(TEXT)}.txt`,
      "plain.txt",
    ]);
    expect(await readFile(join(out, "log/krill.txt"), "utf8")).toBe(later);
    const lines = await exported();
    expect(lines.match(/"textSha256":"(\w+)"/g)).toEqual([`"textSha256":"${sha256Of(TEXT)}"`]);
    expect(lines).not.toContain("counted.");

    const other = await serviceWith();
    try {
      const path = join(folder, "all.jsonl");
      await writeFile(path, lines);
      const { faults } = await other.loadWith({ text: out }, path);
      expect(faults).toEqual([]);
      expect(await exported(other)).toBe(lines);
      const texts = "SELECT p.* FROM document_text_part p ORDER BY sha256, part";
      expect(await other.dataSource.query(texts)).toEqual(await communique.dataSource.query(texts));
    } finally {
      await other.close();
    }
  });

  it("Only the texts of some documents are exported, and a document without one is named", async () => {
    await keep(told, { key: "plain", text: "Ada Floe said hello.", said: { hi: "said hello" } });
    expect(await exportTexts(sql(), join(folder, "out"), ["plain"])).toBe(1);
    await expect(exportTexts(sql(), join(folder, "out"), ["plane"])).rejects.toThrow(
      'no text of a document "plane" is kept',
    );
  });

  it("A text that was damaged in the database is not exported", async () => {
    await keep(told);
    await communique.dataSource.query(
      "UPDATE document_text_part SET content = decode('cb48cdc9c90700', 'hex')",
    );
    await expect(exportTexts(sql(), join(folder, "out"))).rejects.toThrow("has not the sha256");
  });

  it("A record keeps the moment at which its text was read, whatever time zone it is given in", async () => {
    const moment = (retrievedAt: string) => recordOf({ ...told, document: { retrievedAt } });
    await communique.load(moment("2031-06-04T11:30:00+02:00"));
    const lines = await exported();
    expect(lines).toContain('"retrievedAt":"2031-06-04T09:30:00.000Z"');
    const report = await communique.load(moment("2031-06-04T09:30:00Z"));
    expect([...report.changes]).toEqual([]);
    const { faults } = await communique.loadWith({}, moment("2031-06-04 09:30"));
    expect(faults.map(({ code, pointer }) => [code, pointer])).toEqual([
      ["schema", "/document/retrievedAt"],
    ]);
  });
});
