import { CITATION, citationLine } from "./citations.js";
import { graphql, type ResultOf } from "./graphql.js";
import { html, type Content, type Html } from "./html.js";
import { panel, type Site } from "./layout.js";
import type { Question } from "./visit.js";
import { counted, propertyWords, words } from "./words.js";

/** A value that a document gives for a field. */
const CLAIM = graphql(
  `
    fragment ClaimParts on RecordClaim {
      field
      value
      rank
      certainty
      reason
      citations {
        ...CitationParts
      }
    }
  `,
  [CITATION],
);

type Claim = ResultOf<typeof CLAIM>;

/** What was held to be the same. */
const MERGE = graphql(`
  fragment MergeParts on RecordMerge {
    mergedKey
    reason
  }
`);

export const PERSON_CLAIMS = graphql(
  `
    fragment PersonDifferences on Person {
      claims {
        ...ClaimParts
      }
      merges {
        ...MergeParts
      }
    }
  `,
  [CLAIM, MERGE],
);

export const MEETING_CLAIMS = graphql(
  `
    fragment MeetingDifferences on Meeting {
      claims {
        ...ClaimParts
      }
      merges {
        ...MergeParts
      }
    }
  `,
  [CLAIM, MERGE],
);

export const STATEMENT_CLAIMS = graphql(
  `
    fragment StatementDifferences on Statement {
      claims {
        ...ClaimParts
      }
      merges {
        ...MergeParts
      }
    }
  `,
  [CLAIM, MERGE],
);

/** The fields for which documents give different values, with all of these, and what was held to be the same item. */
export function differences(
  { claims, merges }: ResultOf<typeof PERSON_CLAIMS>,
  site: Site,
  question: Question,
): Content {
  const fields = new Map<string, Claim[]>();
  for (const claim of claims ?? []) {
    fields.set(claim.field, [...(fields.get(claim.field) ?? []), claim]);
  }
  const differing = [...fields].filter(
    ([, values]) => new Set(values.map(({ value }) => value)).size > 1,
  );
  const none = html`<p class="none">No document on record gives another value for anything shown.</p>`;
  return html`${panel(site, {
    id: "claims",
    title: "Where sources differ",
    question,
    content:
      differing.length === 0
        ? none
        : html`<ul class="rows">${differing.map(([field, values]) => fieldItem(field, values))}</ul>`,
  })}
${merges && merges.length > 0 && mergesPanel(merges, site, question)}`;
}

function fieldItem(field: string, values: readonly Claim[]): Html {
  return html`<li><h3>${propertyWords(field)}</h3><ul class="citations">${values.map(
    ({ value, rank, reason, citations }) =>
      html`<li>${inText(value)} <span class="soft">(${words(rank)}${reason !== null && html`: ${reason}`})</span>, by ${documentsOf(citations)}</li>`,
  )}</ul></li>`;
}

/** How many documents of a value are shown at once: a name may be in hundreds. */
const SHOWN = 5;

/** The documents that give a value: the first few, and the others behind a click. */
function documentsOf(citations: Claim["citations"]): Content {
  const keys = [...new Set(citations.map(({ document }) => document.key))];
  const first = new Set(keys.slice(0, SHOWN));
  const isFirst = ({ document }: { document: { key: string } }) => first.has(document.key);
  const others = citations.filter((citation) => !isFirst(citation));
  return html`${citationLine(citations.filter(isFirst))}${
    others.length > 0 &&
    html`<details><summary>${counted(keys.length - SHOWN, "more document")}</summary>${citationLine(others)}</details>`
  }`;
}

function mergesPanel(
  merges: readonly ResultOf<typeof MERGE>[],
  site: Site,
  question: Question,
): Html {
  return panel(site, {
    id: "merges",
    title: "Held to be the same",
    question,
    content: html`<ul class="rows">${merges.map(
      ({ mergedKey, reason }) => html`<li><h3><code>${mergedKey}</code></h3><p>${reason}</p></li>`,
    )}</ul>`,
  });
}

/** A value as people write it: several texts, which a claim gives as JSON, as a list of them. */
function inText(value: string): string {
  if (!value.startsWith('["')) return value;
  try {
    const texts = JSON.parse(value) as unknown[];
    return texts.every((text) => typeof text === "string") ? texts.join(" · ") : value;
  } catch {
    return value; // a text that begins so
  }
}
