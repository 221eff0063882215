import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { narrowed, passageOf, statementPages, tell } from "../examples/client/client.js";
import type { SourceRecordInput } from "../src/records/record.format.js";
import { serviceWith, SHIPPED_RECORD, type TestService } from "./harness/service.js";

const ROOT = resolve(__dirname, "..");
const CLIENT = join(ROOT, "examples/client");

/** Stands in for the article, which is not ours to ship: every passage of it is its own offsets. */
const TEXT = Array.from({ length: 1_000 }, (_, i) => `${i * 5}`.padStart(4, "0") + " ").join("");

let directory: string;
let textFile: string;
let test: TestService;
let address: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "communique-client-"));
  textFile = join(directory, "article.txt");
  await writeFile(textFile, TEXT);
  const record = JSON.parse(await readFile(SHIPPED_RECORD, "utf8")) as SourceRecordInput;
  Object.assign(record.document, { sha256: createHash("sha256").update(TEXT).digest("hex") });
  test = await serviceWith(record);
  address = await test.service.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  await test.close();
  await rm(directory, { recursive: true });
});

/** What the client prints, line by line. */
async function told(file?: string): Promise<string[]> {
  const lines: string[] = [];
  await tell(address, file, (line: string) => lines.push(line));
  return lines;
}

describe("The example client", () => {
  it("The client reads the 14 statements in pages of 5, 5 and 4, each once", async () => {
    const texts: string[][] = [];
    const about = { person: "rajnath-singh", place: "vientiane", first: 5 };
    for await (const { totalCount, nodes } of statementPages(address, about)) {
      expect(totalCount).toBe(14);
      texts.push(nodes.map(({ text }) => text));
    }
    expect(texts.map(({ length }) => length)).toEqual([5, 5, 4]);
    expect(new Set(texts.flat()).size).toBe(14);
  });

  it("The client prints each statement, and the passage that proves the first", async () => {
    const lines = await told();
    expect(lines.filter((line) => line.startsWith("- 2024-11-20, "))).toHaveLength(14);
    expect(lines.at(-2)).toContain("32..211 of the text from Vientiane [Laos], November 20.");
  });

  it("The client shows counts by topic, and filters by a topic's value", async () => {
    const about = { person: "rajnath-singh", place: "vientiane", first: 5 };
    const { value: all } = await statementPages(address, about).next();
    const topic = { value: "asean", label: "ASEAN", count: 3 };
    expect(all?.facets).toContainEqual(topic);
    const { value: some } = await statementPages(address, narrowed(about, topic)).next();
    expect(some?.totalCount).toBe(topic.count);
    const lines = await told();
    expect(lines.filter((line) => line.startsWith("- ASEAN, 3: "))).toHaveLength(1);
  });

  it("The client reads the cited passage out of the text file", async () => {
    const [passage] = (await told(textFile)).slice(-1);
    expect(passage).toBe(`> ${TEXT.slice(32, 211)}`);
  });

  it("The client refuses to read a passage out of another text", async () => {
    const other = join(directory, "other.txt");
    await writeFile(other, `${TEXT} `);
    const document = { dateline: null, sha256: createHash("sha256").update(TEXT).digest("hex") };
    expect(passageOf({ start: 5, end: 9, document }, textFile)).toBe("0005");
    expect(() => passageOf({ start: 5, end: 9, document }, other)).toThrow("is not the text");
  });

  it("The client reports an unknown slug and an error of the service", async () => {
    const first = (person: string, size: number) =>
      statementPages(address, { person, place: "vientiane", first: size }).next();
    await expect(first("nobody", 5)).rejects.toThrow("Nobody on record has the slug nobody.");
    await expect(first("rajnath-singh", 101)).rejects.toThrow("first");
  });

  it("The client's types are those of the schema (else: npm run client:types)", async () => {
    const fresh = join(directory, "schema.d.ts");
    const tool = join(ROOT, "node_modules/gql.tada/bin/cli.js");
    const args = [tool, "generate", "output", "-c", join(CLIENT, "tsconfig.json"), "-o", fresh];
    const { status } = spawnSync(process.execPath, args, { cwd: ROOT });
    expect(status).toBe(0);
    expect(await readFile(fresh, "utf8")).toBe(await readFile(join(CLIENT, "schema.d.ts"), "utf8"));
  });
});
