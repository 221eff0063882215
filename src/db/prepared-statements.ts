import { inlineValues } from "./literals.js";
import { nameStatement, type Plan } from "./sql-text.js";

/**
 * Each connection keeps its prepared statements for ever, so their number is limited, to more than all examples need. Every
 * selection of fields has a statement of its own, so only statements that recur are prepared.
 */
const MAX_PREPARED = 300;
const PREPARE_AFTER = 2;
const prepared = new Map<string, Statement>();
const executions = new Map<string, number>();
/** Without a limit, statements that do not recur would fill the memory. */
const MAX_COUNTED = 1_000;
let names = 0;

/** A statement as sent to the server. One with a name is prepared once per connection. */
export interface Statement {
  name?: string;
  text: string;
  values?: readonly unknown[];
}

/** The statement to send: with values inlined (custom plan), or with parameters and prepared if it recurs (generic plan). */
export function statementOf(
  name: string,
  text: string,
  values: readonly unknown[],
  plan: Plan,
): Statement {
  if (plan === "custom") return { text: nameStatement(name, inlineValues(text, values)) };
  const known = prepared.get(text);
  if (known) return { ...known, values };
  const statement: Statement = { text: nameStatement(name, text) };
  if (prepared.size < MAX_PREPARED && recurs(text)) {
    statement.name = `${name} ${names++}`;
    prepared.set(text, statement);
    executions.delete(text);
  }
  return { ...statement, values };
}

function recurs(text: string): boolean {
  const times = executions.get(text) ?? 0;
  if (times >= PREPARE_AFTER) return true;
  if (executions.size >= MAX_COUNTED) executions.clear();
  executions.set(text, times + 1);
  return false;
}

/** SQLSTATE: the cached plan no longer fits, because columns have changed. */
const CACHED_PLAN_IS_STALE = "0A000";

/** SQLSTATEs: a pooler without prepared statements has switched to a connection that has another statement, or none. */
const PREPARED_ELSEWHERE = ["26000", "42P05"];

/** Whether a statement failed only because its prepared version is stale or missing. */
export function isStalePreparedStatement(statement: Statement, error: unknown): boolean {
  const { code } = error as { code?: string };
  return (
    statement.name !== undefined &&
    (code === CACHED_PLAN_IS_STALE || PREPARED_ELSEWHERE.includes(code!))
  );
}

/** The statement to retry after such a failure, also used for later executions. */
export function prepareAgain(
  failed: Statement,
  error: unknown,
  ...[name, text, values]: [name: string, text: string, values: readonly unknown[]]
): Statement {
  // Another execution may have failed first and renamed it already.
  if (prepared.get(text)?.name === failed.name) {
    const isStale = (error as { code?: string }).code === CACHED_PLAN_IS_STALE;
    const number = names++;
    // A pooler identifies statements by their text, so the text must differ too.
    const renamed = {
      name: `${name} ${number}`,
      text: `${nameStatement(name, text)} /* ${number} */`,
    };
    prepared.set(text, isStale ? renamed : { text: nameStatement(name, text) });
  }
  return { ...prepared.get(text)!, values };
}
