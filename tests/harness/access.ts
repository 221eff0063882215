import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { SUPERGRAPH } from "./supergraph.js";

const SDL = readFileSync(resolve(__dirname, "../../schema.graphql"), "utf8");

/** The example's file that says who may ask what. */
export const ACCESS = readFileSync(join(SUPERGRAPH, "access.json"), "utf8");

/** What examples/supergraph/protect.js makes of communique's schema by such a file. */
export function protect(access: string) {
  const folder = mkdtempSync(join(tmpdir(), "communique-access-"));
  const file = join(folder, "access.json");
  writeFileSync(file, access);
  const program = join(SUPERGRAPH, "protect.js");
  const ended = spawnSync(process.execPath, [program, file], { input: SDL, encoding: "utf8" });
  rmSync(folder, { recursive: true });
  return ended;
}

/** communique's schema with these requirements. */
export function protectedBy(access: object): string {
  const { status, stdout, stderr } = protect(JSON.stringify(access));
  if (status !== 0) throw new Error(stderr);
  return stdout;
}
