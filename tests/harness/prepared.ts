import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { chmod, mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createDataSource } from "../../src/db/data-source.js";
import { migrate } from "../../src/db/migrate.js";
import { startEmbedded } from "../../src/embedded/embedded.js";
import { withLock } from "../../src/embedded/process-lock.js";

/** The run's prepared directory, among the files of the run (global-setup.cjs). */
const PREPARED = process.env.TEST_PREPARED!;

/**
 * Makes a data directory of the embedded PostgreSQL, whose database is migrated and has no records. To copy one takes a tenth of
 * a second; initdb and all migrations take five. Tests of the first start itself have to do without.
 */
export async function preparedDirectory(directory: string): Promise<void> {
  if (!existsSync(PREPARED)) await withLock(`${PREPARED}.lock`, prepare);
  mkdirSync(dirname(directory), { recursive: true });
  // With its owner: when root runs the tests, another user runs PostgreSQL.
  const { status, stderr } = spawnSync("cp", ["-a", `${PREPARED}/.`, directory]);
  if (status !== 0) throw new Error(`cp: ${stderr.toString()}`);
}

async function prepare(): Promise<void> {
  if (existsSync(PREPARED)) return; // by another worker, meanwhile
  const draft = await mkdtemp(join(tmpdir(), "communique-prepared-"));
  try {
    await chmod(draft, 0o755);
    const directory = join(draft, "data");
    const server = await startEmbedded({ directory, settings: { fsync: "off" } });
    try {
      const dataSource = await createDataSource(server.url("postgres")).initialize();
      await migrate(dataSource).finally(() => dataSource.destroy());
    } finally {
      await server.stop();
    }
    await rename(directory, PREPARED);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
