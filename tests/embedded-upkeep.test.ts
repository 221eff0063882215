import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { type EmbeddedServer, startEmbedded } from "../src/embedded/embedded.js";

let directory: string;
let server: EmbeddedServer;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "communique-upkeep-"));
  chmodSync(directory, 0o711); // when root runs the tests, another user runs PostgreSQL
  server = await startEmbedded({ directory, settings: { fsync: "off" } });
});
afterEach(async () => {
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** Supervises the server; returns its last report: that it runs again, or why not. */
function keptUp(): Promise<string> {
  return new Promise((told) => {
    server.supervise({ restarted: told, failed: (error) => told(error.message) });
  });
}

function kill(): void {
  const pid = readFileSync(join(directory, "postgres/postmaster.pid"), "utf8");
  process.kill(Number.parseInt(pid, 10), "SIGKILL");
}

async function connected(): Promise<Client> {
  const client = new Client(server.url("postgres"));
  client.on("error", () => {});
  await client.connect();
  return client;
}

describe("An embedded PostgreSQL that is killed", () => {
  test("The embedded PostgreSQL restarts without waiting for running statements, and keeps committed data", async () => {
    const told = keptUp();
    const client = await connected();
    await client.query("CREATE TABLE meeting AS SELECT 1815 AS year");
    // It never waits, so that it does not find out that its server is gone.
    const busy = client.query("SELECT count(*) FROM generate_series(1, 1000000000000)");
    const failure = busy.catch((error: Error) => error.message);
    const watcher = await connected();
    const running =
      "SELECT FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%generate%'";
    while ((await watcher.query(running)).rowCount! < 2);
    kill();
    expect(await told).toMatch(/died; it has been restarted/);
    expect(await failure).toMatch(/terminated/);
    const again = await connected();
    expect((await again.query("SELECT year FROM meeting")).rows).toEqual([{ year: 1815 }]);
    await again.end();
  });

  test("The embedded PostgreSQL is not created again when its files are deleted", async () => {
    const told = keptUp();
    kill();
    rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
    expect(await told).toMatch(/Cannot use the database directory .* COMMUNIQUE_DATA_DIR/);
  });
});

describe("The environment variables of libpq", () => {
  test("The embedded PostgreSQL starts whatever the PG* variables say", async () => {
    await server.stop();
    const meant = { PGOPTIONS: "-c nonsense=1", PGSSLMODE: "require", PGSSLNEGOTIATION: "direct" };
    Object.assign(process.env, meant);
    server = await startEmbedded({ directory });
    const client = await connected();
    await client.end();
  });
});
