import { graphql } from "./graphql.js";
import { html, type Content } from "./html.js";
import { meetingLink, pathOf } from "./links.js";
import type { Visit } from "./visit.js";
import { dayOf, shortened } from "./words.js";

const NEWEST = graphql(`
  query NewOnRecord {
    statements(first: 5, orderBy: RECORDED_DESC) {
      nodes {
        key
        text
        language
        form
        recordedAt
      }
    }
    meetings(first: 5, orderBy: RECORDED_DESC) {
      nodes {
        slug
        title
        recordedAt
      }
    }
  }
`);

/** The longest text of a statement that is shown. */
const MAX_LENGTH = 140;

/** The statements and meetings that came on record last, each with the day, for the start page. */
export async function newest(visit: Visit): Promise<Content> {
  const { statements, meetings } = await visit.ask(NEWEST, {});
  return [
    group(
      "Statements",
      statements?.nodes.map(({ key, text, language, form, recordedAt }) => {
        const part = shortened(text, MAX_LENGTH);
        const words = form === "VERBATIM" ? `“${part}”` : part;
        return html`<a lang="${language}" href="${pathOf("statement", key)}">${words}</a> ${day(recordedAt)}`;
      }),
    ),
    group(
      "Meetings",
      meetings?.nodes.map((met) => html`${meetingLink(met)} ${day(met.recordedAt)}`),
    ),
  ];
}

function day(recordedAt: string): Content {
  return html`<span class="much">recorded ${dayOf(recordedAt)}</span>`;
}

function group(title: string, rows: readonly Content[] | undefined): Content {
  if (!rows || rows.length === 0) return null;
  return html`<section><h3>${title}</h3>
<ul>${rows.map((one) => html`<li>${one}</li>`)}</ul></section>`;
}
