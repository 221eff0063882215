import { CHANGED_FIELDS, changedFields } from "../changed-fields.js";
import { CHANGED_ITEM, changedItem, pathOfItem } from "../changed-items.js";
import { graphql, type ResultOf } from "../graphql.js";
import { html, joined, type Content } from "../html.js";
import { facts, type Site } from "../layout.js";
import { pathOfRevision } from "../links.js";
import { type Downloadable, List } from "../lists.js";
import { Missing, type Page } from "../outcome.js";
import { pageOf } from "../paging.js";
import type { Visit } from "../visit.js";
import { minuteOf, words } from "../words.js";

const DOCUMENT = graphql(
  `
    query Revision(
      $number: Int!
      $first: Int = 20
      $after: String
      $types: [RecordItemType!]
      $fields: Boolean = false
      $named: Boolean = true
    ) {
      recordRevision(number: $number) {
        number
        recordedAt
        note
        author
        changes(first: $first, after: $after, types: $types) {
          nodes {
            id
            ...ChangedItem
            ...ChangedFields @include(if: $fields)
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
      latest: recordRevisions(first: 1) {
        nodes {
          number
        }
      }
    }
  `,
  [CHANGED_ITEM, CHANGED_FIELDS],
);

type Data = ResultOf<typeof DOCUMENT>;

const CHANGES = new List({
  document: DOCUMENT,
  variables: (visit) => ({ number: numberOf(visit), ...pageOf(visit) }),
  find: (data, visit) => found(data, visit).changes,
  id: "changes",
  noun: ["change", "changes"],
  title: () => "What it changed",
  none: "No changes follow.",
  rows: (all) =>
    html`<ol class="rows">${all.map(
      (one) => html`<li><h3>${changedItem(one)}</h3>${changedFields(one)}</li>`,
    )}</ol>`,
  columns: [
    ["Change", ({ kind }) => words(kind)],
    ["Type", ({ type }) => words(type)],
    ["Key", ({ key }) => key],
    [
      "Address",
      (item, at) => {
        const path = pathOfItem(item);
        return path === null ? null : at(path);
      },
    ],
    ["Same as", ({ mergedIntoKey }) => mergedIntoKey],
  ],
  alone: { named: false },
});

/** The list of the page of a revision. */
export function revisionLists(visit: Visit): readonly Downloadable[] {
  numberOf(visit);
  return [CHANGES];
}

/** A revision: when, why and by whom it was made, and what it changed. */
export async function revision(visit: Visit, site: Site): Promise<Page> {
  const data = await withFields(visit, await CHANGES.ask(visit));
  const { number, recordedAt, note, author } = found(data, visit);
  return {
    title: `Revision ${number} of the record`,
    description: `What revision ${number} of the diplomatic record changed${note === null ? "" : `: ${note}`}.`,
    canonical: pathOfRevision(number),
    main: html`<p class="kind">Revision</p>
<h1>Revision ${number}</h1>
${facts([
  ["Made", minuteOf(recordedAt)],
  ["Note", note],
  ["By", author],
])}
<nav class="around" aria-label="Revisions"><p>${around(number, data.latest?.nodes[0]?.number ?? number)}</p></nav>
${CHANGES.panel(data, visit, site)}`,
  };
}

/**
 * Adds the fields of what was changed, read by a query of its own: those of what came on record, which are not shown, cost
 * several SQL statements for each type, so only the types are asked for of which something was changed.
 */
async function withFields(visit: Visit, data: Data): Promise<Data> {
  const made = found(data, visit);
  const changed = made.changes?.nodes.filter(({ kind }) => kind === "CHANGED") ?? [];
  if (!made.changes || changed.length === 0) return data;
  const types = [...new Set(changed.map(({ type }) => type))];
  const variables = { number: made.number, ...pageOf(visit), types, fields: true, named: false };
  const answer = await visit.ask(DOCUMENT, variables);
  const fields = new Map(
    answer.recordRevision?.changes?.nodes.map((one) => [one.id, "fields" in one ? one.fields : []]),
  );
  const nodes = made.changes.nodes.map((one) => ({ ...one, fields: fields.get(one.id) ?? [] }));
  return { ...data, recordRevision: { ...made, changes: { ...made.changes, nodes } } };
}

/** The greatest Int of GraphQL. */
const MAX_NUMBER = 2 ** 31 - 1;

function numberOf({ key }: Visit): number {
  const number = Number(key);
  if (!/^[1-9]\d*$/.test(key) || number > MAX_NUMBER) throw new Missing("revision", key);
  return number;
}

function found<Found>({ recordRevision }: { recordRevision: Found | null }, visit: Visit): Found {
  if (!recordRevision) throw new Missing("revision", visit.key);
  return recordRevision;
}

/** Links to the revisions before and after, and to all. */
function around(number: number, latest: number): Content {
  const one = (other: number) => html`<a href="${pathOfRevision(other)}">Revision ${other}</a>`;
  const links = [
    number > 1 && one(number - 1),
    html`<a href="${pathOfRevision()}">All revisions</a>`,
    number < latest && one(number + 1),
  ];
  return joined(links.filter(Boolean), " · ");
}
