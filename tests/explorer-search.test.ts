import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { createExplorer } from "../explorer/src/explorer.js";
import type { SourceRecordInput } from "../src/records/record.format.js";
import { serviceWith, SHIPPED_RECORD, type TestService } from "./harness/service.js";

const citations = [{ start: 0, end: 1 }];
const said = (key: string, text: string, more: object = {}) => ({
  key,
  text,
  form: "REPORTED",
  language: "en",
  speakers: [{ country: "BV" }],
  citations,
  ...more,
});

const harbour = {
  format: "communique-record/1",
  document: {
    key: "harbour",
    kind: "TRANSCRIPT",
    language: "en",
    title: "The harbour & its lamp",
    datePublished: "1962-05-04",
  },
  people: [
    {
      slug: "aurora-kelpwright",
      name: "Aurora Kelpwright",
      sortName: "Kelpwright, Aurora",
      otherNames: ["Aurora <Tangle>"],
    },
  ],
  agreements: [{ slug: "wick", title: "Wick Treaty", kind: "TREATY", citations }],
  statements: [
    said(
      "long",
      `${"The tide came in. ".repeat(40)}A <b>foghorn</b> sounds. ${"It went. ".repeat(40)}`,
    ),
    said("quote", "The foghorn must sound.", { form: "VERBATIM", text: "foghorns sound" }),
    said("told", "Nothing was said of it.", { audience: "the masters of Quillon" }),
  ],
} as unknown as SourceRecordInput;

/** The most script that a page loads, compressed. */
const MAX_SCRIPT_BYTES = 60_000;
/** The most of the one script that every page loads. */
const MAX_SEARCH_BYTES = 5_000;

describe("Searching in the explorer", () => {
  let test: TestService;
  beforeAll(async () => {
    test = await serviceWith(SHIPPED_RECORD, harbour);
  });
  afterAll(() => test.close());

  const get = (url: string, headers = {}) => test.service.app.inject({ url, headers });
  const rows = async (query: string) => {
    const { body } = await get(`/search?q=${encodeURIComponent(query)}`);
    return /<ol class="results">.*<\/ol>/s.exec(body)?.[0] ?? "";
  };

  const options = async (query: string) => {
    const { body } = await get(`/search?list=1&q=${encodeURIComponent(query)}`);
    return [...body.matchAll(/<a role="option" id="([^"]+)".*? href="([^"]+)">(.*?)<\/a>/gs)].map(
      ([, id, href, content]) => [id, href!.replaceAll("&amp;", "&"), content],
    );
  };

  it("A document is listed with its date, which distinguishes documents of one title", async () => {
    expect(await rows("harbour lamp")).toContain('<time datetime="1962-05-04">4 May 1962</time>');
  });

  it("A statement is shown by the words that were found, marked, as a quotation where it is one", async () => {
    const found = await rows("foghorn");
    expect(found).toContain("A &lt;b&gt;<mark>foghorn</mark>&lt;/b&gt; sounds.");
    expect(found).toContain("… ");
    expect(found).toContain("“<mark>foghorns</mark> sound”");
  });

  it("Words of an audience are not shown as what was said", async () => {
    const found = await rows("Quillon");
    expect(found).toContain("Nothing was said of it.");
    expect(found).toContain("Said to: the masters of <mark>Quillon</mark>");
  });

  it("Who was found by another name is shown with it, escaped", async () => {
    expect(await rows("tangle")).toContain("Also known as Aurora &lt;Tangle&gt;");
    expect(await rows("Kelpwright")).not.toContain("Also known as");
  });

  it("Each kind that has results is a link with how many, and leads to as many", async () => {
    const kindsOf = (body: string) =>
      [
        ...body.matchAll(
          /<li><a href="(\/search\?[^"]*)"( aria-current="page")?>([^<]+) <span class="count">([\d,+]+)<\/span>/g,
        ),
      ].map(([, href, isCurrent, kind, count]) => ({
        href: href!.replaceAll("&amp;", "&"),
        isCurrent: isCurrent !== undefined,
        kind,
        count,
      }));
    const { body } = await get("/search?q=asean");
    const [all, ...kinds] = kindsOf(body);
    expect(all).toMatchObject({ kind: "Everything", isCurrent: true });
    expect(body).toContain(`>${all!.count} results</h2>`);
    expect(kinds.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["Meetings", "Statements", "Organizations"]),
    );
    expect(body).not.toContain("kind=COUNTRY");
    for (const { href, count, kind } of kinds) {
      const one = (await get(href)).body;
      expect(one).toMatch(new RegExp(`>${count} results?</h2>`));
      expect(kindsOf(one).filter(({ isCurrent }) => isCurrent)).toEqual([
        { href, count, kind, isCurrent: true },
      ]);
    }
  });

  it("The kind that was chosen is there though it has no results", async () => {
    const { body } = await get("/search?q=asean&kind=COUNTRY");
    expect(body).toContain('aria-current="page">Countries</a>');
    expect(body).toContain("Nothing found.");
  });

  it.each([
    ["Singh Vientiane", { "Rajnath Singh in Vientiane": "/people/rajnath-singh?place=vientiane" }],
    [
      "vientiane, rajnath",
      { "Rajnath Singh in Vientiane": "/people/rajnath-singh?place=vientiane" },
    ],
    ["India with China", { "India and China": "/with/IN/CN" }],
    [
      "Rajnath Singh and Dong Jun",
      { "Rajnath Singh and Dong Jun": "/with/rajnath-singh/dong-jun" },
    ],
    ["Laos in Vientiane", { "Laos in Vientiane": "/countries/LA?place=vientiane" }],
    [
      "Rajnath Singh Laos",
      {
        "Rajnath Singh in Laos": "/people/rajnath-singh?country=LA",
        "Rajnath Singh and Laos": "/with/rajnath-singh/LA",
      },
    ],
    // One name, what is only spelt alike, one and the same, and search terms that are no names.
    ["Singh", {}],
    ["Sinth Vientiane", {}],
    ["Rajnath Singh", {}],
    ["Singh -Vientiane", {}],
    ['"Singh Vientiane"', {}],
    ["trust between them", {}],
    ["Singh !!", {}],
    ["Rajnath Singh &", {}],
    ["Singh tiane", {}],
  ])(
    "Of two names, as in %j, a search links to what is on record of both",
    async (query, expected) => {
      const { body, statusCode } = await get(`/search?q=${encodeURIComponent(query)}`);
      expect(statusCode).toBe(200);
      const [, pairs = ""] = /<p class="pairs">(.*?)<\/p>/s.exec(body) ?? [];
      const links = [...pairs.matchAll(/<a href="([^"]+)">([^<]+)<\/a>/g)];
      expect(Object.fromEntries(links.map(([, href, text]) => [text, href]))).toEqual(expected);
      for (const [, href] of links) expect((await get(href!)).statusCode).toBe(200);
    },
  );

  it("A list of options has at most 8 links, names first, with what they are", async () => {
    const [first, ...others] = await options("rajn");
    expect(first).toEqual([
      "suggestion-0",
      "/people/rajnath-singh",
      "Rajnath Singh<span>Person</span>",
    ]);
    expect(others.map(([, href]) => href)).toContain("/meetings/singh-dong-vientiane-2024");
    expect((await options("mou"))[0]![2]).toContain(
      "Revised MoU<span>Memorandum of understanding</span>",
    );
    const meetings = async (query: string) =>
      (await options(query)).filter(([, href]) => href!.startsWith("/meetings/")).length;
    expect([await meetings("me"), (await meetings("meet")) > 0]).toEqual([0, true]);
    expect(await options("india")).toHaveLength(8);
    expect((await options("tangle"))[0]).toEqual([
      "suggestion-0",
      "/people/aurora-kelpwright",
      "Aurora Kelpwright<span>Person, also known as Aurora &lt;Tangle&gt;</span>",
    ]);
    expect((await options("foghorn"))[0]![2]).toContain("<mark>foghorn");
  });

  it("An agreement without a meeting leads to a search for it, and without words there are no options", async () => {
    const [[, href, content] = []] = await options("wick treaty");
    expect(content).toBe("Wick Treaty<span>Treaty</span>");
    const { body } = await get(href!);
    expect(body).toContain("<h3>Wick Treaty</h3>");
    for (const query of ["", " ", "xyzzy", "%", "\0"]) expect(await options(query)).toEqual([]);
  });

  it("A list of options is no page, may be kept for a minute, and runs nothing", async () => {
    const { headers, body } = await get("/search?q=singh&list=1");
    expect(body).not.toContain("<html");
    expect(headers["cache-control"]).toBe("private, max-age=60");
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
  });

  it("Every page loads at most 60 kB of scripts, that of the search at most 5, kept for ever", async () => {
    for (const address of [
      "/",
      "/people/rajnath-singh",
      "/search?q=singh",
      "/search",
      "/people/x",
    ]) {
      const { body } = await get(address);
      const scripts = [...body.matchAll(/<script type="module" src="([^"]+)">/g)].map(
        ([, path]) => path!,
      );
      expect(scripts).toEqual([expect.stringMatching(/^\/explorer\/search-[\w-]{8}\.js$/)]);
      let bytes = 0;
      for (const path of scripts) {
        const { statusCode, headers, rawPayload } = await get(path);
        expect([statusCode, headers["content-type"]]).toEqual([
          200,
          "text/javascript; charset=utf-8",
        ]);
        expect(headers["cache-control"]).toBe("public, max-age=31536000, immutable");
        bytes += gzipSync(rawPayload).length;
        expect(gzipSync(rawPayload).length).toBeLessThan(MAX_SEARCH_BYTES);
      }
      expect(bytes).toBeLessThan(MAX_SCRIPT_BYTES);
      const styles = [...body.matchAll(/<link rel="stylesheet" href="([^"]+)">/g)].map(
        ([, path]) => path!,
      );
      expect(styles).toEqual([expect.stringMatching(/^\/explorer\/style-[0-9a-f]{12}\.css$/)]);
      expect((await get(styles[0]!)).body).toContain(".suggestions {");
    }
    expect((await get("/explorer/search-00000000.js")).statusCode).toBe(404);
  });

  it("Scripts are sent compressed", async () => {
    const { body } = await get("/search");
    const [, path] = /src="([^"]+\.js)"/.exec(body)!;
    const { headers } = await get(path!, { "accept-encoding": "gzip" });
    expect(headers["content-encoding"]).toBe("gzip");
  });

  it("The pages work where no scripts have been built", async () => {
    const explorer = createExplorer({
      graphiql: false,
      islands: join(__dirname, "no-such-folder"),
    });
    const execute = (query: string, variables: object) =>
      test.askExpectingErrors(query, variables as Record<string, unknown>);
    const { status, body } = await explorer.answer("/search?q=singh", execute);
    expect([status, explorer.assets.length]).toEqual([200, 1]);
    expect(body).not.toContain("<script");
    expect(body).toContain("Rajnath Singh");
  });
});
