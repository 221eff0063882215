// What runs inside a page is typed as such. Only for the tests: src/ is compiled without it.
/// <reference lib="dom" />
import type axeCore from "axe-core";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";

declare const axe: typeof axeCore;

/** WCAG 2.2 AA, as axe names it. */
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Where axe is, in a browser's own world, which no content security policy keeps out. */
export const AXE = require.resolve("axe-core/axe.min.js");

/** What axe finds wrong with a page that has it: the rule and the elements. `rules`: these alone. */
export async function axeFaults(page: Page, rules?: string[]): Promise<string[]> {
  const options: RunOptions = {
    runOnly: rules ? { type: "rule", values: rules } : { type: "tag", values: WCAG },
    resultTypes: ["violations"],
  };
  const { violations } = await page.evaluate<AxeResults, RunOptions>(
    (options) => axe.run(document, options),
    options,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ""}`),
  );
}
