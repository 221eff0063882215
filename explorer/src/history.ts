import { did } from "./changed-items.js";
import { CHANGED_FIELDS, changedFields, changedFieldsText } from "./changed-fields.js";
import { graphql, type ResultOf } from "./graphql.js";
import { html, type Content } from "./html.js";
import { pathOfRevision } from "./links.js";
import { List, type ListDeclaration } from "./lists.js";
import { dayOf, minuteOf } from "./words.js";

/** When an item came on record, and when it last changed. */
export const RECORDED = graphql(`
  fragment Recorded on RecordItem {
    recordedAt
    changedAt
  }
`);

/** What revisions did to an item, the latest first. */
export const HISTORY = graphql(
  `
    fragment ItemHistory on RecordItem {
      history(first: $first, after: $after) {
        nodes {
          kind
          mergedIntoKey
          ...ChangedFields
          revision {
            number
            recordedAt
            note
            author
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [CHANGED_FIELDS],
);

type Change = NonNullable<ResultOf<typeof HISTORY>["history"]>["nodes"][number];

/** The list of what happened to an item. */
export function history<Data, Variables extends object, Row extends Change>(
  declared: Pick<ListDeclaration<Data, Variables, Row>, "document" | "variables" | "find">,
): List<Data, Variables, Row> {
  return new List({
    id: "history",
    noun: ["change", "changes"],
    title: () => "History",
    none: "No revision is on record that changed it.",
    rows: (changes) =>
      html`<ol class="rows">${changes.map((change) => html`<li>${changeItem(change)}</li>`)}</ol>`,
    columns: [
      ["Revision", ({ revision }) => revision.number],
      ["Recorded", ({ revision }) => revision.recordedAt],
      ["Change", ({ kind }) => kind],
      ["Fields", changedFieldsText],
      ["Note", ({ revision }) => revision.note],
    ],
    ...declared,
  });
}

function changeItem(change: Change): Content {
  const { number, recordedAt, note, author } = change.revision;
  return html`<h3>${did(change.kind, change.mergedIntoKey)}</h3>
<p class="soft">${minuteOf(recordedAt)} · <a href="${pathOfRevision(number)}">revision ${number}</a>${author !== null && html` · by ${author}`}${note !== null && html` · ${note}`}</p>
${changedFields(change)}`;
}

/** A line about when an item came on record and last changed. */
export function recorded({ recordedAt, changedAt }: ResultOf<typeof RECORDED>): Content {
  return html`<p class="recorded">Put on record on ${dayOf(recordedAt)}${changedAt !== recordedAt && html`, last changed on ${dayOf(changedAt)}`}</p>`;
}
