import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import { join } from "node:path";
import { identify, isRunning, readText } from "./process-lock.js";

/**
 * Who uses the server of a directory: one line each, whoever started it first. They come and go under the lock, and
 * the last one to go stops the server, so that neither a process that shares it loses it nor nobody stops it. Those
 * that were killed do not count.
 */
export function usersOf(directory: string): string[] {
  const lines = readText(usersFile(directory)).split("\n");
  return lines.filter((line) => isRunning(identityIn(line)));
}

export function pidsOf(users: string[]): number[] {
  return [...new Set(users.map((line) => Number.parseInt(line, 10)))];
}

/** `process 7`, `processes 7, 8`. */
export function processes(pids: number[]): string {
  return `${pids.length === 1 ? "process" : "processes"} ${pids.join(", ")}`;
}

/** A name for one use of a server by this process. */
export function newUser(): string {
  return `${identify(process.pid) ?? ""}/${randomBytes(4).toString("hex")}`;
}

/** Makes these the users of the server. */
export function writeUsers(directory: string, users: string[]): void {
  fs.rmSync(usersFile(directory), { force: true });
  if (users.length > 0) fs.writeFileSync(usersFile(directory), users.join("\n"));
}

function identityIn(line: string): string {
  return line.split("/")[0]!;
}

function usersFile(directory: string): string {
  return join(directory, "postgres.owner");
}
