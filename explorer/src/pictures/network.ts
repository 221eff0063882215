import { COUNTERPARTS } from "../counterparts.js";
import { graphql, type ResultOf } from "../graphql.js";
import { html, joined, type Content } from "../html.js";
import { panel, type Site } from "../layout.js";
import { countryLink, pathOfPair, personLink } from "../links.js";
import type { Visit } from "../visit.js";
import { counted, dateWords, time } from "../words.js";
import { NAME_SIZE, networkLayout, SECOND_SIZE } from "./network.layout.js";
import { unreadable } from "./notices.js";
import { much, type Subject } from "./subject.js";
import { type Drawing, figureOf, fitted, mark, px, widthOf } from "./svg.js";

/** How many meetings the picture is of at most, the latest: it takes seconds to find who met whom at ten thousand. */
const MOST_MEETINGS = 300;

/** The same of the meetings of each of the others, to find who met each other. */
const MOST_OF_OTHERS = 20;

/** How wide a name may be beside the oval, and that in its middle. */
const LONGEST = 200;
const LONGEST_SELF = 150;

/** Whom the person met most. How many there are in all is not asked: counting them takes as long again. */
const MET = graphql(
  `
    query MetMost($slug: String!, $latest: Int) {
      person(slug: $slug) {
        counterparts(first: 30, latest: $latest) {
          ...Counterparts
        }
      }
    }
  `,
  [COUNTERPARTS],
);

/** Which of these met each other: the service reads the lists of all of them together. */
const EACH_OTHER = graphql(`
  query WhomTheyMet($slugs: [String!]!, $latest: Int) {
    people(filter: { slugs: $slugs }, first: 30) {
      nodes {
        slug
        counterparts(first: 30, latest: $latest, people: $slugs) {
          edges {
            meetingCount
            node {
              slug
            }
          }
        }
      }
    }
  }
`);

type Edge = NonNullable<
  NonNullable<ResultOf<typeof MET>["person"]>["counterparts"]
>["edges"][number];
type Others = NonNullable<ResultOf<typeof EACH_OTHER>["people"]>["nodes"];

/** Two of the people in the picture who met each other, and how often. */
interface Tie {
  from: number;
  to: number;
  count: number;
}

/** The thirty whom a person met most, and which of them met each other: read while the page reads the person. */
export async function network(
  visit: Visit,
  site: Site,
  subjectAsked: Promise<Subject>,
): Promise<Content> {
  const variables = { slug: visit.key, latest: MOST_MEETINGS };
  const [{ person }, subject] = await Promise.all([visit.ask(MET, variables), subjectAsked]);
  const met = person?.counterparts;
  const slugs = met?.edges.map(({ node }) => node.slug) ?? [];
  const others =
    slugs.length > 1
      ? (await visit.ask(EACH_OTHER, { slugs, latest: MOST_OF_OTHERS })).people?.nodes
      : [];
  const content =
    met && others ? picture(visit.key, subject, met, tiesOf(slugs, others)) : unreadable;
  return panel(site, {
    id: "picture",
    title: "Whom they met most",
    question: { document: MET, variables },
    content,
  });
}

/** Who of these met each other, each two once. */
function tiesOf(slugs: readonly string[], others: Others): Tie[] {
  const places = new Map(slugs.map((slug, i) => [slug, i]));
  const ties = new Map<string, Tie>();
  for (const { slug, counterparts } of others) {
    for (const { node, meetingCount } of counterparts?.edges ?? []) {
      const [one, other] = [places.get(slug), places.get(node.slug)];
      if (one === undefined || other === undefined) continue;
      const [from, to] = [Math.min(one, other), Math.max(one, other)];
      ties.set(`${from} ${to}`, { from, to, count: meetingCount });
    }
  }
  return [...ties.values()].sort((a, b) => a.from - b.from || a.to - b.to);
}

/** How wide a line is, by a count. */
const wide = (count: number) => px(Math.min(6, 1 + Math.log2(count)));

function picture(
  slug: string,
  subject: Subject,
  { edges, pageInfo }: { edges: readonly Edge[]; pageInfo: { hasNextPage: boolean } },
  ties: readonly Tie[],
): Content {
  if (edges.length === 0) {
    return html`<p class="none">Nobody from the other side is on record by name at the same meeting.</p>`;
  }
  const drawing = drawingOf(slug, subject.name, edges, ties);
  const met = subject.counts.meetings ?? 0;
  const isCut = met > MOST_MEETINGS;
  return figureOf({
    drawing,
    caption: html`${isCut && html`<strong>Only the last ${MOST_MEETINGS} meetings</strong>, of ${much(met, "meetings")} in all. `}${captionOf(edges.length, pageInfo.hasNextPage)} The larger a circle, the more meetings; those of one country stand together.${ties.length > 0 && " A dashed line: the two met each other, wherever that was."}${ties.length > 0 && ` Of each of them, the last ${MOST_OF_OTHERS} meetings are searched for that.`}`,
    table: {
      caption: drawing.title,
      columns: ["Person", "For", "Meetings", "Last", "Met each other"],
      rows: edges.map(({ node, countries, meetingCount, lastMet }, i) => [
        personLink(node),
        joined(countries.map(countryLink), ", "),
        html`<a href="${pathOfPair(slug, node.slug)}">${counted(meetingCount, "meeting")}</a>`,
        lastMet && time(lastMet),
        tiesTo(i, edges, ties),
      ]),
    },
  });
}

/** The person in the middle, the others around them, and lines between those who met. */
function drawingOf(
  slug: string,
  name: string,
  edges: readonly Edge[],
  ties: readonly Tie[],
): Drawing {
  const people = edges.map(({ node, meetingCount, countries }) => ({
    group: countries[0]?.code ?? "",
    count: meetingCount,
    label: fitted(node.name, NAME_SIZE, LONGEST),
    second: secondOf(countries[0]?.name, meetingCount),
  }));
  const { width, height, middle, places, curves } = networkLayout(people, ties);
  const nodes = edges.map(({ node, meetingCount, lastMet }, i) => {
    const { x, y, radius, labelX, isLeft } = places[i]!;
    const { label, second } = people[i]!;
    const last = lastMet === null ? "" : `, last ${dateWords(lastMet)}`;
    const side = isLeft && " left";
    const text = html`<circle class="node" cx="${x}" cy="${y}" r="${radius}"/><text class="name who${side}" x="${labelX}" y="${px(y - 1)}">${label}</text><text class="second${side}" x="${labelX}" y="${px(y + 13)}">${second}</text>`;
    return mark(
      pathOfPair(slug, node.slug),
      `${node.name}: ${counted(meetingCount, "meeting")}${last}`,
      text,
    );
  });
  const content = html`${places.map(
    ({ x, y }, i) =>
      html`<line class="met" x1="${middle.x}" y1="${middle.y}" x2="${x}" y2="${y}" stroke-width="${wide(people[i]!.count)}"/>`,
  )}
${ties.map(({ from, to, count }, i) => {
  const says = `${edges[from]!.node.name} and ${edges[to]!.node.name}: ${counted(count, "meeting")}`;
  return html`<path class="tie" d="${curves[i]}" stroke-width="${wide(count)}"><title>${says}</title></path>`;
})}
${nodes}
${inTheMiddle(name, middle)}`;
  return {
    width,
    height,
    title: `Whom ${name} met most`,
    description: `${name} in the middle, around them ${counted(edges.length, "person", "people")} of other sides, larger for more meetings. Each is a link to what the two have on record. Dashed lines are between those who met each other.`,
    content,
  };
}

/** Whom one of these met of the others, each with how often. */
function tiesTo(one: number, edges: readonly Edge[], ties: readonly Tie[]): Content {
  const { slug } = edges[one]!.node;
  const others = ties
    .filter(({ from, to }) => from === one || to === one)
    .map(({ from, to, count }) => {
      const other = edges[from === one ? to : from]!.node;
      return html`<a href="${pathOfPair(slug, other.slug)}">${other.name}</a> (${count})`;
    });
  return joined(others, ", ");
}

/** `China · 12 meetings`. */
function secondOf(country: string | undefined, meetings: number): string {
  const count = counted(meetings, "meeting");
  if (country === undefined) return count;
  return `${fitted(country, SECOND_SIZE, LONGEST - widthOf(` · ${count}`, SECOND_SIZE))} · ${count}`;
}

/** The person whom it is about, in a box on which all lines end. */
function inTheMiddle(name: string, { x, y }: { x: number; y: number }): Content {
  const shown = fitted(name, NAME_SIZE, LONGEST_SELF);
  const width = px(widthOf(shown, NAME_SIZE) + 28);
  return html`<rect class="self" x="${px(x - width / 2)}" y="${px(y - 16)}" width="${width}" height="32" rx="16"/><text class="on-self" x="${x}" y="${px(y + 4.5)}">${shown}</text>`;
}

function captionOf(shown: number, areMore: boolean): string {
  return areMore
    ? `The ${shown} whom they met most by name from the other side; the tab Met lists all.`
    : `All ${shown} whom they met by name from the other side.`;
}
