import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT } from "../project.js";

/** A question that the pages offer: one of `examples/`. */
export interface ExampleQuestion {
  /** The question in words: the first line. */
  title: string;
  /** The answer in words: the comment lines below it. */
  answer: string;
  /** The operation, its comments included. */
  document: string;
}

const EXAMPLES = join(PROJECT, "examples");

/** The numbered questions of `examples/`, in order; the first is the headline. */
export function exampleQuestions(): ExampleQuestion[] {
  const files = readdirSync(EXAMPLES).filter((name) => name.endsWith(".graphql"));
  return files.sort().map((name) => {
    const document = readFileSync(join(EXAMPLES, name), "utf8");
    const [comments] = /^(#.*\n)+/.exec(document) ?? [""];
    const lines = comments.split("\n").map((line) => line.slice(1).trim());
    const [title = name, ...answer] = lines.filter(Boolean);
    return { title, answer: answer.join(" "), document };
  });
}
