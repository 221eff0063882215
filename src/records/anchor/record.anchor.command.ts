import { writeFileSync } from "node:fs";
import { Command } from "commander";
import { describeReport } from "../check/record.report.js";
import { assertReadable, UnreadableFile } from "../files/record.files.js";
import { counted } from "../record.counted.js";
import { againstOption, TEXTS, textOption } from "../record.options.js";
import type { Anchored } from "./record.anchor.js";

interface EditFlags {
  text?: string;
  against?: string;
  write?: boolean;
}

/** What a command says and does. */
interface Edit {
  name: string;
  description: string;
  /** `3 quotes anchored` */
  done: string;
  file: "anchorFile" | "quoteFile";
}

const EDITS: readonly Edit[] = [
  {
    name: "anchor",
    description: 'replace each { "quote": "…" } in citations by the offsets of those words',
    done: "anchored",
    file: "anchorFile",
  },
  {
    name: "quotes",
    description:
      "put the words of each passage beside its offsets, to review; `anchor` takes them away",
    done: "put beside offsets",
    file: "quoteFile",
  },
];

/** The commands `communique anchor` and `communique quotes`. */
export function anchorCommands(directory: () => string, say: (line: string) => void): Command[] {
  return EDITS.map(({ name, description, done, file: edit }) =>
    new Command(name)
      .description(description)
      .argument("<file>", "the record file (.json); - for standard input")
      .addOption(textOption(TEXTS))
      .addOption(againstOption("the text that a database keeps"))
      .option("--write", "change the file in place instead of printing to standard output")
      .action(async (file: string, { write, ...sources }: EditFlags) => {
        if (sources.text === undefined && sources.against === undefined)
          throw new UnreadableFile(
            "name the text by --text, or a database that keeps it by --against",
          );
        await assertReadable([file]);
        const { withTexts } = await import("../against/record.texts-against.js");
        const edits = await import("./record.anchor.file.js");
        const edited = await withTexts(sources, directory, say, (texts) =>
          edits[edit](file, texts),
        );
        put(edited, write && file !== "-" ? file : undefined);
        if (edited.anchored === null) {
          say(describeReport(edited.report));
          process.exitCode = 1;
        } else if (write && file !== "-")
          say(`${file}: ${counted(edited.count, "quote")} ${done}.`);
      }),
  );
}

function put({ anchored }: Anchored, file: string | undefined): void {
  if (anchored === null) return;
  if (file === undefined) process.stdout.write(anchored);
  else writeFileSync(file, anchored);
}
