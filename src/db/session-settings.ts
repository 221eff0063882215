import type pg from "pg";
import type { DatabaseLog } from "./sql.js";
import { nameStatement } from "./sql-text.js";

/** PostgreSQL settings of a connection, by name. */
type SessionSettings = Record<string, string>;

/**
 * Settings that could change results if a role or database overrides them with `ALTER … SET`: how values are formatted, and
 * how statements are parsed. `search_path` is left to the operator.
 */
const RESULT_SETTINGS: SessionSettings = {
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
  "pg_trgm.strict_word_similarity_threshold": "0.5",
  default_transaction_isolation: "read committed",
};

/** Commands have no timeouts; within a transaction, a load also waits for its own process. */
const COMMAND_SETTINGS: SessionSettings = {
  statement_timeout: "0",
  lock_timeout: "0",
  idle_in_transaction_session_timeout: "0",
};

/**
 * `plan_cache_mode`: prepared statements use a generic plan; PostgreSQL would plan each execution, since it estimates ten
 * items for an array parameter. `jit`: compiling plans costs more than it saves on short statements. `random_page_cost`: the
 * data is in memory; with the default for disks, PostgreSQL would read and sort a whole list instead of using its index.
 */
const SERVICE_SETTINGS: SessionSettings = {
  plan_cache_mode: "force_generic_plan",
  jit: "off",
  random_page_cost: "1.1",
};

/**
 * The startup parameter `options` for connections of a service or a command. A single parameter, since a pooler must be
 * configured for each one that it does not know. Options in the URL come first, so ours take precedence.
 */
export function startupOptions(url: string, statementTimeoutMs?: number): string {
  const settings = {
    ...RESULT_SETTINGS,
    ...(statementTimeoutMs === undefined
      ? COMMAND_SETTINGS
      : { ...SERVICE_SETTINGS, statement_timeout: String(statementTimeoutMs) }),
  };
  const ours = Object.entries(settings).map(
    ([name, value]) => `-c ${name}=${value.replace(/ /g, "\\ ")}`,
  );
  return [new URL(url).searchParams.get("options") ?? "", ...ours].join(" ").trim();
}

/** A URL without its `options` parameter, which would override ours. */
export function withoutOptions(url: string): string {
  const parsed = new URL(url);
  if (!parsed.searchParams.has("options")) return url;
  parsed.searchParams.delete("options");
  return parsed.href;
}

/** Logs which service settings are missing on its connections: a pooler may have dropped them. */
export async function warnAboutMissingSettings(pool: pg.Pool, log: DatabaseLog): Promise<void> {
  const { rows } = await pool.query<{ name: string; setting: string }>(
    nameStatement("settings", "SELECT name, setting FROM pg_settings WHERE name = ANY ($1)"),
    [[...Object.keys(SERVICE_SETTINGS), "statement_timeout"]],
  );
  const missing = rows
    // The role may set its own statement_timeout, but having none would be unsafe.
    .filter(
      ({ name, setting }) => setting === "0" || setting !== (SERVICE_SETTINGS[name] ?? setting),
    )
    .map(({ name }) => name);
  if (missing.length === 0) return;
  log.warn(
    { settings: missing },
    "database connections lack settings of the service: set them with ALTER ROLE, see docs/operations.md",
  );
}
