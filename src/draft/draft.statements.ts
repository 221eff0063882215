import { LONGEST_UNLICENSED, QUOTABLE_SHARE } from "../statement/quotation.js";
import { text as textSchema } from "../records/record.values.js";
import { type DraftItem, slugOf, some, takeSlug } from "./draft.items.js";
import type { FoundDate } from "./dates.js";
import type { Passage } from "../records/anchor/record.quote.js";
import type { NamedPerson } from "./people.js";
import { areTwoSides, type Sides } from "./sides.js";
import type { Report, Speaker, Speech } from "./speech.js";

/** What statements are drafted from. */
export interface StatementSource {
  text: string;
  language: string;
  isOpen: boolean;
  slugOfPerson: (person: NamedPerson) => string;
  sides: Sides;
  dateOf: (sentence: Passage) => FoundDate | null;
}

/** Drafts the statements of a text: its quotations, and a todo for each report of what somebody says. */
export function draftStatements(
  source: StatementSource,
  speeches: readonly Speech[],
  reports: readonly Report[],
): DraftItem[] {
  const quotations = new Quotations(source);
  const statements = [
    ...speeches.map((speech) => ({ at: speech.inner.start, item: quotations.draft(speech) })),
    ...reports.map((report) => ({ at: report.sentence.start, item: draftReport(source, report) })),
  ];
  return statements
    .sort((a, b) => a.at - b.at)
    .flatMap(({ item }) => (item === null ? [] : [item]));
}

/** Replaces line breaks by spaces: they belong to the page, not to the speaker. */
function withoutLineBreaks(passage: string): string {
  return passage.replace(/\s+/gu, (space) => (/[\n\r]/u.test(space) ? " " : space));
}

/** Drafts quotations; the same words of the same speaker are one statement with several citations. */
class Quotations {
  private readonly keys = new Set<string>();
  private readonly drafted = new Map<string, { citations: Passage[] }>();
  private left: number;

  constructor(private readonly source: StatementSource) {
    this.left = source.isOpen ? Infinity : source.text.length * QUOTABLE_SHARE;
  }

  /** Returns the statement of quoted words; null if it is drafted already, which then cites this passage too. */
  draft({ inner, sentence, speaker }: Speech): DraftItem | null {
    const { text, language } = this.source;
    const passage = text.slice(inner.start, inner.end).replace(/,$/u, "");
    const citation = { start: inner.start, end: inner.start + passage.length };
    const words = withoutLineBreaks(passage);
    const { speakers, todo } = draftSpeaker(speaker, this.source);
    const same = `${JSON.stringify(speakers)} ${words}`;
    const earlier = this.drafted.get(same);
    if (earlier) {
      earlier.citations.push(citation);
      return null;
    }
    const cannot = this.whyNot(words);
    if (cannot === null) this.left -= words.length;
    const citations = [citation];
    this.drafted.set(same, { citations });
    const todos = [cannot, todo].filter((one) => one !== null);
    return {
      key: takeSlug(this.keys, slugOf(words.split(/\s+/u).slice(0, 6).join(" ")) || "quotation"),
      ...(cannot === null ? { text: words } : {}),
      form: "VERBATIM",
      language,
      ...dated(this.source.dateOf(sentence)),
      ...some("speakers", speakers),
      citations,
      ...(todos.length > 0 ? { todo: todos.join(" ") } : {}),
    };
  }

  /** Returns why a record can't hold these words; null if it can. */
  private whyNot(words: string): string | null {
    if (!textSchema().safeParse(words).success)
      return "These words can't be stored; give the part that matters.";
    if (this.source.isOpen) return null;
    if ([...words].length > LONGEST_UNLICENSED.VERBATIM)
      return `The quotation has more than ${LONGEST_UNLICENSED.VERBATIM} characters: without an open licence, give a part of it or a summary.`;
    if (words.length > this.left)
      return `With this one, more than ${QUOTABLE_SHARE * 100} % of the text would be quoted: without an open licence, give a summary or leave it out.`;
    return null;
  }
}

function draftReport(source: StatementSource, { sentence, speaker }: Report): DraftItem {
  const { speakers, todo } = draftSpeaker(speaker, source);
  return {
    form: "REPORTED",
    language: source.language,
    ...dated(source.dateOf(sentence)),
    ...some("speakers", speakers),
    citations: [sentence],
    todo: ["Say in your own words what this passage reports, and give it a key.", todo]
      .filter((one) => one !== null)
      .join(" "),
  };
}

function draftSpeaker(
  speaker: Speaker | null,
  { text, slugOfPerson, sides }: StatementSource,
): { speakers: DraftItem[]; todo: string | null } {
  if (speaker?.person) {
    const { country } = speaker.person;
    const side = {
      person: slugOfPerson(speaker.person),
      ...(speaker.isInferred ? { personCertainty: "INFERRED" } : {}),
      ...(country === undefined ? {} : { country, countryCertainty: "INFERRED" }),
    };
    return { speakers: [side], todo: null };
  }
  const description =
    speaker?.at && text.slice(speaker.at.start, speaker.at.end).replace(/\s+/g, " ");
  const two =
    speaker?.at && description && areTwoSides(description) ? sides.before(speaker.at.start) : null;
  if (two)
    return {
      speakers: two.map((country) => ({ country, countryCertainty: "INFERRED" })),
      todo: `"${description}" are taken for ${two.join(" and ")}, which the text names before. Check that, or say who speaks.`,
    };
  if (description && textSchema().safeParse(description).success)
    return { speakers: [{ description }], todo: null };
  return { speakers: [], todo: "Say who speaks." };
}

function dated(found: FoundDate | null): DraftItem {
  if (!found) return {};
  return { date: found.date, ...(found.isInferred ? { dateCertainty: "INFERRED" } : {}) };
}
