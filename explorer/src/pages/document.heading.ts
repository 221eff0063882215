import { nameOf, SOURCE, sourceOf } from "../citations.js";
import { graphql, type ResultOf } from "../graphql.js";
import { RECORDED, recorded } from "../history.js";
import { html, type Content } from "../html.js";
import { kindLink } from "../indexes.js";
import { facts, type Site } from "../layout.js";
import { organizationLink, pathOf, webLink } from "../links.js";
import { Missing, Moved, type Page } from "../outcome.js";
import { SHOWN } from "../shown.js";
import { countsOf, openOn, queryOf, tabs } from "../tabs.js";
import type { Visit } from "../visit.js";
import { capital, languageWords, time, words } from "../words.js";

/** What the page of a document shows above its tabs. */
export const HEAD = graphql(
  `
    fragment DocumentHead on SourceDocument {
      ...SourceParts
      ...ShownParts
      dateCertainty
      standing
      standingNote
      issuer {
        slug
        name
      }
      syndicatedFrom {
        ...SourceParts
      }
      said: statements(first: 0) {
        totalCount
      }
      met: meetings(first: 0) {
        totalCount
      }
      ...Recorded
    }
  `,
  [SOURCE, SHOWN, RECORDED],
);

export type Head = ResultOf<typeof HEAD>;

/** The tabs of a document; that of the text only where the text may be shown. */
export const TABS = [
  ["said", "Statements"],
  ["met", "Meetings"],
  ["text", "Text"],
  ["history", "History"],
] as const;

/** The page of a document with one of its tabs. `also`: what the address of the tab has besides. */
export function headed(
  visit: Visit,
  site: Site,
  head: Head,
  tab: (typeof TABS)[number][0],
  {
    title,
    description,
    content,
    also = "",
  }: { title: string; description: string; content: Content; also?: string },
): Page {
  const counts = countsOf({ said: head.said, met: head.met });
  openOn(visit, TABS, counts);
  const name = capital(nameOf(head));
  const linkedData = site.linkedData ? `${pathOf("document", head.key)}.jsonld` : undefined;
  const shown = TABS.filter(([key]) => key !== "text" || head.textLength !== null);
  return {
    title: `${name}: ${title}`,
    description,
    linkedData,
    canonical: pathOf("document", head.key) + queryOf(tab, TABS, counts) + also,
    main: html`${kindLink("documents", capital(words(head.kind)))}
<h1 lang="${head.title === null ? "en" : head.language}">${name}</h1>
${aboutIt(head, linkedData)}
${recorded(head)}
${tabs(visit, `In ${nameOf(head)}`, tab, shown, counts)}
${content}`,
  };
}

/** The document of a result, under the key that was asked for. */
export function found<Found extends Head>(
  { sourceDocumentByKey: found }: { sourceDocumentByKey: Found | null },
  visit: Visit,
): Found {
  if (!found) throw new Missing("document", visit.key);
  if (found.key !== visit.key) throw new Moved(pathOf("document", found.key));
  return found;
}

function aboutIt(head: Head, linkedData: string | undefined): Content {
  const { datePublished, dateCertainty, url, standing, syndicatedFrom } = head;
  return facts([
    ["Standing", standing !== "CURRENT" && html`<strong>${words(standing)}</strong>`],
    ["Note", head.standingNote],
    ["Published by", head.publisher],
    ["Issued by", head.issuer && organizationLink(head.issuer)],
    [
      "Published",
      datePublished &&
        html`${time(datePublished)}${dateCertainty === "INFERRED" && html` <em>(inferred)</em>`}`,
    ],
    ["Dateline", head.title === null ? null : head.dateline],
    ["Copy of", syndicatedFrom && sourceOf(syndicatedFrom)],
    ["Web address", url && webLink(url, url)],
    ["Language", languageWords(head.language)],
    ["Licence", head.licence === "public-domain" ? "Public domain" : head.licence],
    ["Version", head.version],
    ["Key", html`<code>${head.key}</code>`],
    ["SHA-256 of the text", head.sha256 && html`<code>${head.sha256}</code>`],
    [
      "As linked data",
      linkedData &&
        html`<a href="${linkedData}" type="application/ld+json" rel="nofollow">JSON-LD</a>`,
    ],
  ]);
}
