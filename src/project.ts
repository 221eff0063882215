import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder of the project, or of the installed package: whether this runs from src/ or from dist/. */
export const PROJECT = folderOf("package.json", __dirname);

function folderOf(file: string, from: string): string {
  return existsSync(join(from, file)) ? from : folderOf(file, dirname(from));
}
