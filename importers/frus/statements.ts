import { createHash } from "node:crypto";
import { FEWEST_WORDS } from "../../src/draft/turns.js";
import { type Facts, slugOf } from "../records.js";
import type { Tally } from "../tally.js";
import { reportsIn } from "./indirect.js";
import type { Memorandum } from "./memorandum.js";
import type { Referent, References } from "./references.js";
import type { Participant, Speaker } from "./participant.js";
import { wordCount } from "./sentences.js";
import { withoutBrackets } from "./strings.js";
import { isAttachment, type Turn, turnsIn } from "./turns.js";

export type Statement = NonNullable<Facts["statements"]>[number];

/** The longest text of a statement; a turn that is longer ends with the last paragraph that fits. */
const LONGEST = 10_000;
/** Turns from which on a memorandum is a transcript: reports between turns are ignored. */
const TRANSCRIPT = 3;

/** What the statements of a memorandum are made from. */
export interface StatementSource {
  memorandum: Memorandum;
  references: References;
  /** Returns a participant as the side of a statement. */
  speakerOf: (one: Participant) => Speaker;
  /** Returns to whom a statement of one participant was said, if only one other took part; else nobody. */
  hearersOf: (one: Participant) => NonNullable<Statement["addressees"]>;
  tally: Tally;
}

/** Builds the statements of a memorandum: its labelled turns, and the sentences that report what a participant said. */
export function statementsOf(source: StatementSource): Statement[] {
  const { memorandum, references } = source;
  const { text } = memorandum.plain;
  const end = memorandum.body.findIndex(isAttachment);
  const body = end < 0 ? memorandum.body : memorandum.body.slice(0, end);
  const turns = turnsIn(body, references, text);
  const isTranscript = turns.length >= TRANSCRIPT;
  const used = isTranscript ? turns : [];
  const made = new Made(source, text);
  const direct = made.turns(used);
  const first = used[0]?.start ?? Infinity;
  const reports = body
    .filter((block) => block.end <= first)
    .flatMap((block) => reportsIn(block, references));
  const indirect = reports.flatMap((one) => made.indirect(one));
  return [...direct, ...indirect].sort((a, b) => a.citations[0]!.start! - b.citations[0]!.start!);
}

/** The statements made so far, each with a label of its own. */
class Made {
  private readonly labels = new Map<string, number>();

  constructor(
    private readonly source: StatementSource,
    private readonly text: string,
  ) {}

  turns(turns: readonly Turn[]): Statement[] {
    const { tally, memorandum } = this.source;
    const made: Statement[] = [];
    let asked: { statement: Statement; turn: Turn } | null = null;
    for (const turn of turns) {
      const { start, end } = this.fitted(turn);
      const words = this.text.slice(start, end);
      // What is bracketed was not said: `[1 line not declassified]`, `(laughs)`.
      const isShort = wordCount(withoutBrackets(words)) < FEWEST_WORDS;
      const isAnswer: boolean =
        isShort &&
        asked !== null &&
        asked.turn.label !== turn.label &&
        /\?[”’"')\]]*\s*$/.test(asked.statement.text);
      if (isShort && !isAnswer) {
        tally.add(
          "statements left out",
          `a turn of fewer than ${FEWEST_WORDS} words`,
          memorandum.key,
        );
        asked = null;
        continue;
      }
      const speaker = this.speaker(turn.speaker, turn.label);
      if (!("one" in turn.speaker))
        tally.add(
          "statements, but",
          turn.speaker.why === "SEVERAL"
            ? "the label of a turn fits several participants: a description"
            : "the label of a turn names no participant: a description",
          `${memorandum.key}: ${turn.label}`,
        );
      const statement = this.statement(start, end, "DIRECT", turn.speaker, speaker);
      if (isAnswer)
        statement.relations = [{ kind: "RESPONDS_TO", statement: asked!.statement.key }];
      made.push(statement);
      asked = { statement, turn };
    }
    return made;
  }

  indirect({
    speaker,
    subject,
    hearer,
    start,
    end,
  }: ReturnType<typeof reportsIn>[number]): Statement[] {
    const { tally, memorandum, speakerOf } = this.source;
    const skip = (reason: string) => {
      tally.add("statements left out", reason, `${memorandum.key}: ${subject}`);
      return [];
    };
    if (!("one" in speaker))
      return skip(
        speaker.why === "SEVERAL"
          ? "a sentence whose speaker may be several participants"
          : "a sentence whose speaker is no participant",
      );
    if (wordCount(this.text.slice(start, end)) < FEWEST_WORDS)
      return skip(`a sentence of fewer than ${FEWEST_WORDS} words`);
    if (end - start > LONGEST) return skip("a sentence that is too long");
    const statement = this.statement(start, end, "INDIRECT", speaker, speakerOf(speaker.one));
    if (hearer && "one" in hearer && hearer.one !== speaker.one) {
      const { person } = speakerOf(hearer.one);
      if (person) statement.addressees = [{ person }];
    }
    return [statement];
  }

  /** Cuts a turn that is too long for a statement at the end of a paragraph, or of a sentence. */
  private fitted({ start, end }: Turn): { start: number; end: number } {
    if (end - start <= LONGEST) return { start, end };
    const { tally, memorandum } = this.source;
    const most = this.text.slice(start, start + LONGEST);
    const cut = Math.max(most.lastIndexOf("\n"), 0) || most.lastIndexOf(". ") + 1;
    tally.add(
      "statements, but",
      `a turn of more than ${LONGEST} characters: to the end of a paragraph before that`,
      memorandum.key,
    );
    return { start, end: start + cut };
  }

  private speaker(referent: Referent, label: string): Speaker {
    return "one" in referent ? this.source.speakerOf(referent.one) : { description: label };
  }

  private statement(
    start: number,
    end: number,
    speech: "DIRECT" | "INDIRECT",
    referent: Referent,
    speaker: Speaker,
  ): Statement {
    const text = this.text.slice(start, end);
    const addressees = "one" in referent ? this.source.hearersOf(referent.one) : [];
    return {
      key: this.label(referent, speaker, text),
      text,
      form: "RECORDED",
      speech,
      language: "en",
      meeting: this.source.memorandum.key,
      speakers: [speaker],
      ...(addressees.length > 0 && { addressees }),
      citations: [{ start, end }],
    };
  }

  /** A label of the speaker's name and a hash of the words, numbered only among equals. */
  private label(referent: Referent, { description }: Speaker, text: string): string {
    const name =
      "one" in referent
        ? referent.one.surname.join("-") || slugOf(referent.one.text)
        : slugOf(description ?? "");
    const hash = createHash("sha256").update(text).digest("hex").slice(0, 8);
    const label = `${slugOf(name).slice(0, 60).replace(/-$/, "") || "speaker"}-${hash}`;
    const count = (this.labels.get(label) ?? 0) + 1;
    this.labels.set(label, count);
    return count === 1 ? label : `${label}-${count}`;
  }
}
