import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { anchorRecord } from "../records/anchor/record.anchor.js";
import { checkFiles } from "../records/check/record.check.files.js";
import { sourceTextOf, WrongEncoding } from "../records/check/record.text.js";
import type { LookUp } from "../records/check/record.on-record.js";
import type { RecordFault } from "../records/record.faults.js";
import { ToolError } from "./ask.js";
import { defineTool, type Tool } from "./tool.js";

/** The maximum length of a draft and of a text, in characters; longer ones are for the commands. */
const MAX_RECORD = 2_000_000;
const MAX_TEXT = 4_000_000;

/** The maximum number of faults in a response, and the maximum length of a record in it. */
const MAX_FAULTS = 50;
const MAX_RETURNED = 30_000;

/** Does work with read access to the record. */
export type WithLookUp = <T>(work: (against: LookUp) => Promise<T>) => Promise<T>;

const RECORD = text("record", MAX_RECORD).describe("The record, as JSON (communique-record/1).");

function text(what: string, most: number): z.ZodString {
  const expected = `expected the ${what} as a text of 1 to ${most} characters`;
  return z.string(expected).min(1, expected).max(most, expected);
}

const FAULTS = z.array(
  z.object({
    code: z.string(),
    severity: z.enum(["fault", "warning"]),
    pointer: z.string().describe("JSON pointer into the record."),
    line: z.int().nullable(),
    column: z.int().nullable(),
    message: z.string(),
    suggestion: z.string().optional().describe("A likely replacement of the value."),
  }),
);

/** Makes the tools for those who write records. With `withLookUp`, records are also checked against what is on record. */
export function curationTools(withLookUp?: WithLookUp): Tool[] {
  return [anchorQuote, checkTool(withLookUp)];
}

/** The tool `anchor_quote`: what `communique anchor` does. */
const anchorQuote = defineTool({
  name: "anchor_quote",
  description:
    'Replaces each { "quote": "…" } in the citations of a draft by the offsets of these words in the source text, in all places or in none. ' +
    "A quote that does not stand in the text, or in several places, is a fault: lengthen or correct it. Nothing is stored.",
  input: z.strictObject({
    record: RECORD,
    text: text("source text", MAX_TEXT).describe("The source text, to the letter."),
  }),
  output: z.object({
    anchored: z.boolean().describe("Whether every quote was found."),
    citations: z
      .array(z.object({ pointer: z.string(), start: z.int(), end: z.int() }))
      .describe("Where each quote was found, in UTF-16 code units of the text."),
    record: z.string().optional().describe("The record with offsets in place of quotes."),
    faults: FAULTS,
  }),
  async run({ record, text: words }) {
    const { anchored, report } = anchorRecord(record, sourceOf(words), "record");
    const { faults, notices } = shownFaults(report.faults);
    if (anchored === null)
      return {
        lead: "Nothing was anchored.",
        content: { anchored: false, citations: [], faults, ...noticesOf(notices) },
      };
    const isLong = anchored.length > MAX_RETURNED;
    if (isLong)
      notices.push(
        `record: left out, since it is longer than ${MAX_RETURNED} characters. Put the offsets into yours, or run \`communique anchor FILE --text TEXT --write\`.`,
      );
    return {
      verbatim: "record",
      content: {
        anchored: true,
        citations: anchoredCitations(record, anchored),
        ...(isLong ? {} : { record: anchored }),
        faults,
        ...noticesOf(notices),
      },
    };
  },
});

function sourceOf(words: string) {
  try {
    return sourceTextOf(Buffer.from(words));
  } catch (error) {
    if (!(error instanceof WrongEncoding)) throw error;
    throw new ToolError(`text: ${error.message}`);
  }
}

/** Finds the citations that had a quote before, and returns their new offsets. */
function anchoredCitations(before: string, after: string) {
  const found: { pointer: string; start: number; end: number }[] = [];
  visit(JSON.parse(before.replace(/^\uFEFF/, "")), JSON.parse(after.replace(/^\uFEFF/, "")), "");
  return found;

  function visit(had: unknown, has: unknown, pointer: string): void {
    if (typeof had !== "object" || had === null || typeof has !== "object" || has === null) return;
    const now = has as Record<string, unknown>;
    if ("quote" in had && typeof now.start === "number" && typeof now.end === "number")
      found.push({ pointer, start: now.start, end: now.end });
    for (const [key, value] of Object.entries(had))
      visit(value, now[key], `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`);
  }
}

function checkTool(withLookUp: WithLookUp | undefined): Tool {
  return defineTool({
    name: "check_record",
    description:
      "Checks a record as `communique check` does: every fault with its code and JSON pointer. With the source text, offsets and quotations too" +
      (withLookUp ? "; also against what is on record." : ".") +
      " A record with a fault cannot be loaded. Nothing is stored.",
    input: z.strictObject({
      record: RECORD,
      text: text("source text", MAX_TEXT)
        .optional()
        .describe("The source text, to the letter. Without it no quotation is proved."),
    }),
    output: z.object({
      passes: z
        .boolean()
        .describe("Whether it has no fault; warnings are for a person to look at."),
      checkedAgainstText: z.boolean(),
      faults: FAULTS,
    }),
    async run({ record, text: words }) {
      const found = withLookUp
        ? await withLookUp((against) => faultsOf(record, words, against))
        : await faultsOf(record, words);
      const passes = !found.some(({ severity }) => severity === "fault");
      const { faults, notices } = shownFaults(found);
      return {
        lead: passes ? "No fault." : "The record has faults.",
        content: {
          passes,
          checkedAgainstText: words !== undefined,
          faults,
          ...noticesOf(notices),
        },
      };
    },
  });
}

/** Checks a record through temporary files, with the same code as the command. */
async function faultsOf(
  record: string,
  words: string | undefined,
  against?: LookUp,
): Promise<RecordFault[]> {
  const folder = await mkdtemp(join(tmpdir(), "communique-check-"));
  try {
    const file = join(folder, "record.json");
    const textFile = words === undefined ? undefined : join(folder, "text.txt");
    await writeFile(file, record);
    if (textFile !== undefined) await writeFile(textFile, words!);
    const { faults } = await checkFiles([file], { textFile, against });
    const folderName = `${folder}/`;
    return faults.map((fault) => ({
      ...fault,
      message: fault.message.replaceAll(folderName, ""),
    }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Returns the faults to show, those that keep a record from being loaded first. */
function shownFaults(all: RecordFault[]) {
  const sorted = [...all].sort((a, b) => a.severity.localeCompare(b.severity));
  const faults = sorted
    .slice(0, MAX_FAULTS)
    .map(({ code, severity, pointer, line, column, message, suggestion }) => ({
      ...{ code, severity, pointer, line, column, message },
      ...(suggestion === null ? {} : { suggestion }),
    }));
  const more = all.length - faults.length;
  const notices =
    more > 0
      ? [`faults: ${faults.length} of ${all.length} are shown. Mend these, and check again.`]
      : [];
  return { faults, notices };
}

function noticesOf(notices: string[]): { notices?: string[] } {
  return notices.length > 0 ? { notices } : {};
}
