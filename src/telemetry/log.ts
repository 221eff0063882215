import pino from "pino";
import { truncate } from "./truncate.js";

/** Log lines are buffered for at most this long, or until this many bytes. */
const FLUSH_MS = 100;
const FLUSH_BYTES = 16_000;

/** The buffer for a reader that has stopped reading; further lines are dropped. */
const MAX_BUFFER_BYTES = 16 * 1_024 * 1_024;

/**
 * Standard output with buffering: writing each log line by itself takes an eighth of the smallest request's CPU. The buffer
 * is flushed when the process exits, unless it is killed.
 */
export function standardOutput() {
  return pino.destination({
    dest: 1,
    sync: false,
    minLength: FLUSH_BYTES,
    maxLength: MAX_BUFFER_BYTES,
    periodicFlush: FLUSH_MS,
  });
}

/** Maximum lengths in the log: of an error's properties and stack, and of an operation's variables. */
const MAX_PROPERTY = 500;
const MAX_STACK = 4_000;
const MAX_VARIABLES = 10_000;
const MAX_PROPERTIES = 20;

/** An error as logged: its scalar properties, truncated. Errors of the driver can hold whole statements and their values. */
export function serializeError(error: Error) {
  const serialized = pino.stdSerializers.err(error);
  const properties = Object.entries<unknown>({ ...serialized })
    .filter(([, value]) => typeof value !== "object")
    .slice(0, MAX_PROPERTIES)
    .map(([name, value]) => [name, truncated(value, MAX_PROPERTY)] as const);
  return {
    ...Object.fromEntries(properties),
    type: serialized.type,
    message: truncated(serialized.message, MAX_PROPERTY),
    stack: truncated(serialized.stack, MAX_STACK),
  };
}

function truncated<Value>(value: Value, maxLength: number) {
  return typeof value === "string" ? truncate(value, maxLength) : value;
}

/** Variables as logged: unchanged, or the start of their JSON if they are long. */
export function serializeVariables(variables: unknown): unknown {
  const text = JSON.stringify(variables) as string | undefined;
  return text !== undefined && text.length > MAX_VARIABLES
    ? truncate(text, MAX_VARIABLES)
    : variables;
}
