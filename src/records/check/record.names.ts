import { DocumentKind } from "../../source/source.enums.js";
import { asList, asObject, textOrNull } from "../record.unchecked.js";
import { fullKey } from "../record.fields.js";
import type { RecordNoun } from "../record.format.js";
import type { ItemFormat } from "../record.item.js";
import { RECORD_LISTS } from "../record.items.js";
import type { Json } from "../record.row.js";

/** The properties of a document that rules need. */
export interface CollectedDocument {
  kind: string | null;
  /** The first one given. */
  title: string | null;
  licence: string | null;
  sha256: string | null;
  syndicatedFrom: string | null;
  /** When it came out; null if that is not known, or only inferred. */
  statedDate: string | null;
}

/** An item of a record that was not validated. */
export interface CollectedItem {
  noun: RecordNoun;
  given: Json;
  /** Its full key, or its first slug; null if it has none. */
  key: string | null;
  documentKey: string | null;
}

/** What some rules need to know of all records that are checked together. */
export interface Collected {
  /** Adds an item, before its key is added to the names. */
  add(item: CollectedItem, names: RecordNames): void;
}

/** A class of what some rules need. */
export type CollectedClass = new () => Collected;

/**
 * The names that all records checked together define. It accepts records that were not validated: a fault in one item
 * must not make every reference to it a fault too.
 */
export class RecordNames {
  readonly documents = new Map<string, CollectedDocument>();
  /** The parents that documents give, by document, noun and the item's first slug. */
  private readonly parents = new Map<string, string>();
  /** Keys of documents that share a hash, or a title and date. */
  readonly sameText = new Map<string, Set<string>>();
  /** The first keys of all items with a key, by noun and key. */
  private readonly keys = new Map<string, Map<string, Set<string>>>();

  private readonly byClass: ReadonlyMap<CollectedClass, Collected>;

  constructor(classes: readonly CollectedClass[]) {
    this.byClass = new Map(classes.map((one) => [one, new one()]));
  }

  /** Adds the names that a record defines. */
  add(record: unknown): this {
    const { document } = asObject(record);
    if (typeof document === "object") this.addDocument(asObject(document));
    const documentKey = documentKeyIn(record);
    for (const [list, format] of RECORD_LISTS)
      for (const given of asList(asObject(record)[list]).map(asObject))
        this.addItem(format, given, documentKey);
    return this;
  }

  /** Returns what some rules need, if it is collected here. */
  collected<T extends Collected>(what: new () => T): T {
    return this.byClass.get(what) as T;
  }

  has(noun: RecordNoun, key: string): boolean {
    return this.keys.get(noun)?.has(key) ?? false;
  }

  all(noun: RecordNoun): Iterable<string> {
    return this.keys.get(noun)?.keys() ?? [];
  }

  firstKeys(noun: string, key: string): Set<string> {
    return this.keys.get(noun)?.get(key) ?? new Set();
  }

  /** Returns the parent that a document gives of an item, by its first slug; undefined if it gives none. */
  parentIn(documentKey: string, noun: RecordNoun, slug: string): string | undefined {
    return this.parents.get(`${documentKey} ${noun} ${slug}`);
  }

  private addDocument({ key, licence, sha256, ...rest }: Json): void {
    if (typeof key !== "string") return;
    this.addKey("document", key, key);
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

  private addItem(format: ItemFormat, given: Json, documentKey: string | null): void {
    const noun = format.noun as RecordNoun;
    const keys = keysIn(format, given, documentKey);
    const key = textOrNull(keys[0]);
    for (const one of this.byClass.values()) one.add({ noun, given, key, documentKey }, this);
    if (key === null) return;
    for (const one of keys) this.addKey(noun, one, key);
    if (typeof given.parent === "string")
      this.parents.set(`${documentKey} ${noun} ${key}`, given.parent);
  }

  private addKey(noun: RecordNoun, key: unknown, first: string): void {
    if (typeof key !== "string") return;
    const keys = this.keys.get(noun) ?? new Map<string, Set<string>>();
    this.keys.set(noun, keys.set(key, (keys.get(key) ?? new Set()).add(first)));
  }
}

/** Returns the keys of an item, the first one first: its slugs, or its key with that of its document. */
function keysIn({ key, hasLabel }: ItemFormat, given: Json, documentKey: string | null): unknown[] {
  if (key === "slug") return [...asList(given.formerSlugs), given.slug];
  if (!hasLabel || typeof given.key !== "string") return [given.key];
  return documentKey === null ? [] : [fullKey(documentKey, given.key)];
}

/** Returns what identifies a document's text: its hash, and its title with its date. */
export function textKeys(document: Record<string, unknown>): string[] {
  const { sha256, title, datePublished, kind } = document;
  const keys = [];
  if (typeof sha256 === "string") keys.push(`the sha256 ${sha256}`);
  // Editions of a dataset share a title.
  if (
    typeof title === "string" &&
    typeof datePublished === "string" &&
    kind !== DocumentKind.DATASET
  )
    keys.push(`the title and date "${title}", ${datePublished}`);
  return keys;
}

/** Returns the document key of a record that was not validated; null if it has none. */
export function documentKeyIn(record: unknown): string | null {
  const { document } = asObject(record);
  return textOrNull(document) ?? textOrNull(asObject(document).key);
}
