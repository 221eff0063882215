import { GraphQLError } from "graphql";
import { truncate, truncateMiddle } from "../telemetry/truncate.js";

/** The maximum length of a name in a message, and of a path. */
export const LONGEST_NAME = 80;
const LONGEST_PATH = 200;

/** A message has the value once as sent and once in the reason. Together they take at most 200 characters. */
const LONGEST_VALUE = 90;
const LONGEST_REASON = 160;

/** The maximum length of any other message that quotes the request. */
export const LONGEST_MESSAGE = 200;
const LONGEST_MESSAGE_OF_NAMES = 1_000;

/**
 * Matches messages that quote only short names, and no literal values, which have brackets, backslashes or three quotation
 * marks. These may be longer: conflicts of nested fields have long messages.
 */
const SAYS_SHORT_NAMES = /^[^"\\[\]{}]{0,200}(?:"(?!"")[^"\\]{1,80}"[^"\\[\]{}]{0,200})*$/;

/** The parts of graphql-js's message about an invalid value of a variable. */
interface BadValue {
  variable: string;
  /** The place inside the variable: `filter.date.from`. */
  path: string;
  value: string;
  reason: string;
}

/** Returns the message of a client error, shortened, and the argument that it names, if any. */
export function clientMessage(
  message: string,
  error: unknown,
  suggests: boolean,
): { message: string; argument?: string } {
  const bad = badValueIn(message, error);
  if (bad) {
    const reason = suggests ? bad.reason : withoutSuggestion(bad.reason);
    return { message: messageOf({ ...bad, reason }), argument: truncate(bad.path, LONGEST_PATH) };
  }
  const text = suggests ? message : withoutSuggestion(message);
  return { message: shortened(text, error), argument: argumentIn(message) };
}

/**
 * Splits the message from both ends, not by a regular expression, which would backtrack over the whole value. The reason is
 * known from the original error; the value is JSON, in whose strings quotation marks are escaped.
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
  const why = cutTo(LONGEST_REASON, shown === value ? reason : reason.replace(value, () => shown));
  return `Variable "$${truncate(variable, LONGEST_NAME)}" got invalid value ${shown}${place}; ${why}`;
}

/** An error without a location in the document, such as an unknown operation name, may quote any text as a name. */
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

/** Cuts the middle: at the end graphql-js says what it expected. */
function cutTo(most: number, text: string): string {
  const after = Math.floor(most * 0.4);
  return truncateMiddle(text, most - after - 1, after);
}

/** Removes a suggestion: Apollo Server's own option keeps them in errors about variables. */
function withoutSuggestion(message: string): string {
  const place = message.endsWith("?") ? message.lastIndexOf(" Did you mean ") : -1;
  return place < 0 ? message : message.slice(0, place);
}

/** Returns the argument or variable that graphql-js says is missing or null. */
function argumentIn(message: string): string | undefined {
  const [, variable, argument] =
    /^(?:Variable "\$([^"]+)"|Argument "([^"]+)") /.exec(message) ?? [];
  const named = variable ?? argument;
  return named === undefined ? undefined : truncate(named, LONGEST_PATH);
}
