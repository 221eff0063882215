import type { RecordNoun } from "./record.walk.js";

/** What is known of a document without reading its record again. */
export interface KnownDocument {
  licence: string | null;
  sha256: string | null;
}

const LISTS: [list: string, noun: RecordNoun][] = [
  ["people", "person"],
  ["places", "place"],
  ["organizations", "organization"],
  ["topics", "topic"],
  ["meetings", "meeting"],
];

/**
 * What the records checked together define. It reads a record before its schema is checked, and takes what it
 * finds: a fault in one item must not make every mention of it a fault too.
 */
export class RecordNames {
  readonly documents = new Map<string, KnownDocument>();
  /** Each meeting's parent. */
  readonly parents = new Map<string, string>();
  private readonly keys = new Map<RecordNoun, Set<string>>();

  /** Notes what this record defines. */
  add(record: unknown): this {
    const { document } = asObject(record);
    if (typeof document === "object") this.addDocument(asObject(document));
    for (const [list, noun] of LISTS) {
      for (const item of asList(asObject(record)[list]).map(asObject)) {
        for (const key of [item.slug, ...asList(item.formerSlugs)]) this.addKey(noun, key);
        if (noun === "meeting") this.addParent(item.slug, item.parent);
      }
    }
    return this;
  }

  has(noun: RecordNoun, key: string): boolean {
    return this.keys.get(noun)?.has(key) ?? false;
  }

  all(noun: RecordNoun): Iterable<string> {
    return this.keys.get(noun) ?? [];
  }

  private addDocument({ key, licence, sha256 }: Record<string, unknown>): void {
    this.addKey("document", key);
    if (typeof key !== "string") return;
    // A malformed sha256 is the schema's business, and no text can have it.
    const hash = /^[0-9a-f]{64}$/.exec(String(sha256))?.[0] ?? null;
    this.documents.set(key, { licence: textOrNull(licence), sha256: hash });
  }

  private addParent(slug: unknown, parent: unknown): void {
    if (typeof slug === "string" && typeof parent === "string") this.parents.set(slug, parent);
  }

  private addKey(noun: RecordNoun, key: unknown): void {
    if (typeof key !== "string") return;
    const keys = this.keys.get(noun);
    if (keys) keys.add(key);
    else this.keys.set(noun, new Set([key]));
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
