import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDataSource } from "../src/db/data-source.js";
import { parseConfig } from "../src/config.js";
import { exportRecords } from "../src/records/export/record.export.js";
import { idOf } from "../src/records/record.ids.js";
import { createSchema } from "../src/schema.js";
import { freshDatabase } from "./harness/database.js";
import { everyTextArgument } from "./harness/every-argument.js";
import { everyField } from "./harness/every-field.js";
import { loadFiles } from "../src/records/load/record.load.js";
import { servingService, type ServingService } from "./harness/serving.js";
import { recordOf, type Told, writeTexts } from "./fixtures/texts.js";

/** Words of the text, and of nothing else. */
const CANARY = "moonfish";
const TEXT = `A ${CANARY} came. Then Ada Floe said that the ${CANARY} may stay. The ${CANARY} left.`;

/** Pages of the explorer about what cites the text. */
const EXPLORED = [
  ...["/statements/secret/stays", "/statements/secret/stays?tab=claims", "/documents/secret"],
  ...["/people/ada-floe", "/people/ada-floe?tab=met", "/people/ada-floe?tab=sources"],
  ...["/meetings/visit", "/places/port-floe", "/countries/AQ", "/topics/visitors", "/dates/2031"],
  "/search?q=visitor",
  // Files of their lists.
  ...[
    "/people/ada-floe",
    "/documents/secret",
    "/meetings/visit?list=statements",
    "/dates/2031?tab=met",
  ]
    .map((page) => `${page}${page.includes("?") ? "&" : "?"}format=`)
    .flatMap((address) => [`${address}csv`, `${address}json`]),
];

const told = (licence: string | null): Told => ({
  key: "secret",
  text: TEXT,
  licence,
  said: { stays: `said that the ${CANARY} may stay` },
  document: {
    url: "https://example.org/secret",
    title: "A visitor",
    publisher: "The Herald",
    datePublished: "2031-06-04",
  },
});

/** The record with facts of every kind that can cite the text. */
function record(licence: string | null) {
  const whole = recordOf(told(licence));
  const [{ citations }] = whole.statements as unknown as [{ citations: object[] }];
  return {
    ...whole,
    places: [{ slug: "port-floe", name: "Port Floe", country: "AQ" }],
    organizations: [{ slug: "tide-office", name: "Tide Office" }],
    topics: [{ slug: "visitors", label: "Visitors" }],
    tenures: [
      { key: "ada-floe/keeper", person: "ada-floe", title: "Keeper", country: "AQ", citations },
    ],
    meetings: [
      {
        slug: "visit",
        title: "A visit",
        kind: "OTHER",
        coverage: "REPORTED",
        startDate: "2031-06-03",
        places: ["port-floe"],
        participations: [{ person: "ada-floe", country: "AQ", citations }],
        citations,
      },
    ],
    agreements: [
      {
        slug: "pact",
        title: "Pact",
        kind: "AGREEMENT",
        parties: [{ country: "AQ" }],
        signedAt: "visit",
        citations,
      },
    ],
    statements: [
      { ...whole.statements![0], meeting: "visit", topics: ["visitors"] },
      {
        key: "again",
        text: "Again.",
        form: "REPORTED",
        language: "en",
        speakers: [{ person: "ada-floe", country: "AQ" }],
        relations: [{ kind: "REPEATS", statement: "stays", citations }],
        citations,
      },
    ],
  };
}

const quoted = (...values: string[]) => values.map((value) => JSON.stringify(value));
const QUESTIONS = everyField(createSchema(), {
  slug: quoted("ada-floe", "port-floe", "tide-office", "visit", "pact", "visitors"),
  key: quoted("secret", "secret/stays", "secret/again"),
  id: quoted(idOf("document", "secret"), idOf("statement", "secret/stays")),
  code: ["AQ"].map((code) => JSON.stringify(code)),
  query: quoted("Floe", "visitor"),
  number: ["1"],
});

describe("The words of a text under a licence that is not open", () => {
  let folder: string;
  let service: ServingService;
  let url: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "communique-texts-"));
    await writeTexts(folder, { secret: TEXT });
    url = await freshDatabase();
    const log = { ...parseConfig({}).log, level: "debug" as const, variables: true, slowSqlMs: 1 };
    service = await servingService(url, { maxCost: 1e9 }, { log, languagesCacheMs: 0 });
  });
  afterAll(async () => {
    await service.close();
    await rm(folder, { recursive: true });
  });

  async function load(licence: string | null, ...options: string[]) {
    const path = join(folder, "secret.json");
    await writeFile(path, JSON.stringify(record(licence)));
    const dataSource = await createDataSource(url).initialize();
    const said: string[] = [];
    try {
      const text = options.includes("--text") ? folder : undefined;
      const onFault = (fault: object) => void said.push(JSON.stringify(fault));
      const onChange = (line: string) => void said.push(line);
      const report = await loadFiles(dataSource, [path], { text, onFault, onChange });
      let exported = "";
      for await (const chunk of exportRecords(dataSource)) exported += chunk;
      return { report, output: said.join("\n"), exported };
    } finally {
      await dataSource.destroy();
    }
  }

  /** Asks for everything; returns the answers in which the words are, and how many had data. */
  async function walk() {
    const found: string[] = [];
    let answered = 0;
    for (const question of QUESTIONS) {
      const answer = await service.ask(question);
      if (answer.errors) throw new Error(`${question}\n${JSON.stringify(answer.errors)}`);
      const text = JSON.stringify(answer);
      if (text.includes('"secret"')) answered++;
      if (text.includes(CANARY)) found.push(text);
    }
    return { found, answered };
  }

  const fieldsWith = (answers: string[]) =>
    new Set(
      answers.flatMap((answer) =>
        [...answer.matchAll(/"(\w+)":"[^"]*moonfish/g)].map(([, field]) =>
          field!.split("_").at(-1),
        ),
      ),
    );

  it("The words of a text without an open licence are shown by no field, and by five under an open one", async () => {
    for (const licence of [null, "CC-BY-ND-4.0", "All rights reserved"]) {
      const { output, exported } = await load(licence, "--text");
      expect(output + exported).not.toContain(CANARY);
      const { found, answered } = await walk();
      expect(answered).toBeGreaterThan(10);
      expect(found).toEqual([]);
    }
    expect((await load("CC-BY-4.0")).exported).not.toContain(CANARY);
    expect(fieldsWith((await walk()).found)).toEqual(
      new Set(["text", "exact", "prefix", "suffix", "passageUrl"]),
    );
    await load("CC-BY-ND-4.0");
    expect((await walk()).found).toEqual([]);
  });

  it("The words of a closed text are found by no search, filter or facet: the answers are those for words that are nowhere", async () => {
    await load(null, "--text");
    const entities = [
      ["Person", idOf("person", "ada-floe")],
      ["Meeting", idOf("meeting", "visit")],
      ["SourceDocument", idOf("document", "secret")],
      ["Statement", idOf("statement", "secret/stays")],
    ].map(([__typename, id]) => ({ __typename: __typename!, id: id! }));
    const nonsense = "qxzzyqxz";
    for (const question of everyTextArgument(createSchema(), entities)) {
      const [answer, nothing] = await Promise.all(
        [CANARY, nonsense].map(async (word) =>
          JSON.stringify(await service.ask(question.asking(JSON.stringify(word)))).replaceAll(
            word,
            "…",
          ),
        ),
      );
      expect([question.name, answer]).toEqual([question.name, nothing]);
    }
  });

  it("The words of a closed text are on no page, in no metrics, error or log", async () => {
    await load(null, "--text");
    await service.ask(`{ sourceDocumentByKey(key: "secret") { text(start: 4, end: 2) } }`);
    await service.ask(`{ sourceDocumentByKey(key: "secret") { text(start: 0, end: 30000) } }`);
    for (const path of ["/", "/metrics", "/no-such-page"])
      expect((await service.get(path)).text).not.toContain(CANARY);
    for (const path of EXPLORED) {
      const { status, text } = await service.get(path);
      expect([path, status, text.includes(CANARY)]).toEqual([path, 200, false]);
    }
    const own = service.log().filter((line) => !JSON.stringify(line).includes("_entities"));
    const lines = own.map((line) => JSON.stringify({ ...line, variables: null, query: null }));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter((line) => line.includes(CANARY))).toEqual([]);
  });
});
