import { graphql } from "../graphql.js";
import { html, joined, type Content, type Html } from "../html.js";
import { panel, type Site } from "../layout.js";
import { countryLink } from "../links.js";
import type { Visit } from "../visit.js";
import { type Span, spanOf, spansOf, spanWords } from "./by-year.js";
import { choice } from "./choice.js";
import { COUNT, type Counted, together } from "../counts.js";
import { unreadable } from "./notices.js";
import { classesOf, legendOf, shadeOf } from "./shades.js";
import { type Counts, listAddress, much, type Subject } from "./subject.js";
import { type Drawing, figure, mark, px, svg } from "./svg.js";
import { theWorld, type World } from "./world.js";

const STATEMENTS = graphql(
  `
    query WhereStatementsWereMade($filter: StatementFilter) {
      list: statements(filter: $filter, first: 0) {
        countries: facets(by: PLACE_COUNTRY, first: 100) {
          ...Count
        }
        moreCountries: facets(by: PLACE_COUNTRY, first: 100, skip: 100) {
          ...Count
        }
        places: facets(by: PLACE, first: 100) {
          ...Count
        }
      }
    }
  `,
  [COUNT],
);

const MEETINGS = graphql(
  `
    query WhereMeetingsWere($filter: MeetingFilter) {
      list: meetings(filter: $filter, first: 0) {
        countries: facets(by: PLACE_COUNTRY, first: 100) {
          ...Count
        }
        moreCountries: facets(by: PLACE_COUNTRY, first: 100, skip: 100) {
          ...Count
        }
        places: facets(by: PLACE, first: 100) {
          ...Count
        }
      }
    }
  `,
  [COUNT],
);

const COORDINATES = graphql(`
  query WherePlacesAre($slugs: [String!]!) {
    places(filter: { slugs: $slugs }, first: 100) {
      nodes {
        slug
        coordinates {
          latitude
          longitude
        }
      }
    }
  }
`);

/** A place of which a document gives the coordinates. */
interface Located extends Counted {
  latitude: number;
  longitude: number;
}

/** Where it was said or met: countries shaded by how often, and a circle at each place whose coordinates are on record. */
export async function map(visit: Visit, site: Site, subject: Subject): Promise<Content> {
  const of = choice(visit, subject);
  const isMet = of.chosen === "meetings";
  const document = isMet ? MEETINGS : STATEMENTS;
  const spans = spansOf(subject.years[of.chosen] ?? [], ANY_LENGTH);
  const { span, links } = spanOf(visit, spans);
  // What has no date is in the picture of everything only.
  const date = spans.length > 1 ? span : undefined;
  const variables = { filter: { ...(isMet ? subject.met : subject.said), date } };
  const { list } = await visit.ask(document, variables);
  const countries = together([list?.countries, list?.moreCountries]);
  const content =
    countries && list?.places
      ? picture(subject, of.chosen, date, countries, list.places, await located(visit, list.places))
      : unreadable;
  return panel(site, {
    id: "picture",
    title: isMet ? "Where the meetings were held" : "Where it was said",
    question: { document, variables },
    content: html`${of.links}${links}${content}`,
  });
}

async function located(visit: Visit, counts: readonly Counted[]): Promise<Located[]> {
  if (counts.length === 0) return [];
  const { places } = await visit.ask(COORDINATES, { slugs: counts.map(({ value }) => value) });
  const known = new Map(places?.nodes.map(({ slug, coordinates }) => [slug, coordinates]));
  return counts.flatMap((counted) => {
    const coordinates = known.get(counted.value);
    return coordinates ? [{ ...counted, ...coordinates }] : [];
  });
}

/** However many years, as far as they do not have too much. */
const ANY_LENGTH = Infinity;

const LARGEST = 20;
const SMALLEST = 3;

/**
 * The circles of places, the largest first so that it covers none; those off the map are left out.
 *
 * @internal for the tests
 */
export function circlesOf(
  places: readonly Pick<Located, "count" | "latitude" | "longitude">[],
  world: Pick<World, "at">,
) {
  const most = places.reduce((largest, { count }) => Math.max(largest, count), 1);
  return places
    .flatMap((place, index) => {
      const point = world.at(place.longitude, place.latitude);
      const radius = Math.max(SMALLEST, LARGEST * Math.sqrt(place.count / most));
      return point ? [{ index, x: point[0], y: point[1], radius: px(radius) }] : [];
    })
    .toSorted((a, b) => b.radius - a.radius);
}

function picture(
  subject: Subject,
  of: Counts,
  span: Span | undefined,
  countries: readonly Counted[],
  places: readonly Counted[],
  located: readonly Located[],
): Content {
  if (countries.length + places.length === 0) {
    return html`<p class="none">No place is on record.</p>`;
  }
  const world = theWorld();
  const shaded = countries.map(({ count }) => count);
  const bounds = classesOf(shaded);
  const title =
    of === "meetings"
      ? `Meetings ${subject.metHow} by country`
      : `Statements ${subject.saidHow} by country`;
  const drawing: Drawing = {
    width: world.width,
    height: world.height,
    title,
    description:
      "A map of the world. The stronger the shade of a country, the more; a circle is a place whose coordinates a document gives. Each is a link to its list.",
    content: html`<path class="land" d="${landWithout(countries, world)}"/>
${countries.map((one) => shape(subject, of, one, world, bounds))}
${circles(subject, of, located, world)}`,
  };
  return figure({
    box: html`<div class="map">${svg(drawing)}</div>`,
    legend: bounds.length > 0 && legendOf(shaded, bounds, `${of} in a country`),
    caption: html`${span && html`<strong>Only ${of} of ${spanWords(span)}</strong>, of ${much(subject.counts[of] ?? 0, of)} in all: the links above lead to other years. `}${circleCaption(located.length)} ${offTheMap(countries, of, world)} Shapes: <a href="https://www.naturalearthdata.com/" rel="external noreferrer">Natural Earth</a>, public domain, with its borders of today.`,
    table: {
      caption: `${title}, then by place. What is counted at a place is counted in its country too.`,
      columns: ["Where", "What it is", of === "meetings" ? "Meetings" : "Statements"],
      rows: [
        ...countries.map((one) =>
          row(one, "Country", listAddress(subject, of, { country: one.value }), of),
        ),
        ...places.map((one) =>
          row(one, "Place", listAddress(subject, of, { place: one.value }), of),
        ),
      ],
    },
  });
}

function circles(subject: Subject, of: Counts, located: readonly Located[], world: World): Content {
  return circlesOf(located, world).map(({ index, x, y, radius }) => {
    const { value, label, count } = located[index]!;
    const circle = html`<circle class="place" cx="${x}" cy="${y}" r="${radius}"/>`;
    return mark(listAddress(subject, of, { place: value }), `${label}: ${much(count, of)}`, circle);
  });
}

/** Which countries are not on the map, such as those of the past. */
function offTheMap(countries: readonly Counted[], of: Counts, { shapes, middles }: World): Content {
  const off = countries.filter(({ value }) => !shapes.has(value) && !middles.has(value));
  const links = off.map(
    ({ value, label, count }) =>
      html`${countryLink({ code: value, name: label })} (${much(count, of)})`,
  );
  return off.length > 0 && html`Not on a map of today: ${joined(links, ", ")}.`;
}

/** The outlines of the countries in which nothing was counted: the others have marks of their own. */
function landWithout(countries: readonly Counted[], { shapes }: World): string {
  const counted = new Set(countries.map(({ value }) => value));
  return [...shapes].map(([code, path]) => (counted.has(code) ? "" : path)).join("");
}

function circleCaption(count: number): string {
  return count === 0
    ? "The stronger the shade of a country, the more was counted in it. No place has coordinates on record."
    : "The stronger the shade of a country, the more was counted in it; a circle is a place whose coordinates are on record.";
}

function row({ label, count }: Counted, kind: string, href: string, of: Counts): Content[] {
  return [label, kind, html`<a href="${href}">${much(count, of)}</a>`];
}

/** Half the width of the mark of a country that is too small to be drawn. */
const SMALL = 5;

function shape(
  subject: Subject,
  of: Counts,
  { value, label, count }: Counted,
  world: World,
  bounds: readonly number[],
): Html | null {
  const shade = `shade ${shadeOf(count, bounds)}`;
  const href = listAddress(subject, of, { country: value });
  const says = `${label}: ${much(count, of)}`;
  const path = world.shapes.get(value);
  if (path) return mark(href, says, html`<path class="${shade}" d="${path}"/>`);
  const [x, y] = world.middles.get(value) ?? [];
  if (x === undefined || y === undefined) return null;
  const diamond = `M${px(x - SMALL)},${y}L${x},${px(y - SMALL)}L${px(x + SMALL)},${y}L${x},${px(y + SMALL)}Z`;
  return mark(href, says, html`<path class="${shade}" d="${diamond}"/>`);
}
