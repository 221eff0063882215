import { asList, asObject, textOrNull } from "../record.unchecked.js";

/** Who may be one person under two slugs: the people of the records checked together, by name and identifier. */
export class KnownPeople {
  /** The first slugs of those who bear a name or an identifier. */
  private readonly byKey = new Map<string, Set<string>>();
  private readonly slugs = new Map<string, Set<string>>();
  private readonly identifiers = new Map<string, Map<string, Set<string>>>();

  add(person: Record<string, unknown>): void {
    const first = textOrNull(asList(person.formerSlugs)[0]) ?? textOrNull(person.slug);
    if (first === null) return;
    for (const slug of [first, person.slug, ...asList(person.formerSlugs)].map(textOrNull))
      if (slug !== null) this.slugs.set(first, (this.slugs.get(first) ?? new Set()).add(slug));
    const names = [person.name, ...asList(person.otherNames)].map(textOrNull);
    for (const [i, name] of names.entries()) {
      const key = name === null ? null : nameKey(name, { isFull: i === 0 });
      if (key) this.addKey(key, first);
    }
    for (const { scheme, value } of asList(person.identifiers).map(asObject)) {
      if (typeof scheme !== "string" || typeof value !== "string") continue;
      this.addKey(identifierKey({ scheme, value }), first);
      const own = this.identifiers.get(first) ?? new Map<string, Set<string>>();
      this.identifiers.set(first, own.set(scheme, (own.get(scheme) ?? new Set()).add(value)));
    }
  }

  /** All slugs of one, by the first. */
  slugsOf(first: string): Iterable<string> {
    return this.slugs.get(first) ?? [];
  }

  /** The first slugs of all who bear what the mark stands for. */
  withKey(key: string | null): Iterable<string> {
    return (key && this.byKey.get(key)) || [];
  }

  /** Whether identifiers prove that two are not one: both have one of a scheme, and not the same. */
  areDistinct(one: string, other: string): boolean {
    const others = this.identifiers.get(other);
    return [...(this.identifiers.get(one) ?? [])].some(([scheme, values]) => {
      const theirs = others?.get(scheme);
      return theirs !== undefined && [...values].every((value) => !theirs.has(value));
    });
  }

  private addKey(key: string, first: string): void {
    this.byKey.set(key, (this.byKey.get(key) ?? new Set()).add(first));
  }
}

/**
 * What a name is known by, whatever its accents, its capitals and the order of its parts. One part alone is
 * borne by many, so that it says nothing unless it is the whole name of both.
 */
export function nameKey(name: string, { isFull }: { isFull: boolean }): string | null {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const parts = plain.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  if (parts.length === 0 || (parts.length === 1 && !isFull)) return null;
  return `name ${parts.sort().join(" ")}`;
}

export function identifierKey({ scheme, value }: { scheme: string; value: string }): string {
  return `identifier ${scheme} ${value}`;
}
