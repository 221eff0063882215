import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * An identity of a running process that survives reuse of its pid: on Linux the pid and its start time, elsewhere the pid
 * alone. Undefined if no such process runs. Throws if that can't be determined, for example with too many open files:
 * treating that as "not running" would break the locks of live processes.
 */
export function identify(pid: number): string | undefined {
  try {
    if (process.platform !== "linux") {
      process.kill(pid, 0);
      return String(pid);
    }
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in parentheses, which may itself contain blanks and parentheses.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state, started] = [fields[0], fields[19]];
    // A zombie has exited but has not been reaped by its parent.
    return state === "Z" ? undefined : `${pid} ${started}`;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EPERM") return String(pid);
    if (code === "ENOENT" || code === "ESRCH") return undefined;
    throw error;
  }
}

/** Whether the process with this identity still runs. */
export function isRunning(identity: string): boolean {
  return identity !== "" && identify(Number.parseInt(identity, 10)) === identity;
}

/** The content of a small text file, "" if it does not exist. */
export function readText(file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
}

/** Waits for the lock file and runs `work` while this process holds it. */
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
  // A new lock may still be empty: its holder is just writing its identity.
  if (age < 1000 || isRunning(holder)) return;
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    // Another process may have broken the same lock and acquired it since: restore it.
    if (readText(aside) === holder) rmSync(aside);
    else renameSync(aside, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}
