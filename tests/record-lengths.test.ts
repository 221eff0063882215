import { checkRecord } from "../src/records/check/record.check.js";
import type { SourceRecordInput } from "../src/records/record.format.js";
import { fableWith, passageOf } from "./fixtures/fable.js";

const CODE = "list-longer-than-assumed";

/** Where lists are too long, when this is put into a record that has none. */
function longIn(at: string, value: unknown) {
  const { faults } = checkRecord(fableWith({ [at]: value }));
  return faults
    .filter(({ code }) => code === CODE)
    .map(({ pointer, severity }) => [pointer, severity]);
}

const many = <T>(count: number, make: (i: number) => T) =>
  Array.from({ length: count }, (_, i) => make(i));

const passage = passageOf("Ada Floe", "in Iceburg");
const slugs = (count: number) => many(count, (i) => `x-${i}`);

describe("Lists longer than the estimate assumes", () => {
  it.each<[string, string, (count: number) => unknown[], number, string?]>([
    ["names", "/people/0/otherNames", (n) => many(n, (i) => `Ada ${i}`), 20],
    [
      "identifiers",
      "/people/0/identifiers",
      (n) => many(n, (i) => ({ scheme: "x", value: `${i}` })),
      5,
    ],
    ["places", "/meetings/0/places", slugs, 3],
    ["citations of a meeting", "/meetings/0/citations", (n) => many(n, () => passage), 5],
    [
      "citations of a participation",
      "/meetings/0/participations/0/citations",
      (n) => many(n, () => passage),
      5,
    ],
    ["speakers", "/statements/0/speakers", (n) => many(n, (i) => ({ person: `x-${i}` })), 3],
    ["addressees", "/statements/0/addressees", (n) => many(n, (i) => ({ person: `x-${i}` })), 3],
    ["topics of a statement", "/statements/0/topics", slugs, 5],
    ["topics", "/topics", (n) => many(n, (i) => ({ slug: `x-${i}`, label: `${i}` })), 100],
    ["parties", "/agreements/0/parties", (n) => many(n, (i) => ({ organization: `x-${i}` })), 4],
    [
      "countries of a meeting",
      "/meetings/0/participations",
      (n) =>
        many(n, (i) => ({
          country: ["IN", "CN", "MY", "LA", "FR", "DE", "IT", "ES", "PT", "NO", "SE"][i],
          citations: [passage],
        })),
      10,
    ],
    [
      "offices of a person",
      "/tenures",
      (n) =>
        many(n, (i) => ({
          key: `ada-floe/x-${i}`,
          person: "ada-floe",
          title: "Minister",
          citations: [passage],
        })),
      10,
      "/tenures/10",
    ],
    [
      "agreements of a meeting",
      "/agreements",
      (n) =>
        many(n, (i) => ({
          slug: `x-${i}`,
          title: "Pact",
          kind: "TREATY",
          parties: [{ country: "IN" }],
          signedAt: (fableWith() as SourceRecordInput).meetings![0]!.slug,
          citations: [passage],
        })),
      3,
      "/meetings/0",
    ],
  ])(
    "A list longer than its assumed size is a warning: %s",
    (_what, at, make, assumed, pointer = at) => {
      expect(longIn(at, make(assumed))).toEqual([]);
      expect(longIn(at, make(assumed + 1))).toEqual([[pointer, "warning"]]);
    },
  );

  it("The warning has the length of the list and the assumed size", () => {
    const { faults } = checkRecord(fableWith({ "/statements/0/topics": slugs(6) }));
    expect(faults.find(({ code }) => code === CODE)?.message).toBe(
      "6 entries: the cost of Statement.topics is estimated for 5",
    );
  });
});
