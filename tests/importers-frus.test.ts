import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { whenIn } from "../importers/frus/dateline.js";
import { checkFiles } from "../src/records/check/record.check.files.js";
import type { Document, Facts } from "../importers/records.js";
import { memorandum, volume } from "./fixtures/frus.js";
import { appointment, official, presidency } from "./fixtures/us-rows.js";

const ROOT = resolve(__dirname, "..");
const SECRETARY = { role_title: "Secretary of State", territory_id: null, territory_name: null };

type Record = { document: Document } & Facts;

let directory: string;
const run = (...args: string[]) =>
  spawnSync("npm", ["run", "-s", "import", "--", ...args], { cwd: ROOT, encoding: "utf8" });

/** Imports a volume, with officials on record, and returns its records, tally and texts. */
async function imported(...documents: string[]) {
  directory = await mkdtemp(join(tmpdir(), "communique-frus-"));
  const rows: { [name: string]: object[] } = {
    "us-officials": [
      official({ birth: "1910", name: "Bo Xaver Drift", forename: "Bo Xaver" }),
      official({
        id: "floe-ada",
        name: "Ada Floe",
        surname: "Floe",
        forename: "Ada",
        birth: "1900",
      }),
    ],
    "us-presidents": [
      presidency({ birth: "1890", took_office_date: "1953-01-20", left_office_date: "1961-01-20" }),
    ],
    "us-appointments": [
      appointment({ start_date: "1955-03-01", end_date: "1958-03" }),
      appointment({
        id: "secr-1953",
        key: "secr-1953",
        person_id: "floe-ada",
        ...SECRETARY,
        start_date: "1953-01-21",
        end_date: "1959-04-22",
      }),
    ],
  };
  for (const [name, some] of Object.entries(rows))
    await writeFile(
      join(directory, `${name}.ndjson`),
      some.map((row) => `${JSON.stringify(row)}\n`).join(""),
    );
  const file = join(directory, "fable1955v1.xml");
  await writeFile(file, volume(...documents));
  const { status, stderr } = run(
    ...Object.keys(rows),
    "frus",
    file,
    "--from",
    directory,
    "--out",
    directory,
  );
  if (status !== 0) throw new Error(stderr);
  const lines = readFileSync(join(directory, "frus.jsonl"), "utf8").trim().split("\n");
  const records = lines.map((line) => JSON.parse(line) as Record);
  const text = (id: string) => readFile(join(directory, `texts/fable1955v1-${id}.txt`), "utf8");
  return {
    records: new Map(records.map((one) => [one.document.key.replace("fable1955v1-", ""), one])),
    stderr,
    text,
  };
}

/** The sides of a conversation, in short. */
const sidesOf = (record: Record | undefined) =>
  record?.meetings![0]!.participations!.map(
    ({ person, description, country, countryCertainty, personCertainty, role }) =>
      [person ?? `(${description})`, country ?? "-", countryCertainty ?? personCertainty, role]
        .filter(Boolean)
        .join(" "),
  );
/** Who said what, in short. */
const saidIn = (record: Record | undefined) =>
  record?.statements?.map(
    ({ speakers: [one], speech, text }) =>
      `${one!.person ?? `(${one!.description})`} ${speech}: ${text}`,
  );

describe("The import of memoranda of conversation", () => {
  let all: Awaited<ReturnType<typeof imported>>;
  beforeAll(async () => {
    all = await imported(
      memorandum("d1", {
        dateline:
          '<placeName>Port Floe, Norway</placeName>, <date when="1957-02-09">February 7, 1957</date>, 8 p.m.–1:15 a.m.',
        list: [
          "<list><head>Norway</head><item>Minister Spindrift</item><item>Gus Foam (Interpreter)</item></list>",
          '<list><head>US Side</head><item>The Secretary</item><item>Ambassador <persName corresp="#p_DB1">B. X. Drift</persName></item><item>Miss Ebb, notetaker</item></list>',
        ],
        body: [
          'Minister Spindrift: The fish do not read maps,<note n="2">They can’t.</note> and no\n   body<pb n="3"/> asked them why.',
          "They never will, I am afraid.",
          "The Secretary: Do you count them by day, Mr. Minister?",
          "Minister Spindrift: By night.",
          "[Tea was served.]",
          "Nobody knows who said this.",
          "Or. Drift: I shall count them myself from now on. The Secretary: That is kind of you, Bo.",
          "Ambassador Drift: Good.",
          "Minister Spindrlft: One letter does not change the one who speaks.",
          "DATE: of nobody",
          "Mr. Stranger: I was not in that list at all.",
          "Tab A",
          "The Secretary: This is in a paper that was attached.",
        ],
      }),
      memorandum("d2", {
        list: [
          "The Secretary",
          'Ada <persName corresp="#p_CT1">Couve de</persName> <persName corresp="#p_CT1">Tide</persName>, French Foreign Minister',
          "NE—Mr. Otto Kelp; Mr. Ebb",
          "Sol Spindrift, Embassy of Norway",
          "Two notetakers",
        ],
        body: [
          "1. Miss Couve de Tide said that the herring was hers. She added that it had no flag.",
          "Mr. Kelp’s ship came in. When the Secretary asked for it, nobody knew.",
          "The Secretary, smiling, then told Mr. Kelp that the U.S. had no fish to give away.",
          "The Foreign Minister went on to say that two herrings were enough for her.",
          "Mr. Stranger said that he had not been invited to this conversation.",
          "Mr. Spindrift and Mr. Kelp said that they would meet again.",
          "Mr. Spindrift agreed with this.",
        ],
      }),
      memorandum("d3", {
        list: [
          "The President",
          "The Vice President",
          "Mr. Stranger, Undersecretary of Fog",
          '<persName corresp="#p_GM1">General Gull</persName>',
          "British Defense Minister,",
          "Ida Wells",
          "President Eel of Chad",
          "Lt. Spindrift Ambassador Drift",
        ],
        head: "Memorandum of a Telephone Conversation Between Nobody and Nobody",
        dateline: "<placeName>[New York,]</placeName> undated",
      }),
      memorandum("d4", { list: null }),
      memorandum("d5", { list: ["(See attached list)"] }),
      memorandum("d6", { head: "Letter From Bo Drift to Nobody" }),
      memorandum("d7", {
        list: [
          "Ian Kelp - Deputy Director, Fish Department",
          "Una Wrack - Leading Member, Research Group",
          "Tom Sprat, Chief, HRNG",
          "Rex Skerry, Secretary to the Norwegian Ambassador",
          "Eli Cod, Norwegian Embassy",
          "Ada Floe - Secretary of State",
          "Kit Shoal - Deputy Director, Ice Department",
        ],
      }),
      memorandum("d8", {
        list: [
          "<list><head>Norway</head><item>Ian Kelp</item><item>Miss Una Wrack</item><item>Marshall Sprat Wen-hu</item><item>Cod Ch'u</item><item>Skua Hana</item><item>Per Rafi-zadeh</item></list>",
          "<list><head>US</head><item>Otto Kelp, NSC Staff Member for Norway</item></list>",
        ],
      }),
    );
  }, 120_000);
  afterAll(() => rm(directory, { recursive: true }));

  it("A document has its text, hash and address, and the text is derived by the one rule", async () => {
    const text = await all.text("d2");
    const { document } = all.records.get("d2")!;
    expect(document).toMatchObject({
      key: "fable1955v1-d2",
      kind: "MEMORANDUM",
      title: "Memorandum of Conversation",
      licence: "public-domain",
      url: "https://history.state.gov/historicaldocuments/fable1955v1/d2",
      datePublished: "1957-02-07",
      sha256: createHash("sha256").update(text).digest("hex"),
    });
    expect(text.split("\n").slice(0, 4)).toEqual([
      "2. Memorandum of Conversation",
      "Washington, February 7, 1957.",
      "PARTICIPANTS",
      "The Secretary",
    ]);
    expect(text.split("\n").at(-1)).toBe("[1] Source: The drawer of nobody.");
    expect(await all.text("d1")).toContain(
      "Minister Spindrift: The fish do not read maps, and no body asked them why.\nThey never",
    );
  });

  it("The printed date wins, times are read, and a talk may end on the next day", () => {
    expect(all.records.get("d1")!.meetings![0]).toMatchObject({
      slug: "fable1955v1-d1",
      kind: "BILATERAL",
      mode: "IN_PERSON",
      startDate: "1957-02-07",
      endDate: "1957-02-08",
      startTime: "20:00",
      endTime: "01:15",
      places: ["port-floe-norway-no"],
      placeCountry: "NO",
    });
    expect(all.stderr).toContain(
      "1  the printed date is another than in the mark-up: the printed one  (fable1955v1-d1)",
    );
  });

  it.each([
    ["Washington, February 7, 1957, 3:30–7:30 p.m.", ["1957-02-07", null, "15:30", "19:30"]],
    [
      "Beijing, June 22-23 1972, 11:03 p.m.-12:55 a.m.",
      ["1972-06-22", "1972-06-23", "23:03", "00:55"],
    ],
    ["Camp David, September 26 and 27, 1959.", ["1959-09-26", "1959-09-27", null, null]],
    ["Paris, May 31–June 1, 1960, noon", ["1960-05-31", "1960-06-01", "12:00", null]],
    ["Rome, March 1, 1957,11:41 a.m.–12:10 p.m.", ["1957-03-01", null, "11:41", "12:10"]],
    [
      "Rome, October 20, 1971, 4:30-4:40 p.m. and 4:40-7:10 p.m.",
      ["1971-10-20", null, "16:30", "19:10"],
    ],
    ["Rome, February 30, 1957", [null, null, null, null]],
    ["Rome, May 1958", ["1958-05", null, null, null]],
  ])("A dateline tells when: %s", (dateline, [startDate, endDate, startTime, endTime]) => {
    expect(whenIn(dateline)).toEqual({ startDate, endDate, startTime, endTime });
  });

  it("Headings of groups give the side, officials on record are found, and helpers have their role", () => {
    expect(sidesOf(all.records.get("d1"))).toEqual([
      "(Minister Spindrift) NO",
      "gus-foam NO INTERPRETER",
      "floe-ada US INFERRED",
      "drift-bo US",
      "(Miss Ebb, notetaker) US NOTE_TAKER",
    ]);
  });

  it("Without headings the words of an office give the side, several people stand in one item, and a split name is one", () => {
    expect(sidesOf(all.records.get("d2"))).toEqual([
      "floe-ada US INFERRED",
      "ada-couve-de-tide FR",
      "otto-kelp US INFERRED",
      "(Mr. Ebb) -",
      "sol-spindrift NO",
    ]);
    expect(
      all.records.get("d2")!.tenures!.map(({ person, title, country }) => [person, title, country]),
    ).toEqual([["ada-couve-de-tide", "French Foreign Minister", "FR"]]);
  });

  it("Where a list does not give the country, other lists of the volume do, INFERRED, or nothing does", () => {
    expect(sidesOf(all.records.get("d7"))).toEqual([
      "ian-kelp NO INFERRED",
      "una-wrack NO INFERRED",
      // HRNG alone would be taken for a bureau of the Department of State.
      "tom-sprat NO INFERRED",
      "rex-skerry NO",
      "eli-cod NO",
      "floe-ada US INFERRED",
      "kit-shoal -",
    ]);
    expect(
      all.records
        .get("d7")!
        .tenures!.map(({ person, country, certainty }) => [person, country, certainty]),
    ).toEqual([
      ["ian-kelp", "NO", "INFERRED"],
      ["tom-sprat", "NO", "INFERRED"],
      ["rex-skerry", "NO", undefined],
      ["floe-ada", "US", "INFERRED"],
      ["kit-shoal", undefined, undefined],
    ]);
  });

  it("Names whose family name comes first are not turned round, and the rank of a marshal is no part of one", () => {
    const names = all.records.get("d8")!.people!.map(({ name, sortName }) => [name, sortName]);
    expect(names.slice(2, 6)).toEqual([
      ["Sprat Wen-hu", "Sprat Wen-hu"],
      ["Cod Ch'u", "Cod Ch'u"],
      // The list of persons has it without a comma.
      ["Skua Hana", "Skua Hana"],
      ["Per Rafi-zadeh", "Rafi-zadeh, Per"],
    ]);
  });

  it("An office alone is its holder of that day, or a description; an undated call has neither holder nor place's day", () => {
    const { meetings } = all.records.get("d3")!;
    expect(meetings![0]).toMatchObject({ mode: "CALL", places: ["new-york-us"] });
    expect(meetings![0]).not.toHaveProperty("startDate");
    expect(sidesOf(all.records.get("d3"))).toEqual([
      "(The President) -",
      "(The Vice President) US INFERRED",
      "(Mr. Stranger, Undersecretary of Fog) US INFERRED",
      "max-gull US INFERRED",
      "ida-wells GB",
      "(President Eel of Chad) TD",
      "(Lt. Spindrift) -",
      "drift-bo US INFERRED",
    ]);
  });

  it("A labelled turn goes on until another speaks, is cut by what nobody said, and is direct", () => {
    expect(saidIn(all.records.get("d1"))).toEqual([
      "(Minister Spindrift) DIRECT: The fish do not read maps, and no body asked them why.\nThey never will, I am afraid.",
      "floe-ada DIRECT: Do you count them by day, Mr. Minister?",
      "(Minister Spindrift) DIRECT: By night.",
      "drift-bo DIRECT: I shall count them myself from now on.",
      "floe-ada DIRECT: That is kind of you, Bo.",
      "(Minister Spindrift) DIRECT: One letter does not change the one who speaks.",
      "(Mr. Stranger) DIRECT: I was not in that list at all.",
    ]);
    const [, question, answer] = all.records.get("d1")!.statements!;
    expect(answer!.relations).toEqual([{ kind: "RESPONDS_TO", statement: question!.key }]);
    expect(question).toMatchObject({
      form: "RECORDED",
      key: expect.stringMatching(/^floe-[0-9a-f]{8}$/),
    });
    expect(all.stderr).toContain("1  a turn of fewer than 6 words  (fable1955v1-d1)");
  });

  it("Of indirect speech, the sentence that begins with a participant and a verb of saying is a statement", () => {
    expect(saidIn(all.records.get("d2"))).toEqual([
      "ada-couve-de-tide INDIRECT: Miss Couve de Tide said that the herring was hers.",
      "floe-ada INDIRECT: The Secretary, smiling, then told Mr. Kelp that the U.S. had no fish to give away.",
      "ada-couve-de-tide INDIRECT: The Foreign Minister went on to say that two herrings were enough for her.",
    ]);
    expect(all.records.get("d2")!.statements![1]!.addressees).toEqual([{ person: "otto-kelp" }]);
    expect(all.stderr).toContain(
      "1  a sentence whose speaker is no participant  (fable1955v1-d2: Mr. Stranger)",
    );
    expect(all.stderr).toContain(
      "1  a sentence of fewer than 6 words  (fable1955v1-d2: Mr. Spindrift)",
    );
  });

  it("Statements are their passages to the letter", async () => {
    for (const id of ["d1", "d2"]) {
      const text = await all.text(id);
      for (const { text: said, citations } of all.records.get(id)!.statements!)
        expect(text.slice(citations[0]!.start, citations[0]!.end)).toBe(said);
    }
  });

  it("What is not imported is counted by reason", () => {
    expect([...all.records.keys()]).toEqual(["d1", "d2", "d3", "d7", "d8"]);
    for (const told of [
      "1  no list of participants  (fable1955v1-d4)",
      "1  the list of participants names nobody  (fable1955v1-d5)",
      "1  no memorandum of conversation  (fable1955v1-d6)",
      "1  no date is printed  (fable1955v1-d3)",
    ])
      expect(all.stderr).toContain(told);
  });

  it("The records have no fault", async () => {
    const { faults } = await checkFiles([
      join(directory, "frus.jsonl"),
      join(directory, "us-officials.jsonl"),
      join(directory, "us-presidents.jsonl"),
      join(directory, "us-appointments.jsonl"),
    ]);
    expect(faults.filter(({ severity }) => severity === "fault")).toEqual([]);
  });

  it("Another edition is another document of the same conversation, in a directory of one's own", async () => {
    const file = join(directory, "fable1955v1.xml");
    const [out, texts] = [join(directory, "second"), join(directory, "its-texts")];
    expect(run("frus", file, "--out", out, "--texts", texts, "--edition", "2024").status).toBe(0);
    const [line] = readFileSync(join(out, "frus.jsonl"), "utf8").split("\n");
    expect(JSON.parse(line!)).toMatchObject({
      document: { key: "fable1955v1-d1.2024" },
      meetings: [{ slug: "fable1955v1-d1" }],
    });
    expect(await readdir(texts)).toContain("fable1955v1-d1.2024.txt");
  }, 60_000);

  it("Volumes go with the name of their corpus, and what is no XML is told with its line", async () => {
    const broken = join(directory, "broken.xml");
    await writeFile(broken, "<TEI>\n<text></TEI>");
    const file = join(directory, "fable1955v1.xml");
    for (const [args, fault] of [
      [["frus"], "frus and its volumes are named together"],
      [[file], "frus and its volumes are named together"],
      [["frus", join(directory, "none.xml")], "there is no such file: "],
      [["frus", broken], "broken.xml:2: Unexpected close tag"],
    ] as const)
      expect(run(...args, "--out", join(directory, "third"))).toMatchObject({
        status: 2,
        stderr: expect.stringContaining(fault),
      });
    expect(await readdir(join(directory, "third"))).toEqual(["texts"]);
  }, 120_000);
});
