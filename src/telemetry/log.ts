import pino from "pino";
import { cut } from "./cut.js";

/** How long a line may wait for others. */
const LATEST_MS = 100;
const ENOUGH_BYTES = 16_000;

/** What waits at most for a reader that has stopped reading; what comes then is dropped. */
const MOST_BYTES = 16 * 1_024 * 1_024;

/**
 * Standard output, to which lines of the log are written together. Each by itself, handed to a thread and back, is an eighth
 * of the smallest request's CPU. What waits when the process ends is written then, unless it is killed.
 */
export function standardOutput() {
  return pino.destination({
    dest: 1,
    sync: false,
    minLength: ENOUGH_BYTES,
    maxLength: MOST_BYTES,
    periodicFlush: LATEST_MS,
  });
}

/** What is logged of one property of an error, of a stack, and of the values of an operation's variables. */
const LONGEST_PROPERTY = 500;
const LONGEST_STACK = 4_000;
const LONGEST_VARIABLES = 10_000;
const MOST_PROPERTIES = 20;

/** What is logged of an error: its texts and figures. A driver's may hold whole statements and their values. */
export function errorInLog(error: Error) {
  const told = pino.stdSerializers.err(error);
  const properties = Object.entries<unknown>({ ...told })
    .filter(([, value]) => typeof value !== "object")
    .slice(0, MOST_PROPERTIES)
    .map(([name, value]) => [name, inLog(value, LONGEST_PROPERTY)] as const);
  return {
    ...Object.fromEntries(properties),
    type: told.type,
    message: inLog(told.message, LONGEST_PROPERTY),
    stack: inLog(told.stack, LONGEST_STACK),
  };
}

function inLog<Value>(value: Value, longest: number) {
  return typeof value === "string" ? cut(value, longest) : value;
}

/** What is logged of variables: as they are, or the beginning of their JSON. */
export function variablesInLog(variables: unknown): unknown {
  const text = JSON.stringify(variables) as string | undefined;
  return text !== undefined && text.length > LONGEST_VARIABLES
    ? cut(text, LONGEST_VARIABLES)
    : variables;
}
