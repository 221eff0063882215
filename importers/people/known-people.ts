import type { Facts } from "../records.js";
import { officeKey } from "./offices.js";
import { type PersonName, personName } from "./person-name.js";

/** An office that a person held. */
export interface KnownTenure {
  country: string | null;
  /** The country that an envoy was sent to. */
  accreditedTo: string | null;
  title: string;
  office: string | null;
  from: string | null;
  to: string | null;
}

/** A person as far as it is known: what another mention is compared with. */
export interface KnownPerson {
  slug: string;
  names: PersonName[];
  birthYear: number | null;
  deathYear: number | null;
  /** Countries in which the person was met, for whomever they acted there. */
  places: Set<string>;
  /** Offices by `officeKey` and by title, with a first or last day; null where it is unknown. */
  tenures: KnownTenure[];
  /** The first and last day of each office for each country, as far as a source names the person in it. */
  seen: Map<string, { country: string | null; office: string | null; from: string; to: string }>;
}

/** More than a record of some size has; each takes about a kilobyte of memory. */
const MAX_PEOPLE = 1_000_000;

/** Who is known from record files and from the datasets imported before, by parts of names and by country. */
export class KnownPeople {
  private readonly people = new Map<string, KnownPerson>();
  private readonly byPart = new Map<string, Set<KnownPerson>>();
  private readonly byCountry = new Map<string, Set<KnownPerson>>();
  private readonly byTitle = new Map<string, Set<KnownPerson>>();

  has(slug: string): boolean {
    return this.people.has(slug);
  }

  /** Returns all people one of whose names has one of these parts. */
  withParts(parts: readonly string[]): Set<KnownPerson> {
    return new Set(parts.flatMap((part) => [...(this.byPart.get(part) ?? [])]));
  }

  /** Returns all people who were seen to act for a country. */
  ofCountry(country: string): Iterable<KnownPerson> {
    return this.byCountry.get(country) ?? [];
  }

  /** Returns the names of a person; none of one who is unknown. */
  named(slug: string): readonly PersonName[] {
    return this.people.get(slug)?.names ?? [];
  }

  /** Returns who held an office of this title on a day; nobody whose first day in it is unknown. */
  holders(title: string, country: string, day: string): KnownPerson[] {
    return [...(this.byTitle.get(titleKey(title, country)) ?? [])].filter(({ tenures }) =>
      tenures.some(
        (one) =>
          titleKey(one.title, one.country) === titleKey(title, country) &&
          one.from !== null &&
          one.from <= day &&
          (one.to === null || one.to >= day),
      ),
    );
  }

  /** Returns whether a person is known to have held an office of this title, whenever that was. */
  hasOffice(slug: string, title: string, country: string): boolean {
    const tenures = this.people.get(slug)?.tenures ?? [];
    return tenures.some((one) => titleKey(one.title, one.country) === titleKey(title, country));
  }

  /** Adds a name of a person, who may be new. */
  addName(slug: string, name: PersonName): KnownPerson {
    const person = this.person(slug);
    if (person.names.some(({ text }) => text === name.text)) return person;
    person.names.push(name);
    for (const part of name.parts) addTo(this.byPart, part, person);
    return person;
  }

  /** Adds that a source names a person in an office, for a country, at a date (a day, month or year). */
  addSeen(
    slug: string,
    {
      country,
      office,
      date,
      place,
    }: {
      country: string | null;
      office: string | null;
      date: string | null;
      place?: string | null;
    },
  ): void {
    const person = this.person(slug);
    if (country !== null) addTo(this.byCountry, country, person);
    if (place) person.places.add(place);
    const key = `${country} ${office}`;
    const [from, to] = date === null ? ["9999", "0000"] : [firstDay(date), lastDay(date)];
    const seen = person.seen.get(key);
    if (!seen) person.seen.set(key, { country, office, from, to });
    else {
      if (from < seen.from) seen.from = from;
      if (to > seen.to) seen.to = to;
    }
  }

  /** Adds what a record says of people: their names and lives, offices, and meetings. */
  learn({ people = [], tenures = [], meetings = [] }: Facts): void {
    for (const { slug, name, sortName, otherNames = [], birthDate, deathDate } of people) {
      const person = this.addName(slug, { ...personName(sortName), text: name });
      for (const other of otherNames)
        this.addName(slug, personName(typeof other === "string" ? other : other.text));
      person.birthYear ??= yearOf(birthDate);
      person.deathYear ??= yearOf(deathDate);
    }
    for (const { person: slug, country, accreditedTo, title, startDate, endDate } of tenures) {
      const [from, to] = [startDate && firstDay(startDate), endDate && lastDay(endDate)];
      const tenure = { title, office: officeKey(title), from: from ?? null, to: to ?? null };
      const states = { country: country ?? null, accreditedTo: accreditedTo ?? null };
      this.person(slug).tenures.push({ ...states, ...tenure });
      addTo(this.byTitle, titleKey(title, country ?? null), this.person(slug));
      if (country) addTo(this.byCountry, country, this.person(slug));
    }
    for (const { startDate, participations = [] } of meetings)
      for (const { person, country, personCertainty } of participations)
        // What was taken from a surname proves nothing about another one.
        if (person && country && personCertainty !== "INFERRED")
          this.addSeen(person, { country, office: null, date: startDate ?? null });
  }

  private person(slug: string): KnownPerson {
    const known = this.people.get(slug);
    if (known) return known;
    if (this.people.size >= MAX_PEOPLE)
      throw new Error(`more than ${MAX_PEOPLE} people are known; match with fewer record files`);
    const person: KnownPerson = {
      slug,
      names: [],
      birthYear: null,
      deathYear: null,
      places: new Set<string>(),
      tenures: [],
      seen: new Map() as KnownPerson["seen"],
    };
    this.people.set(slug, person);
    return person;
  }
}

function addTo(index: Map<string, Set<KnownPerson>>, key: string, person: KnownPerson): void {
  const all = index.get(key);
  if (all) all.add(person);
  else index.set(key, new Set([person]));
}

function titleKey(title: string, country: string | null): string {
  return `${country} ${title.toLowerCase()}`;
}

function yearOf(date: string | null | undefined): number | null {
  return date ? Number(date.slice(0, 4)) : null;
}

/** Returns the first day of a day, month or year. */
export function firstDay(date: string): string {
  return `${date}${"-01-01".slice(date.length - 4)}`;
}

/** Returns the last day of a day, month or year; of every month, its 31st, which sorts as well. */
export function lastDay(date: string): string {
  return `${date}${"-12-31".slice(date.length - 4)}`;
}
