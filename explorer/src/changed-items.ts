import { graphql, type ResultOf } from "./graphql.js";
import { html, type Content } from "./html.js";
import { type Kind, link, pathOf } from "./links.js";
import { capital, shortened, words } from "./words.js";

/** What a revision did to an item, and what the item is called now. */
export const CHANGED_ITEM = graphql(`
  fragment ChangedItem on RecordChange {
    kind
    type
    key
    mergedIntoKey
    currentItem @include(if: $named) {
      __typename
      ... on Person {
        slug
        name
      }
      ... on Place {
        slug
        name
      }
      ... on Organization {
        slug
        name
      }
      ... on Tenure {
        office: title
      }
      ... on Meeting {
        slug
        title
      }
      ... on Agreement {
        instrument: title
      }
      ... on Statement {
        key
        text
        form
      }
      ... on SourceDocument {
        key
        headline: title
      }
      ... on StatementTopic {
        slug
        label
      }
    }
  }
`);

export type ChangedItem = ResultOf<typeof CHANGED_ITEM>;

/** The longest name of an item in a line about it. */
const MAX_NAME_LENGTH = 120;

/** A line about a change: `Changed statement “We agreed to…”`, with a link to the item if it is there and has a page. */
export function changedItem(change: ChangedItem): Content {
  const { kind, type, mergedIntoKey } = change;
  return html`${did(kind, mergedIntoKey)}: ${words(type)} ${nameOf(change)}`;
}

/** What was done, in words: `Changed`. */
export function did(kind: string, mergedIntoKey: string | null): Content {
  if (mergedIntoKey === null) return capital(words(kind));
  return html`Held to be the same as <code>${mergedIntoKey}</code>`;
}

/** The kind of page that items of a type have; the others have none. */
const PAGES: Partial<Record<ChangedItem["type"], Kind>> = {
  PERSON: "person",
  PLACE: "place",
  ORGANIZATION: "organization",
  MEETING: "meeting",
  STATEMENT: "statement",
  SOURCE_DOCUMENT: "document",
  TOPIC: "topic",
};

/** The path of an item's page, null if it has none. That of an item which is gone says so, that of a merged one leads on. */
export function pathOfItem({ type, key }: Pick<ChangedItem, "type" | "key">): string | null {
  const kind = PAGES[type];
  return kind === undefined ? null : pathOf(kind, key);
}

function nameOf({ currentItem: item, key }: ChangedItem): Content {
  switch (item?.__typename) {
    case "Person":
      return named("person", item.slug, item.name);
    case "Place":
      return named("place", item.slug, item.name);
    case "Organization":
      return named("organization", item.slug, item.name);
    case "Meeting":
      return named("meeting", item.slug, item.title);
    case "Statement": {
      const text = shortened(item.text, MAX_NAME_LENGTH);
      return named("statement", item.key, item.form === "VERBATIM" ? `“${text}”` : text);
    }
    case "SourceDocument":
      return named("document", item.key, item.headline ?? item.key);
    case "StatementTopic":
      return named("topic", item.slug, item.label);
    case "Tenure":
      return shortened(item.office, MAX_NAME_LENGTH);
    case "Agreement":
      return shortened(item.instrument, MAX_NAME_LENGTH);
    default:
      return html`<code>${key}</code>`;
  }
}

function named(kind: Kind, key: string, name: string): Content {
  return link(kind, key, shortened(name, MAX_NAME_LENGTH + 2));
}
