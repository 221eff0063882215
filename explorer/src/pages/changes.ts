import { CHANGED_ITEM, changedItem } from "../changed-items.js";
import { graphql, type ResultOf } from "../graphql.js";
import { html, type Content } from "../html.js";
import type { Site } from "../layout.js";
import { pathOfRevision } from "../links.js";
import { type Downloadable, List } from "../lists.js";
import type { Page } from "../outcome.js";
import { pageOf } from "../paging.js";
import type { Visit } from "../visit.js";
import { minuteOf } from "../words.js";
import { revision, revisionLists } from "./revision.js";

const DOCUMENT = graphql(
  `
    query Changes($first: Int = 20, $after: String, $named: Boolean = true) {
      recordRevisions(first: $first, after: $after) {
        nodes {
          number
          recordedAt
          note
          author
          changes(first: 20) @include(if: $named) {
            nodes {
              ...ChangedItem
            }
            pageInfo {
              hasNextPage
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [CHANGED_ITEM],
);

const REVISIONS = new List({
  document: DOCUMENT,
  variables: pageOf,
  find: (data) => data.recordRevisions,
  id: "revisions",
  noun: ["revision", "revisions"],
  title: () => "Revisions, the latest first",
  none: "Nothing is on record yet.",
  rows: (all) => html`<ol class="rows">${all.map((one) => html`<li>${item(one)}</li>`)}</ol>`,
  alone: { named: false },
  columns: [
    ["Revision", ({ number }) => number],
    ["Recorded", ({ recordedAt }) => recordedAt],
    ["Author", ({ author }) => author],
    ["Note", ({ note }) => note],
  ],
});

export const FEED = { title: "Changes of the record", path: "/feeds/changes.atom" };

/** The list of the page: revisions, or the changes of one. */
export function changesLists(visit: Visit): readonly Downloadable[] {
  return visit.key === "" ? [REVISIONS] : revisionLists(visit);
}

/** What is new on record: the latest revisions with what they changed, or one of them. */
export async function changes(visit: Visit, site: Site): Promise<Page> {
  if (visit.key !== "") return revision(visit, site);
  const { content } = await REVISIONS.show(visit, site);
  return {
    title: "What is new on record",
    description: "The latest revisions of the diplomatic record, and what each has changed.",
    canonical: pathOfRevision(),
    feed: FEED,
    main: html`<p class="kind">Changes of the record</p>
<h1>What is new on record</h1>
<p>Whatever is put on record, changed or taken off makes a revision. <a href="${FEED.path}">Follow them in a feed reader</a> (Atom).</p>
${content}`,
  };
}

type Revision = NonNullable<ResultOf<typeof DOCUMENT>["recordRevisions"]>["nodes"][number];

function item({ number, recordedAt, note, author, changes }: Revision): Content {
  return html`<h3><a href="${pathOfRevision(number)}">Revision ${number}</a></h3>
<p class="soft">${minuteOf(recordedAt)}${author !== null && html` · by ${author}`}</p>
${note !== null && html`<p>${note}</p>`}
${changes && html`<ul class="changes">${changes.nodes.map((one) => html`<li>${changedItem(one)}</li>`)}</ul>`}
${changes?.pageInfo.hasNextPage && html`<p><a href="${pathOfRevision(number)}">All that revision ${number} changed →</a></p>`}`;
}
