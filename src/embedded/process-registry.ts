import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import { join } from "node:path";
import { identify, isRunning, readText } from "./process-lock.js";

/**
 * The processes that use the server of a directory, one line each in a file that is only changed under the lock. The last
 * one to leave stops the server. Processes that were killed do not count.
 */
export function readRegistry(directory: string): string[] {
  const lines = readText(registryFile(directory)).split("\n");
  return lines.filter((line) => isRunning(identityIn(line)));
}

/** The pids of registered processes. */
export function pidsOf(entries: string[]): number[] {
  return [...new Set(entries.map((line) => Number.parseInt(line, 10)))];
}

/** `process 7`, `processes 7, 8`. */
export function processes(pids: number[]): string {
  return `${pids.length === 1 ? "process" : "processes"} ${pids.join(", ")}`;
}

/** A new entry for this process. */
export function newEntry(): string {
  return `${identify(process.pid) ?? ""}/${randomBytes(4).toString("hex")}`;
}

/** Replaces the registered processes. */
export function writeRegistry(directory: string, entries: string[]): void {
  fs.rmSync(registryFile(directory), { force: true });
  if (entries.length > 0) {
    fs.writeFileSync(registryFile(directory), entries.join("\n"));
  }
}

function identityIn(line: string): string {
  return line.split("/")[0]!;
}

function registryFile(directory: string): string {
  return join(directory, "postgres.owner");
}
