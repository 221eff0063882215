import type { Page } from "playwright-core";
import type { SourceRecordInput } from "../src/records/record.format.js";
import { fableWith } from "./fixtures/fable.js";
import { PHONE } from "./harness/browser.js";
import { shippedSite } from "./harness/site.js";

const site = shippedSite();

/** On how many lines boxes stand beside each other. */
const rowsOf = (page: Page, selector: string) =>
  page
    .locator(selector)
    .evaluateAll((all) => new Set(all.map((one) => one.getBoundingClientRect().top)).size);

describe("What stands beside each other, on a desk and on a phone", () => {
  it("The ways into the record stand side by side on a desk, and a count keeps to one line", async () => {
    const { page } = await site.open({ viewport: { width: 1280, height: 900 } });
    await page.goto(site.address);
    expect(await page.locator(".ways:not(.newest) section").count()).toBe(5);
    expect(await rowsOf(page, ".ways:not(.newest) section")).toBe(1);
    const lines = await page
      .locator(".ways .much")
      .first()
      .evaluate((count) => {
        count.previousElementSibling!.textContent = "Grafenau in the Bavarian Forest, West Germany";
        count.textContent = "1,054";
        const range = document.createRange();
        range.selectNodeContents(count);
        return range.getClientRects().length;
      });
    expect(lines).toBe(1);
  });

  it("The kinds of values that a list is narrowed by stand side by side on a desk", async () => {
    const { page } = await site.open({ viewport: { width: 1280, height: 900 } });
    await page.goto(`${site.address}/countries/IN?tab=met&facets=1&year=2024`);
    const kinds = ".facets section:not(.years)";
    expect(await page.locator(kinds).count()).toBe(5);
    expect(await rowsOf(page, kinds)).toBe(1);
  });

  it("A filter by a value without a space is within the page of a phone", async () => {
    const { page } = await site.open(PHONE);
    await page.goto(`${site.address}/people/rajnath-singh?topic=${"a".repeat(500)}`);
    const width = page.viewportSize()!.width;
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });

  it("The network begins at its left on a phone, where names are whole, and says that it scrolls", async () => {
    const { page } = await site.open(PHONE);
    await page.goto(`${site.address}/people/rajnath-singh?tab=pictures&picture=network`);
    await page.waitForTimeout(400);
    const box = page.locator(".picture .scroll");
    expect(
      await box.evaluate((one) => [one.scrollLeft, one.scrollWidth > one.clientWidth]),
    ).toEqual([0, true]);
    await page.getByText("Scroll the picture sideways").waitFor();
  });

  it.each([
    ["early", "/people/ada-floe?tab=pictures&at=2031-06"],
    ["late", "/people/rajnath-singh?tab=pictures&at=2024-11"],
  ])("A month begins on a phone where something is on record: %s in it", async (_, path) => {
    await site.test.load(fableWith() as unknown as SourceRecordInput);
    const { page } = await site.open(PHONE);
    await page.goto(site.address + path);
    await page.waitForTimeout(400);
    const { left, right } = await page.locator(".picture .scroll").evaluate((one) => {
      const { left, right } = one.getBoundingClientRect();
      return { left, right };
    });
    const mark = (await page.locator("circle.bar").first().boundingBox())!;
    expect(mark.x).toBeGreaterThan(left);
    expect(mark.x + mark.width).toBeLessThan(right);
  });
});
