import { nameParts } from "../records/check/record.collected-names.js";
import type { Collected, CollectedItem } from "../records/check/record.names.js";
import type { FirstKey } from "../records/check/record.rule.js";
import type { Json } from "../records/record.row.js";
import { asList, asObject, textOrNull } from "../records/record.unchecked.js";

interface Identifier {
  scheme: string;
  value: string;
}

/** The country and dates of a tenure. */
export interface CollectedTenure {
  country: string | null;
  startDate: string | null;
  endDate: string | null;
}

/** The people of all records checked together: names and identifiers, to find one person under two slugs; tenures and deaths. */
export class CollectedPeople implements Collected {
  /** First slugs by name or identifier. */
  private readonly byKey = new Map<string, Set<string>>();
  private readonly slugs = new Map<string, Set<string>>();
  /** The identifiers of people, by first slug and by their comparison keys. */
  private readonly identifiers = new Map<string, Map<string, Identifier>>();
  /** Pairs of slugs that a judgement says are one person, or are not. */
  private readonly judged = new Set<string>();
  /** By the person's slug as given in the tenure. */
  private readonly tenures = new Map<string, CollectedTenure[]>();
  /** The dates of death, by slug; the last one where records differ. */
  private readonly deaths = new Map<string, string>();

  add({ noun, given }: CollectedItem): void {
    if (noun === "person") this.addPerson(given);
    else if (noun === "tenure") this.addTenure(given);
    else if (given.kind === "person" && noun === "merge") this.addJudged([given.stays, given.goes]);
    else if (given.kind === "person" && noun === "difference") this.addJudged(asList(given.items));
  }

  private addPerson(person: Json): void {
    this.addDeath(person);
    const first = textOrNull(asList(person.formerSlugs)[0]) ?? textOrNull(person.slug);
    if (first === null) return;
    for (const slug of [first, person.slug, ...asList(person.formerSlugs)].map(textOrNull))
      if (slug !== null) this.slugs.set(first, (this.slugs.get(first) ?? new Set()).add(slug));
    const names = [person.name, ...asList(person.otherNames)].map(
      (name) => textOrNull(name) ?? textOrNull(asObject(name).text),
    );
    for (const [i, name] of names.entries()) {
      const key = name === null ? null : nameKey(name, { isFull: i === 0 });
      if (key) this.addKey(key, first);
    }
    for (const { scheme, value } of asList(person.identifiers).map(asObject)) {
      if (typeof scheme !== "string" || typeof value !== "string") continue;
      const key = identifierKey({ scheme, value });
      this.addKey(key, first);
      const own = this.identifiers.get(first) ?? new Map<string, Identifier>();
      this.identifiers.set(first, own.set(key, { scheme, value }));
    }
  }

  private addDeath({ slug, birthDate, deathDate }: Json): void {
    if (typeof slug !== "string" || typeof deathDate !== "string") return;
    // Another rule reports a death before the birth: which of the two is wrong is not known.
    if ((textOrNull(birthDate) ?? "") > deathDate) return;
    if ((this.deaths.get(slug) ?? "") < deathDate) this.deaths.set(slug, deathDate);
  }

  private addTenure({ person, country, startDate, endDate }: Json): void {
    if (typeof person !== "string") return;
    const tenure = {
      country: textOrNull(country),
      startDate: textOrNull(startDate),
      endDate: textOrNull(endDate),
    };
    this.tenures.set(person, [...(this.tenures.get(person) ?? []), tenure]);
  }

  private addJudged(slugs: readonly unknown[]): void {
    this.judged.add([...slugs].map(String).sort().join(" "));
  }

  /** Returns whether a judgement says if these people are one, by first slugs. */
  areJudged(one: string, other: string): boolean {
    const others = [...this.slugsOf(other)];
    return [...this.slugsOf(one)].some((slug) =>
      others.some((theirs) => this.judged.has([slug, theirs].sort().join(" "))),
    );
  }

  /** Returns all slugs of a person, by first slug. */
  private slugsOf(first: string): Iterable<string> {
    return this.slugs.get(first) ?? [];
  }

  /** Returns the tenures of a person, by any slug. */
  tenuresOf(slug: string, firstKey: FirstKey): CollectedTenure[] {
    return this.allSlugsOf(slug, firstKey).flatMap((one) => this.tenures.get(one) ?? []);
  }

  /** Returns the date of a person's death, by any slug; undefined if it is not known. */
  deathOf(slug: string, firstKey: FirstKey): string | undefined {
    return this.allSlugsOf(slug, firstKey)
      .map((one) => this.deaths.get(one))
      .find(Boolean);
  }

  private allSlugsOf(slug: string, firstKey: FirstKey): string[] {
    return [...new Set([slug, ...this.slugsOf(firstKey("person", slug))])];
  }

  /** Returns the first slugs of all people with this name or identifier. */
  withKey(key: string | null): Iterable<string> {
    return (key && this.byKey.get(key)) || [];
  }

  /** Returns whether two people, by first slugs, are distinct by their identifiers. */
  areDistinct(one: string, other: string): boolean {
    const identifiersOf = (first: string) => [...(this.identifiers.get(first)?.values() ?? [])];
    return areDistinct(identifiersOf(one), identifiersOf(other));
  }

  private addKey(key: string, first: string): void {
    this.byKey.set(key, (this.byKey.get(key) ?? new Set()).add(first));
  }
}

/**
 * Normalizes a name for comparison: ignores accents, case and the order of its parts. A single part is too common to
 * compare, unless it is the full name.
 */
export function nameKey(name: string, { isFull }: { isFull: boolean }): string | null {
  const parts = nameParts(name);
  if (parts.length === 0 || (parts.length === 1 && !isFull)) return null;
  return `name ${parts.sort().join(" ")}`;
}

/** Returns the comparison key of an identifier. */
export function identifierKey({ scheme, value }: Identifier): string {
  return `identifier ${scheme} ${value}`;
}

/** Returns whether two people are distinct: both have identifiers of one scheme, and none of that scheme in common. */
export function areDistinct(own: readonly Identifier[], others: readonly Identifier[]): boolean {
  const theirs = new Set(others.map(identifierKey));
  const schemes = new Set(others.map(({ scheme }) => scheme));
  for (const one of own) if (theirs.has(identifierKey(one))) schemes.delete(one.scheme);
  return own.some(({ scheme }) => schemes.has(scheme));
}
