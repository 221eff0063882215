import { nameOf } from "../citations.js";
import { graphql, type ResultOf } from "../graphql.js";
import { html, type Content } from "../html.js";
import { panel, type Site } from "../layout.js";
import { partCount, partIn, partNear, type Span, windowOf } from "../marked-text.js";
import { Moved, type Page, Refused } from "../outcome.js";
import type { Visit } from "../visit.js";
import { capital, counted } from "../words.js";
import { found, HEAD, headed } from "./document.heading.js";
import {
  CITING_MEETINGS,
  CITING_STATEMENTS,
  type CitingStatement,
  countsOfNotes,
  markedText,
  noteList,
  notesOf,
  passagesOf,
} from "./document.notes.js";

/** `character` is empty where the window begins within a character, which is then in the window before. */
const TEXT = graphql(
  `
    query DocumentText($key: String!, $start: Int!, $next: Int!, $end: Int!) {
      sourceDocumentByKey(key: $key) {
        ...DocumentHead
        attribution
        character: text(start: $start, end: $next)
        text(start: $start, end: $end)
        statements(first: 100) {
          ...CitingStatements
        }
        meetings(first: 100) {
          ...CitingMeetings
        }
      }
    }
  `,
  [HEAD, CITING_STATEMENTS, CITING_MEETINGS],
);

const MORE = graphql(
  `
    query DocumentPassages($key: String!, $after: String) {
      sourceDocumentByKey(key: $key) {
        statements(first: 100, after: $after) {
          ...CitingStatements
        }
      }
    }
  `,
  [CITING_STATEMENTS],
);

type Read = NonNullable<ResultOf<typeof TEXT>["sourceDocumentByKey"]>;
/** How many more pages of 100 statements are read after the first, each for two SQL statements. */
const MOST_MORE = 2;

/** The maximum number of passages that are marked in a part: each may split the others, and a record may have any number. */
const MOST_MARKED = 1_000;

/** The text of a document, a part at a time, with the passages marked that statements and meetings cite. */
export async function text(visit: Visit, site: Site): Promise<Page> {
  const at = numberIn(visit, "at", /^\d{1,8}$/);
  const asked = at === null ? (numberIn(visit, "part", /^[1-9]\d{0,3}$/) ?? 1) - 1 : partNear(at);
  const { start, end } = windowOf(asked);
  const variables = { key: visit.key, start, next: start + 1, end };
  const head = found<Read>(await visit.ask(TEXT, variables), visit);
  const { textLength: length, text: window } = head;
  if (length === null || window === null)
    throw new Moved(visit.here({ tab: "said", at: null, part: null }));
  const from = head.character === "" ? start + 1 : start;
  const count = partCount(length);
  const span = partIn(window, from, asked, length);
  // A part begins a little behind its round offset, and the last one takes what is left.
  const isBefore = at !== null && asked > 0 && at < span.start;
  const part = Math.min(isBefore ? asked - 1 : asked, count - 1);
  if (part !== asked) throw new Moved(visit.here({ part: String(part + 1), at: null }));

  const { statements, isCut } = await statementsUntil(span.end, head, visit);
  const { notes, elsewhere } = notesOf(statements, head.meetings?.nodes ?? [], head, span);
  const passages = passagesOf(notes, span);
  const words = window.slice(span.start - from, span.end - from);
  const which = count > 1 ? `part ${part + 1} of ${count}` : "";
  const question = { document: TEXT, variables };
  return headed(visit, site, head, "text", {
    title: ["its text", which].filter(Boolean).join(", "),
    description: `The text of ${nameOf(head)}, with the passages marked that are cited on record.`,
    also: part > 0 ? `&part=${part + 1}` : "",
    content: html`${panel(site, {
      id: "part",
      title: which ? capital(which) : "The text",
      question,
      content: html`${about(span, length)}
${unmarked(head, { read: isCut ? statements.length : null, elsewhere, passages: passages.length })}
${markedText(words, span.start, passages.slice(0, MOST_MARKED), head.language)}
${partLinks(visit, part, count)}
${credit(head)}`,
    })}
${panel(site, {
  id: "notes",
  title: countsOfNotes(notes),
  question,
  content: noteList(notes, head, span),
})}`,
  });
}

/** A number of the address; null if it has none. */
function numberIn(visit: Visit, name: string, pattern: RegExp): number | null {
  const asked = visit.parameter(name);
  if (asked !== null && !pattern.test(asked)) throw new Refused(name);
  return asked === null ? null : Number(asked);
}

/**
 * The statements that cite a document, as far as passages of its text before the offset may be theirs. They are listed in the order of
 * the text, behind those that an earlier document told first. `isCut`: whether there are more than are read.
 */
async function statementsUntil(end: number, head: Read, visit: Visit) {
  const statements: CitingStatement[] = [];
  let page: Read["statements"] | undefined = head.statements;
  for (let more = 0; page; more++) {
    statements.push(...page.nodes);
    const last = page.nodes.at(-1);
    if (!page.pageInfo.hasNextPage || !last || isBehind(last, head.key, end))
      return { statements, isCut: false };
    if (more === MOST_MORE) break;
    page = await statementsAfter(page.pageInfo.endCursor, head.key, visit);
  }
  return { statements, isCut: true };
}

async function statementsAfter(after: string | null, key: string, visit: Visit) {
  return (await visit.ask(MORE, { key, after })).sourceDocumentByKey?.statements;
}

/** Whether only this document tells a statement, and behind an offset: then so are all that are listed after it. */
function isBehind({ citations }: CitingStatement, key: string, offset: number): boolean {
  return citations.every(({ document, start }) => document.key === key && (start ?? 0) >= offset);
}

function about({ start, end }: Span, length: number): Content {
  const [from, to, all] = [start, end, length].map((number) => number.toLocaleString("en"));
  const where =
    end - start === length ? `${all} characters` : `Characters ${from} to ${to} of ${all}`;
  return html`<p class="soft">${where}. Passages that are cited on record are marked; the number behind each leads to what cites it, below the text.</p>`;
}

/**
 * What is not marked. `read`: how many statements were read, if not all; `elsewhere`: how many passages are in another edition;
 * `passages`: how many are in this part.
 */
function unmarked(
  { said, met, meetings }: Read,
  { read, elsewhere, passages }: { read: number | null; elsewhere: number; passages: number },
): Content {
  const reasons = [
    passages > MOST_MARKED &&
      `Of ${counted(passages, "passage")} in this part the first ${MOST_MARKED.toLocaleString("en")} are marked.`,
    read !== null &&
      `Of ${counted(said?.totalCount ?? read, "statement")} the first ${read} are read for a part of a text: passages that only others cite are not marked.`,
    meetings === null && "Meetings can’t be read at the moment: their passages are not marked.",
    meetings?.pageInfo.hasNextPage &&
      `Of ${counted(met?.totalCount ?? 0, "meeting")} the latest 100 are read: passages that only others cite are not marked.`,
    elsewhere > 0 &&
      `${counted(elsewhere, "passage")} of another edition of the text can’t be marked.`,
  ].filter(Boolean);
  return reasons.length > 0 && html`<p class="notice">${reasons.join(" ")}</p>`;
}

/** What the licence asks to be shown beside the words. */
function credit({ attribution, licence }: Read): Content {
  return html`<p class="soft">${attribution !== null && html`${attribution}. `}Licence: ${licence}.</p>`;
}

function partLinks(visit: Visit, part: number, count: number): Content {
  if (count === 1) return null;
  const to = (number: number) => `${visit.here({ part: String(number), at: null })}#part`;
  return html`<p class="pages">${part > 0 && html`<a rel="prev" href="${to(part)}">← Part ${part}</a>`}${
    part < count - 1 && html`<a rel="next" href="${to(part + 2)}">Part ${part + 2} →</a>`
  }</p>`;
}
