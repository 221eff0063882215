import type { Sql } from "../db/sql.js";
import { idOf } from "./record.ids.js";
import type { SourceRecord } from "./record.format.js";
import { documentKeyOf, type RecordNoun, referencesOf, statementKeyOf } from "./record.walk.js";

const TABLES: Record<RecordNoun, { table: string; key: string; formerly: boolean }> = {
  document: { table: "source_document", key: "key", formerly: false },
  person: { table: "person", key: "slug", formerly: true },
  place: { table: "place", key: "slug", formerly: true },
  organization: { table: "organization", key: "slug", formerly: true },
  topic: { table: "statement_topic", key: "slug", formerly: false },
  meeting: { table: "meeting", key: "slug", formerly: true },
  agreement: { table: "agreement", key: "slug", formerly: true },
  statement: { table: "statement", key: "key", formerly: false },
};

/** What is behind the keys that a record defines or uses. */
export class KnownIds {
  private readonly ids = new Map<string, string>();
  private readonly first = new Map<string, string[]>();

  /** The id of something by a present or former key; undefined when nobody defines it. */
  get(noun: RecordNoun, key: string): string | undefined {
    return this.ids.get(`${noun} ${key}`);
  }

  /** The first keys of all that has this key, what was made known last before the others. */
  firstKeys(noun: RecordNoun, key: string): string[] {
    return this.first.get(`${noun} ${key}`) ?? [];
  }

  /** Makes known what has these keys, oldest first. */
  set(noun: RecordNoun, keys: string[], id: string): void {
    for (const key of keys) {
      this.ids.set(`${noun} ${key}`, id);
      this.first.set(`${noun} ${key}`, [keys[0]!, ...this.firstKeys(noun, key)]);
    }
  }
}

/** Finds the ids of all that the record names: in itself first, the rest in the database. */
export async function knownIds(sql: Sql, record: SourceRecord): Promise<KnownIds> {
  const known = new KnownIds();
  const wanted = new Map<RecordNoun, Set<string>>();
  const want = (noun: RecordNoun, key: string) =>
    wanted.set(noun, (wanted.get(noun) ?? new Set()).add(key));
  for (const { noun, key } of referencesOf(record)) want(noun, key);
  for (const [noun, items] of sluggedIn(record)) {
    for (const item of items) for (const slug of slugsOf(item)) want(noun, slug);
  }
  const owner = idOf("document", documentKeyOf(record));
  const own = new Set(
    sluggedIn(record).flatMap(([noun, items]) => items.map((item) => idBySlugs(noun, item))),
  );
  for (const [noun, keys] of wanted) {
    for (const row of await readKeys(sql, noun, [...keys])) {
      // The keys of what this record owns are those that it gives now.
      if (row.owner_id !== owner || !own.has(row.id)) known.set(noun, row.keys, row.id);
    }
  }
  defineIds(record, known);
  return known;
}

interface StoredKeys {
  id: string;
  owner_id: string;
  /** Oldest first. */
  keys: string[];
}

function readKeys(sql: Sql, noun: RecordNoun, keys: string[]): Promise<StoredKeys[]> {
  const { table, key, formerly } = TABLES[noun];
  const owner = noun === "document" ? "id AS owner_id" : "owner_id";
  return sql.query(
    `idsOf_${table}`,
    formerly
      ? `SELECT id, ${owner}, former_slugs || slug AS keys FROM ${table}
         WHERE slug = ANY ($1) OR former_slugs && $1`
      : `SELECT id, ${owner}, ARRAY[${key}] AS keys FROM ${table} WHERE ${key} = ANY ($1)`,
    [keys],
  );
}

/** A thing's id comes from its first slug, so that it stays when the slug changes. */
export function idBySlugs(noun: SluggedNoun, item: Slugged): string {
  return idOf(noun, slugsOf(item)[0]!);
}

type SluggedNoun = "person" | "place" | "organization" | "meeting" | "agreement";
interface Slugged {
  slug: string;
  formerSlugs: string[];
}

/** Oldest first. */
function slugsOf({ slug, formerSlugs }: Slugged): string[] {
  return [...formerSlugs, slug];
}

function sluggedIn(record: SourceRecord): [SluggedNoun, Slugged[]][] {
  return [
    ["person", record.people],
    ["place", record.places],
    ["organization", record.organizations],
    ["meeting", record.meetings],
    ["agreement", record.agreements],
  ];
}

function defineIds(record: SourceRecord, known: KnownIds): void {
  const { document } = record;
  if (typeof document !== "string")
    known.set("document", [document.key], idOf("document", document.key));
  for (const [noun, items] of sluggedIn(record)) {
    for (const item of items) known.set(noun, slugsOf(item), idBySlugs(noun, item));
  }
  for (const { slug } of record.topics) known.set("topic", [slug], idOf("topic", slug));
  for (const { key: label } of record.statements) {
    const key = statementKeyOf(record, label);
    known.set("statement", [key], idOf("statement", key));
  }
}
