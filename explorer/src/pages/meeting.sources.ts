import { PASSAGE, passageList, whyNoWords } from "../citations.js";
import { differences, MEETING_CLAIMS } from "../claims.js";
import { graphql } from "../graphql.js";
import { HISTORY, history, RECORDED, recorded } from "../history.js";
import { html } from "../html.js";
import { panel, type Site } from "../layout.js";
import { pathOf } from "../links.js";
import { meetingKind } from "../meetings.js";
import { Missing, Moved, type Page } from "../outcome.js";
import { pageOf } from "../paging.js";
import { tabs } from "../tabs.js";
import type { Visit } from "../visit.js";
import { counted } from "../words.js";

/** The tabs of a meeting. */
export const TABS = [
  ["meeting", "The meeting"],
  ["passages", "What the sources say"],
  ["claims", "Where sources differ"],
  ["history", "History"],
] as const;

const PASSAGES = graphql(
  `
    query MeetingPassages($slug: String!) {
      meeting(slug: $slug) {
        slug
        title
        kind
        citations {
          ...PassageParts
        }
      }
    }
  `,
  [PASSAGE],
);

const CLAIMS = graphql(
  `
    query MeetingClaims($slug: String!) {
      meeting(slug: $slug) {
        slug
        title
        kind
        ...MeetingDifferences
      }
    }
  `,
  [MEETING_CLAIMS],
);

/** What revisions did to it. */
export const CHANGES = history({
  document: graphql(
    `
      query MeetingHistory($slug: String!, $first: Int = 20, $after: String) {
        meeting(slug: $slug) {
          slug
          title
          kind
          ...Recorded
          ...ItemHistory
        }
      }
    `,
    [RECORDED, HISTORY],
  ),
  variables: (visit) => ({ slug: visit.key, ...pageOf(visit) }),
  find: (data, visit) => found(data, visit).history,
});

/** The meeting of a result, under the slug that was asked for. */
export function found<Found extends { slug: string }>(
  { meeting }: { meeting: Found | null },
  visit: Visit,
): Found {
  if (!meeting) throw new Missing("meeting", visit.key);
  if (meeting.slug !== visit.key) throw new Moved(pathOf("meeting", meeting.slug));
  return meeting;
}

/** The passages that prove it, with their words where these may be shown: one SQL statement more than the first view has room for. */
export async function passages(visit: Visit, site: Site): Promise<Page> {
  const variables = { slug: visit.key };
  const met = found(await visit.ask(PASSAGES, variables), visit);
  return {
    title: `${met.title}: what the sources say`,
    description: `The passages that prove what is on record of ${met.title}.`,
    canonical: `${pathOf("meeting", met.slug)}?tab=passages`,
    main: html`${meetingKind(met)}
<h1>${met.title}</h1>
${tabs(visit, met.title, "passages", TABS)}
${panel(site, {
  id: "proof",
  title: counted(met.citations.length, "passage proves it", "passages prove it"),
  question: { document: PASSAGES, variables },
  content: html`${passageList(met.citations)}
${whyNoWords(met.citations)}`,
})}`,
  };
}

/** The fields for which documents give different values. */
export async function claims(visit: Visit, site: Site): Promise<Page> {
  const variables = { slug: visit.key };
  const met = found(await visit.ask(CLAIMS, variables), visit);
  return {
    title: `${met.title}: where sources differ`,
    description: `What documents say differently of ${met.title}.`,
    canonical: `${pathOf("meeting", met.slug)}?tab=claims`,
    main: html`${meetingKind(met)}
<h1>${met.title}</h1>
${tabs(visit, met.title, "claims", TABS)}
${differences(met, site, { document: CLAIMS, variables })}`,
  };
}

/** When it came on record, and what changed since. */
export async function changes(visit: Visit, site: Site): Promise<Page> {
  const { data, content } = await CHANGES.show(visit, site);
  const met = found(data, visit);
  return {
    title: `${met.title}: its history`,
    description: `When ${met.title} came on record, and what changed since.`,
    canonical: `${pathOf("meeting", met.slug)}?tab=history`,
    main: html`${meetingKind(met)}
<h1>${met.title}</h1>
${recorded(met)}
${tabs(visit, met.title, "history", TABS)}
${content}`,
  };
}
