import { countryOf, isNeverCoded } from "./countries.js";
import { countriesCalled } from "./country-names.js";
import type { Importer, Run } from "./importer.js";
import { splitOffice } from "./people/office-words.js";
import { kindOfOffice, officeKey } from "./people/offices.js";
import { PeopleOfDataset } from "./people/people-of-dataset.js";
import { personName } from "./people/person-name.js";
import type { Mention } from "./people/same-person.js";
import { placeOf } from "./places.js";
import { dataset, type Facts, type Meeting, type Participation, type Place } from "./records.js";
import { allOf, required, type Row, textIn } from "./rows.js";
import { UncodedStates, uncodedSlug } from "./uncoded-states.js";
import { usTownsIn } from "./us-towns.js";

/** Imports visits of foreign leaders: a row is a visit. The host is not named, and a meeting with the president not claimed. */
export const usVisits: Importer = {
  document: dataset("us-visits", "Visits to the United States by foreign leaders", "visits"),
  async *facts(rows: AsyncIterable<Row>, run: Run): AsyncGenerator<Facts> {
    const all = (await allOf(rows)).map((row) => visitIn(row, run));
    const people = new PeopleOfDataset(run.people, run.tally);
    // Full names first: a surname alone may be that of a person whom another row names.
    const slugs = all.map(({ row, visitors }) =>
      visitors.map(({ mention }) => (mention?.name.isFull ? people.name(mention, row.id) : null)),
    );
    const places = new Set<string>();
    const states = new UncodedStates();
    for (const [i, visit] of all.entries()) {
      const sides = visit.visitors.map((visitor, j) => {
        const slug = slugs[i]?.[j] ?? null;
        return sideOf(
          visit,
          visitor,
          slug,
          slug === null ? surnameOf(visitor, people, visit.row) : null,
        );
      });
      const towns = usTownsIn(textIn(visit.row, "description")).map((town) => placeOf(town, "US"));
      const { state, row } = visit;
      const organizations = state ? states.define(state, required(row, "country")) : [];
      yield {
        ...(organizations.length > 0 && { organizations }),
        people: sides.flatMap(({ person }) => (person ? people.define(person) : [])),
        places: towns.filter(({ slug }) => !places.has(slug)),
        meetings: [meetingOf(row, sides, towns)],
      };
      for (const { slug } of towns) places.add(slug);
    }
  },
};

type Side = Omit<Participation, "citations">;

interface Visitor {
  /** Title and name as the row gives them. */
  text: string;
  mention: Mention | null;
}

interface Visit {
  row: Row;
  country: string | null;
  /** Slug of the state, if ISO never coded it. */
  state: string | null;
  visitors: Visitor[];
}

function visitIn(row: Row, { tally, territories }: Run): Visit {
  const date = required(row, "start_date");
  const [slug, code] = [textIn(row, "country_ref"), textIn(row, "country_code")];
  const name = required(row, "country");
  const named = countriesCalled(name);
  const byName = named.length === 1 ? named[0]! : null;
  const state = slug !== null && isNeverCoded(slug, date) ? uncodedSlug(slug) : null;
  const country = state ? null : (countryOf({ slug, date, code }, territories) ?? byName);
  if (state) tally.note(`an organization, since ISO never coded it: ${name}`, row.id);
  else if (country === null) tally.note(`no country: ${name}`, row.id);
  const visitors = visitorsIn(row).map((visitor) => visitorOf(visitor, country, date));
  if (visitors.length > 1) tally.note("several visitors", row.id);
  return { row, country, state, visitors };
}

interface Named {
  title: string | null;
  name: string | null;
}

/** Returns the visitors of a row: the list, or the title and name, or the whole text where neither was split. */
function visitorsIn(row: Row): Named[] {
  const list = Array.isArray(row.visitors) ? (row.visitors as Partial<Named>[]) : [];
  const listed = list.map(({ title = null, name = null }) => ({ title, name }));
  if (listed.some(({ title, name }) => title !== null || name !== null)) return listed;
  const name = textIn(row, "visitor_name");
  if (name !== null) return [{ title: textIn(row, "visitor_title"), name }];
  return [{ title: null, name: required(row, "visitor") }];
}

function visitorOf({ title, name }: Named, country: string | null, date: string): Visitor {
  const text = [title, name].filter(Boolean).join(" ");
  // A title that is misspelt was not split from the name.
  const split = title === null ? splitOffice(name ?? "") : { title, name: name ?? "" };
  if (split.name === "" || / and /.test(split.name)) return { text, mention: null };
  const office = split.title;
  const parsed = personName(split.name, office !== null && kindOfOffice(office) === "MONARCH");
  // A monarch's number is theirs in one country.
  const isFull = parsed.isFull && (!parsed.isMonarch || country !== null);
  const mention = { name: { ...parsed, isFull }, title: office, office: officeKey(office) };
  return { text, mention: { ...mention, country, date } };
}

function surnameOf({ mention }: Visitor, people: PeopleOfDataset, row: Row): string | null {
  return mention && people.surname(mention, row.id);
}

function sideOf(
  { country, state }: Visit,
  { text }: Visitor,
  slug: string | null,
  surname: string | null,
): Side {
  const acting = country !== null ? { country } : state !== null ? { organization: state } : {};
  if (slug !== null) return { person: slug, ...acting };
  if (surname !== null) return { person: surname, personCertainty: "INFERRED", ...acting };
  return { ...acting, description: text };
}

function meetingOf(row: Row, sides: Side[], towns: Place[]): Meeting {
  const description = textIn(row, "description");
  const citation =
    description === null ? { locator: row.id } : { locator: row.id, exact: description };
  return {
    slug: `us-visit-${row.id}`,
    title: `${required(row, "visitor")} (${required(row, "country")}) in the United States`,
    kind: "VISIT",
    status: "HELD",
    mode: "IN_PERSON",
    coverage: "REPORTED",
    startDate: required(row, "start_date"),
    endDate: required(row, "end_date"),
    places: towns.map(({ slug }) => slug),
    placeCountry: "US",
    participations: sides
      .filter((side, i) => sides.findIndex((other) => isOneSide(side, other)) === i)
      .map((side) => ({ ...side, role: "GUEST", citations: [citation] })),
    citations: [citation],
  };
}

/** Two visitors of a row may be one person. */
function isOneSide(one: Side, other: Side): boolean {
  return one.person ? one.person === other.person : one.description === other.description;
}
