import type { Browser } from "playwright-core";
import { keepPicture, launchBrowser, openPage } from "./harness/browser.js";
import { textsBelowContrast } from "./harness/contrast.js";
import { serviceWith, SHIPPED_RECORD, type TestService } from "./harness/service.js";

const SAID = "/statements/vientiane-2024-11-20/trust-through-de-escalation";

/** A page of each kind. */
const PAGES = {
  person: "/people/rajnath-singh",
  "person-narrowed": "/people/rajnath-singh?facets=1&topic=asean",
  "person-met": "/people/rajnath-singh?tab=met",
  "person-sources": "/people/rajnath-singh?tab=sources",
  statement: SAID,
  "statement-claims": `${SAID}?tab=claims`,
  meeting: "/meetings/singh-dong-vientiane-2024",
  country: "/countries/IN",
  "country-people": "/countries/IN?tab=people",
  place: "/places/vientiane",
  organization: "/organizations/asean?tab=met",
  topic: "/topics/asean",
  document: "/documents/vientiane-2024-11-20",
  date: "/dates/2024-11-20",
  pair: "/with/IN/CN",
  search: "/search?q=singh",
  missing: "/people/rajnat-sing",
};

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

let test: TestService;
let address: string;
let browser: Browser | undefined;
beforeAll(async () => {
  test = await serviceWith(SHIPPED_RECORD);
  address = await test.service.listen({ host: "127.0.0.1", port: 0 });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await test.close();
});
afterEach(() => Promise.all(browser?.contexts().map((context) => context.close()) ?? []));

describe.each(Object.entries(PAGES))("The explorer's page of a %s in a browser", (name, path) => {
  it(`It has enough contrast in light and dark, and no other host or error: ${name}`, async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      const { page, foreign, troubles } = await openPage(browser!, { colorScheme });
      await page.goto(address + path, { waitUntil: "networkidle" });
      await keepPicture(page, `explorer-${name}-${colorScheme}`);
      expect(await textsBelowContrast(page, 4.5)).toEqual([]);
      expect(foreign).toEqual([]);
      // The browser tells of the 404 itself.
      expect(troubles.filter((text) => !text.includes("status of 404"))).toEqual([]);
    }
  });

  it(`It fits a phone, and has headings in order and one of each landmark: ${name}`, async () => {
    const { page } = await openPage(browser!, PHONE);
    await page.goto(address + path);
    await keepPicture(page, `explorer-${name}-phone`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    const levels = await page
      .locator("h1, h2, h3, h4")
      .evaluateAll((headings) => headings.map((heading) => Number(heading.tagName[1])));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    for (const [i, level] of levels.slice(1).entries()) {
      expect([path, level - levels[i]! <= 1]).toEqual([path, true]);
    }
    for (const landmark of ["banner", "main", "contentinfo", "search"] as const) {
      expect(await page.getByRole(landmark).count()).toBe(1);
    }
  });
});

describe("The explorer by keyboard and clicks", () => {
  it("The first Tab offers to skip to the content, with a visible focus", async () => {
    const { page } = await openPage(browser!);
    await page.goto(address + PAGES.person);
    await page.keyboard.press("Tab");
    const skip = page.getByRole("link", { name: "Skip to the content" });
    expect((await skip.boundingBox())!.x).toBeGreaterThanOrEqual(0);
    expect(await skip.evaluate((link) => getComputedStyle(link).outlineWidth)).toBe("3px");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement!.textContent)).toBe("India");
  });

  it("What Singh said in Vientiane, and the passage that proves it, is found by clicks alone", async () => {
    const { page } = await openPage(browser!, { javaScriptEnabled: false });
    await page.goto(address);
    await page.getByRole("link", { name: "Rajnath Singh", exact: true }).click();
    await page.getByRole("link", { name: /^Narrow the list/ }).click();
    await page.getByRole("navigation", { name: "Narrow the list" }).getByText("Vientiane").click();
    await page.getByRole("heading", { name: "14 statements" }).waitFor();
    await page.getByText("“we need to focus on cooperation rather than conflict”").click();
    await page.getByText("characters 1,058 to 1,110").waitFor();
  });

  it("A search finds a misspelt name without JavaScript", async () => {
    const { page } = await openPage(browser!, { javaScriptEnabled: false });
    await page.goto(address);
    await page.getByRole("searchbox", { name: "Search the record" }).fill("Rajnat Sing");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "Rajnath Singh", exact: true }).click();
    expect(page.url()).toBe(`${address}/people/rajnath-singh`);
  });

  it("The question behind a list opens in GraphiQL with its variables and runs", async () => {
    const { page } = await openPage(browser!);
    await page.goto(`${address}/people/rajnath-singh?topic=asean`);
    await page.getByRole("link", { name: "The question behind this" }).click();
    await page.locator(".result-window").getByText('"totalCount": 3').waitFor();
    await page.locator(".graphiql-editor-tool").getByText('"rajnath-singh"').waitFor();
  });
});
