import type { Sql } from "../../db/sql.js";
import { hasSlug } from "../../query/where.js";
import { DOCUMENT, type SourceRecord } from "../record.format.js";
import { idOf } from "../record.ids.js";
import { keysOf } from "../record.item.js";
import { formatOf, listOf, NAMED } from "../record.items.js";
import type { Json } from "../record.row.js";
import { documentKeyOf, referencesOf } from "../record.walk.js";

/** What is behind the keys that a record defines or uses. */
export class KnownIds {
  private readonly ids = new Map<string, string>();
  private readonly first = new Map<string, string[]>();

  /** The id of something by a present or former key; undefined when nobody defines it. */
  get(noun: string, key: string): string | undefined {
    return this.ids.get(`${noun} ${key}`);
  }

  /** The first keys of all that has this key, what was made known last before the others. */
  firstKeys(noun: string, key: string): string[] {
    return this.first.get(`${noun} ${key}`) ?? [];
  }

  /** Makes known what has these keys, oldest first. */
  set(noun: string, keys: string[], id: string): void {
    for (const key of keys) {
      this.ids.set(`${noun} ${key}`, id);
      this.first.set(`${noun} ${key}`, [keys[0]!, ...this.firstKeys(noun, key)]);
    }
  }
}

/** What the keys in a batch of records stand for: on record, and in those of the batch that are taken in. */
export class KnownKeys {
  private readonly byId = new Map<string, StoredKeys>();
  private readonly byKey = new Map<string, Set<StoredKeys>>();
  private readonly asked = new Set<string>();

  /** Reads what is on record under any key that one of these records defines or uses, where nobody asked for it before. */
  async read(sql: Sql, records: SourceRecord[]): Promise<void> {
    const wanted = new Map<string, string[]>();
    for (const record of records) {
      for (const { name, noun, key } of keysIn(record)) {
        if (this.asked.has(name)) continue;
        this.asked.add(name);
        const keys = wanted.get(noun);
        if (keys) keys.push(key);
        else wanted.set(noun, [key]);
      }
    }
    for (const [noun, keys] of wanted) {
      for (const stored of await readKeys(sql, noun, keys)) {
        // What is known already may have other keys by now than on record.
        if (!this.byId.has(stored.id)) this.put(noun, stored);
      }
    }
  }

  /** The ids of all that a record names: in itself first, the rest on record. */
  idsFor(record: SourceRecord): KnownIds {
    const ids = new KnownIds();
    const owner = idOf(DOCUMENT.noun, documentKeyOf(record));
    const own = new Set(definitionsIn(record).map(({ id }) => id));
    const found = new Set<StoredKeys>();
    for (const { name, noun } of keysIn(record)) {
      for (const stored of this.byKey.get(name) ?? []) {
        // The keys of what this record owns are those that it gives now.
        if (found.has(stored) || (stored.owner_id === owner && own.has(stored.id))) continue;
        found.add(stored);
        ids.set(noun, stored.keys, stored.id);
      }
    }
    for (const { noun, id, keys } of definitionsIn(record)) ids.set(noun, keys, id);
    return ids;
  }

  /** Makes known to the records after it what this one defines. */
  add(record: SourceRecord): void {
    const owner_id = idOf(DOCUMENT.noun, documentKeyOf(record));
    for (const { noun, id, keys } of definitionsIn(record)) {
      const stored = this.byId.get(id);
      if (stored && stored.owner_id !== owner_id) continue;
      if (stored) for (const key of stored.keys) this.byKey.get(`${noun} ${key}`)?.delete(stored);
      this.put(noun, { id, owner_id, keys });
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
  /** What tells it from the keys of other nouns. */
  name: string;
  noun: string;
  key: string;
}

const keys = new WeakMap<SourceRecord, NamedKey[]>();

/** Every key that a record defines or uses, once. Asked several times, and found by a walk through all of it. */
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
}

function readKeys(sql: Sql, noun: string, keys: string[]): Promise<StoredKeys[]> {
  const { table, key, owner, identity } = formatOf(noun);
  return sql.query(
    `idsOf_${table}`,
    identity.has("former_slugs")
      ? `SELECT id, ${owner} AS owner_id, former_slugs || slug AS keys FROM ${table}
         WHERE ${hasSlug("$1::text[]")}`
      : `SELECT id, ${owner} AS owner_id, ARRAY[${key}] AS keys FROM ${table} WHERE ${key} = ANY ($1)`,
    [keys],
  );
}

interface Definition {
  noun: string;
  id: string;
  keys: string[];
}

const definitions = new WeakMap<SourceRecord, Definition[]>();

/** What a record defines, with the keys that it gives. Asked several times, and an id costs a hash. */
function definitionsIn(record: SourceRecord): Definition[] {
  const known = definitions.get(record) ?? definitionsOf(record);
  definitions.set(record, known);
  return known;
}

function definitionsOf(record: SourceRecord): Definition[] {
  const documentKey = documentKeyOf(record);
  return NAMED.flatMap((format) => {
    const own = typeof record.document === "string" ? [] : [record.document];
    const items: readonly Json[] = format === DOCUMENT ? own : record[listOf(format)];
    return items.map((item) => {
      const keys = keysOf(format, item, documentKey);
      return { noun: format.noun, id: idOf(format.noun, keys[0]!), keys };
    });
  });
}
