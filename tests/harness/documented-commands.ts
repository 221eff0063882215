import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A code block of a page, in the order in which somebody who reads it would use it. */
export type Block = { command: string } | { file: string; content: string };

const FENCE = /^```(.*)\n([^]*?)^```$/gm;

/**
 * The commands of a page: the blocks marked ```` ```sh runnable ````, and the files that those need, marked
 * ```` ```json file=NAME ````.
 */
export function blocksOf(page: string): Block[] {
  return [...page.matchAll(FENCE)].flatMap(([, info, content]): Block[] => {
    if (info === "sh runnable") return [{ command: content! }];
    const file = / file=(\S+)$/.exec(info!)?.[1];
    return file === undefined ? [] : [{ file, content: content! }];
  });
}

/** The pages of the project that have such blocks, by their path. */
export function pagesWithCommands(root: string): string[] {
  const folders = ["", "docs", "docs/decisions", "importers", "examples/client", "bench"];
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(folder, name)))
    .filter((path) => path.endsWith(".md"))
    .filter((path) => blocksOf(readFileSync(join(root, path), "utf8")).length > 0);
}
