import { StatementForm, StatementRelationKind } from "../../statement/statement.enums.js";
import { KnownNames, namesIn } from "./record.known-names.js";
import { KnownPeople } from "./record.known-people.js";
import { asList, asObject, textOrNull } from "../record.unchecked.js";
import { fullKey } from "../record.fields.js";
import type { RecordNoun } from "../record.format.js";
import { SLUG_LISTS } from "../record.items.js";

/** The properties of a document that rules need. */
export interface KnownDocument {
  kind: string | null;
  /** The first one given. */
  title: string | null;
  licence: string | null;
  sha256: string | null;
  syndicatedFrom: string | null;
  /** When it came out; null if that is not known, or only inferred. */
  statedDate: string | null;
}

/** The country and dates of a tenure. */
export interface KnownTenure {
  country: string | null;
  startDate: string | null;
  endDate: string | null;
}

/**
 * The names that all records checked together define. It accepts records that were not validated: a fault in one item
 * must not make every reference to it a fault too.
 */
export class RecordNames {
  readonly documents = new Map<string, KnownDocument>();
  /** The statements that a statement corrects, by full keys. */
  readonly corrections = new Map<string, string[]>();
  /** How many characters VERBATIM statements quote, by document key. */
  readonly quoted = new Map<string, number>();
  /** The parents that documents give, by document, noun and the item's first slug. */
  private readonly parents = new Map<string, string>();
  /** Keys of documents that share a hash, or a title and date. */
  readonly sameText = new Map<string, Set<string>>();
  readonly people = new KnownPeople();
  readonly spellings = new KnownNames();
  /** By the person's slug as given in the tenure. */
  readonly tenures = new Map<string, KnownTenure[]>();
  /** The dates of death, by slug; the last one where records differ. */
  readonly deaths = new Map<string, string>();
  /** The first keys of all items with a key, by noun and key. */
  private readonly keys = new Map<RecordNoun, Map<string, Set<string>>>();

  /** Adds the names that a record defines. */
  add(record: unknown): this {
    const { document } = asObject(record);
    if (typeof document === "object") this.addDocument(asObject(document));
    const documentKey = documentKeyIn(record);
    for (const [list, noun] of SLUG_LISTS) {
      for (const item of asList(asObject(record)[list]).map(asObject)) {
        const keys = [...asList(item.formerSlugs), item.slug];
        for (const key of keys) this.addKey(noun, key, keys[0]);
        if (typeof keys[0] === "string" && typeof item.parent === "string")
          this.parents.set(`${documentKey} ${noun} ${keys[0]}`, item.parent);
        if (typeof keys[0] === "string" && typeof item.name === "string")
          this.spellings.add(noun, keys[0], namesIn(item), documentKey);
      }
    }
    for (const person of asList(asObject(record).people).map(asObject)) this.addPerson(person);
    for (const tenure of asList(asObject(record).tenures)) this.addTenure(asObject(tenure));
    for (const { kind, stays, goes } of asList(asObject(record).merges).map(asObject))
      if (kind === "person") this.people.addJudged([stays, goes]);
    for (const { kind, items } of asList(asObject(record).different).map(asObject))
      if (kind === "person") this.people.addJudged(asList(items));
    this.addStatements(record);
    return this;
  }

  has(noun: RecordNoun, key: string): boolean {
    return this.keys.get(noun)?.has(key) ?? false;
  }

  all(noun: RecordNoun): Iterable<string> {
    return this.keys.get(noun)?.keys() ?? [];
  }

  firstKeys(noun: RecordNoun, key: string): Set<string> {
    return this.keys.get(noun)?.get(key) ?? new Set();
  }

  /** Returns the parent that a document gives of an item, by its first slug; undefined if it gives none. */
  parentIn(documentKey: string, noun: RecordNoun, slug: string): string | undefined {
    return this.parents.get(`${documentKey} ${noun} ${slug}`);
  }

  private addDocument({ key, licence, sha256, ...rest }: Record<string, unknown>): void {
    this.addKey("document", key, key);
    if (typeof key !== "string") return;
    // The schema reports a malformed sha256; no text can have it.
    const hash = /^[0-9a-f]{64}$/.exec(String(sha256))?.[0] ?? null;
    this.documents.set(key, {
      kind: textOrNull(rest.kind),
      title: this.documents.get(key)?.title ?? textOrNull(rest.title),
      licence: textOrNull(licence),
      sha256: hash,
      syndicatedFrom: textOrNull(rest.syndicatedFrom),
      statedDate: rest.dateCertainty === "INFERRED" ? null : textOrNull(rest.datePublished),
    });
    for (const textKey of textKeys({ ...rest, sha256: hash }))
      this.sameText.set(textKey, (this.sameText.get(textKey) ?? new Set()).add(key));
  }

  private addPerson(person: Record<string, unknown>): void {
    this.people.add(person);
    const { slug, birthDate, deathDate } = person;
    if (typeof slug !== "string" || typeof deathDate !== "string") return;
    // Another rule reports a death before the birth: which of the two is wrong is not known.
    if ((textOrNull(birthDate) ?? "") > deathDate) return;
    if ((this.deaths.get(slug) ?? "") < deathDate) this.deaths.set(slug, deathDate);
  }

  private addTenure({ key, person, country, startDate, endDate }: Record<string, unknown>): void {
    this.addKey("tenure", key, key);
    if (typeof person !== "string") return;
    const tenure = {
      country: textOrNull(country),
      startDate: textOrNull(startDate),
      endDate: textOrNull(endDate),
    };
    this.tenures.set(person, [...(this.tenures.get(person) ?? []), tenure]);
  }

  private addStatements(record: unknown): void {
    const documentKey = documentKeyIn(record);
    if (documentKey === null) return;
    for (const statement of asList(asObject(record).statements).map(asObject)) {
      if (typeof statement.key !== "string") continue;
      const key = fullKey(documentKey, statement.key);
      // A repeated line quotes nothing more.
      if (statement.form === StatementForm.VERBATIM && !this.has("statement", key)) {
        const { length } = textOrNull(statement.text) ?? "";
        this.quoted.set(documentKey, (this.quoted.get(documentKey) ?? 0) + length);
      }
      this.addKey("statement", key, key);
      for (const { kind, statement: other } of asList(statement.relations).map(asObject))
        if (kind === StatementRelationKind.CORRECTS && typeof other === "string")
          this.corrections.set(key, [
            ...(this.corrections.get(key) ?? []),
            fullKey(documentKey, other),
          ]);
    }
  }

  private addKey(noun: RecordNoun, key: unknown, first: unknown): void {
    if (typeof key !== "string" || typeof first !== "string") return;
    const keys = this.keys.get(noun) ?? new Map<string, Set<string>>();
    this.keys.set(noun, keys.set(key, (keys.get(key) ?? new Set()).add(first)));
  }
}

/** Returns what identifies a document's text: its hash, and its title with its date. */
export function textKeys(document: Record<string, unknown>): string[] {
  const { sha256, title, datePublished, kind } = document;
  const keys = [];
  if (typeof sha256 === "string") keys.push(`the sha256 ${sha256}`);
  // Editions of a dataset share a title.
  if (typeof title === "string" && typeof datePublished === "string" && kind !== "DATASET")
    keys.push(`the title and date "${title}", ${datePublished}`);
  return keys;
}

/** Returns the document key of a record that was not validated; null if it has none. */
export function documentKeyIn(record: unknown): string | null {
  const { document } = asObject(record);
  return textOrNull(document) ?? textOrNull(asObject(document).key);
}
