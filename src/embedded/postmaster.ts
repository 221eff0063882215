import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { join } from "node:path";
import { identify, isRunning, readText } from "./process-lock.js";

/** A running PostgreSQL. */
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

/** Whether a server that was found or launched still runs and has not been told to stop. Cheap enough to ask all the time. */
export function isServing(data: string, { identity }: Postmaster): boolean {
  return isRunning(identity) && !readText(join(data, "postmaster.pid")).endsWith("stopping");
}

/** The port of the server that was last launched on the data directory; undefined where that is not known. */
export function lastPort(data: string): string | undefined {
  return /"port=(\d+)"/.exec(readText(join(data, "postmaster.opts")))?.[1];
}

/** Whether the process is PostgreSQL's, and not one that got the pid of a PostgreSQL long gone. */
function isPostmaster(pid: number, data: string): boolean {
  if (!pid || !identify(pid)) return false;
  if (process.platform === "linux") return worksIn(pid, fs.realpathSync(data));
  const { error, stdout } = spawnSync("ps", ["-o", "comm=", "-p", String(pid)]);
  return error !== undefined || stdout.includes("postgres");
}

/** PostgreSQL's processes, and no others, have its data directory as their current directory. */
function worksIn(pid: number | string, data: string): boolean {
  try {
    return fs.readlinkSync(`/proc/${pid}/cwd`) === data;
  } catch {
    return false; // ended, or another user's
  }
}

/**
 * After a crash the file may name a pid that another program has by now, or a zombie that nobody
 * buries. PostgreSQL would take either for a running server and refuse to start. The file has to
 * stay while a process of the old server remains: it keeps the new one from starting beside it.
 */
export function removeMisleadingPid(data: string): void {
  const file = join(data, "postmaster.pid");
  const pid = Number.parseInt(readText(file), 10);
  if (!pid || isPostmaster(pid, data)) return;
  try {
    process.kill(pid, 0);
  } catch {
    return; // no such process: PostgreSQL sees that itself
  }
  if (process.platform === "linux") {
    const real = fs.realpathSync(data);
    if (fs.readdirSync("/proc").some((name) => Number(name) && worksIn(name, real))) return;
  }
  fs.rmSync(file, { force: true });
}

/**
 * Ends what a killed server has left behind. Its processes go by themselves as soon as they wait for something; one that is
 * busy would keep the memory, and with it the next server, for as long as its statement takes. Nothing is lost: what
 * they have not committed by now nobody was told of.
 */
export function endOrphans(data: string): void {
  if (process.platform !== "linux" || readPostmaster(data)) return;
  const real = fs.realpathSync(data);
  for (const pid of fs.readdirSync("/proc").filter((name) => Number(name) && worksIn(name, real))) {
    try {
      // The title that PostgreSQL gives to the processes below the server; a server of a single user has none.
      if (!fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").startsWith("postgres: ")) continue;
      process.kill(Number(pid), "SIGKILL");
    } catch {
      // It has ended meanwhile.
    }
  }
}
