import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";

// Any number will do, as long as every worker takes the same.
const COPY_LOCK = 740_513_202;

const run = process.env.TEST_RUN!;
const worker = `${run}_w${process.env.JEST_WORKER_ID}`;
const made: string[] = [];

/** Makes a migrated database without records, and gives its URL. It goes when the run ends. */
export async function freshDatabase(): Promise<string> {
  const client = new Client(process.env.TEST_SERVER);
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [COPY_LOCK]);
    if (made.length === 0) await dropEarlier(client);
    const name = `${worker}_${Date.now().toString(36)}_${made.length}`;
    await copyTemplate(client, name);
    made.push(name);
    const url = new URL(process.env.TEST_SERVER!);
    url.pathname = name;
    return url.href;
  } finally {
    await client.end();
  }
}

async function copyTemplate(client: Client, name: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      // Copies files and not, as by default, page by page through the log, which takes twice as long.
      await client.query(`CREATE DATABASE ${name} TEMPLATE ${run}_template STRATEGY FILE_COPY`);
      return;
    } catch (error) {
      // The server may be busy with the template itself: cleaning it up, for one.
      if ((error as { code?: string }).code !== "55006" || tries === 5) throw error;
      await sleep(500);
    }
  }
}

/** Drops what this worker's earlier test files have left, so that a long run fits on the disk. */
async function dropEarlier(client: Client): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    "SELECT datname FROM pg_database WHERE starts_with(datname, $1)",
    [`${worker}_`],
  );
  for (const { datname } of rows) await client.query(`DROP DATABASE ${datname} WITH (FORCE)`);
}
