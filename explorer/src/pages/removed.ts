import { did } from "../changed-items.js";
import { graphql, type ResultOf } from "../graphql.js";
import { type Content, html } from "../html.js";
import { type Kind, link, pathOfRevision } from "../links.js";
import type { Page } from "../outcome.js";
import type { Visit } from "../visit.js";
import { minuteOf, words } from "../words.js";

/** The kinds of pages whose items are found by type and key after deletion. */
const TYPES = {
  person: "PERSON",
  place: "PLACE",
  organization: "ORGANIZATION",
  meeting: "MEETING",
  statement: "STATEMENT",
  document: "SOURCE_DOCUMENT",
  topic: "TOPIC",
} as const satisfies Partial<Record<Kind, string>>;

const DOCUMENT = graphql(`
  query Removed($type: RecordItemType!, $key: String!) {
    recordHistory(type: $type, key: $key, first: 20) {
      nodes {
        kind
        mergedIntoKey
        revision {
          number
          recordedAt
          note
          author
        }
      }
    }
  }
`);

type Change = NonNullable<ResultOf<typeof DOCUMENT>["recordHistory"]>["nodes"][number];

/** What is shown of a deleted item, by what the last revision did to it. */
const ENDINGS: Readonly<Record<string, (change: Change, kind: Kind) => Content>> = {
  REMOVED: ({ revision: { number } }) =>
    html`No record mentions it any more. <a href="${pathOfRevision(number)}">Revision ${number}</a>, which took it off, shows what was on record of it.`,
  REDACTED: () => html`It was redacted: nothing of what it held is kept, here or in its history.`,
  MERGED: ({ mergedIntoKey }, kind) =>
    html`It was held to be the same as ${link(kind, mergedIntoKey!, html`<code>${mergedIntoKey}</code>`)}.`,
};

/**
 * The page of an item that was on record and is no longer, with what revisions did to it, from what a search suggests; null if it was
 * never on record, or its history can't be read at the moment. The address of its JSON-LD is one of it too.
 */
export async function removedPage(
  visit: Visit,
  kind: string,
): Promise<((suggested: Content) => Page) | null> {
  if (!Object.hasOwn(TYPES, kind)) return null;
  const type = TYPES[kind as keyof typeof TYPES];
  const key = visit.key.replace(/\.jsonld$/, "");
  const found = await visit.ask(DOCUMENT, { type, key }).catch(() => null);
  const changes = found?.recordHistory?.nodes ?? [];
  const [last] = changes;
  const ending = last && ENDINGS[last.kind];
  if (!ending) return null;
  const noun = words(type);
  return (suggested) => ({
    title: `No longer on record: ${noun} ${key}`,
    description: `This ${noun} was taken off the diplomatic record.`,
    canonical: visit.path,
    main: html`<p class="kind">410</p>
<h1>No longer on record</h1>
<p>The ${noun} <code>${key}</code> was taken off the record. ${ending(last, kind as Kind)}</p>
<section aria-labelledby="history"><div class="heading"><h2 id="history">History</h2></div>
<ol class="rows">${changes.map((change) => html`<li>${line(change)}</li>`)}</ol></section>
${suggested}`,
  });
}

function line({ kind, mergedIntoKey, revision }: Change): Content {
  const { number, recordedAt, note, author } = revision;
  return html`<h3>${did(kind, mergedIntoKey)}</h3>
<p class="soft">${minuteOf(recordedAt)} · <a href="${pathOfRevision(number)}">revision ${number}</a>${author !== null && html` · by ${author}`}${note !== null && html` · ${note}`}</p>`;
}
