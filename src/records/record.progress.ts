import { MultiBar } from "cli-progress";
import { counted } from "./record.counted.js";

/** The progress of work on files. */
interface Step {
  /** Bytes read, and the total; null if the total is unknown. */
  read: number;
  total: number | null;
  /** Records done, or whatever is counted. */
  records: number;
}

/** Shows progress without disturbing other output. */
export interface Progress {
  update: (step: Step) => void;
  /** Prints a line of the command's output (standard output). */
  print: (line: string) => void;
  /** Prints a line to standard error. */
  log: (line: string) => void;
  stop: () => void;
}

const EVERY_MS = 5_000;

/** Shows a progress bar on a terminal, or else a line every few seconds, on standard error; counts records, or something else. */
export function startProgress(what: string, one = "record", several = "records"): Progress {
  const doneOf = ({ records }: Step) => counted(records, one, several);
  return process.stderr.isTTY ? onTerminal(what, doneOf) : inLines(what, doneOf);
}

function onTerminal(what: string, doneOf: (step: Step) => string): Progress {
  const bars = new MultiBar({
    format: `${what}  {bar} {part}  {done}`,
    barsize: 30,
    barCompleteChar: "█",
    barIncompleteChar: "░",
    clearOnComplete: true,
    hideCursor: true,
    gracefulExit: false,
    stream: process.stderr,
  });
  const bar = bars.create(1, 0, { part: "", done: "" });
  const above = (line: string) => void bars.log(`${line}\n`);
  return {
    update(step) {
      bar.setTotal(step.total ?? 1);
      bar.update(step.total === null ? 0 : step.read, { part: partOf(step), done: doneOf(step) });
    },
    // Output that does not go to the terminal cannot disturb the bar.
    print: (line) => (process.stdout.isTTY ? above(line) : void process.stdout.write(`${line}\n`)),
    log: above,
    stop() {
      bars.update();
      bars.stop();
    },
  };
}

function inLines(what: string, doneOf: (step: Step) => string): Progress {
  let last = Date.now();
  const log = (line: string) => void process.stderr.write(`${line}\n`);
  return {
    update(step) {
      if (Date.now() - last < EVERY_MS) return;
      last = Date.now();
      log(`${what}: ${partOf(step)} read, ${doneOf(step)}`);
    },
    print: (line) => void process.stdout.write(`${line}\n`),
    log,
    stop() {},
  };
}

function partOf({ read, total }: Step): string {
  return total === null
    ? `${(read / 1_000_000).toFixed(1)} MB`
    : `${total === 0 ? 100 : Math.floor((100 * read) / total)} %`;
}

/** Aborted by the first Ctrl-C; a second one terminates at once. */
export function stopped(say: (line: string) => void): AbortSignal {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      say("Stopping after this batch…");
      stop.abort();
    });
  }
  return stop.signal;
}
