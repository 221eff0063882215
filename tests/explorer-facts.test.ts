import type { SourceRecordInput } from "../src/records/record.format.js";
import { get, linksIn, read, textOf } from "./harness/pages.js";
import { serviceWith, type TestService } from "./harness/service.js";

const COMMIT = "0123456789abcdef0123456789abcdef01234567";
const AQ = { person: "ada-floe", country: "AQ" };
const there = { ...AQ, citations: [{ locator: "214" }] };
const row = (locator: string, exact?: string) => [{ locator, ...(exact && { exact }) }];
const held = (key: string, title: string, more: object = {}) => ({
  ...AQ,
  key,
  title,
  citations: row(key),
  ...more,
});

/** Offices and a visit by the rows of an open dataset, and the same offices as a note-taker wrote them. */
const RECORDS = [
  {
    format: "communique-record/1",
    document: {
      key: "ice-offices",
      title: "Offices of the ice",
      kind: "DATASET",
      language: "en",
      licence: "CC0-1.0",
      version: COMMIT,
      url: "https://ice.example/offices",
    },
    people: [
      {
        slug: "ada-floe",
        name: "Ada Floe",
        sortName: "Floe, Ada",
        identifiers: [
          { scheme: "wikidata", value: "Q999999999" },
          { scheme: "pocom", value: "floe-ada" },
          { scheme: "ice-register", value: "77" },
        ],
      },
    ],
    tenures: [
      held("secretary-1", "Secretary of Ice", { startDate: "2031-02-03", endDate: "2033" }),
      held("deputy-1", "Deputy Secretary of Ice", { startDate: "2030", endDate: "2031" }),
    ],
    meetings: [
      {
        ...{ slug: "thaw-visit", title: "Ada Floe visits the thaw", kind: "OTHER" },
        ...{ coverage: "REPORTED", startDate: "2031-05-05", participations: [there] },
        citations: [...row("214", "Met with the gulls & the terns."), ...row("215")],
      },
    ],
  },
  {
    format: "communique-record/1",
    document: { key: "notes", title: "Notes", kind: "NEWS", language: "en" },
    tenures: [
      held("n-1", "Secretary"),
      held("n-2", "Secretary of Ice", { startDate: "2032" }),
      held("n-3", "Secretary of Ice", { startDate: "2041" }),
      held("n-4", "Secretary-General of Ice"),
      held("n-5", "Warden of Fish"),
      held("n-6", "Secretary of Ice and Warden of Fish"),
      held("n-7", "Secretary", { country: "BV" }),
    ].map((tenure, i) => ({ ...tenure, citations: [{ start: i, end: i + 1 }] })),
  },
] as unknown as SourceRecordInput[];

describe("Facts as the explorer shows them", () => {
  let test: TestService;
  beforeAll(async () => {
    test = await serviceWith(...RECORDS);
  });
  afterAll(() => test.close());

  it("An office is shown once, and all entries behind a click", async () => {
    const { body } = await get(test, "/people/ada-floe?tab=said");
    const [, shown, rest] = /<dt>Offices<\/dt><dd>(.*?)<details>(.*?)<\/details>/s.exec(body) ?? [];
    const titles = (part = "") => [...part.matchAll(/<li>([^,<]*)/g)].map(([, title]) => title);
    expect(titles(shown).toSorted()).toEqual([
      ...["Deputy Secretary of Ice", "Secretary", "Secretary of Ice", "Secretary of Ice"],
      ...["Secretary-General of Ice", "Warden of Fish"],
    ]);
    expect(textOf(shown!)).toContain("Secretary of Ice, Antarctica , 3 February 2031 to 2033");
    expect(textOf(shown!)).toContain("Secretary, Bouvet Island");
    expect(textOf(rest!)).toContain("All 9 entries, as documents give them");
    expect(titles(rest)).toHaveLength(9);
  });

  it("Identifiers are shown in words, with the page that is about the item", async () => {
    const { body } = await get(test, "/people/ada-floe?tab=said");
    const text = textOf(body);
    expect(text).toContain("In other datasets");
    expect(text).toContain("US Department of State, Office of the Historian (POCOM): floe-ada");
    expect(text).toContain("Wikidata: Q999999999");
    expect(text).toContain("ice-register: 77");
    expect(linksIn(body)).toEqual(
      expect.arrayContaining([
        "https://history.state.gov/departmenthistory/people/floe-ada",
        "https://www.wikidata.org/wiki/Q999999999",
      ]),
    );
    expect(await read(test, "/countries/AQ?tab=said")).toContain("Codes (ISO 3166) AQ · ATA · 010");
  });

  it("A fact from a row of a dataset shows what the row says, or which row of which version it is", async () => {
    const { body } = await get(test, "/meetings/thaw-visit?tab=passages");
    expect(body).toContain("<mark>Met with the gulls &amp; the terns.</mark>");
    const text = textOf(body);
    for (const number of [214, 215]) {
      expect(text).toContain(
        `Row ${number} of Offices of the ice , version 0123456789 ( where it is published )`,
      );
    }
    expect(await read(test, "/people/ada-floe?tab=sources")).toContain(
      "Deputy Secretary of Ice Row deputy-1 of Offices of the ice , version 0123456789",
    );
  });
});
