import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSchema } from "../src/schema.js";
import { readSavedQuestions } from "../src/pages/saved-questions.js";
import { configuredService, SHIPPED_RECORD, type TestService } from "./harness/service.js";

describe("Atom feeds", () => {
  let test: TestService;
  beforeAll(async () => {
    test = await configuredService({ COMMUNIQUE_EXPLORER: "true" });
    await test.loadWith({ author: "Ada <Floe>", note: "The & first" }, SHIPPED_RECORD);
  });
  afterAll(() => test.close());

  const get = (path: string, headers: Record<string, string> = {}) =>
    test.service.app.inject({ url: path, headers: { host: "record.example", ...headers } });

  /** What is between the tags of an element, by occurrence. */
  const all = (xml: string, tag: string) =>
    [...xml.matchAll(new RegExp(`<${tag}[^>]*>([^<]*)</${tag}>`, "g"))].map(([, text]) => text);

  it("The feed of changes has an entry for each revision, the latest first, with what it changed", async () => {
    const { statusCode, headers, body } = await get("/feeds/changes.atom");
    expect([statusCode, headers["content-type"]]).toEqual([
      200,
      "application/atom+xml; charset=utf-8",
    ]);
    expect(all(body, "title")).toEqual(["Changes of the record", "Revision 1: The &amp; first"]);
    expect(body).toContain("added source document");
    expect(body).toContain(
      "&lt;a href=&quot;http://record.example/organizations/asean&quot;&gt;ASEAN&lt;/a&gt;",
    );
    // A document without a title has its key.
    expect(body).toContain("&gt;vientiane-2024-11-20&lt;/a&gt;");
    // Nobody asked to show authors.
    expect(body).not.toContain("Ada");
  });

  it("A feed has what RFC 4287 wants: ids that are IRIs and stay, times, an author, links, and no id twice", async () => {
    for (const name of ["changes", "statements", "meetings"]) {
      const { body } = await get(`/feeds/${name}.atom`);
      const entries = body.split("<entry>").length - 1;
      const ids = all(body, "id");
      expect(ids).toHaveLength(entries + 1);
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of ids) expect(id).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
      const times = all(body, "updated");
      expect(times).toHaveLength(entries + 1);
      for (const time of times) expect(new Date(time!).toJSON()).toBe(new Date(time!).toJSON());
      expect(times[0]).toBe(times.slice(1).sort().at(-1));
      expect(body).toContain("<author><name>communique</name></author>");
      expect(body).toContain(
        `<link rel="self" type="application/atom+xml" href="http://record.example/feeds/${name}.atom"/>`,
      );
      const [, ...texts] = body.split("<entry>");
      for (const entry of texts)
        expect(entry).toMatch(/<link rel="alternate"|<content type="html">/);
      expect((await get(`/feeds/${name}.atom`)).body).toBe(body);
    }
  });

  it("A saved question's feed leads to the pages of what it finds", async () => {
    const { body } = await get("/feeds/statements.atom");
    expect(all(body, "title")).toHaveLength(15);
    expect(body).toContain(
      'href="http://record.example/statements/vientiane-2024-11-20/trust-through-de-escalation"',
    );
    const page = await get("/statements/vientiane-2024-11-20/trust-through-de-escalation");
    expect(page.statusCode).toBe(200);
  });

  it("What has not changed is not sent again, nor read again for others, until there is a revision", async () => {
    const first = await get("/feeds/meetings.atom");
    const again = await get("/feeds/meetings.atom", {
      "if-none-match": String(first.headers.etag),
    });
    expect([again.statusCode, again.body]).toEqual([304, ""]);
    const meeting = {
      slug: "ice-fair",
      title: "Ice fair",
      kind: "OTHER",
      coverage: "REFERRED_TO",
      citations: [{ start: 0, end: 4 }],
    };
    const document = { key: "fable", kind: "NEWS", language: "en" };
    await test.loadWith({}, {
      format: "communique-record/1",
      document,
      meetings: [meeting],
    } as never);
    const next = await get("/feeds/meetings.atom", { "if-none-match": String(first.headers.etag) });
    expect(next.statusCode).toBe(200);
    expect(all(next.body, "title")[1]).toBe("Ice fair");
  });

  it("There are none without the explorer", async () => {
    const without = await configuredService({ COMMUNIQUE_EXPLORER: "false" });
    try {
      expect((await without.service.app.inject("/feeds/changes.atom")).statusCode).toBe(404);
    } finally {
      await without.close();
    }
  });
});

describe("Saved questions", () => {
  const schema = createSchema();
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), "communique-feeds-"))));
  afterEach(() => rm(folder, { recursive: true }));

  it.each([
    ["Capital.graphql", "{ people { nodes { id } } }", "lower-case letters"],
    ["changes.graphql", "{ people { nodes { id } } }", "not `changes`"],
    ["a.graphql", "{ people { nodes { id } }", "Syntax Error"],
    ["a.graphql", "{ people { nodes { id age } } }", 'Cannot query field "age"'],
    ["a.graphql", "{ people { totalCount } }", "one list, with its `nodes`"],
    ["a.graphql", "{ people { nodes { id } } places { nodes { id } } }", "one list"],
    ["a.graphql", "query($n: Int) { people(first: $n) { nodes { id } } }", "no variables"],
    ["a.graphql", "{ people { nodes { id title: name } } }", "must have `updated`"],
  ])("%s that can be no feed is told with the reason: %s", async (name, document, reason) => {
    await writeFile(join(folder, name), document);
    expect(() => readSavedQuestions(folder, schema)).toThrow(`${join(folder, name)}: `);
    expect(() => readSavedQuestions(folder, schema)).toThrow(reason);
  });
});
