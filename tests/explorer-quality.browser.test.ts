import type { Browser } from "playwright-core";
import { AXE, axeFaults } from "./harness/axe.js";
import {
  keepPicture,
  launchBrowser,
  openPage,
  PHONE,
  type WatchedPage,
} from "./harness/browser.js";
import { EXPLORER_PAGES, FAILURE_PAGES, TEXT_PAGES } from "./harness/explorer-pages.js";
import { loadFable } from "./harness/explorer-text.js";
import { firstReached, outOfOrder } from "./harness/reading-order.js";
import { serviceWith, SHIPPED_RECORD, type TestService } from "./harness/service.js";

const PAGES = Object.entries({ home: "/", ...EXPLORER_PAGES, ...TEXT_PAGES, ...FAILURE_PAGES });

let test: TestService;
let address: string;
let browser: Browser | undefined;
/** Each is led from page to page, which is quicker than a profile for each. */
let desk: WatchedPage;
let phone: WatchedPage;
beforeAll(async () => {
  test = await serviceWith(SHIPPED_RECORD);
  await loadFable(test.dataSource);
  address = await test.service.listen({ host: "127.0.0.1", port: 0 });
  browser = await launchBrowser();
  [desk, phone] = await Promise.all([openPage(browser), openPage(browser, PHONE)]);
  for (const { page } of [desk, phone]) await page.context().addInitScript({ path: AXE });
});
afterAll(async () => {
  await browser?.close();
  await test.close();
});

describe.each(PAGES)("The page of a %s", (name, path) => {
  beforeAll(async () => {
    desk.troubles.length = 0;
    await desk.page.emulateMedia({ colorScheme: "light", media: "screen" });
    await desk.page.goto(address + path);
  });

  it(`The page has no faults that axe finds, in light and dark: ${name}`, async () => {
    const { page } = desk;
    await keepPicture(page, `explorer-${name}-light`);
    expect(await axeFaults(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    await keepPicture(page, `explorer-${name}-dark`);
    expect(await axeFaults(page, ["color-contrast", "link-in-text-block"])).toEqual([]);
  });

  it(`The page has headings in order and one of each landmark: ${name}`, async () => {
    const { page } = desk;
    const levels = await page
      .locator("h1, h2, h3, h4, h5, h6")
      .evaluateAll((headings) => headings.map((heading) => Number(heading.tagName[1])));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    const jumps = levels.filter((level, i) => level > (levels[i - 1] ?? 0) + 1);
    expect(jumps).toEqual([]);
    for (const landmark of ["banner", "main", "contentinfo", "search"] as const) {
      expect([landmark, await page.getByRole(landmark).count()]).toEqual([landmark, 1]);
    }
  });

  it(`The Tab key goes in reading order, and its focus can be seen: ${name}`, async () => {
    const { page } = desk;
    expect(await outOfOrder(page)).toEqual([]);
    const reached = await firstReached(page, 6);
    if (name !== "home") expect(reached[0]!.name).toBe("Skip to the content");
    for (const one of reached) expect(one).toEqual({ ...one, outline: "3px", isInSight: true });
  });

  it(`The page asks no other host and causes no errors in the browser: ${name}`, () => {
    expect(desk.foreign).toEqual([]);
    // The browser reports a 404 or 400 itself.
    expect(desk.troubles.filter((text) => !/status of 40[04]/.test(text))).toEqual([]);
  });

  it(`The page is printed without forms and links to other pages, and with addresses of sources: ${name}`, async () => {
    const { page } = desk;
    await page.emulateMedia({ media: "print" });
    for (const part of ["form", "nav a:not([aria-current])", ".skip", ".question > a", ".pages"]) {
      const shown = page.locator(part).filter({ visible: true });
      expect([part, await shown.count()]).toEqual([part, 0]);
    }
    const printed = await page.locator("a[rel~=external]").evaluateAll((links) =>
      links.map((link) => {
        const after = getComputedStyle(link, "::after").content;
        return { address: link.getAttribute("href"), text: `${link.textContent} ${after}` };
      }),
    );
    for (const { address, text } of printed) expect(text).toContain(address);
  });

  it(`The page fits a phone, and has no faults that axe finds there: ${name}`, async () => {
    const { page } = phone;
    await page.goto(address + path);
    await keepPicture(page, `explorer-${name}-phone`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await axeFaults(page)).toEqual([]);
  });
});
