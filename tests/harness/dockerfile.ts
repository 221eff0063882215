import { cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";

/** One instruction of a Dockerfile: `COPY`, and what follows on its line or lines. */
export interface Instruction {
  name: string;
  text: string;
}

/** What a `COPY` brings from where, the flags aside. */
export interface Copy {
  /** The stage it copies from; null: the project. */
  from: string | null;
  sources: string[];
  target: string;
}

/** The stages of a Dockerfile by name; the last, which is the image, is `""`. */
export function readStages(file: string): Record<string, Instruction[]> {
  const stages: Record<string, Instruction[]> = {};
  const lines = readFileSync(file, "utf8").replace(/\\\n/g, "").split("\n");
  let stage = "";
  for (const line of lines.filter((line) => /^[A-Z]/.test(line))) {
    const [, name = "", text = ""] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    if (name === "FROM") stage = / AS (\S+)$/.exec(text)?.[1] ?? "";
    (stages[stage] ??= []).push({ name, text });
  }
  return stages;
}

/** The texts of a stage's instructions of one name, in order. */
export function textsOf(stage: Instruction[], name: string): string[] {
  return stage.filter((instruction) => instruction.name === name).map(({ text }) => text);
}

/** What a stage copies, in order. */
export function copiesOf(stage: Instruction[]): Copy[] {
  return textsOf(stage, "COPY").map((text) => {
    const words = text.split(/\s+/);
    const from = words.find((word) => word.startsWith("--from="))?.slice("--from=".length) ?? null;
    const paths = words.filter((word) => !word.startsWith("--"));
    return { from, sources: paths.slice(0, -1), target: paths.at(-1)! };
  });
}

/** The paths in a folder that a source of a `COPY` means: itself, or what a `*` in its file name stands for. */
export function pathsOf(source: string, folder: string): string[] {
  if (!source.includes("*")) return existsSync(join(folder, source)) ? [source] : [];
  const parent = dirname(source);
  const paths = readdirSync(join(folder, parent)).map((name) => join(parent, name));
  return paths.filter((path) => patternOf(source).test(path));
}

function patternOf(text: string): RegExp {
  const literal = text.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${literal.replaceAll("*", "[^/]*")}(/|$)`);
}

/** Whether .dockerignore keeps a path of the project out; the last line that speaks of it decides. */
export function isIgnored(lines: string[], path: string): boolean {
  const speaking = lines.filter((line) => patternOf(line.replace(/^!/, "")).test(path));
  return speaking.at(-1)?.startsWith("!") === false;
}

/** Copies as the build does: from the project what .dockerignore lets through, or from another stage's folder. */
export function lay(copy: Copy, from: string, into: string, ignored: string[]): void {
  for (const path of copy.sources.flatMap((source) => pathsOf(source, from))) {
    // A folder's content goes into the target, a file into the folder that the target names.
    const target = join(into, copy.target, copy.target.endsWith("/") ? basename(path) : "");
    cpSync(join(from, path), target, {
      recursive: true,
      filter: (file) => copy.from !== null || !isIgnored(ignored, relative(from, file)),
    });
  }
}
