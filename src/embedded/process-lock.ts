import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * A name for a running process that outlasts the reuse of its pid: on Linux the pid and the moment
 * the process started, elsewhere the pid alone. Undefined when no such process runs. Throws where that can't be known just
 * now, as with too many files open: who took that for an end would break the locks of the living.
 */
export function identify(pid: number): string | undefined {
  try {
    if (process.platform !== "linux") {
      process.kill(pid, 0);
      return String(pid);
    }
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name, in brackets, and may itself hold blanks and brackets.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state, started] = [fields[0], fields[19]];
    // A zombie has ended; only its parent has not noticed yet.
    return state === "Z" ? undefined : `${pid} ${started}`;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EPERM") return String(pid);
    if (code === "ENOENT" || code === "ESRCH") return undefined;
    throw error;
  }
}

/** Whether the process that `identify` once gave this name to still runs. */
export function isRunning(identity: string): boolean {
  return identity !== "" && identify(Number.parseInt(identity, 10)) === identity;
}

/** The content of a small text file, "" when there is none. */
export function readText(file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
}

/** Runs `work` while this process alone holds the lock file; waits for its turn. */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  while (!tryLock(file)) {
    breakStaleLock(file);
    await sleep(50);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function tryLock(file: string): boolean {
  try {
    writeFileSync(file, identify(process.pid) ?? "", { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function breakStaleLock(file: string): void {
  const age = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Infinity);
  const holder = readText(file);
  // A lock made a moment ago may still be empty: its holder is just writing its name.
  if (age < 1000 || isRunning(holder)) return;
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    // Another process may have broken the same lock and taken it since: it gets it back.
    if (readText(aside) === holder) rmSync(aside);
    else renameSync(aside, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}
