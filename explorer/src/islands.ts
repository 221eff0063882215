import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { html, type Html } from "./html.js";

/** A file that pages load: a style sheet, or the script of an island. */
export interface Asset {
  /** Its address, which is another one when its content is. */
  path: string;
  type: "text/css; charset=utf-8" | "text/javascript; charset=utf-8";
  content: string;
}

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
} as const;

/** Reads what Vite has built of `islands/`. Nothing if the folder is not there: the pages work without. */
export function readIslands(folder: string): Asset[] {
  return namesIn(folder).flatMap((name) => {
    const extension = extname(name);
    if (extension !== ".css" && extension !== ".js") return [];
    const content = readFileSync(join(folder, name), "utf8");
    return [{ path: `/explorer/${name}`, type: TYPES[extension], content }];
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/** The tags by which a page loads an island: its style sheet and its script, which runs when the page has been read. */
export function tagsOf(islands: readonly Asset[], name: string): Html {
  const own = islands.filter(({ path }) => path.startsWith(`/explorer/${name}-`));
  return html`${own.map(({ path, type }) =>
    type === TYPES[".css"]
      ? html`<link rel="stylesheet" href="${path}">
`
      : html`<script type="module" src="${path}"></script>
`,
  )}`;
}
