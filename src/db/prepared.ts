import { withValues } from "./literals.js";
import { nameStatement, type Planned } from "./sql.js";

/**
 * Each connection keeps what is prepared for ever, so that there is a bound: more than all examples need. Every selection
 * of fields makes a statement of its own, so that only those that are asked again are prepared.
 */
const MOST_PREPARED = 300;
const ASKED_BEFORE = 2;
const prepared = new Map<string, Statement>();
const timesAsked = new Map<string, number>();
/** Those asked once would fill the memory. */
const MOST_REMEMBERED = 1_000;
let names = 0;

/** A statement as the server gets it. Those with a name are planned once a connection. */
export interface Statement {
  name?: string;
  text: string;
  values?: readonly unknown[];
}

/** The statement that asks a question of the code, by name, with these values. */
export function statementOf(
  name: string,
  text: string,
  values: readonly unknown[],
  planned: Planned,
): Statement {
  if (planned === "with its values") return { text: nameStatement(name, withValues(text, values)) };
  const known = prepared.get(text);
  if (known) return { ...known, values };
  const statement: Statement = { text: nameStatement(name, text) };
  if (prepared.size < MOST_PREPARED && isAskedAgain(text)) {
    statement.name = `${name} ${names++}`;
    prepared.set(text, statement);
    timesAsked.delete(text);
  }
  return { ...statement, values };
}

function isAskedAgain(text: string): boolean {
  const times = timesAsked.get(text) ?? 0;
  if (times >= ASKED_BEFORE) return true;
  if (timesAsked.size >= MOST_REMEMBERED) timesAsked.clear();
  timesAsked.set(text, times + 1);
  return false;
}

/** What the server says of a statement whose plan is for columns that have changed since. */
const CACHED_PLAN_IS_STALE = "0A000";

/** What it says where a pooler without prepared statements has led to a connection that has another one, or none. */
const PREPARED_ELSEWHERE = ["26000", "42P05"];

/** Whether a statement failed only because of how it was prepared. */
export function failedAsPrepared(statement: Statement, error: unknown): boolean {
  const { code } = error as { code?: string };
  return (
    statement.name !== undefined &&
    (code === CACHED_PLAN_IS_STALE || PREPARED_ELSEWHERE.includes(code!))
  );
}

/** The same statement for another try after it has failed so, and for all who ask it from now on. */
export function prepareAnew(
  failed: Statement,
  error: unknown,
  ...[name, text, values]: [name: string, text: string, values: readonly unknown[]]
): Statement {
  // Another one may have failed before and found a new name already.
  if (prepared.get(text)?.name === failed.name) {
    const isStale = (error as { code?: string }).code === CACHED_PLAN_IS_STALE;
    const number = names++;
    // A pooler takes statements of the same text for the same, so that the text has to be another one too.
    const anew = {
      name: `${name} ${number}`,
      text: `${nameStatement(name, text)} /* ${number} */`,
    };
    prepared.set(text, isStale ? anew : { text: nameStatement(name, text) });
  }
  return { ...prepared.get(text)!, values };
}
