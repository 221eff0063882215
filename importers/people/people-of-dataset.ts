import type { Person } from "../records.js";
import { KNOWN, PEOPLE, type Tally, UNSURE } from "../tally.js";
import { sortNameOf } from "./names.js";
import type { People } from "./people.js";
import type { PersonName } from "./person-name.js";
import type { Mention } from "./same-person.js";

/** The people whom one dataset names, each with all spellings that it gives, the first one first. */
export class PeopleOfDataset {
  private readonly named = new Map<string, { name: PersonName; others: Set<string> }>();
  private readonly defined = new Set<string>();

  constructor(
    private readonly people: People,
    private readonly tally: Tally,
  ) {}

  /** Returns the slug of someone whom a row names in full. */
  name(mention: Mention, row: string): string {
    const { slug, is } = this.people.find(mention);
    const person = this.named.get(slug);
    if (person) person.others.add(mention.name.text);
    else {
      this.named.set(slug, { name: mention.name, others: new Set() });
      const reasons = {
        NEW: "not known before",
        KNOWN,
        UNSURE,
      };
      this.tally.add(PEOPLE, reasons[is], row);
    }
    return slug;
  }

  /** Returns the slug of someone whom a row names by surname, or a monarch without a number; null if it may be several or none. */
  surname(mention: Mention, row: string): string | null {
    const slug = this.people.findBySurname(mention);
    this.tally.add(
      PEOPLE,
      slug === null
        ? "a surname alone: only described"
        : "a surname alone of one known person: INFERRED",
      row,
    );
    return slug;
  }

  /** Returns the definition of a person the first time; nothing later, or of one whom the dataset never names in full. */
  define(slug: string): Person[] {
    const person = this.named.get(slug);
    if (!person || this.defined.has(slug)) return [];
    this.defined.add(slug);
    const { text, isMonarch } = person.name;
    const otherNames = [...person.others].filter((other) => other !== text);
    return [
      {
        slug,
        name: text,
        sortName: isMonarch ? text : sortNameOf(text.split(" ")),
        ...(otherNames.length > 0 && { otherNames }),
      },
    ];
  }
}
