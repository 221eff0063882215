import { cpSync, existsSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";

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

/** Whether .dockerignore keeps a path of the project out; the last line that speaks of it decides. */
export function isIgnored(patterns: string[], path: string): boolean {
  const speaking = patterns.filter((pattern) => {
    const literal = pattern.replace(/^!/, "").replace(/[.+^${}()|[\]\\]/g, "\\$&");
    return new RegExp(`^${literal.replaceAll("*", "[^/]*")}(/|$)`).test(path);
  });
  return speaking.at(-1)?.startsWith("!") === false;
}

/** Copies as the build does: from the project what .dockerignore lets through, or from another stage's folder. */
export function lay(copy: Copy, from: string, into: string, ignored: string[]): void {
  for (const source of copy.sources) {
    // A folder's content goes into the target, a file into the folder that the target names.
    const target = join(into, copy.target, copy.target.endsWith("/") ? basename(source) : "");
    if (!existsSync(join(from, source))) throw new Error(`there is no ${source} to copy`);
    cpSync(join(from, source), target, {
      recursive: true,
      filter: (path) => copy.from !== null || !isIgnored(ignored, relative(from, path)),
    });
  }
}
