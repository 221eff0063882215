import { GraphQLError } from "graphql";
import { truncate, truncateMiddle } from "../telemetry/truncate.js";

/** What is shown of a name, or of a path of names. */
export const LONGEST_NAME = 80;
const LONGEST_PATH = 200;

/** A value is told twice: as it was sent, and by what is wrong with it. Both are at most 200 characters together. */
const LONGEST_VALUE = 90;
const LONGEST_REASON = 160;

/** What is shown of any other message that tells what a client has sent. */
export const LONGEST_MESSAGE = 200;
const LONGEST_MESSAGE_OF_NAMES = 1_000;

/**
 * A message that quotes nothing long, and holds no written value: those have brackets, backslashes or three quotation
 * marks. It may be longer, since what is said of conflicting fields inside fields is.
 */
const SAYS_SHORT_NAMES = /^[^"\\[\]{}]{0,200}(?:"(?!"")[^"\\]{1,80}"[^"\\[\]{}]{0,200})*$/;

/** A variable's value that is not of its type, as graphql-js tells it. */
interface BadValue {
  variable: string;
  /** The place inside the variable: `filter.date.from`. */
  path: string;
  value: string;
  reason: string;
}

/** What a client is told of its mistake, however long what it has sent, and by which argument, where one is named. */
export function explain(
  message: string,
  error: unknown,
  suggests: boolean,
): { message: string; argument?: string } {
  const bad = badValueIn(message, error);
  if (bad) {
    const reason = suggests ? bad.reason : withoutSuggestion(bad.reason);
    return { message: messageOf({ ...bad, reason }), argument: truncate(bad.path, LONGEST_PATH) };
  }
  const told = suggests ? message : withoutSuggestion(message);
  return { message: shortened(told, error), argument: argumentIn(message) };
}

/**
 * Takes such a message apart from its ends, not by a pattern, which would have to look for the value's end everywhere
 * in the value. The reason has a message of its own; the value is JSON, whose texts hold no bare quotation mark.
 */
function badValueIn(message: string, error: unknown): BadValue | undefined {
  const [before, after] = ['Variable "$', '" got invalid value '];
  const nameEnds = message.indexOf(after);
  const reason = error instanceof GraphQLError ? error.originalError?.message : undefined;
  if (!message.startsWith(before) || nameEnds < 0 || reason === undefined) return undefined;
  if (!message.endsWith(`; ${reason}`)) return undefined;
  const variable = message.slice(before.length, nameEnds);
  const value = message.slice(nameEnds + after.length, -reason.length - 2);
  const place = value.endsWith('"') ? value.lastIndexOf(' at "') : -1;
  const path = place < 0 ? "" : value.slice(place + 5, -1);
  return path.startsWith(variable)
    ? { variable, path, value: value.slice(0, place), reason }
    : { variable, path: variable, value, reason };
}

function messageOf({ variable, path, value, reason }: BadValue): string {
  const shown = truncate(value, LONGEST_VALUE);
  const place = path === variable ? "" : ` at "${truncate(path, LONGEST_PATH)}"`;
  const said = cutTo(LONGEST_REASON, shown === value ? reason : reason.replace(value, () => shown));
  return `Variable "$${truncate(variable, LONGEST_NAME)}" got invalid value ${shown}${place}; ${said}`;
}

/** Of what has no place in the document, such as an operation's name that is not there, even names may be anything. */
function shortened(message: string, error: unknown): string {
  if (message.length <= LONGEST_MESSAGE) return message;
  const isOfDocument = error instanceof GraphQLError && error.locations !== undefined;
  if (
    isOfDocument &&
    message.length <= LONGEST_MESSAGE_OF_NAMES &&
    SAYS_SHORT_NAMES.test(message)
  ) {
    return message;
  }
  return cutTo(LONGEST_MESSAGE, message);
}

/** The end is kept too: there graphql-js says what is expected. */
function cutTo(most: number, text: string): string {
  const after = Math.floor(most * 0.4);
  return truncateMiddle(text, most - after - 1, after);
}

/** Apollo Server's own option leaves them in errors about variables. */
function withoutSuggestion(message: string): string {
  const place = message.endsWith("?") ? message.lastIndexOf(" Did you mean ") : -1;
  return place < 0 ? message : message.slice(0, place);
}

/** The argument or variable that graphql-js says is missing, or null. */
function argumentIn(message: string): string | undefined {
  const [, variable, argument] =
    /^(?:Variable "\$([^"]+)"|Argument "([^"]+)") /.exec(message) ?? [];
  const named = variable ?? argument;
  return named === undefined ? undefined : truncate(named, LONGEST_PATH);
}
