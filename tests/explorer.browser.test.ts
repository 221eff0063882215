import { setTimeout as sleep } from "node:timers/promises";
import { PHONE } from "./harness/browser.js";
import { EXPLORER_PAGES } from "./harness/explorer-pages.js";
import { shippedSite } from "./harness/site.js";

const site = shippedSite();

describe("The explorer by keyboard and clicks", () => {
  it("The first Tab offers to skip to the content, with a visible focus", async () => {
    const { page } = await site.open();
    await page.goto(site.address + EXPLORER_PAGES.person);
    await page.keyboard.press("Tab");
    const skip = page.getByRole("link", { name: "Skip to the content" });
    expect((await skip.boundingBox())!.x).toBeGreaterThanOrEqual(0);
    expect(await skip.evaluate((link) => getComputedStyle(link).outlineWidth)).toBe("3px");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement!.textContent)).toBe("Person");
  });

  it("What Singh said in Vientiane, and the passage that proves it, is found by clicks alone", async () => {
    const { page } = await site.open({ javaScriptEnabled: false });
    await page.goto(site.address);
    await page.getByRole("link", { name: "Rajnath Singh", exact: true }).first().click();
    await page.getByRole("link", { name: /^Narrow the list/ }).click();
    await page.getByRole("navigation", { name: "Narrow the list" }).getByText("Vientiane").click();
    await page.getByRole("heading", { name: "14 statements" }).waitFor();
    await page.getByText("“we need to focus on cooperation rather than conflict”").click();
    await page.getByText("characters 1,058 to 1,110").waitFor();
  });

  it("A timeline goes from a year to its months and the days of one, by clicks alone and back", async () => {
    const { page } = await site.open({ javaScriptEnabled: false });
    await page.goto(`${site.address}/people/rajnath-singh`);
    await page.getByRole("link", { name: "Pictures" }).click();
    await page.getByRole("link", { name: /^2024: 14 statements/ }).click();
    await page.getByRole("link", { name: /^November 2024: 14 statements/ }).click();
    await page.getByRole("heading", { name: "November 2024" }).waitFor();
    expect(await page.locator("circle.bar").count()).toBe(14);
    await page.getByText("The same as a table").click();
    await page.getByRole("link", { name: "we need to focus on cooperation" }).last().waitFor();
    await page.getByRole("link", { name: "All years" }).click();
    await page.getByRole("heading", { name: "Timeline" }).waitFor();
  });

  it("A click on a country of the map, or on a person of the network, narrows to it", async () => {
    const { page } = await site.open({ javaScriptEnabled: false });
    await page.goto(site.address + EXPLORER_PAGES["person-map"]);
    await page.getByRole("link", { name: "Laos: 14 statements" }).first().click();
    await page.getByRole("heading", { name: "14 statements" }).waitFor();
    expect(page.url()).toContain("country=LA");
    await page.goto(site.address + EXPLORER_PAGES["person-network"]);
    await page.getByRole("link", { name: /^Dong Jun: 1 meeting/ }).click();
    await page.waitForURL(`${site.address}/with/rajnath-singh/dong-jun`);
  });

  it("A wide picture scrolls within its own box, which the keyboard reaches", async () => {
    const { page } = await site.open(PHONE);
    await page.goto(site.address + EXPLORER_PAGES["person-network"]);
    const box = page.getByRole("region", { name: "Whom Rajnath Singh met most" }).first();
    await box.focus();
    const scrolled = () => box.evaluate((region) => region.scrollLeft);
    expect(await scrolled()).toBe(0);
    for (const [key, isThere] of [
      ["ArrowRight", (at: number) => at > 30],
      ["ArrowLeft", (at: number) => at < 10],
    ] as const) {
      for (let tries = 0; !isThere(await scrolled()) && tries < 20; tries++) {
        await page.keyboard.press(key);
        await sleep(100);
      }
      expect(isThere(await scrolled())).toBe(true);
    }
  });

  it("On a phone the search says all of its hint, and its kinds of results take few lines", async () => {
    const { page } = await site.open(PHONE);
    await page.goto(site.address + EXPLORER_PAGES.search);
    const field = page.locator("#q");
    await field.fill("");
    const isWhole = await field.evaluate((input) => {
      const { placeholder } = input as HTMLInputElement;
      const style = getComputedStyle(input);
      const pen = document.createElement("canvas").getContext("2d")!;
      pen.font = style.font;
      const room =
        input.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      return pen.measureText(placeholder).width <= room;
    });
    expect(isWhole).toBe(true);
    const kinds = page.getByRole("navigation", { name: "Kinds of results" });
    expect((await kinds.boundingBox())!.height).toBeLessThan(170);
  });

  it("On a phone, tabs and filters lead to what they show", async () => {
    const { page } = await site.open({ ...PHONE, javaScriptEnabled: false });
    await page.goto(site.address + EXPLORER_PAGES.person);
    const isSeen = async (heading: string) => {
      const { y } = (await page.getByRole("heading", { name: heading }).first().boundingBox())!;
      return y >= 0 && y < PHONE.viewport.height / 2;
    };
    await page.getByRole("link", { name: /^Met \d/ }).click();
    expect(await isSeen("Met 3 people from the other side")).toBe(true);
    await page.getByRole("link", { name: "Narrow the list" }).click();
    expect(await isSeen("4 meetings")).toBe(true);
    await page.getByRole("link", { name: "2024", exact: true }).click();
    expect(await isSeen("Met 3 people from the other side")).toBe(true);
  });

  it("A search finds a misspelt name without JavaScript", async () => {
    const { page } = await site.open({ javaScriptEnabled: false });
    await page.goto(site.address);
    await page.getByRole("searchbox", { name: "Search the record" }).fill("Rajnat Sing");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "Rajnath Singh", exact: true }).click();
    expect(page.url()).toBe(`${site.address}/people/rajnath-singh`);
  });

  it("The query behind a list opens in GraphiQL with its variables and runs", async () => {
    const { page } = await site.open();
    await page.goto(`${site.address}/people/rajnath-singh?topic=asean`);
    await page.getByRole("link", { name: "The question behind this" }).click();
    await page.locator(".result-window").getByText('"totalCount": 3').waitFor();
    await page.locator(".graphiql-editor-tool").getByText('"rajnath-singh"').waitFor();
  });
});
