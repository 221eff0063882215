import type { Importer, Run } from "./importer.js";
import { placeOf, townsIn } from "./places.js";
import {
  dataset,
  type Facts,
  type Meeting,
  type Participation,
  type Person,
  type Place,
} from "./records.js";
import { allOf, required, type Row, textIn } from "./rows.js";
import { isElect, officesOf } from "./travel-offices.js";
import { countryVisited, type TravelPeople, travelPeople } from "./travel-people.js";
import { travellerOf } from "./us-people.js";

const NO_VISIT =
  /^(?:vacation|fishing trip|refuel(?:l?ing)? stop)\b|\bduring (?:a |the )?(?:working )?(?:vacation|refuel(?:l?ing)? stop)\b/i;
const DAY = 86_400_000;

/** Imports travels: a row is a stop; stops at most a day apart form a journey. */
export const usTravels: Importer = {
  document: dataset(
    "us-travels",
    "Travels abroad of presidents and secretaries of state of the United States",
    "travels",
    "3170c773f22c99dadc8ec93da070f8ff6259d6d8",
  ),
  async *facts(rows: AsyncIterable<Row>, run: Run): AsyncGenerator<Facts> {
    const known: Known = new Set();
    const all = await allOf(rows);
    const met = travelPeople(all, run);
    const offices = officesOf(all, run);
    for (const stops of journeysIn(all)) {
      const meetings: Meeting[] = [];
      const facts: Facts & { people: Person[]; places: Place[] } = {
        people: [],
        places: [],
        meetings,
      };
      const add = <T extends { slug: string }>(noun: string, list: T[], item: T) => {
        if (!known.has(`${noun} ${item.slug}`)) list.push(item);
        known.add(`${noun} ${item.slug}`);
      };
      const parent = stops.length > 1 ? journeyOf(stops) : null;
      if (parent) meetings.push(parent);
      for (const copies of stops) {
        const stop = stopOf(copies, met, run);
        add("person", facts.people, stop.traveller);
        for (const { person } of stop.meeting.participations)
          for (const one of person ? met.people.define(person) : [])
            add("person", facts.people, one);
        for (const place of stop.places) add("place", facts.places, place);
        const child = parent && ({ parent: parent.slug, parentRelation: "PART_OF" } as const);
        meetings.push({ ...stop.meeting, ...child });
      }
      const tenures = stops.flat().flatMap((row) => offices.get(row) ?? []);
      yield tenures.length > 0 ? { ...facts, tenures } : facts;
    }
  },
};

/** People and places defined in earlier lines, so that each is defined once per file. */
type Known = Set<string>;
/** A stop: one row, or several duplicates with different ids. */
type Stop = [Row, ...Row[]];

/** Groups rows into journeys. Rows must be sorted by person and start date. */
function* journeysIn(rows: readonly Row[]): Generator<Stop[]> {
  let stops: Stop[] = [];
  let end = "";
  for (const row of rows) {
    const last = stops.at(-1)?.[0];
    const isNext =
      last !== undefined &&
      travellerOf(last).slug === travellerOf(row).slug &&
      required(row, "start_date") >= required(last, "start_date") &&
      Date.parse(required(row, "start_date")) - Date.parse(end) <= DAY;
    if (last && !isNext) {
      yield stops;
      stops = [];
    }
    const copy = stops.find(([stop]) => stopKey(stop) === stopKey(row));
    if (copy) copy.push(row);
    else stops.push([row]);
    const ends = required(row, "end_date");
    end = isNext && end > ends ? end : ends;
  }
  if (stops.length > 0) yield stops;
}

function stopKey({ start_date, end_date, country_ref, place }: Row): string {
  return JSON.stringify([start_date, end_date, country_ref, place]);
}

/** Builds a journey, which no single row states: it is inferred, and cites the rows of its first and last day. */
function journeyOf(stops: Stop[]): Meeting {
  const rows = stops.map(([row]) => row);
  const first = rows[0]!;
  const last = rows.reduce((a, b) => (required(b, "end_date") > required(a, "end_date") ? b : a));
  const countries = [...new Set(rows.map((row) => required(row, "country")))];
  return {
    slug: `us-travel-journey-${first.id}`,
    title: `Journey of ${travellerOf(first).name}: ${countries.join("; ")}`,
    kind: "JOURNEY",
    status: "HELD",
    mode: "IN_PERSON",
    coverage: "REPORTED",
    startDate: required(first, "start_date"),
    endDate: required(last, "end_date"),
    dateCertainty: "INFERRED",
    citations: [...new Set([first, last])].map((row) => citationOf(row)),
  };
}

function stopOf(copies: Stop, { sides }: TravelPeople, { tally, territories }: Run) {
  const [row] = copies;
  const traveller = travellerOf(row);
  const date = required(row, "start_date");
  const placeCountry = countryVisited(row, territories);
  const country = required(row, "country");
  if (placeCountry === null) tally.note(`no country: ${country}`, row.id);
  const text = textIn(row, "place");
  if (text === null) tally.note("no place", row.id);
  const places = townsIn(text).map((town) => placeOf(town, placeCountry));
  for (const { id } of copies.slice(1)) tally.note(`a second citation of another row's stop`, id);
  const remarks = textIn(row, "remarks") ?? "";
  const citations = copies.map(citationOf);
  const met = copies.flatMap((by) =>
    (sides.get(by) ?? []).map((side) => ({ ...side, citations: [citationOf(by)] })),
  );
  const kind = NO_VISIT.test(remarks) ? "OTHER" : "VISIT";
  // Those whom a traveller met on a visit need not have met each other.
  const guest = kind === "VISIT" && { role: "GUEST" as const };
  const own: Participation = { person: traveller.slug, ...guest, ...actingFor(copies), citations };
  const meeting = {
    slug: `us-travel-${row.id}`,
    title: `${traveller.name} in ${[text, country].filter(Boolean).join(", ")}`,
    kind,
    status: "HELD",
    mode: "IN_PERSON",
    coverage: "REPORTED",
    startDate: date,
    endDate: required(row, "end_date"),
    places: places.map(({ slug }) => slug),
    placeCountry,
    participations: distinct([own, ...met]),
    citations,
  } satisfies Meeting;
  return { traveller, places, meeting };
}

/** A president-elect does not act for the country yet; otherwise the check would miss a tenure. */
function actingFor(copies: Stop): Pick<Participation, "country" | "description"> {
  return copies.some(isElect) ? { description: "President-elect" } : { country: "US" };
}

/** Merges participations of the same side, and their citations. */
function distinct(all: Participation[]): Participation[] {
  const sides = new Map<string, Participation>();
  for (const one of all) {
    const key = one.person ?? `${one.country ?? ""}: ${one.description ?? ""}`;
    const same = sides.get(key);
    const locators = new Set(same?.citations.map(({ locator }) => locator));
    if (!same) sides.set(key, one);
    else same.citations.push(...one.citations.filter(({ locator }) => !locators.has(locator)));
  }
  return [...sides.values()];
}

function citationOf(row: Row): Meeting["citations"][number] {
  const remarks = textIn(row, "remarks");
  return remarks === null ? { locator: row.id } : { locator: row.id, exact: remarks };
}
