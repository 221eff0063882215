import { MultiBar } from "cli-progress";

/** How far work on files has come. */
interface Step {
  /** Bytes read, of so many; null where nobody knows. */
  read: number;
  total: number | null;
  /** Records done. */
  records: number;
}

/** Shows how far long work has come, without getting into the way of what is printed meanwhile. */
export interface Progress {
  update: (step: Step) => void;
  /** Prints a line of the command's answer. */
  print: (line: string) => void;
  /** Prints a line beside the answer. */
  log: (line: string) => void;
  stop: () => void;
}

const EVERY_MS = 5_000;

/** A bar on a terminal, else a line every few seconds, on standard error. */
export function startProgress(what: string): Progress {
  return process.stderr.isTTY ? onTerminal(what) : inLines(what);
}

function onTerminal(what: string): Progress {
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
    // Where the answer goes elsewhere, it can't get mixed up with the bar.
    print: (line) => (process.stdout.isTTY ? above(line) : void process.stdout.write(`${line}\n`)),
    log: above,
    stop() {
      bars.update();
      bars.stop();
    },
  };
}

function inLines(what: string): Progress {
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

function doneOf({ records }: Step): string {
  return `${records.toLocaleString("en")} record${records === 1 ? "" : "s"}`;
}
