import type { Sql } from "../../db/sql.js";
import { generic, raw, SQL } from "../../db/sql-text.js";
import { hasSlug } from "../../query/where.js";
import type { StoredDocument } from "../check/record.on-record.js";
import type { Restore } from "../judgements/record.restore.js";
import { DOCUMENT, type SourceRecord } from "../record.format.js";
import { idOf } from "../record.ids.js";
import { keysOf } from "../record.item-properties.js";
import { formatOf, listOf, KEYED_ITEMS } from "../record.items.js";
import type { Json } from "../record.row.js";
import { documentKeyOf, referencesOf } from "../record.walk.js";

/** The ids behind the keys that one record defines or uses. */
export class KnownIds {
  private readonly ids = new Map<string, string>();
  private readonly first = new Map<string, string[]>();
  private readonly documents = new Map<string, StoredDocument>();

  /** Returns the id of an item by a current or former key; undefined if nothing defines it. */
  get(noun: string, key: string): string | undefined {
    return this.ids.get(`${noun} ${key}`);
  }

  /** Returns the first keys of all items with this key; the last one added comes first. */
  firstKeys(noun: string, key: string): string[] {
    return this.first.get(`${noun} ${key}`) ?? [];
  }

  /** Returns a document by key. */
  document(key: string): StoredDocument | undefined {
    return this.documents.get(key);
  }

  /** Adds an item with these keys, oldest first. */
  set(noun: string, keys: string[], id: string, document?: StoredDocument | null): void {
    if (document) this.documents.set(keys[0]!, document);
    for (const key of keys) {
      this.ids.set(`${noun} ${key}`, id);
      this.first.set(`${noun} ${key}`, [keys[0]!, ...this.firstKeys(noun, key)]);
    }
  }
}

/** The items behind the keys in a batch: those in the database, and those that the batch itself defines. */
export class KnownKeys {
  private readonly byId = new Map<string, StoredKeys>();
  private readonly byKey = new Map<string, Set<StoredKeys>>();
  private readonly requested = new Set<string>();

  /** `restore` puts merged items back into their tables; without it, the tables are read as recorded. */
  constructor(private readonly restore?: Restore) {}

  /**
   * Looks up every key that these records define or use, unless it was looked up before. Returns whether merged items were put back
   * for that.
   */
  async read(sql: Sql, records: SourceRecord[]): Promise<boolean> {
    const wanted = new Map<string, string[]>();
    for (const record of records) {
      for (const { name, noun, key } of keysIn(record)) {
        if (this.requested.has(name)) continue;
        this.requested.add(name);
        const keys = wanted.get(noun);
        if (keys) keys.push(key);
        else wanted.set(noun, [key]);
      }
    }
    let found = await readKeysOf(sql, wanted);
    const ids = found.map(([, { id }]) => id);
    // A merged item is not in its table, and its slugs lead to another one.
    const isRestored = await this.restore?.(sql, ids, [...wanted.values()].flat());
    if (isRestored) found = await readKeysOf(sql, wanted);
    for (const [noun, stored] of found) {
      // A record of this batch may have changed its keys since.
      if (!this.byId.has(stored.id)) this.put(noun, stored);
    }
    return isRestored ?? false;
  }

  /** Returns the ids of everything that a record names: its own definitions first. */
  idsFor(record: SourceRecord): KnownIds {
    const ids = new KnownIds();
    const owner = idOf(DOCUMENT.noun, documentKeyOf(record));
    const own = new Set(definitionsIn(record).map(({ id }) => id));
    const found = new Set<StoredKeys>();
    for (const { name, noun } of keysIn(record)) {
      for (const stored of this.byKey.get(name) ?? []) {
        // For its own items, the keys in this record replace the stored ones.
        if (found.has(stored) || (stored.owner_id === owner && own.has(stored.id))) continue;
        found.add(stored);
        ids.set(noun, stored.keys, stored.id, stored.document);
      }
    }
    for (const { noun, id, keys, document } of definitionsIn(record))
      ids.set(noun, keys, id, document);
    return ids;
  }

  /** Adds what a record defines, for the records after it. */
  add(record: SourceRecord): void {
    const owner_id = idOf(DOCUMENT.noun, documentKeyOf(record));
    for (const { noun, id, keys, document } of definitionsIn(record)) {
      const stored = this.byId.get(id);
      if (stored && stored.owner_id !== owner_id) continue;
      if (stored) for (const key of stored.keys) this.byKey.get(`${noun} ${key}`)?.delete(stored);
      this.put(noun, { id, owner_id, keys, document });
    }
  }

  private put(noun: string, stored: StoredKeys): void {
    this.byId.set(stored.id, stored);
    for (const key of stored.keys) {
      const name = `${noun} ${key}`;
      this.byKey.set(name, (this.byKey.get(name) ?? new Set()).add(stored));
    }
  }
}

interface NamedKey {
  /** Noun and key. */
  name: string;
  noun: string;
  key: string;
}

const keys = new WeakMap<SourceRecord, NamedKey[]>();

/** Returns every key that a record defines or uses, without duplicates. Cached, since it walks the whole record. */
function keysIn(record: SourceRecord): NamedKey[] {
  const known = keys.get(record);
  if (known) return known;
  const found = new Map<string, NamedKey>();
  const add = (noun: string, key: string) => {
    const name = `${noun} ${key}`;
    if (!found.has(name)) found.set(name, { name, noun, key });
  };
  for (const { noun, key } of referencesOf(record)) add(noun, key);
  for (const definition of definitionsIn(record))
    for (const key of definition.keys) add(definition.noun, key);
  const all = [...found.values()];
  keys.set(record, all);
  return all;
}

interface StoredKeys {
  id: string;
  owner_id: string;
  /** Oldest first. */
  keys: string[];
  /** What rules need of a document; null for other items. */
  document: StoredDocument | null;
}

async function readKeysOf(
  sql: Sql,
  wanted: ReadonlyMap<string, string[]>,
): Promise<[noun: string, StoredKeys][]> {
  const found = await Promise.all(
    [...wanted].map(async ([noun, keys]) => {
      const all = await readKeys(sql, noun, keys);
      return all.map((stored): [string, StoredKeys] => [noun, stored]);
    }),
  );
  return found.flat();
}

/** Selects what rules need of a document. */
const OF_DOCUMENT = "jsonb_build_object('licence', licence, 'sha256', sha256)";

function readKeys(sql: Sql, noun: string, keys: string[]): Promise<StoredKeys[]> {
  const format = formatOf(noun);
  const { table, key, owner } = format;
  const document = format === DOCUMENT ? OF_DOCUMENT : "NULL";
  const hasSlugs = format.valueOf("former_slugs") !== undefined;
  const known = raw(hasSlugs ? "former_slugs || slug" : `ARRAY[${key}]`);
  // A key never changes, so the id made of it is looked up: keys have no index of their own.
  const wanted = hasSlugs
    ? hasSlug(generic(keys, "text[]"))
    : SQL`id = ANY (${generic(
        keys.map((one) => idOf(noun, one)),
        "uuid[]",
      )})`;
  return sql.query(
    `idsOf_${table}`,
    SQL`SELECT id, ${raw(owner)} AS owner_id, ${known} AS keys, ${raw(document)} AS document FROM ${raw(table)}
      WHERE ${wanted}`,
  );
}

/** Returns what a record defines, by noun and key. */
export function namesDefinedIn(record: SourceRecord): string[] {
  return definitionsIn(record).flatMap(({ noun, keys }) => keys.map((key) => `${noun} ${key}`));
}

interface Definition {
  noun: string;
  id: string;
  keys: string[];
  document: StoredDocument | null;
}

const definitions = new WeakMap<SourceRecord, Definition[]>();

/** Returns what a record defines, with its keys. Cached, since each id costs a hash. */
function definitionsIn(record: SourceRecord): Definition[] {
  const known = definitions.get(record) ?? definitionsOf(record);
  definitions.set(record, known);
  return known;
}

function definitionsOf(record: SourceRecord): Definition[] {
  const documentKey = documentKeyOf(record);
  return KEYED_ITEMS.flatMap((format) => {
    const own = typeof record.document === "string" ? [] : [record.document];
    const items: readonly Json[] = format === DOCUMENT ? own : record[listOf(format)];
    return items.map((item) => {
      const keys = keysOf(format, item, documentKey);
      const { licence, sha256 } = item as Record<string, string | null | undefined>;
      const document =
        format === DOCUMENT ? { licence: licence ?? null, sha256: sha256 ?? null } : null;
      return { noun: format.noun, id: idOf(format.noun, keys[0]!), keys, document };
    });
  });
}
