// What runs inside a page is typed as such. Only for the tests: src/ is compiled without it.
/// <reference lib="dom" />
import type { Page } from "playwright-core";
import { AXE, axeFaults } from "./harness/axe.js";
import { PHONE } from "./harness/browser.js";
import { shippedSite } from "./harness/site.js";

const site = shippedSite();

/** The id of the element that the address names, if it can be seen. */
const targetOf = (page: Page) =>
  page.evaluate(() => {
    const target = document.querySelector(":target");
    const { top = -1 } = target?.getBoundingClientRect() ?? {};
    return top >= 0 && top < innerHeight ? target!.id : null;
  });

describe("The API reference in a browser", () => {
  it("From the start page the reference is a click away, and from it each name, without JavaScript", async () => {
    const { page } = await site.open({ javaScriptEnabled: false });
    await page.goto(site.address);
    await page.getByRole("link", { name: "Read the API reference" }).click();
    expect(page.url()).toBe(`${site.address}/reference`);
    await page.getByRole("navigation").getByRole("link", { name: "Person", exact: true }).click();
    expect(page.url()).toBe(`${site.address}/reference#Person`);
    await page.getByRole("link", { name: "Person.statements", exact: true }).click();
    expect(page.url()).toBe(`${site.address}/reference#Person.statements`);
  });

  it("An address with a name opens the page there", async () => {
    const { page } = await site.open();
    for (const id of ["Person", "Query.statements.orderBy", "PersonOrder.NAME_ASC", "@skip"]) {
      await page.goto("about:blank");
      await page.goto(`${site.address}/reference#${id}`);
      expect(await targetOf(page)).toBe(id);
    }
  });

  it("The reference loads nothing from other hosts and causes no browser errors", async () => {
    const { page, foreign, troubles } = await site.open();
    await page.goto(`${site.address}/reference`);
    expect({ foreign, troubles }).toEqual({ foreign: [], troubles: [] });
  });

  it.each([
    ["light", "a desktop", {}],
    ["dark", "a phone", PHONE],
  ] as const)(
    "The reference in %s colours on %s has no accessibility violations, and fits",
    async (colorScheme, screen, options) => {
      const { page } = await site.open({ ...options, colorScheme });
      await page.addInitScript({ path: AXE });
      await page.goto(`${site.address}/reference#Person`);
      await page.screenshot({ path: `tests/output/reference-${screen.slice(2)}.png` });
      const { width } = page.viewportSize()!;
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      expect(await axeFaults(page)).toEqual([]);
    },
    120_000, // of a page this long axe takes its time
  );

  it("The Tab key goes from the skip link through the names, or past them, with a visible focus", async () => {
    const { page } = await site.open();
    await page.goto(`${site.address}/reference`);
    const press = async (key: string) => {
      await page.keyboard.press(key);
      return page.evaluate(() => {
        const { outlineWidth } = getComputedStyle(document.activeElement!);
        return `${document.activeElement!.textContent.trim().slice(0, 30)} ${outlineWidth}`;
      });
    };
    const reached = [];
    for (let presses = 0; presses < 5; presses++) reached.push(await press("Tab"));
    expect(reached).toEqual(
      ["Skip the list of names", "communique", "GraphiQL", "Queries", "agreement"].map(
        (name) => `${name} 3px`,
      ),
    );
    await page.goto("about:blank");
    await page.goto(`${site.address}/reference`);
    await press("Tab");
    await page.keyboard.press("Enter");
    expect(await press("Tab")).toBe("agreement 3px");
    expect(await page.evaluate(() => document.activeElement!.closest("main") !== null)).toBe(true);
  });

  it("Headings are in order, one for each type below its kind", async () => {
    const { page } = await site.open();
    await page.goto(`${site.address}/reference`);
    const levels = await page
      .locator("h1, h2, h3, h4, h5")
      .evaluateAll((headings) => headings.map((heading) => Number(heading.tagName[1])));
    const leaps = levels.filter((level, i) => level > (levels[i - 1] ?? 0) + 1);
    expect([levels[0], leaps]).toEqual([1, []]);
    expect(await page.locator("main h2").allInnerTexts()).toEqual([
      ...["Queries", "Objects", "Interfaces", "Unions", "Inputs", "Enums", "Scalars"],
      "Directives",
    ]);
  });
});
