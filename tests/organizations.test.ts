import type { SourceRecordInput } from "../src/records/record.format.js";
import { exportRecords } from "../src/records/export/record.export.js";
import { checkRecord } from "../src/records/check/record.check.js";
import { MeetingCoverage, MeetingKind, ParentRelation } from "../src/meeting/meeting.enums.js";
import { serviceWith, type TestService } from "./harness/service.js";

type Organizations = NonNullable<SourceRecordInput["organizations"]>;

/** What one document says of organizations. */
const telling = (
  document: string,
  organizations: object[],
  more: Partial<SourceRecordInput["document"] & object> = {},
) =>
  ({
    format: "communique-record/1",
    document: { key: document, kind: "NEWS", language: "en", ...more },
    organizations: organizations as Organizations,
  }) as SourceRecordInput;

const UNION = { slug: "sea-union", name: "Sea Union", kind: "INTERGOVERNMENTAL" };
const MINISTRY = {
  slug: "tides",
  name: "Ministry of Tides",
  kind: "GOVERNMENT_BODY",
  country: "BV",
};
const OFFICE = {
  slug: "ebb",
  name: "Ebb Office",
  kind: "GOVERNMENT_BODY",
  country: "BV",
  parent: "tides",
};
const KELP = { slug: "kelp", name: "Kelp Party", kind: "PARTY", country: "AQ" };
const NAMELESS = { slug: "guild", name: "Guild" };

describe("Organizations", () => {
  let test: TestService;
  beforeEach(async () => {
    test = await serviceWith();
  });
  afterEach(() => test.close());

  const slugs = async (filter: string) => {
    const { data } = await test.ask(
      `{ organizations(filter: ${filter}) { totalCount nodes { slug } } }`,
    );
    const found = data.organizations.nodes.map(({ slug }: { slug: string }) => slug) as string[];
    expect(data.organizations.totalCount).toBe(found.length);
    return found;
  };
  const claims = async (slug: string, field: string) => {
    const { data } = await test.ask(
      `{ organization(slug: "${slug}") { claims(field: "${field}") { value rank } } }`,
    );
    return data.organization.claims;
  };

  it("An organization has the kind, country and parent that its record gives, and null where it gives none", async () => {
    await test.load(telling("herald", [OFFICE, MINISTRY, UNION, NAMELESS]));
    const { data, sql } = await test.ask(`{
      organizations { nodes { slug kind country { code name } parent { slug parent { slug } country { code } } } }
    }`);
    expect(sql).toEqual(["organizations"]);
    expect(data.organizations.nodes).toEqual([
      {
        slug: "ebb",
        kind: "GOVERNMENT_BODY",
        country: { code: "BV", name: "Bouvet Island" },
        parent: { slug: "tides", parent: null, country: { code: "BV" } },
      },
      { slug: "guild", kind: null, country: null, parent: null },
      {
        slug: "tides",
        kind: "GOVERNMENT_BODY",
        country: { code: "BV", name: "Bouvet Island" },
        parent: null,
      },
      { slug: "sea-union", kind: "INTERGOVERNMENTAL", country: null, parent: null },
    ]);
  });

  it("A router gets the country and the parent of organizations by their ids", async () => {
    await test.load(telling("herald", [OFFICE, MINISTRY]));
    const { data } = await test.ask(`{
      _entities(representations: [{ __typename: "Organization", slug: "ebb" }]) {
        ... on Organization { kind country { code } parent { name } }
      }
    }`);
    expect(data._entities).toEqual([
      { kind: "GOVERNMENT_BODY", country: { code: "BV" }, parent: { name: "Ministry of Tides" } },
    ]);
  });

  it("Organizations are found by kind and country, of which several mean any", async () => {
    await test.load(telling("herald", [OFFICE, MINISTRY, UNION, NAMELESS, KELP]));
    expect(await slugs("{ kinds: [PARTY] }")).toEqual(["kelp"]);
    expect(await slugs("{ kinds: [PARTY, INTERGOVERNMENTAL] }")).toEqual(["kelp", "sea-union"]);
    expect(await slugs('{ countries: ["BV"] }')).toEqual(["ebb", "tides"]);
    expect(await slugs('{ countries: ["BV", "AQ"], kinds: [PARTY] }')).toEqual(["kelp"]);
    expect(await slugs('{ countries: ["BV"], text: "tides" }')).toEqual(["tides"]);
    expect(await slugs("{ kinds: [] }")).toEqual([]);
    expect(await slugs('{ countries: ["NO"] }')).toEqual([]);
  });

  it("A country is on record once an organization is of it", async () => {
    const countries = async () =>
      (await test.ask("{ countries { nodes { code } } }")).data.countries.nodes;
    await test.load(telling("herald", [NAMELESS]));
    expect(await countries()).toEqual([]);
    await test.load(telling("herald", [KELP]));
    expect(await countries()).toEqual([{ code: "AQ" }]);
  });

  it("Each value that differs is a claim beside that of the more official document", async () => {
    await test.load(
      telling("herald", [UNION, { ...KELP, kind: "OTHER", country: "NO", parent: "sea-union" }]),
      telling("treaty", [{ ...KELP }], { kind: "JOINT_STATEMENT" as never }),
    );
    const { data } = await test.ask(
      `{ organization(slug: "kelp") { kind country { code } parent { slug } } }`,
    );
    expect(data.organization).toEqual({
      kind: "PARTY",
      country: { code: "AQ" },
      parent: { slug: "sea-union" },
    });
    expect(await claims("kelp", "kind")).toEqual([
      { value: "PARTY", rank: "PREFERRED" },
      { value: "OTHER", rank: "NORMAL" },
    ]);
    expect(await claims("kelp", "country")).toEqual([
      { value: "AQ", rank: "PREFERRED" },
      { value: "NO", rank: "NORMAL" },
    ]);
    expect(await claims("kelp", "parent")).toEqual([{ value: "sea-union", rank: "PREFERRED" }]);
  });

  it("A changed kind, country and parent are reported by name, and exported as they were given", async () => {
    await test.load(telling("herald", [MINISTRY, UNION, OFFICE]));
    const { lines } = await test.loadWith(
      {},
      telling("herald", [
        MINISTRY,
        UNION,
        { ...OFFICE, kind: "OTHER", country: "AQ", parent: "sea-union" },
      ]),
    );
    expect(lines).toEqual([
      'changed  organization ebb: kind "GOVERNMENT_BODY" → "OTHER", parent tides → sea-union, country "BV" → "AQ"',
    ]);
    let text = "";
    for await (const piece of exportRecords(test.dataSource)) text += piece;
    // What is above comes first.
    expect((JSON.parse(text) as SourceRecordInput).organizations).toEqual([
      UNION,
      MINISTRY,
      { ...OFFICE, kind: "OTHER", country: "AQ", parent: "sea-union" },
    ]);
  });

  describe("above themselves", () => {
    const circle = [{ ...MINISTRY, parent: "ebb" }, OFFICE];

    it("The check finds a cycle of parents once, also of an organization that is its own", () => {
      const faultsOf = (record: SourceRecordInput) =>
        checkRecord(record)
          .faults.filter(({ severity }) => severity === "fault")
          .map(({ code, pointer, message }) => [code, pointer, message]);
      expect(faultsOf(telling("herald", circle))).toEqual([
        [
          "parent-cycle",
          "/organizations/1/parent",
          "an organization above itself: ebb → tides → ebb",
        ],
      ]);
      expect(faultsOf(telling("herald", [{ ...KELP, parent: "kelp" }]))).toEqual([
        ["parent-cycle", "/organizations/0/parent", "an organization above itself: kelp → kelp"],
      ]);
      // A meeting of the same name has a hierarchy of its own.
      const meeting = { slug: "ebb", title: "Ebb", citations: [{ start: 0, end: 1 }] };
      const meetings = [
        { ...meeting, kind: MeetingKind.OTHER, coverage: MeetingCoverage.REPORTED },
        {
          ...meeting,
          slug: "tides",
          kind: MeetingKind.OTHER,
          coverage: MeetingCoverage.REPORTED,
          parent: "ebb",
          parentRelation: ParentRelation.PART_OF,
        },
      ];
      const named = { ...telling("herald", [MINISTRY, OFFICE]), meetings };
      expect(faultsOf(named)).toEqual([]);
    });

    it("A parent that would close a cycle with what another document says is not shown", async () => {
      await test.load(telling("herald", [OFFICE, MINISTRY]));
      await test.load(
        telling("mirror", [{ ...MINISTRY, parent: "ebb" }]),
        telling("wire", [{ ...KELP, parent: "ebb" }]),
      );
      expect(await parentsOf()).toEqual({ ebb: "tides", tides: null, kelp: "ebb" });
      // Its key comes before the other's.
      await test.load(telling("gazette", [{ ...MINISTRY, parent: "ebb" }]));
      expect(await parentsOf()).toEqual({ ebb: null, tides: "ebb", kelp: "ebb" });
    });

    it("A cycle over several organizations is opened after one between them was moved", async () => {
      await test.load(telling("herald", [OFFICE, MINISTRY, UNION, KELP]));
      await test.load(telling("gazette", [{ ...MINISTRY, parent: "sea-union" }]));
      await test.load(telling("mirror", [{ ...UNION, parent: "kelp" }]));
      await test.load(telling("wire", [{ ...KELP, parent: "ebb" }]));
      const shown = { ebb: "tides", tides: "sea-union", "sea-union": "kelp", kelp: null };
      expect(await parentsOf()).toEqual(shown);
    });

    async function parentsOf() {
      const { data } = await test.ask("{ organizations { nodes { slug parent { slug } } } }");
      const nodes: { slug: string; parent: { slug: string } | null }[] = data.organizations.nodes;
      return Object.fromEntries(nodes.map(({ slug, parent }) => [slug, parent?.slug ?? null]));
    }
  });
});
