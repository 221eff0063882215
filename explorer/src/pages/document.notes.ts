import { positionOf } from "../citations.js";
import { graphql, type ResultOf } from "../graphql.js";
import { html, joined, type Content, type Html } from "../html.js";
import { meetingLink, pathOf } from "../links.js";
import { paragraphEnds, type Segment, segmentsOf, type Span } from "../marked-text.js";
import { addressInText, idOfPassage } from "../shown.js";
import { SPEAKER, speakersOf } from "../sides.js";
import { quotation } from "../statements.js";
import { counted, listed, shortened } from "../words.js";
import type { Head } from "./document.heading.js";

/** Where something cites texts. */
const CITED = graphql(`
  fragment Cited on Citation {
    start
    end
    textSha256
    document {
      key
    }
  }
`);

/** Statements that cite a document, each with its passages. */
export const CITING_STATEMENTS = graphql(
  `
    fragment CitingStatements on StatementConnection {
      nodes {
        key
        text
        form
        language
        speakers {
          ...SpeakerParts
        }
        citations {
          ...Cited
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  `,
  [SPEAKER, CITED],
);

/** The same of meetings. */
export const CITING_MEETINGS = graphql(
  `
    fragment CitingMeetings on MeetingConnection {
      nodes {
        slug
        title
        citations {
          ...Cited
        }
      }
      pageInfo {
        hasNextPage
      }
    }
  `,
  [CITED],
);

export type CitingStatement = ResultOf<typeof CITING_STATEMENTS>["nodes"][number];
type CitingMeeting = ResultOf<typeof CITING_MEETINGS>["nodes"][number];

/** A statement or meeting that cites a part of a text. */
export interface Note {
  kind: "statement" | "meeting";
  /** Its number below the part. */
  number: number;
  /** What it is, in a line. */
  label: string;
  content: Content;
  /** Whose words it is, or what it is. */
  by: Content;
  /** Where it cites the text, in order. */
  spans: readonly Span[];
}

/** A passage with the notes on it. */
interface Passage extends Span {
  notes: readonly Note[];
}

/** The most of a statement that a note shows. */
const MOST_WORDS = 240;

/** The notes on a part, in the order of their first passages there; `elsewhere` counts passages in another edition of the text. */
export function notesOf(
  statements: readonly CitingStatement[],
  meetings: readonly CitingMeeting[],
  head: Head,
  part: Span,
): { notes: readonly Note[]; elsewhere: number } {
  let elsewhere = 0;
  const notes = [
    ...meetings.map((met) => ({ ...ofMeeting(met), spans: spansOf(met) })),
    ...statements.map((said) => ({ ...ofStatement(said), spans: spansOf(said) })),
  ]
    .filter(({ spans }) => spans.some((span) => isIn(span, part)))
    .sort((a, b) => firstIn(a.spans) - firstIn(b.spans))
    .map((note, i) => ({ ...note, number: i + 1 }));
  return { notes, elsewhere };

  function spansOf({ citations }: CitingStatement | CitingMeeting): Span[] {
    const spans = new Map<string, Span>();
    for (const { start, end, textSha256, document } of citations) {
      if (document.key !== head.key || start === null || end === null) continue;
      if (textSha256 === head.sha256) spans.set(idOfPassage({ start, end }), { start, end });
      else elsewhere++;
    }
    return [...spans.values()].sort((a, b) => a.start - b.start || a.end - b.end);
  }

  function firstIn(spans: readonly Span[]): number {
    return spans.find((span) => isIn(span, part))!.start;
  }
}

function isIn(span: Span, part: Span): boolean {
  return span.start < part.end && span.end > part.start;
}

function ofStatement({ key, text, form, language, speakers }: CitingStatement) {
  const who = speakers.map(
    ({ person, country, organization, description }) =>
      (person ?? country ?? organization)?.name ?? description ?? "",
  );
  const words = shortened(text, MOST_WORDS);
  return {
    kind: "statement" as const,
    label: `${who.join(" and ")}: ${shortened(text, 60)}`,
    content: quotation({ text: words, form, language }, pathOf("statement", key)),
    by: speakersOf(speakers),
  };
}

function ofMeeting(met: CitingMeeting) {
  return {
    kind: "meeting" as const,
    label: met.title,
    content: html`<p>${meetingLink(met)}</p>`,
    by: "meeting",
  };
}

/** `Cited here by 3 statements and 1 meeting`. */
export function countsOfNotes(notes: readonly Note[]): string {
  const counts = (["statement", "meeting"] as const).flatMap((kind) => {
    const count = notes.filter((note) => note.kind === kind).length;
    return count === 0 ? [] : [counted(count, kind)];
  });
  return counts.length === 0 ? "No statement or meeting cites it" : `Cited by ${listed(counts)}`;
}

/** A part of a text that begins at the offset `from`, in paragraphs, with the passages marked; the numbers of their notes follow them. */
export function markedText(
  text: string,
  from: number,
  passages: readonly Passage[],
  language: string,
): Html {
  const ends = new Set(paragraphEnds(text, from));
  const paragraphs: Segment<Passage>[][] = [];
  for (const segment of segmentsOf(text, from, passages, [...ends])) {
    if (paragraphs.length === 0 || ends.has(segment.start)) paragraphs.push([]);
    paragraphs.at(-1)!.push(segment);
  }
  return html`<div class="source-text" lang="${language}" dir="auto">${paragraphs
    .filter((pieces) => pieces.some((piece) => piece.text.trim() !== "" || piece.last.length > 0))
    .map(
      (pieces) =>
        html`<p>${pieces.map((piece, i) => markedSegment(piece, i === pieces.length - 1))}</p>`,
    )}</div>`;
}

/** The passages of notes in a part, each once, with all notes on it. */
export function passagesOf(notes: readonly Note[], part: Span): Passage[] {
  const passages = new Map<string, Passage>();
  for (const note of notes) {
    for (const span of note.spans.filter((one) => isIn(one, part))) {
      const id = idOfPassage(span);
      const others = passages.get(id)?.notes ?? [];
      passages.set(id, { ...span, notes: [...others, note] });
    }
  }
  return [...passages.values()];
}

function markedSegment(
  { text, covering, first, last }: Segment<Passage>,
  isParagraphEnd: boolean,
): Content {
  const shown = isParagraphEnd ? text.trimEnd() : text;
  if (covering.length === 0) return shown;
  const [own, ...others] = first.map(idOfPassage);
  const classes = [
    first.length > 0 && "begins",
    last.length > 0 && "ends",
    covering.length > 1 && "several",
  ].filter(Boolean);
  return html`${others.map((id) => html`<span id="${id}"></span>`)}<mark${own !== undefined && html` id="${own}"`}${
    classes.length > 0 && html` class="${classes.join(" ")}"`
  }>${shown}</mark>${references(last)}`;
}

function references(passages: readonly Passage[]): Content {
  const notes = [...new Set(passages.flatMap(({ notes }) => notes))];
  if (notes.length === 0) return null;
  const links = notes.map(
    ({ number, label }) =>
      html`<a href="#n${number}" title="${label}"><span class="unseen">Note </span>${number}</a>`,
  );
  return html`<sup>${joined(links, " ")}</sup>`;
}

/** The notes on a part, each with links to its passages, also to those in other parts. */
export function noteList(notes: readonly Note[], head: Head, part: Span): Content {
  return (
    notes.length > 0 &&
    html`<ol class="notes">
${notes.map(
  ({ number, content, by, spans }) => html`<li id="n${number}">${content}
<p>${by} · ${joined(
    spans.map((span) => backTo(span, head, part)),
    ", ",
  )}</p></li>`,
)}
</ol>`
  );
}

function backTo(span: Span, head: Head, part: Span): Content {
  const position = positionOf({ ...span, locator: null });
  if (isIn(span, part)) return html`<a href="#${idOfPassage(span)}">↑ ${position}</a>`;
  return html`<a href="${addressInText({ ...span, textSha256: head.sha256 }, head)}">${position}, in another part</a>`;
}
