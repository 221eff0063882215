import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Client } from "pg";

/**
 * A page of the feed. It asks for all types and kinds of changes: what a mirror leaves out here it would keep for ever, REDACTED above all.
 * `recordRevision` is the one that the mirror is at: it tells whether the record is still the same one.
 */
const PAGE = `query Changes($first: Int!, $after: String, $revision: Int!) {
  recordChanges(first: $first, after: $after) {
    nodes { kind type key mergedIntoKey fields { field newJson } revision { number operation } }
    pageInfo { endCursor hasNextPage }
  }
  recordRevision(number: $revision) { operation }
}`;
const LARGEST_PAGE = 100;

interface Change {
  kind: string;
  type: string;
  key: string;
  mergedIntoKey: string | null;
  fields: { field: string; newJson: string | null }[];
  revision: { number: number; operation: string };
}

interface Page {
  recordChanges: {
    nodes: Change[];
    pageInfo: { endCursor: string | null; hasNextPage: boolean };
  };
  recordRevision: { operation: string } | null;
}

/** What is kept of an item: its fields or, once it was merged into another, the key of that one. */
interface Item {
  fields: Record<string, unknown> | null;
  merged_into: string | null;
}

/** How far the feed was read. */
interface Position {
  cursor: string | null;
  revision: number;
  operation: string | null;
}

const TABLES = `
  CREATE TABLE IF NOT EXISTS mirror_item (
    type text,
    key text,
    fields jsonb,
    merged_into text,
    PRIMARY KEY (type, key),
    CHECK ((fields IS NULL) <> (merged_into IS NULL))
  );
  CREATE TABLE IF NOT EXISTS mirror_position (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    cursor text,
    revision int NOT NULL DEFAULT 0,
    operation text
  );
  INSERT INTO mirror_position DEFAULT VALUES ON CONFLICT DO NOTHING`;

/** The items of $1, a list of { type, key }, and more. */
const GIVEN = `jsonb_to_recordset($1::jsonb) AS given (type text, key text, fields jsonb, merged_into text)`;

/** Returns an item after a change of it; null if it is gone. */
export function changed(before: Item | null, change: Change): Item | null {
  const values: Item["fields"] = {};
  for (const { field, newJson } of change.fields)
    values[field] = newJson === null ? null : JSON.parse(newJson);
  switch (change.kind) {
    case "ADDED":
    case "UNMERGED":
      return { fields: values, merged_into: null };
    case "CHANGED": {
      if (!before?.fields)
        throw new Error(`${change.type} ${change.key} changed, but is not here.`);
      const all = { ...before.fields, ...values };
      const kept = Object.entries(all).filter(([, value]) => value !== null);
      return { fields: Object.fromEntries(kept), merged_into: null };
    }
    case "MERGED":
      return { fields: null, merged_into: change.mergedIntoKey };
    case "REMOVED":
    case "REDACTED":
      return null;
    default:
      throw new Error(`This mirror is too old for the feed: it does not know ${change.kind}.`);
  }
}

/** Applies a page to the mirror: all of it or, if the process or the server dies, nothing. */
async function apply(client: Client, { recordChanges }: Page, at: Position): Promise<void> {
  const { nodes, pageInfo } = recordChanges;
  await client.query("BEGIN");
  const { rows } = await client.query<Position>("SELECT * FROM mirror_position FOR UPDATE");
  if (rows[0]!.cursor !== at.cursor) throw new Error("another mirror follows into this database");

  const nameOf = ({ type, key }: { type: string; key: string }) => `${type} ${key}`;
  const named = new Map(nodes.map(({ type, key }) => [nameOf({ type, key }), { type, key }]));
  const known = await client.query<Item & { type: string; key: string }>(
    `SELECT item.* FROM mirror_item item JOIN ${GIVEN} USING (type, key)`,
    [JSON.stringify([...named.values()])],
  );
  const items = new Map<string, Item | null>(known.rows.map((row) => [nameOf(row), row]));
  for (const change of nodes)
    items.set(nameOf(change), changed(items.get(nameOf(change)) ?? null, change));

  const after = JSON.stringify([...named].map(([name, one]) => ({ ...one, ...items.get(name) })));
  await client.query(
    `DELETE FROM mirror_item item USING ${GIVEN} WHERE item.type = given.type AND item.key = given.key`,
    [after],
  );
  await client.query(
    `INSERT INTO mirror_item (type, key, fields, merged_into)
     SELECT * FROM ${GIVEN} WHERE given.fields IS NOT NULL OR given.merged_into IS NOT NULL`,
    [after],
  );
  const { number, operation } = nodes.at(-1)!.revision;
  await client.query("UPDATE mirror_position SET cursor = $1, revision = $2, operation = $3", [
    pageInfo.endCursor,
    number,
    operation,
  ]);
  await client.query("COMMIT");
}

async function ask(service: string, variables: object): Promise<Page> {
  const response = await fetch(new URL("/graphql", service), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: PAGE, variables }),
    signal: AbortSignal.timeout(60_000),
  });
  const answer = (await response.json()) as { data?: Page; errors?: { message: string }[] };
  const { data, errors } = answer;
  if (errors || !data)
    throw new Error(errors?.[0]?.message ?? `the service answered ${response.status}`);
  return data;
}

/** Reads one page from where the mirror is, and applies it. Returns whether that was the end of the feed. */
async function step(client: Client, service: string, first: number): Promise<boolean> {
  const { rows } = await client.query<Position>("SELECT * FROM mirror_position");
  const at = rows[0]!;
  const page = await ask(service, { first, after: at.cursor, revision: at.revision });
  // Null on a replica that lags behind the one asked before: it has nothing new yet.
  const revision = page.recordRevision;
  if (revision && at.operation && revision.operation !== at.operation)
    throw new Error(
      "the record was restored from a backup: drop the mirror's tables and start anew",
    );
  if (page.recordChanges.nodes.length > 0) await apply(client, page, at);
  return !page.recordChanges.pageInfo.hasNextPage;
}

/** Follows the feed for ever or, with `once`, to its end. After an error it waits, and asks for less at a time. */
export async function follow(
  service: string,
  database: string,
  { every, once }: { every: number; once: boolean },
): Promise<void> {
  for (let failures = 0; ;) {
    const client = new Client(database);
    client.on("error", () => {}); // of a connection that breaks: its statement fails too
    try {
      await client.connect();
      await client.query(TABLES);
      for (;;) {
        const isAtEnd = await step(client, service, Math.max(1, LARGEST_PAGE >> failures));
        failures = 0;
        if (isAtEnd && once) return;
        if (isAtEnd) await sleep(every * 1_000);
      }
    } catch (error) {
      if (once) throw error;
      failures += 1;
      const seconds = Math.min(60, 2 ** failures) * (0.5 + Math.random() / 2);
      console.error(`${String(error)}; again in ${seconds.toFixed(1)} s`);
      await sleep(seconds * 1_000);
    } finally {
      await client.end();
    }
  }
}

if (require.main === module) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { every: { type: "string", default: "5" }, once: { type: "boolean", default: false } },
  });
  const [service, database] = positionals;
  if (!service || !database) throw new Error("mirror SERVICE DATABASE [--every SECONDS] [--once]");
  void follow(service, database, { every: Number(values.every), once: values.once });
}
