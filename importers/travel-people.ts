import { type ActsFor, actsFor, isWithoutGuests, NamesAbroad, type Stop } from "./acts-for.js";
import { countryOf } from "./countries.js";
import type { Run } from "./importer.js";
import { PeopleOfDataset } from "./people/people-of-dataset.js";
import { kindOfOffice, officeKey } from "./people/offices.js";
import { type PersonName, personName } from "./people/person-name.js";
import type { Mention } from "./people/same-person.js";
import { parsePeopleMet, type PersonMet } from "./people-met.js";
import type { Participation } from "./records.js";
import { required, type Row, textIn } from "./rows.js";
import { ACTS_FOR_NOBODY } from "./tally.js";
import { travellerOf } from "./us-people.js";

type Side = Omit<Participation, "citations">;

interface MetInRow {
  row: Row;
  met: PersonMet;
  stop: Stop;
}

/** The people met according to the rows of us-travels, by row. */
export interface TravelPeople {
  people: PeopleOfDataset;
  sides: ReadonlyMap<Row, Side[]>;
}

/**
 * Returns who was met, for whom they act, and who they are. Each takes all rows: in how many countries a name was met, and
 * whether the full name of a surname stands in another row.
 */
export function travelPeople(rows: readonly Row[], run: Run): TravelPeople {
  const own = presidentsIn(rows);
  const all = rows.flatMap((row) => metIn(row, own, run));
  const names = new NamesAbroad(run.people.known);
  for (const { met, stop } of all) names.add(met, stop);
  const people = new PeopleOfDataset(run.people, run.tally);
  const mentions = all.map(({ row, met, stop }) => ({
    row,
    met,
    ...mentionOf(met, stop, row, names),
  }));
  const slugs = mentions.map(({ mention, row }) =>
    mention.name?.isFull ? people.name({ ...mention, name: mention.name }, row.id) : null,
  );
  const sides = new Map<Row, Side[]>(rows.map((row) => [row, []]));
  for (const [i, { row, met, mention, why }] of mentions.entries()) {
    if (why !== null) run.tally.add(ACTS_FOR_NOBODY, why, row.id);
    else if (!met.isCountryGiven)
      run.tally.add("met abroad", "acts for the country visited", row.id);
    const slug = slugs[i] ?? null;
    const { name } = mention;
    const surname = slug === null && name ? people.surname({ ...mention, name }, row.id) : null;
    sides.get(row)!.push(sideOf(met, mention.country, slug, surname));
  }
  return { people, sides };
}

/** The years in which presidents travel, by surname. */
type Presidents = ReadonlyMap<string, readonly number[]>;

/** The longest that a president who travels is in office before or after. */
const TERMS = 8;

function presidentsIn(rows: readonly Row[]): Presidents {
  const years = new Map<string, number[]>();
  for (const row of rows.filter(({ role }) => role === "president")) {
    const surname = lastWord(travellerOf(row).name);
    years.set(surname, [...(years.get(surname) ?? []), yearOf(row)]);
  }
  return years;
}

/** `Attended the conference with President Floe`: the traveller's own, who is not of the country visited. */
function isOwn({ office, name, isCountryGiven }: PersonMet, row: Row, own: Presidents): boolean {
  if (office !== "President" || isCountryGiven) return false;
  return (own.get(lastWord(name)) ?? []).some((year) => Math.abs(year - yearOf(row)) <= TERMS);
}

const lastWord = (name: string) => name.split(" ").at(-1)!;
const yearOf = (row: Row) => Number(required(row, "start_date").slice(0, 4));

function metIn(row: Row, own: Presidents, { tally, territories }: Run): MetInRow[] {
  const date = required(row, "start_date");
  const remarks = textIn(row, "remarks") ?? "";
  const parsed = parsePeopleMet(remarks, date);
  const met = parsed.met.filter((one) => !isOwn(one, row, own));
  const unmapped =
    met.length < parsed.met.length
      ? [...parsed.unmapped, "the traveller's own president"]
      : parsed.unmapped;
  for (const reason of unmapped) tally.note(`met with: ${reason}`, row.id);
  if (/\bwith\b/i.test(remarks)) {
    const nobody = `nobody: ${unmapped[0] ?? "no words that say who was met"}`;
    tally.add('remarks that have "with"', met.length > 0 ? "somebody is read" : nobody, row.id);
  }
  const stop = { country: countryVisited(row, territories), date, remarks };
  return met.map((one) => ({ row, met: one, stop }));
}

/** Returns the country that a row visits, of its date. */
export function countryVisited(row: Row, territories: Run["territories"]): string | null {
  const [slug, code] = [textIn(row, "country_ref"), textIn(row, "country_code")];
  return countryOf({ slug, date: required(row, "start_date"), code }, territories);
}

type NamedMention = Omit<Mention, "name"> & { name: PersonName | null };

function mentionOf(
  met: PersonMet,
  stop: Stop,
  row: Row,
  names: NamesAbroad,
): { mention: NamedMention; why: ActsFor["why"] } {
  const { country, why } = actsFor(met, stop, names);
  const name =
    met.name === "" ? null : personName(met.name, kindOfOffice(met.office) === "MONARCH");
  // A monarch's number is theirs in one country.
  const isFull = name?.isFull === true && (!name.isMonarch || country !== null);
  const place = !met.isCountryGiven && isWithoutGuests(stop) ? stop.country : null;
  const mention = {
    title: met.office,
    office: officeKey(met.office),
    country,
    place,
    date: required(row, "start_date"),
  };
  return { mention: { ...mention, name: name && { ...name, isFull } }, why };
}

function sideOf(
  { description }: PersonMet,
  country: string | null,
  slug: string | null,
  surname: string | null,
): Side {
  const acting = country === null ? {} : ({ country, countryCertainty: "INFERRED" } as const);
  if (slug !== null) return { person: slug, ...acting };
  if (surname === null) return { ...acting, description };
  return { person: surname, personCertainty: "INFERRED", ...acting };
}
