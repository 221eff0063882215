import type { Browser } from "playwright-core";
import { launchBrowser, openPage } from "./harness/browser.js";
import { EXPLORER_PAGES } from "./harness/explorer-pages.js";
import { serviceWith, SHIPPED_RECORD, type TestService } from "./harness/service.js";

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

describe("The explorer by keyboard and clicks", () => {
  it("The first Tab offers to skip to the content, with a visible focus", async () => {
    const { page } = await openPage(browser!);
    await page.goto(address + EXPLORER_PAGES.person);
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
