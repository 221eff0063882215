import { html, type Content } from "./html.js";
import { countOf, listOf, panel, type Site } from "./layout.js";
import { type Meeting, meetingList } from "./meetings.js";
import { type Narrowing, narrowing } from "./narrowing.js";
import { type Statement, statementList } from "./statements.js";
import type { Question, Visit } from "./visit.js";

interface List<Node> {
  totalCount: number | null;
  nodes: Node[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

interface PanelOptions {
  /** Where each statement stands in its document. */
  passages?: (index: number) => Content;
  /** What the page is about already, so that it can't be narrowed by that. */
  about?: readonly Narrowing[];
}

/** A list of statements that can be narrowed and paged through. */
export function statementsPanel(
  visit: Visit,
  site: Site,
  question: Question,
  list: List<Statement> | null,
  { passages, about }: PanelOptions = {},
): Content {
  return panel(site, {
    id: "statements",
    title: countOf(list, "statement"),
    question,
    content: html`${narrowing(visit, list, about)}
${listOf(visit, list, { rows: statementList(list?.nodes, { passages }), none: "No statements on record." })}`,
  });
}

/** A list of meetings that can be narrowed and paged through. */
export function meetingsPanel(
  visit: Visit,
  site: Site,
  question: Question,
  list: List<Meeting> | null,
  { about }: PanelOptions = {},
): Content {
  return panel(site, {
    id: "meetings",
    title: countOf(list, "meeting"),
    question,
    content: html`${narrowing(visit, list, about)}
${listOf(visit, list, { rows: meetingList(list?.nodes), none: "No meetings on record." })}`,
  });
}
