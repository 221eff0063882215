import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { checkFiles } from "../src/records/check/record.check.files.js";
import { recordSchema } from "../src/records/record.format.js";

const PAGE = readFileSync(resolve(__dirname, "../docs/format.md"), "utf8");
const RECORDS = readFileSync(resolve(__dirname, "../docs/records.md"), "utf8");

// oxlint-disable-next-line typescript/no-require-imports
const { currentPage } = require("../bin/format.js") as {
  currentPage: () => { page: string; current: string };
};

describe("docs/format.md", () => {
  it("The tables of properties in docs/format.md are those of the JSON Schema", () => {
    const { page, current } = currentPage();
    expect(page).toBe(current);
    for (const name of ["record", "document", "people", "statements.speakers", "citation"])
      expect(page).toContain(`### \`${name}\``);
  });

  it("The examples in docs/format.md have no fault, together and in their order", async () => {
    const examples = [...PAGE.matchAll(/```json record\n(.*?)```/gs)].map(([, text]) => text!);
    expect(examples.length).toBeGreaterThan(2);
    for (const text of examples)
      expect(recordSchema.safeParse(JSON.parse(text)).error).toBe(undefined);
    const folder = await mkdtemp(join(tmpdir(), "communique-format-"));
    const file = join(folder, "examples.jsonl");
    await writeFile(file, examples.map((text) => `${JSON.stringify(JSON.parse(text))}\n`).join(""));
    const { faults } = await checkFiles([file]);
    await rm(folder, { recursive: true });
    expect(faults.filter(({ severity }) => severity === "fault")).toEqual([]);
  });

  it("The rules in docs/format.md have codes that docs/records.md explains, and leave none of a record out", () => {
    const [, rules] = PAGE.split("## Rules");
    const codes = [...rules!.split("## Versions")[0]!.matchAll(/`([a-z0-9]+(?:-[a-z0-9]+)*)`/g)]
      .map(([, code]) => code!)
      .filter((code) => !["sha256", "exact", "locator"].includes(code));
    const explained = new Set(
      [...RECORDS.matchAll(/^\| `([a-z0-9-]+)`/gm)].map(([, code]) => code!),
    );
    for (const code of codes) expect(explained).toContain(code);
    const [faults] = RECORDS.split("Faults:\n")[1]!.split("Warnings:");
    const all = [...faults!.matchAll(/^\| `([a-z0-9]+(?:-[a-z0-9]+)*)` /gm)].map(
      ([, code]) => code!,
    );
    // Those of files, and of two records that were loaded apart.
    const ofFiles = ["json", "file-encoding", "record-too-large", "broken-gzip", "two-titles"];
    const ofTexts = ["text-encoding", "text-too-large"];
    for (const code of all)
      if (![...ofFiles, ...ofTexts].includes(code)) expect(codes).toContain(code);
  });
});
