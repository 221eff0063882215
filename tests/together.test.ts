import { AgreementKind } from "../src/agreement/agreement.enums.js";
import { MeetingCoverage, MeetingKind } from "../src/meeting/meeting.enums.js";
import type { SourceRecordInput } from "../src/records/record.format.js";
import { DocumentKind, FactCertainty } from "../src/source/source.enums.js";
import { StatementForm } from "../src/statement/statement.enums.js";
import { serviceWith, type TestService } from "./harness/service.js";

const NAMES: string[] = ["ada", "bo", "cy", "dot", "elan"];
const CODES: string[] = ["AQ", "BV", "HM", "TF", "GS"];
const { STATED, INFERRED } = FactCertainty;

/** Each filter that wants all of its values, the one that wants any, and what is in the rows. */
const LISTS = [
  ["statements", "allSpeakers", "speakers", NAMES],
  ["statements", "allSpeakerCountries", "speakerCountries", CODES],
  ["meetings", "allPeople", "people", NAMES],
  ["meetings", "allParticipantCountries", "participantCountries", CODES],
  ["agreements", "allParties", "parties", CODES],
] as const;

describe("Filters that require all values", () => {
  let service: TestService;

  beforeAll(async () => {
    service = await serviceWith(record());
  });
  afterAll(() => service.close());

  describe.each(LISTS)("The filter of %s by %s", (field, all, any, values) => {
    /** How many rows have all of these; page and count have to agree. */
    async function found(wanted: readonly string[], more = ""): Promise<number> {
      const filter = `filter: { ${all}: $wanted${more} }`;
      const type = values === NAMES ? "String" : "CountryCode";
      const { data } = await service.ask(
        `query ($wanted: [${type}!]) { ${field}(${filter}) { totalCount nodes { id } } }`,
        { wanted },
      );
      expect(data[field].nodes).toHaveLength(data[field].totalCount as number);
      return data[field].totalCount as number;
    }

    it("A row matches when it has all values, in any order", async () => {
      expect(await found(values.slice(0, 1))).toBe(3);
      expect(await found(values.slice(0, 2))).toBe(3);
      expect(await found(values.slice(0, 3))).toBe(2);
      expect(await found(values.slice(0, 4).toReversed())).toBe(2);
      expect(await found(values)).toBe(1);
    });

    it("One value finds the same rows as the filter for any value", async () => {
      for (const value of values) {
        const query = (name: string) =>
          `{ ${field}(filter: { ${name}: ["${value}"] }) { nodes { id } } }`;
        expect((await service.ask(query(all))).data).toEqual((await service.ask(query(any))).data);
      }
    });

    it("A value given twice counts once", async () => {
      expect(await found([...values.slice(0, 3), values[0]!, values[2]!])).toBe(2);
      expect(await found([values[4]!, values[4]!, values[4]!])).toBe(1);
    });

    it("An unknown value or an empty list matches nothing", async () => {
      const nobody = values === NAMES ? "nobody" : "ZZ";
      expect(await found([nobody])).toBe(0);
      expect(await found([...values.slice(0, 2), nobody])).toBe(0);
      expect(await found([...values, nobody])).toBe(0);
      expect(await found([nobody, ...Array.from({ length: 99 }, (_, i) => values[i % 5]!)])).toBe(
        0,
      );
      expect(await found([])).toBe(0);
    });
  });

  it.each(LISTS.filter(([, , , values]) => values === NAMES))(
    "A present and a former slug count as one person: %s by %s",
    async (field, all) => {
      const found = async (...slugs: string[]) => {
        const { data } = await service.ask(
          `query ($slugs: [String!]) { ${field}(filter: { ${all}: $slugs }) { totalCount } }`,
          { slugs },
        );
        return data[field].totalCount as number;
      };
      expect(await found("ada", "young-ada")).toBe(3);
      expect(await found("ada", "young-ada", "bo")).toBe(3);
      expect(await found("young-ada", "young-bo", "young-cy")).toBe(2);
      expect(await found("ada", "young-ada", "young-bo", "cy", "dot", "elan")).toBe(1);
    },
  );

  it.each(LISTS.filter(([field]) => field !== "agreements"))(
    "With statedOnly, each of the values has to be stated: %s by %s",
    async (field, all, _, values) => {
      const found = async (wanted: readonly string[]) => {
        const type = values === NAMES ? "String" : "CountryCode";
        const { data } = await service.ask(
          `query ($wanted: [${type}!]) { ${field}(filter: { ${all}: $wanted, statedOnly: true }) { totalCount } }`,
          { wanted },
        );
        return data[field].totalCount as number;
      };
      expect(await found(values.slice(0, 3))).toBe(2);
      // The fourth of each row is inferred.
      expect(await found(values.slice(0, 4))).toBe(0);
      expect(await found([values[0]!, values[3]!])).toBe(0);
    },
  );

  it("The filters also work in lists of a parent, and with other filters", async () => {
    const wanted = `[${CODES.slice(0, 3)
      .map((code) => `"${code}"`)
      .join()}]`;
    const { data } = await service.ask(`{
      person(slug: "elan") { statements(filter: { allSpeakerCountries: ${wanted} }) { totalCount } }
      country(code: "TF") { meetings(filter: { allParticipantCountries: ${wanted}, kinds: [OTHER] }) { totalCount } }
      statements(filter: { allSpeakers: ["ada", "bo", "cy"], allSpeakerCountries: ${wanted}, joint: true }) {
        totalCount facets(by: SPEAKER) { value count }
      }
    }`);
    expect(data).toEqual({
      person: { statements: { totalCount: 1 } },
      country: { meetings: { totalCount: 2 } },
      statements: {
        totalCount: 2,
        facets: NAMES.map((value, i) => ({ value, count: i < 4 ? 2 : 1 })),
      },
    });
  });
});

/** Three of each: of the first two, of the first four, and of all five. The fourth is inferred. */
function record(): SourceRecordInput {
  const sizes = [2, 4, 5];
  const sides = (size: number) =>
    NAMES.slice(0, size).map((person, i) => ({
      person,
      personCertainty: i === 3 ? INFERRED : STATED,
      country: CODES[i]!,
      countryCertainty: i === 3 ? INFERRED : STATED,
    }));
  const citations = [{ start: 0, end: 9 }];
  return {
    format: "communique-record/1",
    document: { key: "choir", kind: DocumentKind.TRANSCRIPT, language: "en" },
    people: NAMES.map((slug) => ({
      slug,
      formerSlugs: [`young-${slug}`],
      name: slug,
      sortName: slug,
    })),
    meetings: sizes.map((size) => ({
      slug: `choir-of-${size}`,
      title: `Choir of ${size}`,
      kind: MeetingKind.OTHER,
      coverage: MeetingCoverage.REPORTED,
      participations: sides(size).map((side) => ({ ...side, citations })),
      citations,
    })),
    agreements: sizes.map((size) => ({
      slug: `song-of-${size}`,
      title: `Song of ${size}`,
      kind: AgreementKind.AGREEMENT,
      parties: CODES.slice(0, size).map((country) => ({ country })),
      citations,
    })),
    statements: sizes.map((size) => ({
      key: `sung-by-${size}`,
      text: `All ${size} sing of the fog.`,
      form: StatementForm.REPORTED,
      language: "en",
      meeting: `choir-of-${size}`,
      speakers: sides(size),
      citations,
    })),
  };
}
