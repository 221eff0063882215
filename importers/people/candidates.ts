import type { Document } from "../records.js";
import { type Comparison, type Mention, reasonsFor, scoreOf } from "./same-person.js";

const DOCUMENT: Document = {
  key: "people-matched-by-importers",
  kind: "JUDGEMENT",
  title: "People of several datasets who may be one, for a reader to judge",
  language: "en",
};

interface Candidate {
  stays: string;
  goes: string;
  score: number;
  reasons: string[];
}

/** Pairs of people who may be one, each once, with what speaks for it and against it. */
export class Candidates {
  private readonly pairs = new Map<string, Candidate>();

  get count(): number {
    return this.pairs.size;
  }

  /** Adds the person found as perhaps the one mentioned, who has a slug of their own. */
  add(slug: string, found: Comparison, mention: Mention): void {
    const pair = { stays: found.person.slug, goes: slug, score: scoreOf(found) };
    const key = `${pair.stays} ${pair.goes}`;
    if (this.pairs.has(key)) return;
    this.pairs.set(key, { ...pair, reasons: reasonsFor(found, mention) });
  }

  /**
   * Yields the lines of a record file that merges all of them, a pair a line, the likeliest first. It must not be loaded before
   * a reader has deleted the lines that are wrong, or made them entries of `different`.
   */
  *lines(): Generator<string> {
    const line = (rest: object) =>
      `${JSON.stringify({ format: "communique-record/1", ...rest })}\n`;
    yield line({ document: DOCUMENT });
    const pairs = [...this.pairs.values()].sort(
      (a, b) => b.score - a.score || compareText(a.stays, b.stays) || compareText(a.goes, b.goes),
    );
    for (const { stays, goes, score, reasons } of pairs) {
      const because = `${reasons.join("; ")} (score ${score.toFixed(2)})`;
      const merge = { kind: "person", stays, goes, because, citations: [] };
      yield line({ document: DOCUMENT.key, merges: [merge] });
    }
  }
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
