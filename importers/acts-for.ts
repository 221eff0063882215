import { namesAnotherCountry } from "./country-names.js";
import { isSameState } from "../src/country/country.former.js";
import { kindOfOffice, officeKey, type OfficeKind } from "./people/offices.js";
import type { KnownPeople } from "./people/known-people.js";
import { hasSurname, isKnownAt, type Mention } from "./people/same-person.js";
import { likenessOf, type PersonName, personName } from "./people/person-name.js";

/** Where the people of many countries come together: someone met there may be of any of them. */
const CONFERENCE =
  /\b(?:summits?|conferences?|ministerials?|forum|congress of|general assembly|peace talks|negotiations|coalition|contact group|quartet|quad|group of (?:seven|eight|\d{1,3})|foreign ministers|heads of (?:state|government)|leaders[’']? meeting|inaugurations?|funerals?|memorial services?|coronation|wedding|jubilee|centennial|bicentennial|independence ceremon(?:y|ies)|anniversary|olympics?|world economic|friends of)\b|\b(?:NATO|G[-–]?\d{1,2}|APEC|ASEAN|OECD|CSCE|OSCE|OAS|OAU|SEATO|CENTO|ANZUS|NACC|GCC|IAEA|EU|EC|EEC|C5\+1)\b|\b(?:north atlantic council|european (?:union|council|commission|community|economic community)|african union|gulf cooperation council|arab league|united nations|UN (?:session|conference|meeting|commission|security council))\b/i;
/** Meetings of the traveller's own people. */
const OWN_CONFERENCE =
  /^conference of (?:(?:\S+ )?(?:U\.S\.|American|Foreign Service|regional)|(?:U\.S\. )?chiefs of)/i;

/** Offices that make their holder act for the country, and no other. */
const OF_STATE = new Set<OfficeKind | null>([
  "MONARCH",
  "HEAD_OF_STATE",
  "HEAD_OF_GOVERNMENT",
  "FOREIGN_MINISTER",
  "MINISTER",
]);

/** Offices that are not of the country visited, unless that is the Holy See. */
const OF_ANOTHER =
  /^Pope$|^First President$|\bSecretary of (?:State|Defense|(?:the )?Treasury|Commerce|Energy)$|^(?:Defense|Treasury) Secretary$/;

/** Someone whom a remark says was met. */
export interface Met {
  /** The office, without the adjective; empty if there is none. */
  office: string;
  /** The words after the office; empty for an office alone. */
  name: string;
  /** Whether an adjective, or `of` a country, says whose the office is. */
  isCountryGiven: boolean;
  /** The country that it says; null if it is none, or not at that date. */
  country: string | null;
}

/** The row in which they are named. */
export interface Stop {
  /** The country visited, of that date. */
  country: string | null;
  /** The first day there. */
  date: string;
  remarks: string;
}

/** For whom someone acts, or why that is not known. */
export type ActsFor = { country: string; why: null } | { country: null; why: string };

/**
 * Returns for whom someone met abroad acts: the country that the remark gives, or else the country visited, if the office is one
 * of a state or government. Null if the row names a conference or another country, or the name is met in several countries.
 */
export function actsFor(met: Met, stop: Stop, names: NamesAbroad): ActsFor {
  const unknown = (why: string) => ({ country: null, why });
  if (met.isCountryGiven)
    return met.country === null
      ? unknown("the country named is none of that date")
      : { country: met.country, why: null };
  if (!OF_STATE.has(kindOfOffice(met.office))) return unknown("no office of a state or government");
  if (stop.country === null) return unknown("the country visited has no code");
  if (stop.country !== "VA" && OF_ANOTHER.test(met.office))
    return unknown("a pope, or an office that the traveller's own country has");
  if (namesConference(stop.remarks)) return unknown("the row names a conference");
  if (namesAnotherCountry(stop.remarks, stop.country))
    return unknown("the row names another country");
  if (isConsort(met, stop.remarks)) return unknown("a queen or an empress beside the monarch");
  if (met.name === "") return { country: stop.country, why: null };
  const why = names.reasonAgainst(met, stop.country, stop.date);
  return why === null ? { country: stop.country, why } : unknown(why);
}

/** Returns whether only people of the country visited are likely in a row, but for those of whom it says otherwise. */
export function isWithoutGuests({ country, remarks }: Stop): boolean {
  return !namesConference(remarks) && !namesAnotherCountry(remarks, country);
}

function namesConference(remarks: string): boolean {
  const others = remarks
    .replace(/\b(?:press|news) conferences?/gi, "")
    .replace(/\bconference of (?:U\.S\.|[^.;,])*/gi, (all) => (OWN_CONFERENCE.test(all) ? "" : all))
    .replace(/\bconference of (?:U\.S\. )?ambassadors/gi, "");
  return CONFERENCE.test(others);
}

/** `King Karl and Queen Anna` */
function isConsort({ office }: Met, remarks: string): boolean {
  return /^(?:Queen|Empress)$/.test(office) && /\b(?:King|Emperor)\b/.test(remarks);
}

/** A name in a row: the country visited, or the one that the row gives. */
interface Occurrence {
  name: PersonName;
  visited?: string;
  given?: string;
}

/** In which countries people of a name were met, and for which ones rows say that they act. */
export class NamesAbroad {
  private readonly bySurname = new Map<string, Map<string, Occurrence>>();

  /** Adds someone met: where, unless the row may be about guests, or the country that it gives. */
  add(met: Met, stop: Stop): void {
    if (met.name === "") return;
    const isClear =
      !met.isCountryGiven && OF_STATE.has(kindOfOffice(met.office)) && isWithoutGuests(stop);
    if (isClear && stop.country !== null) this.push(met, { visited: stop.country });
    if (met.isCountryGiven && met.country !== null) this.push(met, { given: met.country });
  }

  constructor(private readonly known: KnownPeople) {}

  /**
   * Returns why people of this name need not act for the country visited; null if nothing speaks against it. Of a name that is
   * met in several countries, another source may know an office in this one.
   */
  reasonAgainst(met: Met, country: string, date: string): string | null {
    const name = nameOf(met);
    const all = [...(this.bySurname.get(keyOf(name))?.values() ?? [])].filter((one) =>
      isAlike(one.name, name),
    );
    const isHere = (other: string) => isSameState(other, country);
    const given = all.flatMap((one) => one.given ?? []);
    if (given.length > 0)
      return given.every(isHere) ? null : "the name is one of another country elsewhere";
    const visited = all.flatMap((one) => one.visited ?? []);
    if (visited.every(isHere)) return null;
    const mention = { name, title: met.office, office: officeKey(met.office), country, date };
    return isKnownByName(this.known, mention) ? null : "the name occurs in several countries";
  }

  private push(met: Met, where: Omit<Occurrence, "name">): void {
    const name = nameOf(met);
    const all = this.bySurname.get(keyOf(name)) ?? new Map<string, Occurrence>();
    all.set(JSON.stringify([name.text, where]), { name, ...where });
    this.bySurname.set(keyOf(name), all);
  }
}

function nameOf({ name, office }: Met): PersonName {
  return personName(name, kindOfOffice(office) === "MONARCH");
}

/** Returns whether someone of that name is known in that office, for that country, at that date. */
function isKnownByName(known: KnownPeople, mention: Mention): boolean {
  const { name } = mention;
  return [...known.withParts(name.surname)].some(
    (person) =>
      isKnownAt(person, mention) &&
      (name.isFull
        ? person.names.some((other) => likenessOf(other, name) === "EQUAL")
        : hasSurname(person, name)),
  );
}

function keyOf({ surname }: PersonName): string {
  return surname.at(-1) ?? "";
}

/** A surname alone may be anyone's who has it; a monarch's name with a number is that one's. */
function isAlike(one: PersonName, other: PersonName): boolean {
  if (other.ordinal !== null) return one.ordinal === other.ordinal;
  return !one.isFull || !other.isFull || likenessOf(one, other) !== null;
}
