import type { Sql } from "../db/sql.js";
import { idOf } from "./record.ids.js";
import type { SourceRecord } from "./record.format.js";
import { type RecordNoun, referencesOf } from "./record.walk.js";

const TABLES: Record<RecordNoun, { table: string; key: string; formerly: boolean }> = {
  document: { table: "source_document", key: "key", formerly: false },
  person: { table: "person", key: "slug", formerly: true },
  place: { table: "place", key: "slug", formerly: true },
  organization: { table: "organization", key: "slug", formerly: true },
  topic: { table: "statement_topic", key: "slug", formerly: false },
  meeting: { table: "meeting", key: "slug", formerly: true },
};

/** The ids behind the keys that a record defines or uses. */
export class KnownIds {
  private readonly ids = new Map<string, string>();

  /** The id of something by a present or former key; undefined when nobody defines it. */
  get(noun: RecordNoun, key: string): string | undefined {
    return this.ids.get(`${noun} ${key}`);
  }

  set(noun: RecordNoun, key: string, id: string): void {
    this.ids.set(`${noun} ${key}`, id);
  }
}

/** Finds the ids of all that the record names: in itself first, the rest in the database. */
export async function knownIds(sql: Sql, record: SourceRecord): Promise<KnownIds> {
  const known = new KnownIds();
  const wanted = new Map<RecordNoun, Set<string>>();
  for (const { noun, key } of referencesOf(record)) {
    wanted.set(noun, (wanted.get(noun) ?? new Set()).add(key));
  }
  for (const [noun, keys] of wanted) await readIds(sql, noun, [...keys], known);
  defineIds(record, known);
  return known;
}

async function readIds(sql: Sql, noun: RecordNoun, keys: string[], known: KnownIds): Promise<void> {
  const { table, key, formerly } = TABLES[noun];
  const rows = await sql.query<{ id: string; keys: string[] }>(
    `idsOf_${table}`,
    formerly
      ? `SELECT id, former_slugs || slug AS keys FROM ${table} WHERE slug = ANY ($1) OR former_slugs && $1`
      : `SELECT id, ARRAY[${key}] AS keys FROM ${table} WHERE ${key} = ANY ($1)`,
    [keys],
  );
  for (const { id, keys: names } of rows) for (const name of names) known.set(noun, name, id);
}

/** A thing's id comes from its first slug, so that it stays when the slug changes. */
export function idBySlugs(
  kind: "person" | "place" | "organization" | "meeting" | "agreement",
  { slug, formerSlugs }: { slug: string; formerSlugs: string[] },
): string {
  return idOf(kind, formerSlugs[0] ?? slug);
}

function defineIds(record: SourceRecord, known: KnownIds): void {
  const { document } = record;
  if (typeof document !== "string")
    known.set("document", document.key, idOf("document", document.key));
  const lists = {
    person: record.people,
    place: record.places,
    organization: record.organizations,
    meeting: record.meetings,
  };
  for (const noun of Object.keys(lists) as (keyof typeof lists)[]) {
    for (const item of lists[noun]) {
      for (const slug of [item.slug, ...item.formerSlugs])
        known.set(noun, slug, idBySlugs(noun, item));
    }
  }
  for (const { slug } of record.topics) known.set("topic", slug, idOf("topic", slug));
}
