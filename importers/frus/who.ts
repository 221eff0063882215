import type { KnownPerson } from "../people/known-people.js";
import { kindOfOffice, officeKey } from "../people/offices.js";
import type { People } from "../people/people.js";
import { sortNameOf } from "../people/names.js";
import { type Person } from "../records.js";
import { PEOPLE, type Tally } from "../tally.js";
import { nameOf, officeWordsOf, partsOf, wordsOf } from "./names.js";
import { officeNamed } from "./office-words.js";
import { officialOnRecord, type OnRecord } from "./officials.js";
import type { Participant } from "./participant.js";
import { holderOf } from "./titles-held.js";

/** The people of a run of memoranda, each with the name by which they are first known. */
export class PeopleOfMemoranda {
  /** By volume and id in its list of persons: who referred to it before. */
  private readonly listed = new Map<string, string>();
  private readonly names = new Map<string, { name: string; sortName: string }>();

  constructor(
    private readonly people: People,
    private readonly tally: Tally,
  ) {}

  /** Returns the American official on record who a participant is, by name or by an office alone; null if that is not sure. */
  official(one: Participant, volume: string, date: string, key: string): OnRecord | null {
    if (one.side !== null && one.side.country !== "US") return null;
    const offices = officesOf(one);
    if (one.name === null) {
      const isOther = one.group !== null && one.side === null;
      const slug = isOther ? null : this.holder(offices, date);
      if (slug === null) return null;
      this.tally.add(
        PEOPLE,
        "an office alone, by who held it that day: INFERRED",
        `${key}: ${one.text}`,
      );
      return { slug, certainty: "INFERRED" };
    }
    const name = fullerOf(one.name, one.listed?.name ?? null);
    const given = { offices, about: one.listed?.about ?? "", date };
    const { known } = this.people;
    const found =
      this.president(one, date) ??
      officialOnRecord({ name, ...given }, known) ??
      officialOnRecord({ name: one.name, ...given }, known);
    if (found === null) return null;
    this.count("on record as an official", key, one, found.slug);
    const certainty = found.certainty === "INFERRED" || isGuessed(one) ? "INFERRED" : "STATED";
    return this.named(found.slug, name, one, idOf(one, volume), certainty);
  }

  /** Returns who any other participant is; null for one who stays a description. */
  find(one: Participant, volume: string, date: string, key: string): OnRecord | null {
    const found = one.name === null ? null : this.byName(one, one.name, volume, date, key);
    if (found === null)
      this.tally.add(PEOPLE, "not known by name or office: only described", `${key}: ${one.text}`);
    return found;
  }

  private byName(
    one: Participant,
    printed: string,
    volume: string,
    date: string,
    key: string,
  ): OnRecord | null {
    const name = fullerOf(printed, one.listed?.name ?? null);
    const [certainty, id, offices] = [
      isGuessed(one) ? "INFERRED" : "STATED",
      idOf(one, volume),
      officesOf(one),
    ] as const;
    const parsed = nameOf(name);
    if (!parsed.isFull && one.listed === null) return null;
    // Within a volume, one full name is one person.
    const whole = parsed.isFull ? `${volume} ${wordsOf(name).join(" ")}` : null;
    const before = [id, whole].flatMap((key) =>
      key === null ? [] : (this.listed.get(key) ?? []),
    )[0];
    if (before !== undefined) return { slug: before, certainty };
    const title = offices.join(", ") || null;
    const mention = {
      name: parsed,
      title,
      office: title === null || kindOfOffice(title) === null ? null : officeKey(title),
    };
    // Officials on record were looked for by more than the name.
    const isNoOfficial = ({ tenures }: KnownPerson) =>
      !tenures.some(({ country, from }) => country === "US" && from !== null);
    const { slug, is } = this.people.find(
      { ...mention, country: one.side?.country ?? null, date },
      isNoOfficial,
    );
    this.count(
      {
        NEW: "not known before",
        KNOWN: "known before, by the full name",
        UNSURE: "perhaps known before: own slug, and a candidate",
      }[is],
      key,
      one,
      slug,
    );
    if (whole !== null) this.listed.set(whole, slug);
    return this.named(slug, name, one, id, certainty);
  }

  /** Finds the president of that day by surname: a forename need not be the one on record. */
  private president({ name, title, offices }: Participant, date: string): OnRecord | null {
    if (
      ![title, ...offices].some((office) => officeNamed(office) === "PRESIDENT") ||
      date.length !== 10
    )
      return null;
    const holder = holderOf("The President", date, this.people.known);
    const surname = partsOf(name!).surname.join(" ");
    const isHe = holder?.names.some((known) => known.surname.join(" ") === surname) ?? false;
    return isHe ? { slug: holder!.slug, certainty: "STATED" } : null;
  }

  private holder(offices: readonly string[], date: string): string | null {
    if (offices.length !== 1 || date.length !== 10) return null;
    return holderOf(offices[0]!, date, this.people.known)?.slug ?? null;
  }

  private named(
    slug: string,
    name: string,
    one: Participant,
    id: string | null,
    certainty: OnRecord["certainty"],
  ): OnRecord {
    if (id !== null) this.listed.set(id, slug);
    if (!this.names.has(slug)) {
      const { text, isMonarch } = nameOf(name);
      this.names.set(slug, {
        name: text,
        sortName: isMonarch || isInOrder(name, one) ? text : sortNameOf(text.split(" ")),
      });
    }
    return { slug, certainty };
  }

  private readonly counted = new Set<string>();
  /** Counts a person once. */
  private count(reason: string, key: string, { text }: Participant, slug: string): void {
    if (this.counted.has(slug)) return;
    this.counted.add(slug);
    this.tally.add(PEOPLE, reason, `${key}: ${text}`);
  }

  /** Returns the definition of a person whom a memorandum names, with the spelling that it has; none of one by office alone. */
  define(slug: string, { name }: Participant): Person | null {
    const known = this.names.get(slug);
    if (!known || name === null) return null;
    const spelling = nameOf(name).text;
    const isOther =
      spelling !== known.name &&
      wordsOf(spelling).length > 1 &&
      !known.name.endsWith(` ${spelling}`);
    return { slug, ...known, ...(isOther && { otherNames: [spelling] }) };
  }
}

/**
 * Returns whether a name is not to be turned round: the list of persons has it without a comma, since the family name comes first, or it is
 * hyphenated in capitals, which leave it open.
 */
function isInOrder(name: string, { listed }: Participant): boolean {
  const isListedSo = listed !== null && !listed.name.includes(",");
  return isListedSo || (name.includes("-") && !/\p{Ll}/u.test(name));
}

/** Returns the name with more to it: that of the list of persons, unless the memorandum gives more forenames. */
function fullerOf(printed: string, listed: string | null): string {
  if (listed === null) return printed;
  const forenames = (name: string) => wordsOf(name).filter((word) => word.length > 1).length;
  return forenames(printed) > forenames(listed) && nameOf(printed).isFull ? printed : listed;
}

function officesOf({ title, offices }: Participant): string[] {
  return [officeWordsOf(title), ...offices].filter(Boolean);
}

/** Returns the id of someone in the list of persons of a volume. */
function idOf({ listed }: Participant, volume: string): string | null {
  return listed ? `${volume} ${listed.id}` : null;
}

/** Returns whether someone in the list of persons was found by a surname and an office. */
function isGuessed({ listed, name }: Participant): boolean {
  return listed !== null && !listed.isReferredTo && name !== null && !nameOf(name).isFull;
}
