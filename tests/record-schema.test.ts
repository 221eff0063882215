import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { isAssignedCountry } from "../src/country/country.reference.js";
import { type JsonSchema, printRecordSchema } from "../src/records/record.json-schema.js";
import { fableWith } from "./fixtures/fable.js";

const RECORDS = join(__dirname, "../records");
const published = readFileSync(join(RECORDS, "communique-record-1.schema.json"), "utf8");
const schema = JSON.parse(published) as JsonSchema;
const shipped = JSON.parse(readFileSync(join(RECORDS, "vientiane-2024-11-20.json"), "utf8"));

describe("The published JSON Schema of records", () => {
  const asJsonSchema = z.fromJSONSchema(schema);
  const accepts = (record: unknown) => asJsonSchema.safeParse(record).success;

  it("The published JSON Schema is the one made from the checker's format", () => {
    expect(published).toBe(printRecordSchema());
    expect(schema.$schema).toBe("https://json-schema.org/draft/2020-12/schema");
  });

  it("The published JSON Schema is formatted by prettier", () => {
    const file = join(RECORDS, "communique-record-1.schema.json");
    const prettier = join(__dirname, "../node_modules/.bin/prettier");
    expect(() => execFileSync(prettier, ["--check", file], { stdio: "pipe" })).not.toThrow();
  });

  it("Every property in the JSON Schema has a description", () => {
    const properties = [...propertiesIn(schema, "")];
    expect(properties.length).toBeGreaterThan(100);
    expect(properties.filter(([, { description }]) => !description).map(([at]) => at)).toEqual([]);
  });

  it("The JSON Schema accepts the shipped record and other sound ones", () => {
    expect(accepts(shipped)).toBe(true);
    expect(accepts(fableWith())).toBe(true);
    expect(accepts({ ...fableWith(), $schema: "communique-record-1.schema.json" })).toBe(true);
  });

  it.each([
    "",
    "/document",
    "/people/0",
    "/places/0",
    "/tenures/0",
    "/tenures/0/citations/0",
    "/meetings/0",
    "/meetings/0/participations/0",
    "/agreements/0",
    "/agreements/0/parties/0",
    "/statements/0",
    "/statements/0/speakers/0",
    "/statements/0/addressees/0",
  ])("The JSON Schema refuses an unknown property of %j", (at) => {
    expect(accepts(fableWith({ [`${at}/unheardOf`]: 1 }))).toBe(false);
  });

  it.each([
    ["an impossible month", "/meetings/0/startDate", "2031-13"],
    ["another format", "/format", "communique-record/2"],
    ["a fact without citations", "/meetings/0/citations", []],
    ["a kind that is none", "/meetings/0/kind", "PARTY"],
    ["a missing title", "/meetings/0/title", undefined],
  ])("The JSON Schema refuses %s", (_what, at, value) => {
    expect(accepts(fableWith({ [at]: value }))).toBe(false);
  });

  it("The JSON Schema lists only assigned country codes, past ones included", () => {
    const codes = schema.$defs!.country!.enum as string[];
    expect(codes).toEqual(expect.arrayContaining(["IN", "LA", "XK", "SUHH"]));
    expect(codes.every(isAssignedCountry)).toBe(true);
  });
});

function* propertiesIn(part: unknown, at: string): Generator<[at: string, schema: JsonSchema]> {
  if (typeof part !== "object" || part === null) return;
  const { properties = {} } = part as JsonSchema;
  for (const [name, property] of Object.entries(properties))
    yield [`${at}/${name}`, property as JsonSchema];
  for (const [name, inner] of Object.entries(part)) yield* propertiesIn(inner, `${at}/${name}`);
}
