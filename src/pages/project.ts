import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The root folder of the project or installed package, whether this runs from src/ or dist/. */
export const PROJECT = folderOf("package.json", __dirname);

/** The version of the package. */
export const { version: VERSION } = JSON.parse(
  readFileSync(join(PROJECT, "package.json"), "utf8"),
) as { version: string };

function folderOf(file: string, from: string): string {
  return existsSync(join(from, file)) ? from : folderOf(file, dirname(from));
}
