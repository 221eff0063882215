import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import type { DataSource } from "typeorm";
import { createDataSource } from "../src/db/data-source.js";
import { loadAll } from "../src/records/load/record.load.js";
import { LoadRefused } from "../src/records/load/record.load.refusal.js";
import { fableWith, passageOf } from "./fixtures/fable.js";
import { freshDatabase } from "./harness/database.js";
import { contentsOf } from "./harness/contents.js";

/** The fable with something in nearly every property of the format. */
const sound = (changes: Record<string, unknown> = {}) =>
  fableWith({
    "/document/title": "The Herring Pact",
    "/document/url": "https://example.org/herring",
    "/document/issuer": "fishers-guild",
    "/document/datePublished": "2031-06",
    "/document/dateCertainty": "INFERRED",
    "/document/licence": "CC0-1.0",
    "/document/syndicatedFrom": "ledger",
    "/people/0/otherNames": ["Ada F."],
    "/people/0/identifiers": [{ scheme: "penguin-id", value: "7" }],
    "/places/1": { slug: "iceburg-hall", name: "Hall", formerSlugs: ["old-hall"], country: "AQ" },
    "/organizations": [{ slug: "fishers-guild", name: "Guild", formerSlugs: ["guild"] }],
    "/topics": [{ slug: "sea", label: "The sea" }],
    "/tenures/0/organization": "guild",
    "/tenures/0/startDate": "2030",
    "/tenures/0/endDate": "2031-07-01",
    "/meetings/0/places/1": "old-hall",
    "/meetings/0/endDate": "2031-06-04",
    "/meetings/0/convener": "guild",
    "/meetings/0/participations/2": {
      organization: "fishers-guild",
      citations: [{ document: "ledger", locator: "row 7", exact: "fish" }],
    },
    "/meetings/0/participations/3": { description: "a seal", citations: [passageOf("met")] },
    "/agreements/0/formerSlugs": ["fish-pact"],
    "/agreements/0/parties/2": { organization: "guild", certainty: "INFERRED" },
    "/statements/0/topics": ["sea"],
    "/statements/0/date": "2031-06-03",
    "/statements/0/place": "iceburg",
    "/statements/0/relations": [
      { kind: "CONTRADICTS", statement: "fish-shared", citations: [passageOf("announced")] },
    ],
    "/statements/1/relations": [
      { kind: "RESPONDS_TO", statement: "whose-sea-it-is" },
      {
        kind: "CORRECTS",
        statement: "whose-sea-it-is",
        citations: [{ document: "ledger", locator: "row 9", exact: "fish" }],
      },
    ],
    "/statements/1/speakers/1": { person: "b-drift", country: "BV", countryCertainty: "INFERRED" },
    "/statements/1/citations/1": { document: "ledger", locator: "row 8", reportedBy: "A gull" },
    ...structuredClone(changes),
  });

/** Values that a format, a type of the database or an index may have a limit for. */
const AWKWARD: unknown[] = [
  ...[null, true, -1, 0, 1.5, 2 ** 31 - 1, 2 ** 31, 2 ** 53, 1e300, {}, [], [[]]],
  ...["", " ", "\0", "\ud800", "a\u2028b", "🐧", "__proto__", "a/b", "x".repeat(200)],
  // Nothing that PostgreSQL could compress into an index row.
  ...[300, 301, 10_000, 10_001].map((length) => incompressible(length)),
  ...["https://x.org/\0", "https://x.org/\ud800", `https://x.org/${incompressible(20_000)}`],
  ...["0001", "9999-12-31", "2031-02-30", "IN", "SUHH", "ZZ", "INFERRED", "PART_OF", "RETRACTED"],
  ...["ada-floe", "b-drift", "guild", "old-hall", "fish-talks", "ice-fair", "fish-pact", "ledger"],
  ...["the-herring-pact", "the-herring-pact/whose-sea-it-is", "the-herring-pact/fish-shared"],
  ...["fish-shared", "CORRECTS"],
];

interface Change {
  what: "delete" | "repeat" | "replace" | "copy";
  where: number;
  other: number;
}

const changes = fc.array(
  fc.record<Change>({
    what: fc.constantFrom("delete", "repeat", "replace", "copy", "copy"),
    where: fc.nat(),
    other: fc.nat(),
  }),
  { minLength: 1, maxLength: 4 },
);

let folder: string;
let dataSource: DataSource;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "communique-anything-"));
  dataSource = await createDataSource(await freshDatabase()).initialize();
});
afterAll(async () => {
  await dataSource.destroy();
  await rm(folder, { recursive: true });
});

describe("Loading of randomly changed records", () => {
  it.each([
    ["into an empty database", false, false],
    ["in the place of the sound one", true, false],
    ["beside the sound one", true, true],
  ])(
    "A changed record, loaded %s, is stored completely or refused without a trace",
    async (_, isLoaded, isAnothers) => {
      const property = fc.asyncProperty(changes, async (made) => {
        // Names follow what they name row by row, which a TRUNCATE does not go through.
        await dataSource.query("TRUNCATE source_document, record_name CASCADE");
        await load(ledger);
        if (isLoaded) await load(sound());
        const before = await contentsOf(dataSource);
        const record = changed(isAnothers ? sound(retold) : sound(), made);
        try {
          await load(record);
        } catch (error) {
          if (!(error instanceof LoadRefused)) throw error;
          expect(error.faults.map(({ code }) => code)).not.toContain("refused-by-rule");
          expect(error.faults).not.toEqual([]);
          expect(await contentsOf(dataSource)).toEqual(before);
          return;
        }
        expect((await load(record)).changes).toEqual(new Map());
      });
      await fc.assert(property, { numRuns: Number(process.env.TEST_RUNS ?? 40) });
    },
    120_000,
  );
});

const ledger = {
  format: "communique-record/1",
  document: { key: "ledger", kind: "DATASET", language: "en", licence: "CC0-1.0" },
};
const retold = {
  "/document": { key: "retold", kind: "NEWS", language: "en", licence: "CC0-1.0" },
};

async function load(record: unknown) {
  const file = join(folder, "record.json");
  await writeFile(file, JSON.stringify(record));
  return loadAll(dataSource, [file]);
}

/** The record after the changes, each at one of the places that the record then has. */
function changed(record: unknown, made: Change[]): unknown {
  for (const { what, where, other } of made) {
    const places = placesIn(record);
    const at = places[where % places.length];
    if (!at) break;
    const holder = at.holder as Record<string, unknown>;
    if (what === "delete" && Array.isArray(holder)) holder.splice(Number(at.key), 1);
    else if (what === "delete") Reflect.deleteProperty(holder, at.key);
    else if (what === "repeat" && Array.isArray(holder))
      holder.push(structuredClone(holder[Number(at.key)]));
    else if (what === "copy") {
      // Of the same property elsewhere, where there is one: it is the more likely to be let through.
      const alike = places.filter(({ key }) => key === at.key);
      const from = alike[other % alike.length]!;
      holder[at.key] = structuredClone((from.holder as Record<string, unknown>)[from.key]);
    } else holder[at.key] = AWKWARD[other % AWKWARD.length];
  }
  return record;
}

function placesIn(value: unknown): { holder: object; key: string }[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    { holder: value, key },
    ...placesIn(inner),
  ]);
}

function incompressible(length: number): string {
  let state = 1;
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return String.fromCodePoint(0x4e00 + (state % 20_000));
  }).join("");
}
