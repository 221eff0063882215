import { consonantsOf, spellingOf } from "./name-spelling.js";
import type { PersonName } from "./person-name.js";

/** The minimum number of people that names count as drawn from, so that a small record does not take every name for a common one. */
const LEAST_PEOPLE = 1_000;

/** How many people have a name, which says how much it means that two people share it. */
export class NameCounts {
  private people = 0;
  private readonly families = new Map<string, number>();
  private readonly given = new Map<string, number>();
  private readonly initials = new Map<string, number>();

  /** Counts the names of one person, each once. */
  add(names: readonly PersonName[]): void {
    this.people++;
    const given = new Set(names.flatMap((name) => name.given.map(({ text }) => text)));
    count(this.families, new Set(names.map(familyKey)));
    count(this.given, new Set([...given].map(spellingOf)));
    count(this.initials, new Set([...given].map((one) => one[0]!)));
  }

  /** The number of people, at least a thousand. */
  get population(): number {
    return Math.max(this.people, LEAST_PEOPLE);
  }

  /** Returns how much it means, in bits, that two people share this family name. */
  family(name: PersonName): number {
    return this.bits(this.families.get(familyKey(name)));
  }

  /** Returns how much it means, in bits, that two people share this given name, or initial. */
  givenName(text: string): number {
    return this.bits(
      text.length === 1 ? this.initials.get(text) : this.given.get(spellingOf(text)),
    );
  }

  private bits(holders = 1): number {
    return Math.log2(this.population / Math.min(Math.max(holders, 1), this.population));
  }
}

function familyKey({ family }: PersonName): string {
  return consonantsOf(family.join(""));
}

function count(counts: Map<string, number>, values: Iterable<string>): void {
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
}
