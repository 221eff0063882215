import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DataSource } from "typeorm";
import { createDataSource } from "../src/db/data-source.js";
import { sqlOf } from "../src/db/sql.js";
import { checkFiles } from "../src/records/check/record.check.js";
import { findDuplicates } from "../src/records/duplicates/record.duplicates.js";
import {
  describeDuplicate,
  summarizeDuplicates,
} from "../src/records/duplicates/record.duplicates.print.js";
import { loadFiles } from "../src/records/load/record.load.js";
import { freshDatabase } from "./harness/database.js";

const ROOT = join(__dirname, "..");

/** A person of the fixture; the sort name gives the name. */
interface Someone {
  sortName: string;
  otherNames?: string[];
  birthDate?: string;
  deathDate?: string;
  wikidata?: string;
  /** Title, country, first and last year, country accredited to. */
  offices?: [string, string, string?, string?, string?][];
  /** Year, country acted for, country of the place. */
  meetings?: [string, string | undefined, string?][];
}

const FISH = "Keeper of the Fish Stores";
const keeper = (from?: string, to?: string, country = "AQ") => [[FISH, country, from, to]] as never;

/** One record of all these people, by slug. */
function recordOf(people: Record<string, Someone>): object {
  const citations = [{ locator: "1" }];
  const entries = Object.entries(people);
  return {
    format: "communique-record/1",
    document: { key: "album", kind: "DATASET", language: "en", licence: "CC0-1.0" },
    people: entries.map(([slug, { sortName, otherNames, birthDate, deathDate, wikidata }]) => ({
      slug,
      name: sortName.split(", ").slice(0, 2).reverse().join(" "),
      sortName,
      otherNames,
      birthDate,
      deathDate,
      identifiers: wikidata ? [{ scheme: "wikidata", value: wikidata }] : [],
    })),
    tenures: entries.flatMap(([person, { offices = [] }]) =>
      offices.map(([title, country, startDate, endDate, accreditedTo], i) => ({
        key: `${person}/${i}`,
        person,
        title,
        country,
        startDate,
        endDate,
        accreditedTo,
        citations,
      })),
    ),
    meetings: entries.flatMap(([person, { meetings = [] }]) =>
      meetings.map(([startDate, country, placeCountry], i) => ({
        slug: `${person}-meeting-${i}`,
        title: "A meeting",
        kind: "BILATERAL",
        coverage: "REPORTED",
        startDate,
        placeCountry,
        participations: [{ person, country, citations }],
        citations,
      })),
    ),
  };
}

async function load(dataSource: DataSource, record: object): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "duplicates-"));
  const file = join(folder, "record.json");
  writeFileSync(file, JSON.stringify(record));
  const faults: unknown[] = [];
  await loadFiles(dataSource, [file], { onFault: (fault) => void faults.push(fault) });
  rmSync(folder, { recursive: true });
  expect(faults).toEqual([]);
}

/** Two people, and what is to be said of them; null where nothing is. */
type Pair = [what: string, one: Someone, other: Someone, reasons: string | null];

const PAIRS: Pair[] = [
  [
    "one name and one office",
    { sortName: "Floe, Ada", offices: keeper("2030", "2033") },
    { sortName: "Floe, Ada", offices: keeper("2031", "2033") },
    `same name; both ${FISH} of Antarctica in the same years; no office at one time that excludes it`,
  ],
  [
    "given names of which one is shortened",
    { sortName: "Bergmoor, Henry Albert", offices: keeper() },
    { sortName: "Bergmoor, H. A.", offices: keeper() },
    `same family name; one first name an initial of the other; same middle initial A; both ${FISH} of Antarctica`,
  ],
  [
    "a middle name of one alone",
    { sortName: "Tundren, Otto Emil", offices: keeper() },
    { sortName: "Tundren, Otto", offices: keeper() },
    `same family name; same first name; middle names of one alone; both ${FISH} of Antarctica`,
  ],
  [
    "a nickname",
    { sortName: "Skerry, William", offices: keeper() },
    { sortName: "Skerry, Bill", offices: keeper() },
    `same family name; first names that are forms of one (William, Bill); both ${FISH} of Antarctica`,
  ],
  [
    "a middle name that one goes by",
    { sortName: "Kasker, Davin Dean", offices: keeper() },
    { sortName: "Kasker, Dean", offices: keeper() },
    `same family name; one goes by a middle name of the other; both ${FISH} of Antarctica`,
  ],
  [
    "a family name with a letter wrong",
    { sortName: "Tilbaker, Imke", offices: keeper() },
    { sortName: "Tilmaker, Imke", offices: keeper() },
    `family names one letter apart; same first name; both ${FISH} of Antarctica`,
  ],
  [
    "a first name with a letter wrong",
    { sortName: "Vossling, Martena", offices: keeper() },
    { sortName: "Vossling, Marlena", offices: keeper() },
    `same family name; first names one letter apart; both ${FISH} of Antarctica`,
  ],
  [
    "two transliterations",
    { sortName: "Drifinskii, Sergei", meetings: [["2031", "RU"]] },
    {
      sortName: "Drifinsky, Sergey",
      meetings: [
        ["2032", "RU"],
        ["2033", "RU"],
      ],
    },
    "family name spelled otherwise; first name spelled otherwise; both for Russia; no office at one time that excludes it",
  ],
  [
    "a beginning that one transliteration writes",
    { sortName: "Yeltmorin, Yevgeny", offices: keeper() },
    { sortName: "Eltmorin, Evgeny", offices: keeper() },
    `family name spelled otherwise; first name spelled otherwise; both ${FISH} of Antarctica`,
  ],
  [
    "Cyrillic and Latin letters",
    { sortName: "Льдинов, Сергей", offices: keeper() },
    { sortName: "Ldinov, Sergey", offices: keeper() },
    `same name; both ${FISH} of Antarctica`,
  ],
  [
    "Greek and Latin letters",
    { sortName: "Παγωνής, Κυριάκος", offices: keeper() },
    { sortName: "Pagonis, Kyriakos", offices: keeper() },
    `same name; both ${FISH} of Antarctica`,
  ],
  [
    "Arabic letters, which leave vowels out",
    { sortName: "سلمان البحرين", offices: keeper() },
    { sortName: "al-Bahrin, Salman", offices: keeper() },
    `family name spelled otherwise; first name spelled otherwise; both ${FISH} of Antarctica`,
  ],
  [
    "Chinese characters",
    { sortName: "冰海潮", offices: keeper() },
    { sortName: "Bing Haichao", offices: keeper() },
    `same name; both ${FISH} of Antarctica`,
  ],
  [
    "two romanizations of Chinese",
    { sortName: "Chou Ping-lai", offices: keeper() },
    { sortName: "Zhou Binglai", offices: keeper() },
    `same Chinese name in another romanization; both ${FISH} of Antarctica`,
  ],
  [
    "the family name first and last",
    { sortName: "Torbelo, Vian", offices: keeper() },
    { sortName: "Torbelo Vian", offices: keeper() },
    `same name; both ${FISH} of Antarctica`,
  ],
  [
    "a Vietnamese name with accents and without",
    { sortName: "Đồng Thanh Băng", offices: keeper() },
    { sortName: "Dong Thanh Bang", offices: keeper() },
    `same name; both ${FISH} of Antarctica`,
  ],
  [
    "an article and the name of the father",
    { sortName: "al-Jazar, Omar bin Qaid", offices: keeper() },
    { sortName: "Jazar, Omar Qaid", offices: keeper() },
    `same name; both ${FISH} of Antarctica`,
  ],
  [
    "one of two family names",
    { sortName: "Niebla Marisma, José", offices: keeper() },
    { sortName: "Niebla, Jose", offices: keeper() },
    `one of two family names the same; same first name; both ${FISH} of Antarctica`,
  ],
  [
    "particles and hyphens",
    { sortName: "Le Drift, Jean-Yvon", offices: keeper() },
    { sortName: "LeDrift, Jean Yvon", offices: keeper() },
    `same name; both ${FISH} of Antarctica`,
  ],
  [
    "a family name alone",
    { sortName: "Gromikov, Mr.", offices: keeper() },
    { sortName: "Gromikov, Andrei", offices: keeper() },
    `same family name; no first name of one; both ${FISH} of Antarctica`,
  ],
  [
    "another name on record",
    { sortName: "Reifen, Hedda", otherNames: ["Hedda Sund"], offices: keeper() },
    { sortName: "Sund, Hedda", offices: keeper() },
    `same name; both ${FISH} of Antarctica`,
  ],
  [
    "unlike names and one identifier",
    { sortName: "Petrel, Ilse", wikidata: "Q1" },
    { sortName: "Madame Sturm", wikidata: "Q1" },
    "names unlike; same wikidata Q1",
  ],
  [
    "one birth and one death",
    { sortName: "Harsk, Nils Olav", birthDate: "1901-02-03", deathDate: "1980" },
    { sortName: "Harsk, Nils", birthDate: "1901", deathDate: "1980-05" },
    "same family name; same first name; middle names of one alone; both born in 1901; both died in 1980",
  ],
  [
    "one mission abroad under two titles",
    { sortName: "Lofot, Greta", offices: [["Ambassador to Norway", "AQ", "2030", "2032", "NO"]] },
    {
      sortName: "Lofot, Greta",
      offices: [["Envoy Extraordinary", "AQ", "2031", "2032", "NO"]],
    },
    "same name; both Ambassador to Norway of Antarctica in the same years; no office at one time that excludes it",
  ],
  [
    "a former country and the one that came of it",
    { sortName: "Belukhin, Igor", offices: keeper("1990", "1992", "SUHH") },
    { sortName: "Belukhin, Igor", offices: keeper("1991", "1994", "RU") },
    "same name; no office at one time that excludes it",
  ],
];

const FAMILIES =
  "Abendor Bruntal Corvane Dremmel Elgast Folkart Gildmor Hastrup Jorvane Kestel Lundqar Morvig".split(
    " ",
  );

/** Each pair has one name and, where nothing is said against it, one office: it would be proposed but for one thing. */
const EXCLUDED: Pair[] = [
  ["identifiers", { wikidata: "Q2" }, { wikidata: "Q3" }],
  ["births", { birthDate: "1950" }, { birthDate: "1953-04" }],
  ["deaths", { deathDate: "1990" }, { deathDate: "1999" }],
  ["a death before the other's office", { deathDate: "1990" }, { offices: keeper("2001") }],
  ["a birth after the other's office", { birthDate: "1990" }, { offices: keeper("2001") }],
  ["a career too long", { offices: keeper("1900") }, { offices: keeper("1970") }],
  ["a man and a woman", { sortName: "Sir" }, { sortName: "Dame" }],
  ["father and son", { sortName: "Jr." }, { sortName: "Sr." }],
  [
    "two countries at one time",
    { offices: [[FISH, "AQ", "2030", "2033"]] },
    { offices: [[FISH, "BV", "2031", "2032"]] },
  ],
  [
    "two countries' sides in one year",
    { meetings: [["2030", "AQ"]] },
    { meetings: [["2030", "BV"]] },
  ],
  ["another middle name", { sortName: "Emil" }, { sortName: "Lars" }],
  [
    "another middle initial and another time",
    { sortName: "E.", offices: keeper("2001", "2002") },
    { sortName: "L.", offices: keeper("2021", "2022") },
  ],
].map(([what, one, other], i) => {
  const family = FAMILIES[i]!;
  const named = (given: Partial<Someone>): Someone => ({
    offices: keeper(),
    ...given,
    sortName: /^(Sir|Dame)$/.test(given.sortName ?? "")
      ? `${family}, ${given.sortName!} Kim`
      : `${family}, Kim${given.sortName ? `${/r\.$/.test(given.sortName) ? "," : ""} ${given.sortName}` : ""}`,
  });
  return [what as string, named(one as Someone), named(other as Someone), null];
});

describe("communique duplicates", () => {
  let url: string;
  let dataSource: DataSource;
  let folder: string;
  const slugOf = (pair: Pair, i: number) =>
    `${pair[0].replace(/[^a-z]+/gi, "-")}-${i}`.toLowerCase();
  const fixture = () =>
    Object.fromEntries(
      [...PAIRS, ...EXCLUDED].flatMap((pair) =>
        [pair[1], pair[2]].map((person, i) => [slugOf(pair, i), person] as const),
      ),
    );
  const find = (options = {}) =>
    findDuplicates(sqlOf(dataSource), { minScore: 0.7, limit: 1_000, ...options });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "duplicates-"));
    url = await freshDatabase();
    dataSource = await createDataSource(url).initialize();
    await load(dataSource, recordOf(fixture()));
  });
  afterAll(async () => {
    await dataSource.destroy();
    rmSync(folder, { recursive: true });
  });

  it("Pairs are proposed with the reasons in words, and no other ones", async () => {
    const { pairs, found, people, cut } = await find();
    const proposed = pairs.map(({ people: two, reasons }) => [
      ...two.map(({ slug }) => slug),
      reasons.join("; "),
    ]);
    const expected = PAIRS.map((pair) => [slugOf(pair, 0), slugOf(pair, 1), pair[3]]);
    expect(proposed.sort()).toEqual(expected.sort());
    expect([found, people, cut]).toEqual([PAIRS.length, 2 * (PAIRS.length + EXCLUDED.length), []]);
  });

  it.each(EXCLUDED)("%s exclude that two people are one", async (...pair) => {
    const both = await createDataSource(await freshDatabase()).initialize();
    try {
      // Without what excludes it, the same two are proposed.
      const alike = { sortName: pair[1].sortName, offices: keeper() };
      await load(both, recordOf({ one: alike, other: { ...alike } }));
      const found = await findDuplicates(sqlOf(both), { minScore: 0.7, limit: 10 });
      expect(found.pairs).toHaveLength(1);
    } finally {
      await both.destroy();
    }
    const slugs = [slugOf(pair, 0), slugOf(pair, 1)];
    const { pairs } = await find({ minScore: 0 });
    const proposed = pairs.filter(({ people }) => people.every(({ slug }) => slugs.includes(slug)));
    const isLowered = pair[0].startsWith("another");
    expect(proposed.length).toBe(isLowered ? 1 : 0);
    if (isLowered) expect(proposed[0]!.score).toBeLessThan(0.7);
  });

  it("The order of pairs is stable, whatever the order of loading", async () => {
    const other = await createDataSource(await freshDatabase()).initialize();
    try {
      const people = Object.entries(fixture());
      const options = { minScore: 0, limit: 1_000 };
      await load(other, recordOf(Object.fromEntries(people.toReversed())));
      const describe = (some: { pairs: Parameters<typeof describeDuplicate>[0][] }) =>
        some.pairs.map(describeDuplicate);
      const [here, there] = [await find(options), await findDuplicates(sqlOf(other), options)];
      expect(describe(there)).toEqual(describe(here));
      expect(describe(await find(options))).toEqual(describe(here));
      const scores = here.pairs.map(({ score }) => score);
      expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    } finally {
      await other.destroy();
    }
  });

  it("The most likely pairs are kept, each once, and the rest is counted", async () => {
    const all = await find();
    const few = await find({ limit: 3 });
    expect(few.pairs.map(describeDuplicate)).toEqual(all.pairs.slice(0, 3).map(describeDuplicate));
    expect(few.found).toBe(PAIRS.length);
    expect(summarizeDuplicates(few)).toBe(
      `${PAIRS.length} pairs of ${all.people} people may be one person.\nThe 3 most likely are shown; --limit shows more, --min-score fewer.`,
    );
    const pairs = all.pairs.map(({ people }) => people.map(({ slug }) => slug).join(" "));
    expect(new Set(pairs).size).toBe(pairs.length);
  });

  it("Of very many people with names alike, each is compared with the next in order, and that is told", async () => {
    const crowd = await createDataSource(await freshDatabase()).initialize();
    try {
      const numbers = Array.from({ length: 30 }, (_, i) => i);
      const named = (i: number): Someone => ({
        sortName: `Floe, Ada ${"abcdef"[i % 6]!}`,
        offices: keeper(),
      });
      await load(crowd, recordOf(Object.fromEntries(numbers.map((i) => [`floe-${i}`, named(i)]))));
      const options = { minScore: 0.7, limit: 1_000 };
      const all = await findDuplicates(sqlOf(crowd), options);
      expect([all.found > 0, all.cut]).toEqual([true, []]);
      const cut = await findDuplicates(sqlOf(crowd), { ...options, largestBlock: 29 });
      expect(cut.cut[0]).toEqual({ from: "Floe, Ada a", to: "Floe, Ada f", people: 30 });
      expect(summarizeDuplicates(cut)).toContain("  30 people, from Floe, Ada a to Floe, Ada f");
      // Thirty are fewer than the next by name: the same pairs come out, each once.
      expect(cut.pairs.map(describeDuplicate)).toEqual(all.pairs.map(describeDuplicate));
    } finally {
      await crowd.destroy();
    }
  });

  it("The command prints pairs for people, or an object per line, and ends with 0", () => {
    const text = communique(["duplicates", "--limit", "1"]);
    expect([text.status, text.stdout]).toEqual([
      0,
      expect.stringMatching(/^(1\.00|0\.\d\d)\n {2}\S+ {2}\(.+\)\n {2}\S+ {2}\(.+\)\n {2}.+\n$/),
    ]);
    expect(text.stderr).toContain(`${PAIRS.length} pairs of `);
    const json = communique(["duplicates", "--format", "json", "--min-score", "0.7"]);
    const lines = json.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
    expect(lines).toHaveLength(PAIRS.length);
    expect(lines).toContainEqual({
      score: expect.any(Number),
      people: [
        { slug: "one-name-and-one-office-0", name: "Ada Floe" },
        { slug: "one-name-and-one-office-1", name: "Ada Floe" },
      ],
      reasons: PAIRS[0]![3]!.split("; "),
    });
  });

  it("Wrong options end with 2 and say what is expected", () => {
    for (const [args, message] of [
      [["--min-score", "2"], "expected a number from 0 to 1"],
      [["--limit", "0"], "expected a whole number from 1 to 100000"],
      [["--format", "xml"], "Allowed choices are text, json"],
      [["--write", join(folder, "none", "file.json")], "ENOENT"],
    ] as const) {
      const { status, stderr } = communique(["duplicates", ...args]);
      expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
    }
  });

  it("--write prepares a record of judgements, and replaces a file only when told", async () => {
    const file = join(folder, "judgements.json");
    const written = communique(["duplicates", "--write", file]);
    expect([written.status, written.stderr]).toEqual([
      0,
      expect.stringContaining(`${PAIRS.length} to judge`),
    ]);
    const { merges, different, ...record } = JSON.parse(readFileSync(file, "utf8")) as {
      merges: { stays: string; goes: string }[];
      different: unknown[];
    };
    expect(different).toEqual([]);
    expect(merges).toHaveLength(PAIRS.length);
    expect(merges).toContainEqual({
      kind: "person",
      stays: "one-name-and-one-office-0",
      goes: "one-name-and-one-office-1",
      because: expect.stringMatching(/^same name; both Keeper .* \(score (1\.00|0\.\d\d)\)$/),
      citations: [],
    });
    // The one with more meetings stays.
    expect(merges).toContainEqual(
      expect.objectContaining({ stays: "two-transliterations-1", goes: "two-transliterations-0" }),
    );
    const rest = join(folder, "rest.json");
    writeFileSync(rest, JSON.stringify(record));
    expect((await checkFiles([rest])).faults).toEqual([]);

    writeFileSync(file, "mine");
    const refused = communique(["duplicates", "--write", file]);
    expect([refused.status, refused.stdout]).toEqual([2, ""]);
    expect(refused.stderr).toContain("exists. Choose another file, or --overwrite it.");
    expect(readFileSync(file, "utf8")).toBe("mine");
    expect(communique(["duplicates", "--write", file, "--overwrite"]).status).toBe(0);
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ merges });
  }, 60_000);

  it("Of an empty database the command says so", async () => {
    const { status, stdout, stderr } = communique(["duplicates"], await freshDatabase());
    expect([status, stdout]).toEqual([0, ""]);
    expect(stderr).toContain("No people are on record.");
  });

  function communique(args: string[], database = url) {
    const env = { ...process.env, DATABASE_URL: database };
    const command = [join(ROOT, "bin/communique.js"), ...args];
    return spawnSync(process.execPath, command, { encoding: "utf8", env });
  }
});
