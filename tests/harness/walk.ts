import { mkdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { performance } from "node:perf_hooks";
import type { Download, Locator, Page } from "playwright-core";

const OUTPUT = resolve(__dirname, "../output");

/** What a task has cost. */
interface Cost {
  task: string;
  clicks: number;
  seconds: number;
}

const costs: Cost[] = [];

/** A way through the site as a person goes it: from the start page, by what can be clicked and by the search field alone. */
export class Walk {
  private clicks = 0;
  private readonly started = performance.now();

  private constructor(readonly page: Page) {}

  /** Opens the start page. */
  static async from(page: Page, address: string): Promise<Walk> {
    const walk = new Walk(page);
    await page.goto(`${address}/`);
    return walk;
  }

  /** Clicks the first link with this text, within a part of the page if one is given. */
  async click(name: string | RegExp, within: Page | Locator = this.page): Promise<void> {
    await this.clickOn(within.getByRole("link", { name, exact: true }).first());
  }

  private async clickOn(target: Locator): Promise<void> {
    this.clicks += 1;
    await target.click();
    await this.page.waitForLoadState();
  }

  /** Types words into the search field and clicks its button. */
  async search(words: string): Promise<void> {
    await this.page.getByLabel("Search the record", { exact: true }).fill(words);
    await this.clickOn(this.page.getByRole("button", { name: "Search" }));
  }

  /** Clicks a link to a file, and waits for it. */
  async download(name: string | RegExp): Promise<Download> {
    const [download] = await Promise.all([this.page.waitForEvent("download"), this.click(name)]);
    return download;
  }

  /** Opens the filters of a list and gives them. */
  async narrow(): Promise<Locator> {
    await this.click(/^Narrow the list/);
    return this.page.getByRole("navigation", { name: "Narrow the list" });
  }

  /** Waits for a heading with the answer. */
  async reads(heading: string | RegExp): Promise<void> {
    await this.page.getByRole("heading", { name: heading }).first().waitFor();
  }

  /** Notes what the task has cost until now. */
  done(task: string): void {
    costs.push({ task, clicks: this.clicks, seconds: (performance.now() - this.started) / 1000 });
  }
}

/** Writes what all tasks have cost as a table, to tests/output/tasks.md. */
export function writeCosts(): void {
  const rows = costs.map(
    ({ task, clicks, seconds }) => `| ${task} | ${clicks} | ${seconds.toFixed(1)} |\n`,
  );
  mkdirSync(OUTPUT, { recursive: true });
  writeFileSync(
    `${OUTPUT}/tasks.md`,
    `| Task | Clicks | Seconds |\n| --- | ---: | ---: |\n${rows.join("")}`,
  );
}
