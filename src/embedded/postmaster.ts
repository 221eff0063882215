import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { join } from "node:path";
import { identify, isRunning, readText } from "./process-lock.js";

/** A running PostgreSQL server process. */
export interface Postmaster {
  identity: string;
  pid: number;
  port: number;
}

/** The server that runs on the data directory, whether or not it accepts connections yet. */
export function readPostmaster(data: string): (Postmaster & { status: string }) | undefined {
  const lines = readText(join(data, "postmaster.pid")).split("\n");
  const pid = Number(lines[0]);
  const identity = isPostmaster(pid, data) && identify(pid);
  if (!identity) return undefined;
  return { pid, identity, port: Number(lines[3]), status: lines[7]?.trim() ?? "" };
}

/** Whether a server is still running and not shutting down. Cheap enough for frequent polling. */
export function isServing(data: string, { identity }: Postmaster): boolean {
  return isRunning(identity) && !readText(join(data, "postmaster.pid")).endsWith("stopping");
}

/** The port of the server last started on the data directory, if known. */
export function lastPort(data: string): string | undefined {
  return /"port=(\d+)"/.exec(readText(join(data, "postmaster.opts")))?.[1];
}

/** Whether the process is PostgreSQL, rather than another one with a reused pid. */
function isPostmaster(pid: number, data: string): boolean {
  if (!pid || !identify(pid)) return false;
  if (process.platform === "linux") return worksIn(pid, fs.realpathSync(data));
  const { error, stdout } = spawnSync("ps", ["-o", "comm=", "-p", String(pid)]);
  return error !== undefined || stdout.includes("postgres");
}

/** Only PostgreSQL's processes have its data directory as their working directory. */
function worksIn(pid: number | string, data: string): boolean {
  try {
    return fs.readlinkSync(`/proc/${pid}/cwd`) === data;
  } catch {
    return false; // ended, or another user's
  }
}

/**
 * After a crash, postmaster.pid may contain a pid that another program has by now, or a zombie that is never reaped.
 * PostgreSQL would take either for a running server and refuse to start. The file must stay while any process of the old
 * server remains, since it keeps a new server from starting beside it.
 */
export function removeMisleadingPid(data: string): void {
  const file = join(data, "postmaster.pid");
  const pid = Number.parseInt(readText(file), 10);
  if (!pid || isPostmaster(pid, data)) return;
  try {
    process.kill(pid, 0);
  } catch {
    return; // no such process, which PostgreSQL detects itself
  }
  if (process.platform === "linux") {
    const real = fs.realpathSync(data);
    if (fs.readdirSync("/proc").some((name) => Number(name) && worksIn(name, real))) return;
  }
  fs.rmSync(file, { force: true });
}

/**
 * Kills the child processes that a killed server has left behind. They exit by themselves once they wait for anything, but a
 * busy one keeps the shared memory, and so prevents a restart, as long as its statement takes. No committed data is lost.
 */
export function endOrphans(data: string): void {
  if (process.platform !== "linux" || readPostmaster(data)) return;
  const real = fs.realpathSync(data);
  for (const pid of fs.readdirSync("/proc").filter((name) => Number(name) && worksIn(name, real))) {
    try {
      // The process title of PostgreSQL's child processes; the server itself and single-user mode have none.
      if (!fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").startsWith("postgres: ")) continue;
      process.kill(Number(pid), "SIGKILL");
    } catch {
      // It has exited in the meantime.
    }
  }
}
