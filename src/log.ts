import pino from "pino";

/** How long a line may wait for others. */
const LATEST_MS = 100;
const ENOUGH_BYTES = 4_096;

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
