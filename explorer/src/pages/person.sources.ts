import { PASSAGE, passageList, SOURCE, sourceOf } from "../citations.js";
import { graphql, type ResultOf } from "../graphql.js";
import { html, type Content } from "../html.js";
import { panel, type Site } from "../layout.js";
import type { Question, Visit } from "../visit.js";
import { counted, words } from "../words.js";
import { COUNTS, found, HEAD } from "./person.heading.js";

/** Which documents give what is shown of a person. */
const SOURCES = graphql(
  `
    fragment PersonSources on Person {
      names {
        text
        kind
        language
        sourceCount
        sources(first: 5) {
          nodes {
            ...SourceParts
          }
        }
      }
      tenures {
        title
        citations {
          ...PassageParts
        }
      }
    }
  `,
  [SOURCE, PASSAGE],
);

const FROM = graphql(
  `
    query PersonSources($slug: String!) {
      person(slug: $slug) {
        ...PersonHead
        ...PersonCounts
        ...PersonSources
      }
    }
  `,
  [HEAD, COUNTS, SOURCES],
);

/** The tab of the sources of a person. */
export async function sources(visit: Visit, site: Site) {
  const variables = { slug: visit.key };
  const head = found(await visit.ask(FROM, variables), visit);
  const panels = sourcesOf(head, site, { document: FROM, variables });
  return { head, panels, summary: "names, offices and their sources" };
}

/** The names, offices and other facts of a person, each with the documents that give it. */
function sourcesOf(
  { names, tenures }: ResultOf<typeof SOURCES>,
  site: Site,
  question: Question,
): Content {
  const spellings = names?.map(
    ({ text, kind, language, sourceCount, sources }) => html`<li><h3${
      language !== null && html` lang="${language}"`
    }>${text}</h3>
<p class="soft">${kind === "PREFERRED" ? "shown" : words(kind)} · ${counted(sourceCount, "source")}</p>
<ul class="citations">${sources?.nodes.map((source) => html`<li>${sourceOf(source)}</li>`)}</ul></li>`,
  );
  const offices = tenures.map(
    ({ title, citations }) => html`<li><h3>${title}</h3>${passageList(citations)}</li>`,
  );
  return html`${panel(site, {
    id: "names",
    title: counted(names?.length ?? 0, "spelling"),
    question,
    content: html`<ul class="rows">${spellings}</ul>`,
  })}
${
  offices.length > 0 &&
  panel(site, {
    id: "offices",
    title: counted(offices.length, "office"),
    question,
    content: html`<ul class="rows">${offices}</ul>`,
  })
}`;
}
