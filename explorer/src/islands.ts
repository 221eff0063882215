import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { html, type Html } from "./html.js";

/** A file that pages load: the style sheet, or the script of an island. */
export interface Asset {
  /** Its address, which is another one when its content is. */
  path: string;
  type: "text/css; charset=utf-8" | "text/javascript; charset=utf-8";
  content: string;
}

/** Reads the scripts that Vite has built of `islands/`. None if the folder is not there: the pages work without. */
export function readIslands(folder: string): Asset[] {
  return namesIn(folder)
    .filter((name) => name.endsWith(".js"))
    .map((name) => ({
      path: `/explorer/${name}`,
      type: "text/javascript; charset=utf-8",
      content: readFileSync(join(folder, name), "utf8"),
    }));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/** The tag by which a page loads the script of an island, which runs when the page has been read. */
export function tagOf(islands: readonly Asset[], name: string): Html {
  const own = islands.filter(({ path }) => path.startsWith(`/explorer/${name}-`));
  return html`${own.map(
    ({ path }) => html`<script type="module" src="${path}"></script>
`,
  )}`;
}
