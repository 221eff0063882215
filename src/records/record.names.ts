import { type RecordNoun, statementKeyIn } from "./record.walk.js";

/** What is known of a document without reading its record again. */
export interface KnownDocument {
  licence: string | null;
  sha256: string | null;
  syndicatedFrom: string | null;
}

const LISTS: [list: string, noun: RecordNoun][] = [
  ["people", "person"],
  ["places", "place"],
  ["organizations", "organization"],
  ["topics", "topic"],
  ["meetings", "meeting"],
  ["agreements", "agreement"],
];

/**
 * What the records checked together define. It reads a record before its schema is checked, and takes what it
 * finds: a fault in one item must not make every mention of it a fault too.
 */
export class RecordNames {
  readonly documents = new Map<string, KnownDocument>();
  /** Each meeting's parent, by the meeting's first slug. */
  readonly parents = new Map<string, string>();
  /** Every key, and the first ones of all things that have it. */
  private readonly keys = new Map<RecordNoun, Map<string, Set<string>>>();

  /** Notes what this record defines. */
  add(record: unknown): this {
    const { document } = asObject(record);
    if (typeof document === "object") this.addDocument(asObject(document));
    for (const [list, noun] of LISTS) {
      for (const item of asList(asObject(record)[list]).map(asObject)) {
        const keys = [...asList(item.formerSlugs), item.slug];
        for (const key of keys) this.addKey(noun, key, keys[0]);
        if (noun === "meeting") this.addParent(keys[0], item.parent);
      }
    }
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

  private addDocument({ key, licence, sha256, ...rest }: Record<string, unknown>): void {
    this.addKey("document", key, key);
    if (typeof key !== "string") return;
    // A malformed sha256 is the schema's business, and no text can have it.
    const hash = /^[0-9a-f]{64}$/.exec(String(sha256))?.[0] ?? null;
    this.documents.set(key, {
      licence: textOrNull(licence),
      sha256: hash,
      syndicatedFrom: textOrNull(rest.syndicatedFrom),
    });
  }

  private addParent(slug: unknown, parent: unknown): void {
    if (typeof slug === "string" && typeof parent === "string") this.parents.set(slug, parent);
  }

  private addStatements(record: unknown): void {
    const documentKey = documentKeyIn(record);
    if (documentKey === null) return;
    for (const { key: label } of asList(asObject(record).statements).map(asObject)) {
      if (typeof label !== "string") continue;
      const key = statementKeyIn(documentKey, label);
      this.addKey("statement", key, key);
    }
  }

  private addKey(noun: RecordNoun, key: unknown, first: unknown): void {
    if (typeof key !== "string" || typeof first !== "string") return;
    const keys = this.keys.get(noun) ?? new Map<string, Set<string>>();
    this.keys.set(noun, keys.set(key, (keys.get(key) ?? new Set()).add(first)));
  }
}

/** The key of the document that a record is of, as far as a record not yet checked gives one. */
export function documentKeyIn(record: unknown): string | null {
  const { document } = asObject(record);
  return textOrNull(document) ?? textOrNull(asObject(document).key);
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
