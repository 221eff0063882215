import { graphql, type ResultOf } from "../graphql.js";
import { html, type Content, type Html } from "../html.js";
import { panel, type Site } from "../layout.js";
import { meetingLink } from "../links.js";
import type { Question } from "../visit.js";
import { time, words } from "../words.js";

const ABOVE = graphql(`
  fragment MeetingAbove on Meeting {
    slug
    title
    parentRelation
  }
`);

/** The meetings above a meeting, and those right below it. */
export const TREE = graphql(
  `
    fragment MeetingTree on Meeting {
      title
      parentRelation
      parent {
        ...MeetingAbove
        parent {
          ...MeetingAbove
          parent {
            ...MeetingAbove
          }
        }
      }
      children(first: 50, orderBy: DATE_ASC) {
        nodes {
          slug
          title
          parentRelation
          startDate
        }
        pageInfo {
          hasNextPage
        }
      }
    }
  `,
  [ABOVE],
);

interface Above {
  slug: string;
  title: string;
  parentRelation: string | null;
  parent?: Above | null;
}

/** What a meeting belongs to and what belongs to it, as nested lists; nothing if it stands alone. */
export function treeOf(met: ResultOf<typeof TREE>, site: Site, question: Question): Content {
  const { children, parent } = met;
  if (!parent && !children?.nodes.length) return null;
  const below = children?.nodes.map(
    ({ startDate, ...child }) =>
      html`<li>${meetingLink(child)}${startDate && html`, ${time(startDate)}`}${relation(child.parentRelation)}</li>`,
  );
  const self = html`<li><strong aria-current="page">${met.title}</strong>${relation(parent ? met.parentRelation : null)}
${below && below.length > 0 && html`<ul>${below}</ul>`}${children?.pageInfo.hasNextPage && html`<p>The first 50 are shown.</p>`}</li>`;
  return panel(site, {
    id: "tree",
    title: parent ? "What it belongs to" : "What belongs to it",
    question,
    content: html`<ul class="tree">${nested(parent, self)}</ul>`,
  });
}

function nested(above: Above | null | undefined, inside: Html): Html {
  if (!above) return inside;
  const own = html`<li>${meetingLink(above)}${relation(above.parent ? above.parentRelation : null)}<ul>${inside}</ul></li>`;
  return nested(above.parent, own);
}

/** How a meeting belongs to the one above it. */
function relation(kind: string | null): Content {
  if (kind === null) return null;
  const relations: Record<string, string> = {
    PART_OF: "part of it",
    ON_SIDELINES_OF: "on its sidelines",
  };
  return html` <span class="soft">(${relations[kind] ?? words(kind)})</span>`;
}
