import type { SourceRecordInput } from "../src/records/record.format.js";
import { get, linksIn, read } from "./harness/pages.js";
import { serviceWith, type TestService } from "./harness/service.js";

const record = (key: string, document: object, lists: object) =>
  ({
    format: "communique-record/1",
    document: { key, title: key, kind: "NEWS", language: "en", ...document },
    ...lists,
  }) as SourceRecordInput;

const said = (key: string, more: object = {}) => ({
  key,
  text: `The floe is said to be ${key}.`,
  form: "REPORTED",
  language: "en",
  speakers: [{ person: "ada-floe", country: "AQ" }],
  citations: [{ start: 0, end: 5 }],
  ...more,
});

/** Two newspapers and an open dataset about one person, each in its way, and a reader's judgement. */
const RECORDS = [
  record(
    "gull-times",
    { url: "https://gull.example/1", publisher: "The Gull" },
    {
      people: [
        { slug: "ada-floe", name: "Ada Floe", sortName: "Floe, Ada", birthDate: "1990" },
        { slug: "ada-flow", name: "Ada Flow", sortName: "Flow, Ada" },
      ],
      statements: [
        said("thick"),
        said("gone", { standing: "RETRACTED", standingNote: "Misheard." }),
      ],
    },
  ),
  record(
    "penguin-post",
    {},
    {
      people: [{ slug: "ada-floe", name: "Ada Flö", sortName: "Flö, Ada", birthDate: "1991" }],
      statements: [
        said("thin", { relations: [{ kind: "CONTRADICTS", statement: "gull-times/thick" }] }),
      ],
    },
  ),
  record(
    "ice-tables",
    { kind: "DATASET", licence: "CC0-1.0" },
    {
      statements: [
        said("solid", { citations: [{ locator: "row 7", exact: "floe: <solid> & cold" }] }),
      ],
    },
  ),
  record(
    "judged",
    { kind: "JUDGEMENT" },
    { merges: [{ kind: "person", stays: "ada-floe", goes: "ada-flow", because: "A misprint." }] },
  ),
];

/** Seven newspapers that agree on a name, and a sheet that has a bracket for one. */
const AGREED = ["1", "2", "3", "4", "5", "6", "7"].map((day) =>
  record(
    `daily-${day}`,
    {},
    {
      people: [
        {
          slug: "bo-drift",
          name: "Bo Drift",
          sortName: "Drift, Bo",
          otherNames: ["Bo", "B. Drift"],
        },
      ],
    },
  ),
);
const ODD = record(
  "odd-sheet",
  {},
  { people: [{ slug: "bo-drift", name: '["Bo', sortName: "Bo", otherNames: ["Bodrift"] }] },
);

describe("The explorer on several sources", () => {
  let test: TestService;
  beforeAll(async () => {
    test = await serviceWith(...RECORDS, ...AGREED, ODD);
  });
  afterAll(() => test.close());

  it("A person's other spellings are shown, and which documents give them", async () => {
    for (const tab of ["said", "met", "sources"]) {
      const text = await read(test, `/people/ada-floe?tab=${tab}`);
      expect(text).toMatch(/Also spelled Ada Fl(ö|oe|ow)/);
    }
    const sources = await read(test, "/people/ada-floe?tab=sources");
    expect(sources).toContain("3 spellings");
    expect(sources).toContain("gull-times , The Gull ( read the source )");
  });

  it("Values that differ are shown side by side with their documents, and who was held to be the same", async () => {
    const text = await read(test, "/people/ada-floe?tab=claims");
    expect(text).toMatch(/Birth date 1990 \(shown\) , by .*gull-times/);
    expect(text).toMatch(/1991 \(another source\) , by .*penguin-post/);
    expect(text).toMatch(/Held to be the same .*ada-flow A misprint\./);
  });

  it("Of many documents that give a value a few are shown at once, and several texts as a list", async () => {
    const text = await read(test, "/people/bo-drift?tab=claims");
    expect(text).toMatch(/Name Bo Drift \(shown\) , by (daily-\d ; ){4}daily-\d 2 more documents/);
    expect(text).toContain("Other names Bo · B. Drift (another source)");
    expect(text).toMatch(/\["Bo \(another source\) , by .*odd-sheet/);
  });

  it("The slug of a person who was merged redirects, and is not kept by browsers", async () => {
    const { statusCode, headers } = await get(test, "/people/ada-flow");
    expect([statusCode, headers.location]).toEqual([302, "/people/ada-floe"]);
    expect(headers["cache-control"]).toBe("no-store");
  });

  it("A statement shows what contradicts it, from both sides", async () => {
    const thin = await read(test, "/statements/penguin-post/thin");
    expect(thin).toMatch(/Contradicts The floe is said to be thick\./);
    const { body } = await get(test, "/statements/gull-times/thick");
    expect(linksIn(body)).toContain("/statements/penguin-post/thin");
  });

  it("The words of a passage are shown where the record may hold them, as text", async () => {
    const text = await read(test, "/statements/ice-tables/solid");
    expect(text).toContain("Row 7 of ice-tables");
    expect(text).toContain("floe: <solid> & cold");
  });

  it("A retracted statement keeps its page, which says so and why, and is in no list", async () => {
    const text = await read(test, "/statements/gull-times/gone");
    expect(text).toContain("On record retracted reported");
    expect(text).toContain("Note Misheard.");
    expect(await read(test, "/people/ada-floe")).not.toContain("said to be gone");
  });

  it("A document links to its source on the web", async () => {
    const { body } = await get(test, "/documents/gull-times");
    expect(linksIn(body)).toContain("https://gull.example/1");
    expect(body).toContain('rel="external noreferrer"');
  });

  it("A country with no statement yet still shows who acts for it", async () => {
    expect(await read(test, "/countries/AQ?tab=people")).toContain("Ada Fl");
  });
});
