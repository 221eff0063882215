import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import Fastify from "fastify";
import type { Locator, Page } from "playwright-core";
import { serveGraphiql } from "../src/pages/graphiql.js";
import { exampleQuestions } from "../src/pages/questions.js";
import { keepPicture } from "./harness/browser.js";
import { textsBelowContrast } from "./harness/contrast.js";
import { shippedSite } from "./harness/site.js";

const QUESTIONS = exampleQuestions();
const HEADLINE = QUESTIONS[0]!;
const PHONES: [number, number][] = [
  [390, 844],
  [360, 640],
];
const phone = (width: number, height: number) => ({
  viewport: { width, height },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
});

const site = shippedSite();

const linkTo = ({ document }: { document: string }) =>
  `/graphiql?query=${encodeURIComponent(document)}`;

/** The editor of a GraphiQL that has read the schema. */
async function editorIn(page: Page) {
  const editor = page.locator(".graphiql-query-editor .view-lines");
  await editor.waitFor();
  return editor;
}

/** GraphiQL's editors hold only the lines that can be seen. */
async function scrollTo(page: Page, editor: Locator, text: string) {
  await editor.hover();
  const line = editor.getByText(text);
  for (let turns = 0; turns < 100 && !(await line.isVisible()); turns++) {
    await page.mouse.wheel(0, 600);
    await page.waitForTimeout(50);
  }
  await line.waitFor();
  await page.mouse.wheel(0, 300); // from the edge to where it can be read
  await line.waitFor();
}

describe("The landing page in a browser", () => {
  it("The landing page shows the counts of what is on record", async () => {
    const { page } = await site.open();
    await page.goto(site.address);
    expect(await page.title()).toContain("communique");
    const counts = await page.locator("dl > div").allInnerTexts();
    expect(counts.map((text) => text.split(/\s+(?=\d)/))).toEqual([
      ["statements", "14"],
      ["meetings", "8"],
      ["people", "6"],
      ["countries", "4"],
      ["source document", "1"],
    ]);
  });

  it("The landing page links to GraphiQL, Apollo Sandbox and every example", async () => {
    const { page } = await site.open();
    await page.goto(site.address);
    const headings = await page.getByRole("heading", { level: 2 }).allInnerTexts();
    expect(headings.slice(0, 3)).toEqual(["Ways into the record", "New on record", HEADLINE.title]);
    const links = await page
      .locator("section:not([aria-labelledby=ways], [aria-labelledby=new], .newest section, .way)")
      .getByRole("link")
      .evaluateAll((all) =>
        all
          .filter((link) => !link.closest(".statements"))
          .map((link) => [link.textContent, link.getAttribute("href")]),
      );
    expect(links).toEqual([
      ["Run it in GraphiQL", linkTo(HEADLINE)],
      ["The same with filters, pictures and downloads", HEADLINE.page],
      ...QUESTIONS.slice(1).flatMap((question) =>
        question.page === null
          ? [[`${question.title} In GraphiQL`, linkTo(question)]]
          : [
              [question.title, question.page],
              [`GraphiQL: ${question.title}`, linkTo(question)],
            ],
      ),
      ["Open GraphiQL", "/graphiql"],
      ["Open Apollo Sandbox", "/sandbox"],
      ["Read the API reference", "/reference"],
    ]);
  });

  it("The landing page shows the headline's answer in a browser without JavaScript", async () => {
    const { page } = await site.open({ javaScriptEnabled: false });
    await page.goto(site.address);
    const answer = page.getByRole("listitem").filter({ has: page.locator("blockquote") });
    expect(await answer.count()).toBe(14);
    await answer.getByText("cooperation rather than conflict").waitFor();
    await page.getByText("14 statements, 3 of them joint.").waitFor();
  });

  it("The Tab key goes through the links in reading order with a visible focus", async () => {
    const { page } = await site.open();
    await page.goto(site.address);
    const reached: string[] = [];
    for (let presses = 0; presses < 4; presses++) {
      await page.keyboard.press("Tab");
      const { text, outline } = await page.evaluate(() => ({
        text: (document.activeElement!.textContent || document.activeElement!.id)
          .trim()
          .slice(0, 20),
        outline: getComputedStyle(document.activeElement!).outlineWidth,
      }));
      reached.push(text);
      expect([text, outline]).toEqual([text, "3px"]);
    }
    expect(reached).toEqual(["q", "Search", "Rajnath Singh", "Chansamone Chanyalat"]);
  });

  it("The landing page loads nothing from other hosts and causes no browser errors", async () => {
    const { page, foreign, troubles } = await site.open();
    await page.goto(site.address);
    expect({ foreign, troubles }).toEqual({ foreign: [], troubles: [] });
  });

  it("The landing page has a light and a dark theme, both with enough contrast", async () => {
    const pictures: Buffer[] = [];
    for (const colorScheme of ["light", "dark"] as const) {
      const { page } = await site.open({ colorScheme });
      await page.goto(site.address);
      pictures.push(await keepPicture(page, `landing-${colorScheme}`));
      // WCAG AA, for text of every size.
      expect(await textsBelowContrast(page, 4.5)).toEqual([]);
    }
    expect(pictures[0]!.equals(pictures[1]!)).toBe(false);
  });

  it.each(PHONES)("The landing page fits a phone of %i × %i", async (width, height) => {
    const { page } = await site.open(phone(width, height));
    await page.goto(site.address);
    await keepPicture(page, `landing-phone-${width}`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });

  it("The landing page has headings in order, link texts that differ, and one of each landmark", async () => {
    const { page } = await site.open();
    await page.goto(site.address);
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
    const levels = await page
      .locator("h1, h2, h3, h4")
      .evaluateAll((headings) => headings.map((heading) => Number(heading.tagName[1])));
    expect(levels).toEqual([1, 2, 3, 3, 3, 3, 3, 2, 3, 3, 2, 3, 2, 2]);
    const links = await page
      .getByRole("link")
      .evaluateAll((all: HTMLElement[]) =>
        all.map((link) => [link.innerText.trim(), link.getAttribute("href")!] as const),
      );
    // Links that are called the same lead to the same page; the tab apart, on which it opens.
    const pages = new Map<string, Set<string>>();
    for (const [name, address] of links) {
      const path = address.replace(/\?tab=\w+$/, "");
      pages.set(name, (pages.get(name) ?? new Set()).add(path));
    }
    const several = [...pages].filter(([, addresses]) => addresses.size > 1);
    expect(several).toEqual([]);
    expect([...pages.keys()]).not.toContain("");
    for (const landmark of ["banner", "main", "contentinfo"] as const) {
      expect(await page.getByRole(landmark).count()).toBe(1);
    }
  });

  it("A Host header with HTML in it does not get into the landing page", async () => {
    const host = `"><script>alert(1)</script>`;
    const { body } = await site.test.service.app.inject({ url: "/", headers: { host } });
    expect(body).not.toContain("<script");
  });
});

describe("GraphiQL", () => {
  it("GraphiQL opens the headline from the landing page and shows its answer", async () => {
    const { page, foreign, troubles } = await site.open();
    await page.setViewportSize({ width: 1600, height: 1000 });
    await page.goto(site.address);
    await page.getByRole("link", { name: "Run it in GraphiQL" }).click();
    await (await editorIn(page)).getByText(HEADLINE.title).waitFor();

    const answer = page.locator(".result-window");
    await answer.getByText(`"totalCount": 14`).waitFor();
    await scrollTo(page, answer, "cooperation rather than conflict");
    await keepPicture(page, "graphiql-answer");
    expect({ foreign, troubles }).toEqual({ foreign: [], troubles: [] });
  });

  it("GraphiQL runs another example when it opens, and again by Control+Enter", async () => {
    const { page, foreign, troubles } = await site.open();
    const other = QUESTIONS[1]!;
    await page.goto(site.address);
    await page.getByRole("link", { name: other.title }).click();
    const editor = await editorIn(page);
    await editor.getByText(other.title).waitFor();
    await page.locator(".result-window").getByText(`"totalCount": 11`).waitFor();
    const asked = page.waitForRequest(`${site.address}/graphql`);
    await editor.click();
    await page.keyboard.press("Control+Enter");
    expect((await asked).postData()).toContain("HisOwn");
    expect({ foreign, troubles }).toEqual({ foreign: [], troubles: [] });
  });

  it("GraphiQL says which values of a query nothing on record has", async () => {
    const { page, foreign, troubles } = await site.open();
    const document = `{ meetings(filter: { participantCountries: ["SU"] }) { totalCount } }`;
    await page.goto(site.address + linkTo({ document }));
    const answer = page.locator(".result-window");
    await answer.getByText("did you mean SUHH (Soviet Union)?").waitFor();
    expect({ foreign, troubles }).toEqual({ foreign: [], troubles: [] });
  });

  it("GraphiQL sends no query when it is opened without one", async () => {
    const { page } = await site.open();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.postData() ?? ""));
    const schema = page.waitForResponse(`${site.address}/graphql`);
    await page.goto(`${site.address}/graphiql`);
    await schema;
    await editorIn(page);
    await page.waitForTimeout(500);
    expect(asked.filter((body) => body.includes("__schema"))).toHaveLength(1);
    expect(asked.filter((body) => body.includes("totalCount"))).toEqual([]);
    await page.getByRole("link", { name: "communique" }).click();
    expect(page.url()).toBe(`${site.address}/`);
  });

  describe.each(PHONES)("GraphiQL on a phone of %i × %i", (width, height) => {
    const boxOf = async (place: Locator) => (await place.boundingBox())!;
    async function openedOnPhone() {
      const { page } = await site.open(phone(width, height));
      await page.goto(site.address + linkTo(HEADLINE));
      const answer = page.locator(".result-window");
      await answer.getByText(`"totalCount": 14`).waitFor();
      return { page, answer };
    }

    it("On a phone the answer is below the query, over the full width, and no word is split into letters", async () => {
      const { page, answer } = await openedOnPhone();
      await keepPicture(page, `graphiql-phone-${width}`);
      const above = await boxOf(page.locator(".graphiql-query-editor"));
      const below = await boxOf(answer);
      expect(below.y).toBeGreaterThan(above.y + above.height - 1);
      expect(below.width).toBeGreaterThanOrEqual(300);
      expect(below.height).toBeGreaterThan(height / 3);
      expect(below.y + below.height).toBeLessThanOrEqual(height);
      const lines = await answer.locator(".view-line").allInnerTexts();
      expect(lines.filter((line) => /^\s*\w{1,2}\s*$/.test(line))).toEqual([]);
      expect(lines.join("\n")).toMatch(/disengagement/);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    });

    it("On a phone every button of GraphiQL is visible and at least 40 pixels large", async () => {
      const { page } = await openedOnPhone();
      const buttons = page.locator(".graphiql-sidebar button, .graphiql-toolbar button");
      expect(await buttons.count()).toBeGreaterThan(5);
      for (const button of await buttons.all()) {
        const box = await boxOf(button);
        expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(40);
        expect(box.x + box.width).toBeLessThanOrEqual(width);
        expect(box.y + box.height).toBeLessThanOrEqual(height);
      }
    });

    it.each(["Documentation Explorer", "GraphiQL Explorer"])(
      "On a phone the %s opens over the full width, and closes again",
      async (name) => {
        const { page, answer } = await openedOnPhone();
        const panel = page.locator(".graphiql-plugin");
        await page.getByRole("button", { name: `Show ${name}` }).click();
        await page.getByRole("button", { name: `Hide ${name}` }).waitFor();
        const box = await boxOf(panel);
        expect([box.x, box.width]).toEqual([0, width]);
        expect(box.height).toBeGreaterThan(height / 2);
        await page.getByRole("button", { name: `Hide ${name}` }).click();
        await answer.getByText(`"totalCount": 14`).waitFor();
        expect((await boxOf(answer)).width).toBeGreaterThanOrEqual(300);
      },
    );
  });

  it("GraphiQL is sent with gzip, or uncompressed to a client that does not accept it", async () => {
    const page = (encoding: string) =>
      site.test.service.app.inject({ url: "/graphiql", headers: { "accept-encoding": encoding } });
    const compressed = await page("br, gzip;q=0.8");
    expect(compressed.headers).toMatchObject({
      "content-encoding": "gzip",
      vary: "accept-encoding",
    });
    expect(compressed.rawPayload.length).toBeLessThan(3_000_000);
    for (const encoding of ["", "identity", "gzip;q=0", "br"]) {
      const inflated = await page(encoding);
      expect(inflated.headers["content-encoding"]).toBeUndefined();
      expect(inflated.headers.etag).not.toBe(compressed.headers.etag);
      expect(inflated.body).toMatch(/^<!doctype html>/);
    }
  });

  it("GraphiQL is answered 304 to a browser that has it", async () => {
    const ask = (headers = {}) =>
      site.test.service.app.inject({
        url: "/graphiql",
        headers: { "accept-encoding": "gzip", ...headers },
      });
    const { headers } = await ask();
    expect(headers["cache-control"]).toBe("no-cache");
    const again = await ask({ "if-none-match": headers.etag });
    expect([again.statusCode, again.body]).toEqual([304, ""]);
    const stale = await ask({ "if-none-match": '"graphiql-of-last-year"' });
    expect(stale.statusCode).toBe(200);
  });
});

describe("The build of GraphiQL", () => {
  let dist: string;
  beforeAll(async () => {
    dist = await mkdtemp(join(tmpdir(), "communique-pages-"));
  });
  afterAll(() => rm(dist, { recursive: true }));

  const build = () =>
    execFileSync(
      process.execPath,
      ["-e", `require("./bin/graphiql.js").buildGraphiql(process.argv[1])`, dist],
      { cwd: resolve(__dirname, "..") },
    );

  it("A missing build of GraphiQL is answered 503 with the command to run", async () => {
    const app = Fastify();
    serveGraphiql(app, join(dist, "pages"));
    const { statusCode, body } = await app.inject("/graphiql");
    expect(statusCode).toBe(503);
    expect(body).toContain("npm run build");
  });

  it("GraphiQL is built once, and again when its sources have changed", async () => {
    const stamp = join(dist, "pages/graphiql.json");
    build();
    const made = await readFile(stamp, "utf8");
    const { mtimeMs } = await stat(stamp);
    build();
    expect((await stat(stamp)).mtimeMs).toBe(mtimeMs);

    await writeFile(stamp, made.replace(`"madeFrom":"`, `"madeFrom":"earlier `));
    await writeFile(join(dist, "pages/graphiql-earlier.html.gz"), "");
    build();
    expect(await readFile(stamp, "utf8")).toBe(made);
    const { file } = JSON.parse(made) as { file: string };
    expect((await readdir(join(dist, "pages"))).sort()).toEqual([file, "graphiql.json"]);
  });
});

describe("Apollo Sandbox", () => {
  it("Apollo Sandbox is loaded from Apollo's CDN only, with the headline filled in", async () => {
    const { page, foreign, troubles } = await site.open();
    // In place of Apollo's script, one that shows what it was given.
    await page.route("https://embeddable-sandbox.cdn.apollographql.com/**", (route) =>
      route.fulfill({
        contentType: "text/javascript",
        body: `window.EmbeddedSandbox = class { constructor(options) { window.given = options; } };`,
      }),
    );
    await page.goto(`${site.address}/sandbox`);
    expect(await page.evaluate("given")).toMatchObject({
      target: "#sandbox",
      initialEndpoint: `${site.address}/graphql`,
      initialState: { document: HEADLINE.document },
    });
    expect(new Set(foreign.map((url) => new URL(url).hostname))).toEqual(
      new Set(["embeddable-sandbox.cdn.apollographql.com"]),
    );
    expect(troubles).toEqual([]);
  });

  it("The Sandbox page says when Apollo's script can't be loaded, and links to GraphiQL", async () => {
    const { page } = await site.open();
    await page.goto(`${site.address}/sandbox`);
    expect(await page.getByRole("status").innerText()).toBe("Apollo Sandbox cannot be loaded.");
    expect(await page.getByRole("link", { name: "GraphiQL" }).getAttribute("href")).toBe(
      "/graphiql",
    );
  });
});

describe("Headers of the pages", () => {
  const PATHS = ["/", "/sandbox", "/graphiql", "/reference"];

  it.each(PATHS)(
    "The page has a strict Content-Security-Policy and other security headers: %s",
    async (url) => {
      const { statusCode, headers } = await site.test.service.app.inject(url);
      expect(statusCode).toBe(200);
      expect(headers["content-type"]).toBe("text/html; charset=utf-8");
      const policy = String(headers["content-security-policy"]);
      expect(policy).toMatch(/^default-src 'none'; /);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/script-src[^;]*'unsafe-|'unsafe-eval'|\*(?!\.apollo)/);
      expect(policy.includes("https://")).toBe(url === "/sandbox");
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(headers["referrer-policy"]).toBe("no-referrer");
    },
  );

  it.each(PATHS)(
    "A HEAD request gets the headers of the page without its body: %s",
    async (url) => {
      const headers = { "accept-encoding": "gzip" };
      const got = await site.test.service.app.inject({ url, headers });
      const head = await site.test.service.app.inject({ method: "HEAD", url, headers });
      expect([head.statusCode, head.body]).toEqual([200, ""]);
      for (const name of ["content-type", "content-security-policy", "etag"]) {
        expect([name, head.headers[name]]).toEqual([name, got.headers[name]]);
      }
      // The length may be left out, but never be another.
      expect([undefined, got.headers["content-length"]]).toContain(head.headers["content-length"]);
    },
  );
});

describe("Unknown paths", () => {
  it('A browser gets a "Page not found" page with a link to the start page', async () => {
    const { page, foreign } = await site.open();
    const response = await page.goto(`${site.address}/wars?of=<b>1812</b>`);
    expect(response!.status()).toBe(404);
    expect(await page.getByRole("heading").innerText()).toBe("Page not found");
    await page.getByRole("link", { name: "start page" }).click();
    expect(page.url()).toBe(`${site.address}/`);
    expect(foreign).toEqual([]);
  });

  it.each(["GET", "POST", "DELETE"] as const)(
    "A program gets a 404 with a JSON error for %s",
    async (method) => {
      const reply = await site.test.service.app.inject({ method, url: "/wars?of=1812" });
      expect(reply.statusCode).toBe(404);
      const { errors } = reply.json<{ errors: { message: string; extensions: object }[] }>();
      expect(errors[0]!.message).toContain(`${method} /wars.`);
      expect(errors[0]!.extensions).toEqual({ code: "NOT_FOUND" });
    },
  );
});
