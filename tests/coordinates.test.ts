import { checkFiles } from "../src/records/check/record.check.files.js";
import { checkRecord } from "../src/records/check/record.check.js";
import { exportRecords } from "../src/records/export/record.export.js";
import type { SourceRecordInput } from "../src/records/record.format.js";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { printConflicts } from "../src/records/claims/record.conflicts.js";
import { sqlOf } from "../src/db/sql.js";
import { serviceWith, type TestService } from "./harness/service.js";

interface Coordinates {
  latitude?: unknown;
  longitude?: unknown;
}

/** What one document says of where Iceburg is. */
const telling = (document: string | object, coordinates?: Coordinates | null) =>
  ({
    format: "communique-record/1",
    document:
      typeof document === "string" ? { key: document, kind: "DATASET", language: "en" } : document,
    places: [{ slug: "iceburg", name: "Iceburg", ...(coordinates && { coordinates }) }],
  }) as SourceRecordInput;

const HERE = { latitude: -54.4321, longitude: 3.4 };
const THERE = { latitude: -54, longitude: -180 };

describe("Coordinates of places", () => {
  let test: TestService;
  beforeEach(async () => {
    test = await serviceWith();
  });
  afterEach(() => test.close());

  const shown = async () => {
    const { data } = await test.ask(
      `{ place(slug: "iceburg") { coordinates { latitude longitude document { key kind } } } }`,
    );
    return data.place.coordinates;
  };
  const claims = async () => {
    const { data } = await test.ask(
      `{ place(slug: "iceburg") { claims(field: "coordinates") { value rank citations { document { key } } } } }`,
    );
    return data.place.claims;
  };
  const exported = async () => {
    let text = "";
    for await (const piece of exportRecords(test.dataSource)) text += piece;
    return text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as SourceRecordInput);
  };

  it("A place is where a dataset says, which is named, and nowhere without one", async () => {
    await test.load(telling("gazetteer"));
    expect(await shown()).toBeNull();
    await test.load(telling("gazetteer", HERE));
    expect(await shown()).toEqual({ ...HERE, document: { key: "gazetteer", kind: "DATASET" } });
    await test.load(telling("gazetteer"));
    expect(await shown()).toBeNull();
  });

  it("Coordinates of many places are read with them, and their documents at once", async () => {
    await test.load({
      ...telling("gazetteer"),
      places: Array.from({ length: 30 }, (_, i) => ({
        slug: `floe-${i}`,
        name: `Floe ${i}`,
        coordinates: { latitude: i, longitude: -i },
      })),
    });
    const { data, sql } = await test.ask(
      `{ places(first: 30) { nodes { slug coordinates { latitude longitude document { key } } } } }`,
    );
    expect(sql).toEqual(["places", "documentsByIds"]);
    for (const { slug, coordinates } of data.places.nodes) {
      const i = Number(slug.slice("floe-".length));
      expect(coordinates).toEqual({
        latitude: i,
        longitude: 0 - i,
        document: { key: "gazetteer" },
      });
    }
    const router = await test.ask(`{
      _entities(representations: [{ __typename: "Place", slug: "floe-7" }]) { ... on Place { coordinates { latitude } } }
    }`);
    expect(router.data._entities).toEqual([{ coordinates: { latitude: 7 } }]);
  });

  it("Of several documents the preferred one gives both, and the others are claims beside it", async () => {
    const dated = (key: string, datePublished: string) => ({
      key,
      kind: "DATASET",
      language: "en",
      datePublished,
    });
    await test.load(
      telling(dated("atlas", "2031"), THERE),
      telling(dated("gazetteer", "2030"), HERE),
      telling(dated("wall-map", "2032"), HERE),
    );
    expect(await shown()).toEqual({ ...HERE, document: { key: "gazetteer", kind: "DATASET" } });
    expect(await claims()).toEqual([
      {
        value: JSON.stringify(HERE),
        rank: "PREFERRED",
        citations: [{ document: { key: "gazetteer" } }, { document: { key: "wall-map" } }],
      },
      {
        value: JSON.stringify(THERE),
        rank: "NORMAL",
        citations: [{ document: { key: "atlas" } }],
      },
    ]);
    const lines: string[] = [];
    await printConflicts(
      sqlOf(test.dataSource),
      "json",
      (line) => lines.push(line),
      () => {},
    );
    expect(
      lines.map((line) => JSON.parse(line) as { field: string }).map(({ field }) => field),
    ).toEqual(["coordinates"]);
  });

  it("Each document's coordinates are exported in its own record", async () => {
    await test.load(telling("atlas", THERE), telling("gazetteer", HERE), telling("wire"));
    const places = (await exported()).map(({ document, places }) => [
      (document as { key: string }).key,
      places,
    ]);
    expect(Object.fromEntries(places)).toEqual({
      atlas: [{ slug: "iceburg", name: "Iceburg", coordinates: THERE }],
      gazetteer: [{ slug: "iceburg", name: "Iceburg", coordinates: HERE }],
      wire: [{ slug: "iceburg", name: "Iceburg" }],
    });
  });

  it("Changed coordinates are reported once, as a record writes them, and not where only the document is another", async () => {
    await test.load(telling("gazetteer", HERE));
    const { lines } = await test.loadWith({}, telling("gazetteer", THERE));
    expect(lines).toEqual([
      `changed  place iceburg: coordinates ${JSON.stringify(HERE)} → ${JSON.stringify(THERE)}`,
    ]);
    const others = await test.loadWith({}, telling("atlas", THERE));
    expect(others.lines).toEqual(["joined   place iceburg: now also of atlas"]);
    expect(await shown()).toMatchObject({ document: { key: "atlas" } });
  });

  describe("from what is no dataset", () => {
    const news = { key: "herald", kind: "NEWS", language: "en" };

    it("The check refuses them, also of a document that another record defines", async () => {
      const faults = checkRecord(telling(news, HERE)).faults;
      expect(faults.map(({ code, pointer }) => [code, pointer])).toEqual([
        ["wrong-document-kind", "/places/0/coordinates"],
      ]);
      expect(faults[0]!.message).toBe(
        "only the record of a DATASET gives this, and its document is NEWS",
      );
      expect(checkRecord(telling("gazetteer", HERE)).faults).toEqual([]);
      expect(checkRecord(telling(news)).faults).toEqual([]);

      const folder = await mkdtemp(join(tmpdir(), "communique-coordinates-"));
      try {
        const file = join(folder, "records.jsonl");
        const records = [telling(news), { ...telling(news, HERE), document: "herald" }];
        await writeFile(file, records.map((record) => JSON.stringify(record)).join("\n"));
        const { faults } = await checkFiles([file]);
        expect(faults.map(({ code, line, pointer }) => [code, line, pointer])).toEqual([
          ["wrong-document-kind", 2, "/places/0/coordinates"],
        ]);
      } finally {
        await rm(folder, { recursive: true });
      }
    });

    it("A load refuses them, also of a document that is on record already", async () => {
      await test.load(telling(news));
      const { faults, report } = await test.loadWith(
        {},
        telling({ ...news, key: "wire" }, HERE),
        { ...telling(news, HERE), document: "herald" },
        telling("gazetteer", HERE),
      );
      expect(faults.map(({ code, pointer }) => [code, pointer]).sort()).toEqual([
        ["wrong-document-kind", "/places/0/coordinates"],
        ["wrong-document-kind", "/places/0/coordinates"],
      ]);
      expect(report).toMatchObject({ records: 1, refused: 2 });
      expect(await shown()).toMatchObject({ document: { key: "gazetteer" } });
    });

    it.each([
      ["that are shown", false],
      ["that are a claim beside others", true],
    ])("A document that gives coordinates %s stays a dataset", async (_what, isBeside) => {
      const records = [telling("gazetteer", HERE), ...(isBeside ? [telling("atlas", THERE)] : [])];
      await test.load(...records);
      const { faults } = await test.loadWith({}, {
        format: "communique-record/1",
        document: { key: "gazetteer", kind: "NEWS", language: "en" },
      } as SourceRecordInput);
      expect(faults.map(({ code }) => code)).toEqual(["wrong-document-kind"]);
      // With the record that takes them back it may be another kind.
      await test.load(telling({ key: "gazetteer", kind: "NEWS", language: "en" }));
      expect(await shown()).toEqual(
        isBeside ? { ...THERE, document: { key: "atlas", kind: "DATASET" } } : null,
      );
    });
  });

  it("The database refuses coordinates of what is no dataset, half of them, and those that are nowhere", async () => {
    await test.load(
      telling("gazetteer", HERE),
      telling({ key: "herald", kind: "NEWS", language: "en" }),
    );
    const set = (columns: string) => test.dataSource.query(`UPDATE place SET ${columns}`);
    await expect(
      set("coordinates_document_id = (SELECT id FROM source_document WHERE key = 'herald')"),
    ).rejects.toThrow("place iceburg has coordinates of herald, which is no DATASET");
    await expect(
      test.dataSource.query("UPDATE source_document SET kind = 'NEWS' WHERE key = 'gazetteer'"),
    ).rejects.toThrow("document gazetteer gives coordinates, which only a DATASET does");
    await expect(set("longitude = NULL")).rejects.toThrow("place_coordinates");
    await expect(set("latitude = 90.5")).rejects.toThrow("place_latitude");
    await expect(set("longitude = 'NaN'")).rejects.toThrow("place_longitude");
  });
});

describe("The check of coordinates", () => {
  const faultsOf = (coordinates: Coordinates) =>
    checkRecord(telling("gazetteer", coordinates)).faults.map(
      ({ code, pointer }) => `${code} ${pointer}`,
    );

  it.each([
    { latitude: 90, longitude: 180 },
    { latitude: -90, longitude: -180 },
    { latitude: 0, longitude: 0 },
    { latitude: 17.96, longitude: 102.6 },
  ])("They are sound: %j", (coordinates) => {
    expect(faultsOf(coordinates)).toEqual([]);
  });

  it.each<[Coordinates, string]>([
    [{ latitude: 90.01, longitude: 0 }, "latitude"],
    [{ latitude: -90.01, longitude: 0 }, "latitude"],
    [{ latitude: 0, longitude: 180.5 }, "longitude"],
    [{ latitude: 0, longitude: -181 }, "longitude"],
    [{ latitude: 0 }, "longitude"],
    [{ longitude: 0 }, "latitude"],
    [{ latitude: "17.96", longitude: 102.6 }, "latitude"],
    [{ latitude: null, longitude: 102.6 }, "latitude"],
  ])("They are a fault: %j", (coordinates, property) => {
    expect(faultsOf(coordinates)).toEqual([`schema /places/0/coordinates/${property}`]);
  });
});
