import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DataSource } from "typeorm";
import { createDataSource } from "../src/db/data-source.js";
import { exportCommand } from "../src/records/export/record.export.command.js";
import { loadAll } from "../src/records/load/record.load.js";
import { itemTable } from "../src/records/tables/record.table.js";
import { exportTables } from "../src/records/tables/record.tables.export.js";
import { TABLES } from "../src/records/tables/record.tables.js";
import { createSchema } from "../src/schema.js";
import { topic } from "../src/topic/topic.record.js";
import { fableWith } from "./fixtures/fable.js";
import { worldOf } from "./fixtures/world.js";
import { freshDatabase } from "./harness/database.js";
import type { Whatever } from "./harness/whatever.js";

interface Resource {
  name: string;
  headers: string[];
  read(options: object): Promise<Record<string, Whatever>[]>;
  checkRelations(): Promise<boolean>;
}

// Frictionless's own reader of Data Packages, which comes without types.
// oxlint-disable-next-line typescript/no-require-imports
const { Package } = require("datapackage") as {
  Package: {
    load(
      path: string,
    ): Promise<{ valid: boolean; errors: Error[]; resources: Resource[]; descriptor: Whatever }>;
  };
};

const schema = createSchema();
/** What a spreadsheet would run, or read otherwise than it is written. */
const FORMULAS = [
  "=HYPERLINK(A1)",
  "+1 for fish",
  "-2 for ice",
  "@fish",
  'Said "so", and\r\nleft,',
];

let folder: string;
let dataSource: DataSource;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "communique-tables-"));
  dataSource = await createDataSource(await freshDatabase()).initialize();
  const records = [
    ...worldOf({ seed: 3, people: 40, places: 12, meetings: 80, statements: 900 }),
    fableWith({
      "/people/0/otherNames": [...FORMULAS, { text: "Ада Льдина", language: "ru", kind: "FORMER" }],
      "/people/0/birthDate": "2001-02",
      "/people/1/birthDate": "1999",
      "/document/title": FORMULAS[0],
    }),
    {
      format: "communique-record/1",
      document: { key: "judged", kind: "JUDGEMENT", language: "en" },
      people: [{ slug: "a-floe", name: "A. Floe", sortName: "Floe, A." }],
      merges: [{ kind: "person", stays: "ada-floe", goes: "a-floe", because: "A test." }],
    },
  ];
  const file = join(folder, "records.jsonl");
  await writeFile(file, records.map((record) => JSON.stringify(record)).join("\n"));
  await loadAll(dataSource, [file]);
});
afterAll(async () => {
  await dataSource.destroy();
  await rm(folder, { recursive: true });
});

async function exported(name: string, isForSpreadsheets = false) {
  const out = join(folder, name);
  const files = await exportTables(dataSource, { out, schema, isForSpreadsheets });
  return { out, files };
}

/** The files as Frictionless reads them, which takes it seconds: once. */
let reading: ReturnType<typeof readFiles> | undefined;
const readOnce = () => (reading ??= readFiles());

async function readFiles() {
  const { out, files } = await exported("read");
  const found = await Package.load(join(out, "datapackage.json"));
  const rows = new Map<string, Record<string, Whatever>[]>();
  for (const resource of found.resources)
    rows.set(resource.name, await resource.read({ keyed: true }));
  return { files, found, rows };
}

const count = async (table: string) =>
  Number((await dataSource.query(`SELECT count(*) FROM ${table}`))[0].count);

describe("CSV files of the record", () => {
  it("Frictionless finds the data package valid, casts every cell, and finds every reference", async () => {
    const { files, found, rows: read } = await readOnce();
    expect(found.errors).toEqual([]);
    expect(found.valid).toBe(true);
    expect(found.resources.map(({ name }) => name)).toEqual(TABLES.map(({ name }) => name));
    for (const [i, resource] of found.resources.entries()) {
      const rows = read.get(resource.name)!;
      expect([resource.name, rows.length]).toEqual([resource.name, files[i]!.rows]);
      expect(resource.headers).toEqual(TABLES[i]!.columns.map(({ name }) => name));
      expect(await resource.checkRelations()).toBe(true);
    }
    // Nothing was vacuous.
    expect(files.filter(({ rows }) => rows === 0)).toEqual([]);
  });

  it("Each item is there once, as it is shown: what was merged is one", async () => {
    const { rows: all } = await readOnce();
    const rowsOf = (name: string) => all.get(name)!;
    const people = rowsOf("people");
    expect(people).toHaveLength(await count("person"));
    expect(people.map(({ slug }) => slug)).not.toContain("a-floe");
    const ada = people.find(({ slug }) => slug === "ada-floe")!;
    expect(ada).toMatchObject({ birth_date: "2001-02" });
    expect(ada.birth_date_from.getDate()).toBe(1);
    expect(ada.birth_date_to.getDate()).toBe(28);
    expect(people.find(({ slug }) => slug === "bo-drift")).toMatchObject({ birth_date: "1999" });
    const names = rowsOf("other_names").filter(({ person_id }) => person_id === ada.id);
    expect(names.map(({ name }) => name)).toEqual(expect.arrayContaining(FORMULAS));
    expect(names).toContainEqual(
      expect.objectContaining({ name: "Ада Льдина", language: "ru", former: true }),
    );
    for (const name of ["statements", "meetings", "participations", "speakers", "tenures"]) {
      const table = TABLES.find((one) => one.name === name)!.from.split(" ")[0]!;
      expect([name, rowsOf(name).length]).toEqual([name, await count(table)]);
    }
    const proved = await count("citation WHERE merge_id IS NULL");
    expect(rowsOf("citations")).toHaveLength(proved);
  });

  it("Beside each id stands the key and the name of what it refers to, as in the file that it refers to", async () => {
    const { rows: read } = await readOnce();
    const besides: string[] = [];
    for (const { name, columns } of TABLES)
      for (const { name: id, refersTo } of columns) {
        if (!refersTo) continue;
        const [file, key] = refersTo;
        const named = new Map(read.get(file)!.map((row) => [row[key], row]));
        const base = id.replace(/_(id|code)$/, "");
        for (const of of ["slug", "key", "name", "title", "label"]) {
          if (!columns.some((column) => column.name === `${base}_${of}`)) continue;
          besides.push(`${name}.${base}_${of}`);
          const given = read.get(name)!.map((row) => row[`${base}_${of}`]);
          const wanted = read
            .get(name)!
            .map((row) => (row[id] === null ? null : named.get(row[id])![of]));
          expect([name, of, ...given]).toEqual([name, of, ...wanted]);
        }
      }
    // Nothing was vacuous: a reference to anything is readable.
    expect(besides).toEqual(
      expect.arrayContaining([
        "statements.meeting_slug",
        "statements.meeting_title",
        "statements.place_name",
        "statements.place_country_name",
        "speakers.statement_key",
        "speakers.person_slug",
        "speakers.person_name",
        "participations.country_name",
        "citations.document_key",
        "citations.document_title",
        "citations.tenure_title",
        "statement_topics.topic_label",
        "statement_relations.other_key",
        "meetings.parent_slug",
        "tenures.accredited_to_name",
      ]),
    );
    expect(read.get("speakers")!.filter((row) => row.person_name !== null)).not.toEqual([]);
  });

  it("The CSV files describe columns as the API does, and enumerations with what each value means", async () => {
    const { out } = await exported("meanings");
    const { resources } = JSON.parse(await readFile(join(out, "datapackage.json"), "utf8"));
    const fields = resources.find(({ name }: Resource) => name === "statements").schema.fields;
    const form = fields.find(({ name }: Resource) => name === "form");
    expect(form.constraints.enum).toEqual(["VERBATIM", "REPORTED", "RECORDED"]);
    expect(form.description).toContain("REPORTED: What the document says they said");
    const besides = resources.find(({ name }: Resource) => name === "speakers").schema.fields;
    expect(besides.find(({ name }: Resource) => name === "person_slug").description).toBe(
      "The `slug` in people.csv of what `person_id` refers to, so that a row can be read by itself.",
    );
    for (const { schema: of } of resources)
      for (const { description } of of.fields) expect(description.length).toBeGreaterThan(3);
  });

  it("The hashes and sizes are the files', and a second export gives the same bytes", async () => {
    const { out } = await exported("first");
    const again = await exported("second");
    const names = (await readdir(out)).sort();
    expect(names).toEqual([...TABLES.map(({ name }) => `${name}.csv`), "datapackage.json"].sort());
    for (const name of names)
      expect((await readFile(join(out, name))).equals(await readFile(join(again.out, name)))).toBe(
        true,
      );
    const { resources } = JSON.parse(await readFile(join(out, "datapackage.json"), "utf8"));
    for (const { path, bytes, hash } of resources) {
      const content = await readFile(join(out, path));
      expect([path, content.length]).toEqual([path, bytes]);
      expect(hash).toBe(`sha256:${createHash("sha256").update(content).digest("hex")}`);
    }
  });

  it("Text is to the letter, unless it is for spreadsheets: then no cell is a formula", async () => {
    const { out } = await exported("letter");
    const table = await readFile(join(out, "documents.csv"), "utf8");
    expect(table).toContain(",=HYPERLINK(A1),");
    const guarded = await exported("guarded", true);
    for (const { table: of } of guarded.files) {
      const content = await readFile(join(guarded.out, `${of.name}.csv`), "utf8");
      expect(content.startsWith("\ufeff")).toBe(true);
      expect(content).not.toMatch(/(^|,|\n)"?[=+@\t]/);
    }
    const names = await readFile(join(guarded.out, "other_names.csv"), "utf8");
    for (const start of ["'=HYPERLINK", "'+1", "'-2", "'@fish"]) expect(names).toContain(start);
    // Numbers are no text: a latitude may be negative.
    expect(await readFile(join(guarded.out, "places.csv"), "utf8")).not.toMatch(/,'-\d/);
  });

  it("Every property of the format that is no list is a column, unless it is left out by name", () => {
    const file = { name: "topics", description: "Topics." };
    const columnsOf = (leftOut: "label"[]) =>
      itemTable(topic, { ...file, leftOut }).columns.map(({ name }) => name);
    expect(columnsOf([])).toEqual(["id", "slug", "label"]);
    expect(columnsOf(["label"])).toEqual(["id", "slug"]);
    // @ts-expect-error: topics have no name
    itemTable(topic, { ...file, leftOut: ["name"] });
  });

  it("The command refuses what makes no sense, naming the option", async () => {
    const refused = async (...options: string[]) => {
      const withDatabase = () => Promise.reject(new Error("accepted"));
      const command = exportCommand(withDatabase, () => {}).exitOverride();
      command.configureOutput({ writeErr: () => {} });
      const error = await command.parseAsync(options, { from: "user" }).catch((one) => one);
      return (error as Error).message;
    };
    expect(await refused("--as", "csv")).toMatch(/^error: option '--out <directory>'/);
    expect(await refused("--as", "csv", "--out", folder, "--as-of", "1")).toMatch(/'--as-of'/);
    expect(await refused("--as", "json-ld", "--as-of", "1")).toMatch(/'--as-of'/);
    expect(await refused("--as", "csv", "--out", "a", "--document", "b")).toMatch(/'--document'/);
    expect(await refused("--spreadsheet")).toMatch(/'--spreadsheet'/);
    expect(await refused("--as", "xml")).toMatch(/choices are records, csv, json-ld/);
    expect(await refused("--as", "csv", "--out", "a")).toBe("accepted");
  });
});
