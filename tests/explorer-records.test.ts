import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SourceRecordInput } from "../src/records/record.format.js";
import { fableWith, passageOf } from "./fixtures/fable.js";
import { get, linksIn, read, textOf } from "./harness/pages.js";
import { configuredService, serviceWith, SHIPPED_RECORD } from "./harness/service.js";

/** The record of the fable, which is sound. */
const fable = (changes = {}) => fableWith(changes) as unknown as SourceRecordInput;

describe("The explorer on other records", () => {
  it("Names, titles and texts are shown as text, never run as HTML", async () => {
    const evil = `<script>alert("1")</script>'&`;
    const test = await serviceWith(
      fable({
        "/people/0/name": `Ada ${evil}`,
        "/meetings/0/title": `Ada ${evil}`,
        "/places/0/name": `Ice ${evil}`,
        "/document/title": `Pact ${evil}`,
        "/statements/1/text": `Everyone nearby gets some ${evil}`,
      }),
    );
    for (const address of [
      ...["/", "/people/ada-floe", "/people/ada-floe?tab=met", "/people/ada-floe?tab=sources"],
      ...["/meetings/fish-talks", "/places/iceburg?facets=1", "/documents/the-herring-pact"],
      ...["/statements/the-herring-pact/fish-shared", "/countries/BV", "/dates/2031?facets=1"],
      ...[`/search?q=${encodeURIComponent(evil)}`, `/people/${encodeURIComponent(evil)}`],
    ]) {
      const { body } = await get(test, address);
      expect([address, body.replace(/<script>[^<]*<\/script>/, "SCRIPT")]).toEqual([address, body]);
      if (address !== "/") expect(textOf(body)).toContain("<script>");
    }
    await test.close();
  });

  it("The slug of a merged person redirects to the one who stays, and browsers do not keep it", async () => {
    const test = await serviceWith(fable({ "/people/0/formerSlugs": ["a-floe"] }));
    for (const [address, location] of [
      ["/people/b-drift", "/people/bo-drift"],
      ["/with/ada-floe/b-drift", "/with/ada-floe/bo-drift"],
      ["/with/b-drift/AQ", "/with/bo-drift/AQ"],
      // In the order of a list by name.
      ["/with/a-floe/b-drift", "/with/bo-drift/ada-floe"],
    ]) {
      const { statusCode, headers } = await get(test, address!);
      expect([statusCode, headers.location]).toEqual([302, location]);
      expect(headers["cache-control"]).toBe("no-store");
    }
    expect(await read(test, "/people/bo-drift?tab=said")).toContain("Bo Drift");
    await test.close();
  });

  it("A list grows to a hundred with the rows that were there, and then goes on page by page and back", async () => {
    const citations = [passageOf("The sea", "told him")];
    const statements = (count: number) =>
      Array.from({ length: count }, (_, i) => ({
        ...{ key: `n${i}`, text: `Point ${i} of the list.`, form: "REPORTED", language: "en" },
        ...{ meeting: "fish-talks", speakers: [{ person: "ada-floe", country: "AQ" }], citations },
      }));
    const test = await serviceWith(fable({ "/statements": statements(245) }));
    const open = async (address: string) => {
      const { body } = await get(test, address);
      const points = [...body.matchAll(/Point \d+ of/g)].map(([point]) => point);
      const [, links = ""] = /<p class="pages">(.*?)<\/p>/s.exec(body) ?? [];
      const to = linksIn(links);
      return { body, points, to, says: textOf(links).trim() };
    };
    const first = await open("/people/ada-floe?place=iceburg");
    expect([first.points.length, first.says]).toEqual([20, "Show the first 100 ↓"]);
    expect(first.to).toEqual(["/people/ada-floe?place=iceburg&rows=100#statements-more"]);
    const grown = await open(first.to[0]!);
    expect([grown.points.length, grown.says]).toEqual([100, "Next 100 →"]);
    expect(grown.points.slice(0, 20)).toEqual(first.points);
    expect(textOf(grown.body)).toContain("21 to 100");
    expect(grown.body).toContain('id="statements-more"');
    const second = await open(grown.to[0]!);
    expect(second.says).toBe("← First page 101 to 200 of 245 Next 45 →");
    const last = await open(second.to[1]!);
    expect([last.points.length, last.says]).toEqual([45, "← First page 201 to 245 of 245"]);
    // Whoever writes another number into the address is told nothing wrong.
    const other = await open(second.to[1]!.replace("past=200", "past=999"));
    expect([other.points.length, other.says]).toEqual([45, "← First page"]);
    const all = [...grown.points, ...second.points, ...last.points];
    expect(new Set(all).size).toBe(245);
    expect((await open(last.to[0]!)).points).toEqual(grown.points);
    // A filter begins anew.
    expect(linksIn(last.body)).toContain("/people/ada-floe#tabs");
    await test.close();
  });

  it("A list that ends before a hundred can be shown whole, beside another that stays as it is", async () => {
    const people = Array.from({ length: 30 }, (_, i) => ({
      ...{ slug: `gull-${i}`, name: `Gull ${i}`, sortName: `Gull ${i}` },
    }));
    const citations = [passageOf("The sea", "told him")];
    const test = await serviceWith(
      fable({
        "/statements": [],
        "/people": [
          { slug: "ada-floe", name: "Ada Floe", sortName: "Floe, Ada" },
          { slug: "bo-drift", name: "Bo Drift", sortName: "Drift, Bo" },
          ...people,
        ],
        "/meetings/0/status": "HELD",
        "/meetings/0/participations": [
          { person: "ada-floe", country: "AQ", citations },
          ...people.map(({ slug }) => ({ person: slug, country: "BV", citations })),
        ],
      }),
    );
    const { body } = await get(test, "/people/ada-floe?tab=met");
    const whole = linksIn(body).find((link) => link.includes("peopleRows=100"))!;
    expect(textOf(body)).toContain("Show all 30 ↓");
    const grown = await get(test, whole);
    expect(new Set(grown.body.match(/Gull \d+(?=<)/g)).size).toBe(30);
    expect(textOf(grown.body)).not.toContain("Show all");
    await test.close();
  });
});

describe("Those whom documents only describe", () => {
  it("Whom a person met by description stands below those with a name, with its meetings, also as a file", async () => {
    const citations = [passageOf("The sea", "told him")];
    const clerk = { description: "a <clerk>", country: "BV", citations };
    const test = await serviceWith(
      fable({
        "/statements": [],
        "/meetings/0/status": "HELD",
        "/meetings/0/participations": [
          { person: "ada-floe", country: "AQ", citations },
          { person: "bo-drift", country: "BV", citations },
          ...[clerk, { description: "a voice", citations }],
          ...Array.from({ length: 20 }, (_, i) => ({ ...clerk, description: `Gull ${i}` })),
        ],
      }),
    );
    const { body } = await get(test, "/people/ada-floe?tab=met");
    const text = textOf(body);
    expect(text).toContain(
      "Met 1 person from the other side by name; 21 participants are only described",
    );
    expect(text).toContain("Described, not named");
    expect(text).toMatch(/a <clerk> Bouvet Island · 1 meeting: \S/);
    expect(text).toMatch(/a voice side not on record · 1 meeting: \S/);
    expect(text).toContain("A journey or conference stands here only where");
    const [, list] = body.split("Described, not named");
    const meeting = linksIn(list!).find((link) => link.startsWith("/meetings/"))!;
    expect((await get(test, meeting)).statusCode).toBe(200);
    const more = linksIn(body).find((link) => link.includes("describedRows=100"))!;
    expect(text).not.toContain("Gull 19");
    expect(textOf((await get(test, more)).body)).toContain("Gull 19");
    const file = await get(test, "/people/ada-floe?tab=met&list=described&format=csv");
    expect(file.body.trim().split("\r\n")).toHaveLength(23);
    expect(file.body).toContain(`a <clerk>,Bouvet Island,,other,1,`);
    const bo = await get(test, "/people/bo-drift?tab=met");
    expect(textOf(bo.body)).toContain("Met 1 person from the other side ");
    expect(bo.body).not.toContain("by name;");
    await test.close();
  });
});

describe("Where the explorer is on", () => {
  const status = async (environment: Record<string, string>, address: string) => {
    const test = await configuredService(environment, SHIPPED_RECORD);
    const { statusCode, body } = await get(test, address);
    await test.close();
    return { statusCode, body };
  };

  it("In production it is off, unless a setting turns it on", async () => {
    const production = { NODE_ENV: "production" };
    expect((await status(production, "/people/rajnath-singh")).statusCode).toBe(404);
    const on = await status(
      { ...production, COMMUNIQUE_EXPLORER: "true" },
      "/people/rajnath-singh",
    );
    expect(on.statusCode).toBe(200);
    // There is no GraphiQL to open.
    expect(on.body).not.toContain("/graphiql");
  });

  it("Without the pages for developers the start page has the search and the ways in alone", async () => {
    const environment = { NODE_ENV: "production", COMMUNIQUE_EXPLORER: "true" };
    const { statusCode, body } = await status(environment, "/");
    expect(statusCode).toBe(200);
    expect(linksIn(body)).toContain("/people/rajnath-singh");
    expect(body).not.toMatch(/graphiql|sandbox|curl/i);
  });

  it("Behind a router's secret it is off unless turned on, and then shows its own pages", async () => {
    const restricted = { COMMUNIQUE_ROUTER_SECRET: "a-secret-for-tests-only-0123456789" };
    expect((await status(restricted, "/people/dong-jun")).statusCode).toBe(404);
    await isShown({ ...restricted, COMMUNIQUE_EXPLORER: "true" });
  });

  it("With trusted documents only it is off unless turned on, and then adds no document for clients", async () => {
    const folder = await mkdtemp(join(tmpdir(), "communique-trusted-"));
    await writeFile(join(folder, "topics.graphql"), "query Topics { topics { slug } }");
    const restricted = {
      COMMUNIQUE_TRUSTED_DOCUMENTS: folder,
      COMMUNIQUE_TRUSTED_DOCUMENTS_ONLY: "true",
    };
    expect((await status(restricted, "/people/dong-jun")).statusCode).toBe(404);
    const shown = await isShown({ ...restricted, COMMUNIQUE_EXPLORER: "true" });
    expect(shown).toContain("Dong Jun");
    const test = await configuredService({ ...restricted, COMMUNIQUE_EXPLORER: "true" });
    const { body } = await test.service.app.inject({
      method: "POST",
      url: "/graphql",
      payload: { query: "{ people { totalCount } }" },
    });
    expect(body).toContain("PERSISTED_QUERY_NOT_IN_LIST");
    await test.close();
    await rm(folder, { recursive: true });
  });

  /** The text of a page, which links to no GraphiQL, as its query would be refused there. */
  async function isShown(environment: Record<string, string>): Promise<string> {
    const { statusCode, body } = await status(environment, "/people/dong-jun");
    expect([statusCode, body.includes("/graphiql")]).toEqual([200, false]);
    return textOf(body);
  }
});
