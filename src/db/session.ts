import type pg from "pg";
import type { AvailabilityLog } from "./availability.js";
import { nameStatement } from "./sql.js";

/** Settings of a connection, by name. */
type SessionSettings = Record<string, string>;

/**
 * What a role or a database may have been given with `ALTER … SET` and would change answers: how values are written as
 * text, and how statements are read. The schema that tables are in is theirs to say.
 */
const ANSWERS: SessionSettings = {
  DateStyle: "ISO,MDY",
  TimeZone: "UTC",
  IntervalStyle: "postgres",
  extra_float_digits: "1",
  bytea_output: "hex",
  standard_conforming_strings: "on",
  array_nulls: "on",
  transform_null_equals: "off",
  gin_fuzzy_search_limit: "0",
  "pg_trgm.similarity_threshold": "0.3",
  "pg_trgm.word_similarity_threshold": "0.6",
  default_transaction_isolation: "read committed",
};

/** Commands take their time; a load in one transaction also waits for its own process. */
const OF_COMMANDS: SessionSettings = {
  statement_timeout: "0",
  lock_timeout: "0",
  idle_in_transaction_session_timeout: "0",
};

/**
 * What is prepared is planned once, whatever its values: PostgreSQL would plan it for each, since it takes a list in a
 * parameter for ten items. Compiling plans to machine code costs more than it saves on statements that end in time. And what
 * is asked is in memory: at the price of a disk's arm, a list of average length would be read whole and put into order.
 */
const OF_SERVICES: SessionSettings = {
  plan_cache_mode: "force_generic_plan",
  jit: "off",
  random_page_cost: "1.1",
};

/**
 * The startup parameter `options` of a service's connection, or of a command's. A single parameter, since a pooler has to be
 * told of each that it does not know. Those in the URL come first, so that ours hold.
 */
export function startupOptions(url: string, statementTimeoutMs?: number): string {
  const settings = {
    ...ANSWERS,
    ...(statementTimeoutMs === undefined
      ? OF_COMMANDS
      : { ...OF_SERVICES, statement_timeout: String(statementTimeoutMs) }),
  };
  const ours = Object.entries(settings).map(
    ([name, value]) => `-c ${name}=${value.replace(/ /g, "\\ ")}`,
  );
  return [new URL(url).searchParams.get("options") ?? "", ...ours].join(" ").trim();
}

/** A URL without `options`, which would be taken in place of what is given beside it. */
export function withoutOptions(url: string): string {
  const parsed = new URL(url);
  if (!parsed.searchParams.has("options")) return url;
  parsed.searchParams.delete("options");
  return parsed.href;
}

/** Tells the log which settings of a service its connections don't have: a pooler may have left them out. */
export async function tellLostSettings(pool: pg.Pool, log: AvailabilityLog): Promise<void> {
  const { rows } = await pool.query<{ name: string; setting: string }>(
    nameStatement("settings", "SELECT name, setting FROM pg_settings WHERE name = ANY ($1)"),
    [[...Object.keys(OF_SERVICES), "statement_timeout"]],
  );
  const lost = rows
    // The role may have a time of its own, but to have none would be unsafe.
    .filter(({ name, setting }) => setting === "0" || setting !== (OF_SERVICES[name] ?? setting))
    .map(({ name }) => name);
  if (lost.length === 0) return;
  log.warn(
    { settings: lost },
    "the database's connections lack settings of the service: ALTER ROLE can set them, see docs/operations.md",
  );
}
