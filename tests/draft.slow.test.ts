import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { anchorRecord } from "../src/records/anchor/record.anchor.js";
import { checkRecord } from "../src/records/check/record.check.js";
import { sourceTextOf } from "../src/records/check/record.text.js";
import { type DraftOptions, draftRecord } from "../src/draft/draft.js";
import { summarizeDraft } from "../src/draft/draft.summary.js";
import { loadAll } from "../src/records/load/record.load.js";
import type { SourceRecordInput } from "../src/records/record.format.js";
import { fableWith } from "./fixtures/fable.js";
import { serviceWith, type TestService } from "./harness/service.js";

interface DraftedStatement {
  key?: string;
  text?: string;
  form: string;
  date?: string;
  speakers?: {
    person?: string;
    description?: string;
    personCertainty?: string;
    country?: string;
    countryCertainty?: string;
  }[];
  citations: { start: number; end: number }[];
  todo?: string;
}

interface DraftedRecord extends Record<string, unknown> {
  document: Record<string, string>;
  people?: Record<string, string>[];
  places?: Record<string, string>[];
  meetings?: { todo: string; citations: { start: number; end: number }[] }[];
  tenures?: Record<string, unknown>[];
  statements?: DraftedStatement[];
}

async function drafted(text: string, options: Partial<DraftOptions> = {}) {
  const source = sourceTextOf(Buffer.from(text));
  const draft = await draftRecord(source, {
    key: "herald",
    isKeyChosen: true,
    licence: "CC0-1.0",
    lookUp: () => Promise.resolve([]),
    ...options,
  });
  return { ...draft, source, record: draft.record as unknown as DraftedRecord };
}

/** The quotations drafted of a text, each with its speaker. */
async function quotedIn(
  text: string,
  options: Partial<DraftOptions> = {},
): Promise<[string, string][]> {
  const { record } = await drafted(text, options);
  return (record.statements ?? [])
    .filter(({ form }) => form === "VERBATIM")
    .map(({ text: words, citations, speakers }) => {
      expect(text.slice(citations[0]!.start, citations[0]!.end)).toBe(words);
      const [speaker] = speakers ?? [];
      const person = record.people?.find(({ slug }) => slug === speaker?.person)?.name;
      return [words!, person ?? speaker?.description ?? "nobody"];
    });
}

const ADA = "Ada Floe, Keeper of the Fish Stores of Antarctica, came to Port Floe on Tuesday. ";

describe("Quotations of a draft", () => {
  it.each([
    [
      "a name after the verb",
      `${ADA}“The sea is ours,” said Ada Floe.`,
      "The sea is ours",
      "Ada Floe",
    ],
    [
      "a name before it",
      `${ADA}“The sea is ours,” Floe said on Tuesday.`,
      "The sea is ours",
      "Ada Floe",
    ],
    [
      "a name and an office",
      `“The sea is ours,” Bo Drift, the Minister of Tides, told reporters.`,
      "The sea is ours",
      "Bo Drift",
    ],
    [
      "an office and a name",
      `“The sea is ours,” said the Minister of Tides, Bo Drift.`,
      "The sea is ours",
      "Bo Drift",
    ],
    ["a colon", `Minister Bo Drift said: “The sea is ours.”`, "The sea is ours.", "Bo Drift"],
    [
      "a part of a sentence",
      `Minister Bo Drift said the sea was “ours and theirs” alike.`,
      "ours and theirs",
      "Bo Drift",
    ],
    [
      "a relative clause",
      `Minister Bo Drift, who had met the seals, said it was “a cold day”.`,
      "a cold day",
      "Bo Drift",
    ],
    [
      "a second verb",
      `Minister Bo Drift walked to the pier and called it “too short”.`,
      "too short",
      "Bo Drift",
    ],
    [
      "according to",
      `The pier is “too short”, according to Minister Bo Drift.`,
      "too short",
      "Bo Drift",
    ],
    ["a question", `“Whose is the sea?” asked Minister Bo Drift.`, "Whose is the sea?", "Bo Drift"],
    ["straight marks", `"The sea is ours," Minister Bo Drift said.`, "The sea is ours", "Bo Drift"],
    [
      "single marks and apostrophes",
      `'It's the seals' sea,' Minister Bo Drift said.`,
      "It's the seals' sea",
      "Bo Drift",
    ],
    ["mixed marks", `“The sea is ours," Minister Bo Drift said.`, "The sea is ours", "Bo Drift"],
    [
      "a spokesperson",
      `“The sea is ours,” a spokesperson for the ministry said.`,
      "The sea is ours",
      "a spokesperson for the ministry",
    ],
    [
      "an organization",
      `“The sea is ours,” the Herring Council said in a statement.`,
      "The sea is ours",
      "the Herring Council",
    ],
    [
      "a country, which stays a description",
      `“The sea is ours,” Bouvet Island said.`,
      "The sea is ours",
      "Bouvet Island",
    ],
    [
      "a title alone",
      `Minister Bo Drift arrived. “The sea is ours,” the minister said.`,
      "The sea is ours",
      "Bo Drift",
    ],
  ])("A quotation is drafted with its speaker: %s", async (_what, text, words, speaker) => {
    expect(await quotedIn(text)).toEqual([[words, speaker]]);
  });

  it("A pronoun means the last person spoken of, which is inferred", async () => {
    const { record } = await drafted(`${ADA}She looked at the pier. “It is too short,” she said.`);
    expect(record.statements!.filter(({ form }) => form === "VERBATIM")).toMatchObject([
      { speakers: [{ person: "ada-floe", personCertainty: "INFERRED" }] },
    ]);
  });

  it("A quotation that its speaker interrupts is two statements, and each paragraph of a long one is one", async () => {
    expect(await quotedIn("“The sea,” said Minister Bo Drift, “is ours.”")).toEqual([
      ["The sea", "Bo Drift"],
      ["is ours.", "Bo Drift"],
    ]);
    const long =
      "“The sea is ours,” said Minister Bo Drift. “It was theirs.\n\n“It will be nobody's.”\n\nThe seals slept.";
    expect(await quotedIn(long)).toEqual([
      ["The sea is ours", "Bo Drift"],
      ["It was theirs.", "Bo Drift"],
      ["It will be nobody's.", "Bo Drift"],
    ]);
  });

  it.each([
    ["LF", "\n"],
    ["CR LF", "\r\n"],
  ])(
    "Lines of a wrapped text that end with %s break neither quotations nor names",
    async (_what, end) => {
      const text = [
        "The Keeper of the Fish Stores slept while Minister Bo",
        "Drift counted the seals that came to the pier of Port",
        "Floe. “The sea",
        "is ours,” Bo Drift said.",
        "",
        "The seals slept. Later that day he spoke: “The sea is",
        "ours.” And the seals slept on.",
      ].join(end);
      const asked: string[] = [];
      const lookUp = (names: readonly string[]) => {
        asked.push(...names);
        return Promise.resolve([]);
      };
      const { record } = await drafted(text, { lookUp });
      expect(asked).toContain("Port Floe");
      expect(record.people?.map(({ name }) => name)).toEqual(["Bo Drift"]);
      expect(record.statements).toEqual([
        expect.objectContaining({
          text: "The sea is ours",
          speakers: [{ person: "bo-drift" }],
          citations: [{ start: text.indexOf("The sea"), end: text.indexOf(",” Bo") }],
        }),
        expect.objectContaining({ text: "The sea is ours." }),
      ]);
    },
  );

  it("A quotation inside another one belongs to it", async () => {
    const text = "“She told me, ‘The sea is ours,’ and left,” said Minister Bo Drift.";
    expect(await quotedIn(text)).toEqual([
      ["She told me, ‘The sea is ours,’ and left", "Bo Drift"],
    ]);
  });

  it.each([
    ["a scare quote", "The so-called “Herring War” ended in June. The “fish tax” was dropped."],
    ["a title of a work", "Minister Bo Drift wrote a book called “The Cold Sea”."],
    ["a name", "The ship “Proud Herring” came in."],
  ])("What is no speech is not drafted, but reported: %s", async (_what, text) => {
    const draft = await drafted(text);
    expect(await quotedIn(text)).toEqual([]);
    expect(summarizeDraft("a.txt", draft)).toContain("not taken for speech");
  });

  it("Words said once and reported twice are one statement with two citations", async () => {
    const text =
      "“The sea is ours,” said Minister Bo Drift. Later he said: “The sea is ours.” “The sea is ours,” Drift said.";
    const { record } = await drafted(text);
    const same = record.statements!.filter((one) => one.text === "The sea is ours");
    expect(same.map(({ citations }) => citations.length)).toEqual([2]);
  });

  it("Without an open licence, long quotations and more than a tenth of the text are todos", async () => {
    const long = `Minister Bo Drift said: “${"The sea is ours. ".repeat(20)}”`;
    const { record, source } = await drafted(long, { licence: undefined });
    const [statement] = record.statements!;
    expect(statement).not.toHaveProperty("text");
    expect(statement!.todo).toContain("300 characters");
    const codes = checkRecord(record, { text: source }).faults.map(({ code }) => code);
    expect(new Set(codes)).toEqual(new Set(["todo"]));
  });
});

describe("The rest of a draft", () => {
  const article =
    "Keepers meet at Port Floe\n\nPORT FLOE, June 4, 2031. Antarctic Fish Minister Ada Floe met Bo Drift, the Prime Minister of " +
    "Norway, at Port Floe on Tuesday. She said on Tuesday that nobody owned the sea. “The fish do not read maps,” Drift answered.\n";

  it("Title, dateline, date, language and sha256 are those of the text", async () => {
    const { record, source } = await drafted(article);
    expect(record.document).toMatchObject({
      key: "herald",
      title: "Keepers meet at Port Floe",
      dateline: "PORT FLOE, June 4, 2031",
      datePublished: "2031-06-04",
      language: "en",
      sha256: source.sha256,
    });
    expect(record.places).toMatchObject([{ slug: "port-floe", name: "Port Floe" }]);
  });

  it("A report is a statement without words, its summary a todo; a weekday is resolved relative to the date", async () => {
    const { record } = await drafted(article);
    const report = record.statements!.find(({ form }) => form === "REPORTED")!;
    expect(report).not.toHaveProperty("text");
    expect(report).toMatchObject({ speakers: [{ person: "ada-floe" }], date: "2031-06-03" });
    expect(report.todo).toContain("in your own words");
  });

  it("A meeting is only a todo, and the country of an office is inferred of its holder", async () => {
    const { record } = await drafted(article);
    expect(record.meetings).toHaveLength(1);
    expect(record.meetings![0]!.todo).toContain("Ada Floe met or spoke with Bo Drift");
    const quotation = record.statements!.find(({ form }) => form === "VERBATIM")!;
    expect(quotation.speakers).toEqual([
      { person: "bo-drift", country: "NO", countryCertainty: "INFERRED" },
    ]);
  });

  it.each([
    ["Minister Ada Floe, of the Fish Stores, received Bo Drift at Port Floe on Tuesday.", 1],
    ["Minister Ada Floe was received by the Foreign Minister Bo Drift on Tuesday.", 1],
    ["Minister Ada Floe received a letter from Minister Bo Drift on Tuesday.", 0],
    ["Minister Ada Floe welcomed the plan that Minister Bo Drift had made.", 0],
  ])(
    "Who receives somebody meets them, and who receives something does not: %s",
    async (text, meetings) => {
      const { record } = await drafted(`${text} “The fish do not read maps,” Drift answered.\n`);
      expect(record.meetings ?? []).toHaveLength(meetings);
    },
  );

  const joined = (...codes: string[]) =>
    codes.map((country) => ({ country, countryCertainty: "INFERRED" }));

  it.each([
    [
      "Norway and Laos held talks at Port Floe. The two sides agreed that the sea is cold.",
      ["NO", "LA"],
    ],
    [
      "The Norwegian minister met his Laotian counterpart. Both sides expressed joy at the fish.",
      ["NO", "LA"],
    ],
    [
      "Laos and Norway speak of ice\n\nIt snowed. It froze. The two ministers also reaffirmed the pact.",
      ["LA", "NO"],
    ],
    ["Talks of Norway, Laos and Peru went on. The two sides agreed that the sea is cold.", null],
    ["Norway spoke first. The two sides agreed that the sea is cold.", null],
    ["Norway and Laos held talks. The ministry said that the sea is cold.", null],
  ])("The two sides are the two countries named last, to be checked: %s", async (text, codes) => {
    const { record } = await drafted(`${text}\n`, { language: "en" });
    const { speakers, todo } = record.statements!.at(-1)!;
    if (codes === null) expect(speakers).toEqual([{ description: expect.any(String) }]);
    else {
      expect(speakers).toEqual(joined(...codes));
      expect(todo).toContain(`are taken for ${codes.join(" and ")}`);
    }
    expect(checkRecord(record).faults.filter(({ code }) => code !== "todo")).toEqual([]);
  });

  it("An office before a name is a tenure without days, to be checked, with the country that it names", async () => {
    const text =
      "Defence Minister Ada Floe met Norwegian Foreign Minister Bo Drift. Former President Cy Brine, Minister Di Ebb and " +
      "the Laotian President Eve Fjord slept. Dr. Flo Gale left. Defence Minister Ada Floe said that the sea is cold.\n";
    const { record } = await drafted(text, { language: "en" });
    expect(record.tenures!.map(({ person, title, country }) => [person, title, country])).toEqual([
      ["ada-floe", "Defence Minister", undefined],
      ["bo-drift", "Foreign Minister", "NO"],
      ["eve-fjord", "President", "LA"],
    ]);
    const [{ citations, todo, key }] = record.tenures as [
      { citations: { start: number; end: number }[]; todo: string; key: string },
    ];
    expect(key).toBe("ada-floe/defence-minister");
    expect(text.slice(citations[0]!.start, citations[0]!.end)).toBe("Defence Minister Ada Floe");
    expect(todo).toContain("for which country");
    expect(checkRecord(record).faults.filter(({ code }) => code !== "todo")).toEqual([]);
  });

  it.each([
    ["Minister Floe Kuan-hua", "Floe Kuan-hua", "Floe Kuan-hua"],
    ["Minister Floe Ch'u", "Floe Ch'u", "Floe Ch'u"],
    ["Minister Kuan-Hua Floe", "Kuan-Hua Floe", "Floe, Kuan-Hua"],
    ["Minister Bo O'Drift", "Bo O'Drift", "O'Drift, Bo"],
  ])(
    "A name whose family name comes first is not turned round: %s",
    async (words, name, sortName) => {
      const { record } = await drafted(`${words} said: “The sea is ours.”`);
      expect(record.people).toMatchObject([{ name, sortName }]);
      expect(record.people![0]!.todo).toContain("how a list sorts it");
    },
  );

  const talk = [
    "Memorandum of Conversation",
    "PARTICIPANTS:",
    "Norway:",
    "Floe Kuan-hua, Vice Minister of Tides",
    "Dr. Ada Drift, Keeper of the Fish Stores",
    "Chile:",
    "Bo Drift, Interpreter",
    "Two Notetakers",
    "DATE: June 4, 2031",
    "PLACE: The pier, Port Floe",
    "VM Floe: The fish do not read maps, and nobody asked “them” why.",
    "They never will, and that is that.",
    "Mr. Drift: I shall count them myself from now on.",
    "VM Floe: Good.",
    "[Tea was served.]",
    "Nobody knows who said this.",
    "Dr. Ada Drift: That is kind of you, my dear Minister.",
  ].join("\n");

  it("Labelled turns of a memorandum are statements to the letter, of participants by the family name", async () => {
    const draft = await drafted(talk, { language: "en" });
    const { record, source } = draft;
    expect(
      record.statements!.map(({ form, text, speakers }) => [
        form,
        text,
        speakers![0]!.person ?? speakers![0]!.description,
        speakers![0]!.country,
      ]),
    ).toEqual([
      [
        "RECORDED",
        "The fish do not read maps, and nobody asked “them” why.\nThey never will, and that is that.",
        "floe-kuan-hua",
        "NO",
      ],
      ["RECORDED", "I shall count them myself from now on.", "Mr. Drift", undefined],
      ["RECORDED", "That is kind of you, my dear Minister.", "ada-drift", "NO"],
    ]);
    expect(record.statements![1]!.todo).toContain("Ada Drift; Bo Drift");
    const [meeting] = record.meetings as unknown as Record<string, unknown>[];
    expect(meeting).toMatchObject({
      startDate: "2031-06-04",
      participations: [
        { person: "floe-kuan-hua", country: "NO" },
        { person: "ada-drift", country: "NO" },
        { person: "bo-drift", country: "CL", role: "INTERPRETER" },
      ],
    });
    const summary = summarizeDraft("a.txt", draft);
    expect(summary).toContain("3 labelled turns, 3 people");
    expect(summary).toContain("1 turn of fewer than 6 words");
    expect(summary).toContain("Not read: 1 line of the list");
    const { faults } = checkRecord(record, { text: source });
    expect(faults.filter(({ code }) => code !== "todo")).toEqual([]);
  });

  it("Without an open licence turns are drafted without words, and that is told", async () => {
    const draft = await drafted(talk, { language: "en", licence: undefined });
    for (const { text, todo } of draft.record.statements!)
      expect([text, todo]).toEqual([undefined, expect.stringContaining("open licence")]);
    expect(summarizeDraft("a.txt", draft)).toContain("3 quotations and turns are drafted without");
  });

  it("Anchoring keeps the todos of a draft", async () => {
    const { record, source } = await drafted(article);
    const json = JSON.stringify(record, null, 2);
    expect(anchorRecord(json, source, "a.json").anchored).toBe(json);
  });

  it("Of another language only quotations are drafted, without speakers, and that is told", async () => {
    const text =
      "Der Minister kam an. „Das Meer gehört uns allen“, sagte er. Die Robben schliefen am Hafen.";
    const draft = await drafted(text);
    expect(await quotedIn(text)).toEqual([["Das Meer gehört uns allen", "nobody"]]);
    expect(draft.record.document.language).toBe("und");
    expect(summarizeDraft("a.txt", draft)).toContain("Not in English");
    expect(
      await quotedIn("部長は言った。「海はみんなのものです」と。", { language: "ja" }),
    ).toHaveLength(1);
  });
});

/** Anything that may stand in a text: marks, names, verbs, and what no text should have. */
const piece = fc.oneof(
  fc.constantFrom(
    ..."“”\"'‘’«»„「」,.?!:;—()[]".split(""),
    ...[
      "\n",
      "\n\n",
      " ",
      "\0",
      "\u2028",
      "¤",
      "🐧",
      "é",
      "e\u0301",
      "U.S.",
      "Mr.",
      "who",
      "said",
      "and",
      "told",
      "according to",
    ],
    ...[
      "Ada Floe",
      "Minister",
      "Bo Drift",
      "he",
      "she",
      "the ministry",
      "met",
      "that the sea is ours",
      "on Tuesday",
      "PORT FLOE, June 4.",
    ],
  ),
  fc.string({ unit: "grapheme", maxLength: 12 }),
);
const anyText = fc
  .array(piece, { maxLength: 60 })
  .chain((pieces) => fc.constantFrom(" ", "").map((gap) => `Words: ${pieces.join(gap)}`));

describe("A draft of any text", () => {
  it("Check accepts it but for its todos, whatever the text and its licence", async () => {
    const licence = fc.constantFrom(undefined, "CC0-1.0");
    const language = fc.constantFrom("en", undefined, "fr");
    await fc.assert(
      fc.asyncProperty(anyText, licence, language, async (text, given, tag) => {
        const { record, source } = await drafted(text, { licence: given, language: tag });
        const faults = checkRecord(JSON.parse(JSON.stringify(record)), { text: source }).faults;
        const others = faults.filter(
          ({ code, severity }) => code !== "todo" && severity === "fault",
        );
        expect(others).toEqual([]);
        for (const { text: words, citations } of record.statements ?? [])
          for (const { start, end } of citations)
            if (words !== undefined) expect(source.words.slice(start, end)).toBe(words);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ["opening marks", "“".repeat(50_000)],
    ["guillemets", "«a ".repeat(50_000)],
    ["relative pronouns", "who said ".repeat(50_000)],
    ["quotations in one sentence", "he said “a” and ".repeat(3_000)],
    ["names", "Ada Floe Drift said, ".repeat(20_000)],
    ["commas", "the minister, ".repeat(30_000) + "said “no”."],
    ["white space", `Ada${" ".repeat(300_000)}said “no”.`],
  ])("A text of nothing but %s takes no longer than its length", async (_what, text) => {
    const start = performance.now();
    await drafted(text);
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});

const COMMAND = join(__dirname, "../bin/communique.js");

function communique(
  ...args: string[]
): Promise<{ status: number; stdout: string; stderr: string }> {
  return new Promise((done) => {
    execFile(process.execPath, [COMMAND, ...args], (error, stdout, stderr) =>
      done({ status: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

describe("The command draft", () => {
  let test: TestService;
  let url: string;
  let folder: string;

  beforeAll(async () => {
    const people = [
      { slug: "ada-floe", name: "Ada Floe", sortName: "Floe, Ada", otherNames: ["Aida Flow"] },
      { slug: "bo-drift", name: "Bo Drift", sortName: "Drift, Bo" },
      { slug: "bo-drift-elder", name: "Bo Drift", sortName: "Drift, Bo" },
    ];
    test = await serviceWith(
      fableWith({
        "/people/0": people[0],
        "/people/1": { ...people[1], formerSlugs: ["b-drift"] },
        "/people/2": people[2],
        "/organizations": [{ slug: "herring-council", name: "Herring Council" }],
      }) as SourceRecordInput,
    );
    const [row] = await test.dataSource.query<{ name: string }[]>(
      "SELECT current_database() AS name",
    );
    const address = new URL(process.env.TEST_SERVER!);
    address.pathname = row!.name;
    url = address.href;
    folder = await mkdtemp(join(tmpdir(), "communique-draft-"));
  });
  afterAll(async () => {
    await test.close();
    await rm(folder, { recursive: true });
  });

  async function fileOf(name: string, content: string | Buffer): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  }

  it("What is on record is found by all its spellings, ambiguous names and new people are todos", async () => {
    const text = await fileOf(
      "talks.txt",
      "Aida Flow came to Iceburg. “The sea is ours,” said Aida Flow of the Herring Council. " +
        "“It is mine,” Bo Drift answered. Minister Cy Brine of the Ada Floe Institute slept.\n",
    );
    const out = join(folder, "talks.json");
    const ended = await communique(
      "draft",
      text,
      "--against",
      url,
      "--licence",
      "CC0-1.0",
      "--out",
      out,
    );
    expect(ended.status).toBe(0);
    expect(ended.stderr).toContain("2 quotations, 3 people, 1 place, 1 organization");
    const { stdout, stderr } = await communique(
      "check",
      out,
      "--text",
      text,
      "--against",
      url,
      "--format",
      "json",
    );
    if (stdout === "") throw new Error(stderr);
    const { faults } = JSON.parse(stdout) as {
      faults: { code: string; pointer: string; message: string }[];
    };
    expect(faults.filter(({ code }) => code === "todo").map(({ pointer }) => pointer)).toEqual([
      "/document/todo",
      "/people/1/todo",
      "/people/2/todo",
    ]);
    expect(faults.find(({ pointer }) => pointer === "/people/1/todo")!.message).toContain(
      "bo-drift, bo-drift-elder",
    );
    const record = JSON.parse(await readFile(out, "utf8")) as DraftedRecord;
    expect(record.people![0]).toEqual({
      slug: "ada-floe",
      name: "Ada Floe",
      sortName: "Floe, Ada",
      otherNames: ["Aida Flow"],
    });
    // The file is not replaced unasked.
    expect((await communique("draft", text, "--out", out)).stderr).toContain("--overwrite");
  }, 120_000);

  it.each([
    ["no file", null, "no such file"],
    ["an empty file", Buffer.from(""), "no words"],
    ["only punctuation", Buffer.from(" …\n“”\n"), "no words"],
    ["a file that is not UTF-8", Buffer.from([0x41, 0xff, 0xfe, 0x42]), "not UTF-8"],
    ["a file of more than 1 MB", Buffer.alloc(1024 * 1024 + 1, "a "), "more than 1 MB"],
  ])("Draft ends with 2 and a reason for %s", async (_what, content, reason) => {
    const path = content === null ? join(folder, "none.txt") : await fileOf("odd.txt", content);
    const { status, stderr, stdout } = await communique("draft", path);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(reason);
  });

  it("Loading a draft is refused for its todos", async () => {
    const text = await fileOf("words.txt", "“The sea is ours,” said Minister Bo Brine.\n");
    const out = join(folder, "words.json");
    await communique("draft", text, "--out", out);
    await expect(loadAll(test.dataSource, [out])).rejects.toMatchObject({
      faults: expect.arrayContaining([expect.objectContaining({ code: "todo" })]),
    });
  });
});
