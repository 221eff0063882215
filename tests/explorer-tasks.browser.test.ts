import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { launchBrowser, openPage, PHONE } from "./harness/browser.js";
import { tableOf } from "./harness/csv.js";
import { serviceWithRealData, stopsAbroad } from "./harness/real-data.js";
import type { TestService } from "./harness/service.js";
import { Walk, writeCosts } from "./harness/walk.js";

jest.setTimeout(120_000);

const DESKTOP = { viewport: { width: 1280, height: 800 } };

/** Countries that the dataset calls by other names than the service. */
const NAMES_HERE: Record<string, string> = {
  "China, People’s Republic of": "China",
  "Germany, Federal Republic of": "Germany",
  "Korea, Republic of": "South Korea",
  "U.S.S.R.": "Soviet Union",
};

let test: TestService | undefined;
let address: string;
let browser: Browser | undefined;
let directory: string;

const start = async (screen: BrowserContextOptions = DESKTOP) =>
  Walk.from((await openPage(browser!, screen)).page, address);

// They run only where the data is: jest.browser.config.cjs.
describe("Tasks of a newsroom on real data (in ../shared/data), by clicks alone", () => {
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "communique-tasks-"));
    test = await serviceWithRealData(directory);
    address = await test.service.listen({ host: "127.0.0.1", port: 0 });
    browser = await launchBrowser();
  });
  afterEach(() => Promise.all(browser?.contexts().map((context) => context.close()) ?? []));
  afterAll(async () => {
    writeCosts();
    await browser?.close();
    await test?.close();
    await rm(directory, { recursive: true, force: true });
  });

  it.each([
    ["", DESKTOP],
    [", on a phone", PHONE],
  ])("Whom Henry Kissinger met in 1974, and how often each%s", async (where, screen) => {
    const walk = await start(screen);
    await walk.click("Henry A. Kissinger");
    await walk.click(/^Met \d/);
    await walk.click(/^1974/, await walk.narrow());
    await walk.reads(/^Met 13 people /);
    const people = await walk.page.locator("ol.people > li").allInnerTexts();
    expect(people).toHaveLength(13);
    expect(people.join("\n")).toMatch(
      /Houari Boumediene\s+Algeria · 1 meeting, last 14 October 1974/,
    );
    expect(people.every((one) => / · \d+ meetings?, last \d+ \w+ 1974$/.test(one))).toBe(true);
    expect(await walk.page.evaluate(() => document.documentElement.scrollWidth)).toBe(
      screen.viewport.width,
    );
    walk.done(`Whom Kissinger met in 1974${where}`);
  });

  it("What was said in Moscow in May 1972: nothing on record, and who was there", async () => {
    const walk = await start();
    await walk.search("Moscow May 1972");
    await walk.click("Moscow");
    await walk.reads(/^\d+ statements$/);
    expect(await (await walk.narrow()).getByRole("link", { name: "1972" }).count()).toBe(0);
    await walk.click(/^Meetings there \d/);
    await walk.click(/^1972/, await walk.narrow());
    await walk.reads("2 meetings");
    await walk.click("Richard M. Nixon in Moscow, Leningrad, Kiev, U.S.S.R.");
    await walk.page.getByText("22 May 1972").first().waitFor();
    await walk.page.getByText("General Secretary Brezhnev").waitFor();
    await walk.page.getByText("No statements on record.").waitFor();
    walk.done("What was said in Moscow in May 1972");
  });

  it("Which countries American presidents visited in the 1970s", async () => {
    const walk = await start();
    const visited = new Set<string>();
    const read = async () => {
      for (const text of await walk.page.locator("main ol > li").allInnerTexts()) {
        const [, country] = /197\d.* · (?:.*, )?(.+) · Visit/.exec(text) ?? [];
        if (country) visited.add(country);
      }
    };
    for (const president of ["Richard M. Nixon", "Gerald R. Ford", "James Earl Carter"]) {
      await walk.search(president);
      await walk.click(president);
      await walk.click(/^Met \d/);
      await read();
      const meetings = walk.page.getByRole("region", { name: /meetings$/ });
      const more = /^(Show|Next) /;
      while ((await meetings.getByRole("link", { name: more }).count()) > 0) {
        await walk.click(more, meetings);
        await read();
      }
    }
    const expected = stopsAbroad()
      .filter((stop) => stop.role === "president" && stop.start_date.startsWith("197"))
      .map(({ country }) => NAMES_HERE[country] ?? country);
    expect([...visited].sort()).toEqual([...new Set(expected)].sort());
    walk.done("Which countries presidents visited in the 1970s");
  });

  it("A list as a CSV file with a row of each meeting", async () => {
    const walk = await start();
    await walk.click("Zambia");
    await walk.click(/^Meetings \d/);
    const heading = await walk.page.getByRole("heading", { name: /^\d+ meetings$/ }).innerText();
    const file = await walk.download(/^CSV/);
    const [titles, ...rows] = tableOf(await readFile(await file.path(), "utf8"));
    expect(`${rows.length} meetings`).toBe(heading);
    expect(titles).toContain("Countries taking part");
    expect(file.suggestedFilename()).toBe("ZM-met-meetings.csv");
    walk.done("A list as CSV");
  });

  it("What the President of Zambia said in 1976", async () => {
    const walk = await start();
    await walk.click("Zambia");
    await walk.click("Kenneth Kaunda", await walk.narrow());
    await walk.click("1976", walk.page.getByRole("navigation", { name: "Narrow the list" }));
    await walk.reads(/^\d+ statements$/);
    await walk.page.getByText("He is slippery and extremely dangerous.").waitFor();
    walk.done("What Zambia’s president said in 1976");
  });

  it("When Kissinger met Chou En-lai, and what was said to each other", async () => {
    const walk = await start();
    await walk.click("Henry A. Kissinger");
    await walk.click(/^Met \d/);
    const him = walk.page.getByRole("listitem").filter({ hasText: "Chou En-lai" });
    await walk.click("15 meetings", him);
    await walk.reads("Henry A. Kissinger and Chou En-lai");
    await walk.reads("15 meetings");
    await walk.click("Chou En-lai to Henry A. Kissinger");
    await walk.reads(/^\d+ statements?$/);
    walk.done("When Kissinger met Chou, and what was said");
  });

  it("The passage behind a quotation, and its place in the published volume", async () => {
    const walk = await start();
    await walk.search("slippery and extremely dangerous");
    await walk.click(/^Let me warn you to be most careful with Smith/);
    await walk.reads("1 passage proves it");
    expect(await walk.page.locator("mark").innerText()).toMatch(/^Let me warn you.*very bad\.$/);
    const source = walk.page.getByRole("link", { name: "read it at the source" });
    expect(await source.getAttribute("href")).toMatch(
      /^https:\/\/history\.state\.gov\/historicaldocuments\/frus1969-76v28\/d205#:~:text=Let/,
    );
    walk.done("The passage behind a quotation");
  });

  it("The network of whom Kissinger met leads to a pair", async () => {
    const walk = await start();
    await walk.click("Henry A. Kissinger");
    await walk.click("Pictures");
    await walk.click("Network");
    await walk.click(/^Chou En-lai: 15 meetings/);
    await walk.reads("Henry A. Kissinger and Chou En-lai");
    walk.done("Whom Kissinger met most, as a network");
  });

  it("A misspelt name is found on a phone", async () => {
    const walk = await start(PHONE);
    await walk.search("Kissenger");
    await walk.click("Henry A. Kissinger");
    await walk.reads("Henry A. Kissinger");
    walk.done("A misspelt name, on a phone");
  });
});
