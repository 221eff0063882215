import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as jsonld from "jsonld";
import { exportLinked } from "../src/records/linked/record.linked.export.js";
import { UnknownDocument } from "../src/records/export/record.export.unknown.js";
import { fableText, fableWith } from "./fixtures/fable.js";
import { passageIn, recordOf, sha256Of, writeTexts } from "./fixtures/texts.js";
import { worldOf } from "./fixtures/world.js";
import { serviceWith, type TestService } from "./harness/service.js";
import type { Whatever } from "./harness/whatever.js";

const CQ = "urn:communique:term:";
const OA = "http://www.w3.org/ns/oa#";
const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const SCHEMA = "https://schema.org/";

/** Longer than several parts of a held text, with characters of two code units on both sides of where parts begin. */
const OPEN = `${"🐧".repeat(9_000)}x${"🐟 ".repeat(6_000)}Ada Floe said that 🐟 are free. The end.`;
const CLOSED = "🐧 Ada Floe keeps the 🐟 and nobody else does.";
const said = { free: "that 🐟 are free" };
const open = { key: "open", text: OPEN, licence: "CC-BY-4.0", said };
const closed = { key: "closed", text: CLOSED, licence: null, said: { keeps: "keeps the 🐟" } };
const away = { key: "away", text: "Not held.", licence: "CC0-1.0", said: { held: "held" } };

// Its types do not know that these return promises.
const toRDF = jsonld.toRDF as (document: object, options: object) => Promise<unknown>;
const canonize = jsonld.canonize as (document: object, options: object) => Promise<string>;

interface Quad {
  subject: { value: string; termType: string };
  predicate: { value: string };
  object: { value: string; termType: string; datatype?: { value: string } };
}

describe("The record as JSON-LD", () => {
  let folder: string;
  let communique: TestService;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "communique-linked-"));
    communique = await serviceWith(
      ...worldOf({ seed: 4, people: 12, places: 5, meetings: 20, statements: 40 }),
    );
    await writeTexts(folder, { open: OPEN, closed: CLOSED, "the-herring-pact": fableText });
    await communique.loadWith(
      { text: folder },
      ...[open, closed, away].map(recordOf),
      fableWith({
        "/meetings/0/dateCertainty": "INFERRED",
        "/statements/0/speakers/0/countryCertainty": "INFERRED",
        "/people/0/birthDate": "2001-02",
        "/people/0/identifiers": [{ scheme: "wikidata", value: "Q1" }],
      }) as never,
    );
  });
  afterAll(async () => {
    await communique.close();
    await rm(folder, { recursive: true });
  });

  async function exported(keys?: string[]): Promise<Whatever[]> {
    let text = "";
    for await (const part of exportLinked(communique.dataSource, { keys })) text += part;
    return text
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  }

  /** Reads JSON-LD with a parser of others: what no term or address stands for is an error, and so is fetching anything. */
  async function quadsOf(...documents: object[]): Promise<Quad[]> {
    const documentLoader = (url: string) => Promise.reject(new Error(`fetched ${url}`));
    const options = { safe: true, documentLoader };
    const quads: Quad[] = [];
    for (const [i, document] of documents.entries()) {
      const found = (await toRDF(document, options)) as Quad[];
      // Nodes without an address are those of their own document.
      const own = <Term extends { value: string; termType: string }>(node: Term): Term =>
        node.termType === "BlankNode" ? { ...node, value: `${node.value} of ${i}` } : node;
      for (const quad of found)
        quads.push({ ...quad, subject: own(quad.subject), object: own(quad.object) });
    }
    return quads;
  }

  const values = (quads: Quad[], predicate: string, subject?: string) =>
    quads
      .filter((quad) => quad.predicate.value === predicate)
      .filter((quad) => subject === undefined || quad.subject.value === subject)
      .map(({ object }) => object.value);

  const idOf = async (field: string, argument: string) => {
    const { data } = await communique.ask(`{ item: ${field}(${argument}) { id } }`);
    return `urn:uuid:${data.item.id}`;
  };

  /** What a document's only statement is cited by: its selectors, by type. */
  async function selectorsOf(key: string): Promise<Record<string, Whatever>> {
    const line = (await exported([key])).find(({ type }) => type.includes("cq:Statement"));
    const { "oa:hasTarget": target } = line.citations[0];
    const all = (target["oa:hasSelector"] ?? []).map((one: Whatever) => [one.type, one]);
    return { ...Object.fromEntries(all), target };
  }

  it("jsonld reads every line in safe mode: no term is dropped, and nothing is fetched", async () => {
    const lines = await exported();
    const quads = await quadsOf(...lines);
    const counts = async (table: string) =>
      (await communique.dataSource.query(`SELECT count(*)::int AS n FROM ${table}`))[0].n;
    const ofType = (type: string) =>
      quads.filter(
        ({ predicate, object }) => predicate.value === `${RDF}type` && object.value === type,
      );
    const statements = new Set(ofType(`${CQ}Statement`).map(({ subject }) => subject.value));
    expect(statements.size).toBe(await counts("statement"));
    expect(new Set(ofType(`${CQ}Tenure`).map(({ subject }) => subject.value)).size).toBe(
      await counts("tenure"),
    );
    const annotations = new Set(ofType(`${OA}Annotation`).map(({ subject }) => subject.value));
    expect(annotations.size).toBe(
      await counts("citation WHERE merge_id IS NULL AND relation_id IS NULL"),
    );
    expect(values(quads, `${OA}hasSource`)).toHaveLength(annotations.size);
    expect(values(quads, `${OA}hasBody`)).toHaveLength(annotations.size);
    // Every node that is referred to by an address of ours has a line.
    const described = new Set(quads.map(({ subject }) => subject.value));
    for (const { object } of quads)
      if (object.value.startsWith("urn:uuid:")) expect(described).toContain(object.value);
  });

  it("The canonical form of JSON-LD is the same, whatever the order in which lines are read", async () => {
    const lines = await exported(["the-herring-pact"]);
    const canonical = (graph: object[]) =>
      canonize({ "@graph": graph }, { algorithm: "RDFC-1.0", safe: true });
    const one = await canonical(lines);
    expect(one.split("\n").length).toBeGreaterThan(100);
    expect(await canonical([...lines].reverse())).toBe(one);
  });

  it("A STATED fact is a property; an INFERRED one is only described, with its certainty", async () => {
    const quads = await quadsOf(...(await exported(["the-herring-pact"])));
    const talks = await idOf("meeting", 'slug: "fish-talks"');
    expect(values(quads, `${SCHEMA}startDate`, talks)).toEqual([]);
    expect(values(quads, `${SCHEMA}location`, talks)).toEqual([
      await idOf("place", 'slug: "iceburg"'),
    ]);
    const described = values(quads, `${CQ}inferred`, talks);
    expect(described).toHaveLength(1);
    expect(values(quads, `${RDF}predicate`, described[0])).toEqual([`${SCHEMA}startDate`]);
    expect(values(quads, `${RDF}object`, described[0])).toEqual(["2031-06-03"]);
    expect(values(quads, `${CQ}certainty`, described[0])).toEqual([`${CQ}INFERRED`]);
    const whose = await idOf("statementByKey", 'key: "the-herring-pact/whose-sea-it-is"');
    const [role] = values(quads, `${SCHEMA}creator`, whose);
    expect(values(quads, `${SCHEMA}creator`, role)).toEqual([
      await idOf("person", 'slug: "ada-floe"'),
    ]);
    expect(values(quads, `${CQ}onBehalfOf`, role)).toEqual([]);
    const [country] = values(quads, `${CQ}inferred`, role);
    expect(values(quads, `${RDF}object`, country)).toEqual(["urn:communique:country:AQ"]);
    // As many as the record has, with none left out and none twice.
    const inferred = values(quads, `${CQ}certainty`).filter((value) => value === `${CQ}INFERRED`);
    expect(inferred.length).toBe(values(quads, `${CQ}inferred`).length);
  });

  it("Only words to the letter are a quotation, and a partial date has the type of its precision", async () => {
    const lines = await exported(["the-herring-pact"]);
    const byKey = (key: string) =>
      lines.find((line) => line["schema:identifier"] === `the-herring-pact/${key}`);
    expect(byKey("whose-sea-it-is").type).toContain("schema:Quotation");
    expect(byKey("whose-sea-it-is")["schema:text"]["@value"]).toBe(
      "The sea belongs to all of us 🐧",
    );
    expect(byKey("fish-shared").type).not.toContain("schema:Quotation");
    expect(byKey("fish-shared")).not.toHaveProperty("schema:text");
    expect(byKey("fish-shared")["schema:abstract"]["@language"]).toBe("en");
    const people = (await exported()).filter(({ type }) => type.includes("schema:Person"));
    const ada = people.find((line) => line["schema:birthDate"]);
    expect(ada["schema:birthDate"]).toEqual({ "@value": "2001-02", "@type": "xsd:gYearMonth" });
    expect(ada["schema:sameAs"]).toEqual({ id: "http://www.wikidata.org/entity/Q1" });
  });

  it("Offsets are code points of the text, over parts and characters of two code units", async () => {
    const {
      "oa:TextPositionSelector": position,
      "oa:TextQuoteSelector": quote,
      target,
    } = await selectorsOf("open");
    const points = [...OPEN].slice(position["oa:start"], position["oa:end"]).join("");
    expect(points).toBe(said.free);
    expect(quote["oa:exact"]).toBe(said.free);
    expect(OPEN).toContain(quote["oa:prefix"] + quote["oa:exact"] + quote["oa:suffix"]);
    const units = passageIn(OPEN, said.free);
    expect([target["cq:startCodeUnit"], target["cq:endCodeUnit"]]).toEqual([
      units.start,
      units.end,
    ]);
    expect(position["oa:start"]).toBeLessThan(units.start);
    expect(target["cq:textSha256"]).toBe(sha256Of(OPEN));
  });

  it("Words that may not be quoted are nowhere; where they are held, their place is", async () => {
    const { "oa:TextPositionSelector": position, ...rest } = await selectorsOf("closed");
    expect(rest).not.toHaveProperty("oa:TextQuoteSelector");
    const points = [...CLOSED].slice(position["oa:start"], position["oa:end"]).join("");
    expect(points).toBe("keeps the 🐟");
    expect(JSON.stringify(await exported(["closed"]))).not.toContain("keeps the");
  });

  it("Of a text that is not held there is no selector, but our own offsets and its hash", async () => {
    const { target } = await selectorsOf("away");
    expect(target).not.toHaveProperty("oa:hasSelector");
    expect([target["cq:startCodeUnit"], target["cq:textSha256"]]).toEqual([
      4,
      sha256Of("Not held."),
    ]);
  });

  it("An unknown document is an error that names the nearest one", async () => {
    await expect(exported(["opem"])).rejects.toThrow(
      new UnknownDocument('no document on record has the key "opem"; did you mean "open"?'),
    );
  });
});
