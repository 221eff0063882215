import { type Facts, slugOf } from "../records.js";
import { Candidates } from "./candidates.js";
import { KnownPeople, type KnownPerson } from "./known-people.js";
import {
  compare,
  type Comparison,
  hasSurname,
  isKnownAt,
  isPerhapsSame,
  isSurelySame,
  type Mention,
} from "./same-person.js";

/** The slug of someone named in full, and whether a person was known by it. */
interface Found {
  slug: string;
  is: "NEW" | "KNOWN" | "UNSURE";
}

/** Matches the people of all datasets of a run with those already known. */
export class People {
  readonly known = new KnownPeople();
  readonly candidates = new Candidates();
  /** Slugs of those who may be someone known, by name, country and office. */
  private readonly unsure = new Map<string, string>();

  /** Adds what a record says of people. */
  learn(facts: Facts): void {
    this.known.learn(facts);
  }

  /**
   * Finds someone named in full: the one person who surely is the same, or else a slug of their own, with a candidate for
   * everyone who may be the same. Those whom `canBe` rules out are only candidates.
   */
  find(mention: Mention, canBe: (person: KnownPerson) => boolean = () => true): Found {
    const { name, country, office } = mention;
    const key = JSON.stringify([name.text, country, office]);
    const compared = this.comparedWith(mention);
    const sure = onlyBest(compared.filter((one) => isSurelySame(one) && canBe(one.person)));
    // Whoever got a slug of their own under the same name, for the same country and in the same office, keeps it.
    const own = sure.length > 1 ? this.unsure.get(key) : undefined;
    const isKnown = sure.length === 1 || own !== undefined;
    const slug = sure.length === 1 ? sure[0]!.person.slug : (own ?? this.newSlugFor(mention));
    const perhaps = isKnown ? [] : [...new Set([...sure, ...compared.filter(isPerhapsSame)])];
    for (const one of perhaps) this.candidates.add(slug, one, mention);
    if (perhaps.length > 0) this.unsure.set(key, slug);
    this.known.addName(slug, name);
    this.known.addSeen(slug, mention);
    return { slug, is: isKnown ? "KNOWN" : perhaps.length > 0 ? "UNSURE" : "NEW" };
  }

  /** Returns the slug of the only person of that country and time with a surname, or monarch of that name; else null. */
  findBySurname(mention: Mention): string | null {
    const { name, country } = mention;
    if (country === null || name.surname.length === 0) return null;
    const all = [...this.known.withParts(name.surname.slice(0, 1))].filter(
      (person) => hasSurname(person, name) && isKnownAt(person, mention),
    );
    return all.length === 1 ? all[0]!.slug : null;
  }

  private comparedWith(mention: Mention): Comparison[] {
    const { name, country } = mention;
    const near = country === null || country === "US" ? [] : this.known.ofCountry(country);
    return [...new Set([...this.known.withParts(name.parts), ...near])]
      .map((person) => compare(person, mention))
      .filter((one) => one !== null);
  }

  private newSlugFor({ name, country }: Mention): string {
    const slug = slugOf(name.text);
    const place = country?.toLowerCase() ?? "other";
    // Whoever has a monarch's name and number has it in one country only.
    const all =
      name.isMonarch && name.ordinal !== null ? [`${slug}-${place}`] : [slug, `${slug}-${place}`];
    for (let i = 2; ; i++) {
      const free = all.find((one) => !this.known.has(one));
      if (free !== undefined) return free;
      all.push(`${slug}-${place}-${i}`);
    }
  }
}

/** Keeps those of several who are known to act for the country, and of these the ones in the same office, if there are any. */
function onlyBest(sure: Comparison[]): Comparison[] {
  const isOf = (which: "country" | "office", all: Comparison[]) => {
    const same = all.filter((one) => one[which] === "SAME");
    return same.length > 0 ? same : all;
  };
  return isOf("office", isOf("country", sure));
}
