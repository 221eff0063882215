import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { startEmbedded } from "../../src/embedded/embedded.js";
import { giveTo, prepareFiles, type ServerFiles } from "../../src/embedded/server-files.js";
import { freePort } from "./free-port.js";
import { preparedDirectory } from "./prepared.js";
import { until } from "./until.js";

/** One server of a group with streaming replication. */
export interface Node {
  url: string;
  /** Executes SQL on a connection of its own. */
  run<Row extends object = object>(sql: string): Promise<Row[]>;
  /** Kills all its processes (SIGQUIT to the postmaster: an immediate shutdown). */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Turns a standby into a primary. */
  promote(): Promise<void>;
  /** Lets a stopped or running server follow this one; a stopped one is started as its standby. */
  follow(primary: Node): Promise<void>;
}

/** A stopped server, to be copied. */
export interface PreparedServer {
  /** Of a database in it, once it runs on a port. */
  url: string;
  files: ServerFiles;
  remove(): Promise<void>;
}

/** A server whose migrated database has been made ready, stopped. */
export async function prepareServer(
  makeReady: (url: string) => Promise<void>,
): Promise<PreparedServer> {
  const directory = await mkdtemp(join(tmpdir(), "communique-replication-"));
  await chmod(directory, 0o711); // when root runs the tests, another user runs PostgreSQL
  await preparedDirectory(directory);
  const embedded = await startEmbedded({ directory, settings: { fsync: "off" } });
  const url = embedded.url("postgres");
  await makeReady(url).finally(() => embedded.stop());
  const files = prepareFiles(directory, () => {});
  giveTo(files.user, directory);
  return { url, files, remove: () => rm(directory, { recursive: true, force: true }) };
}

/** A primary and standbys that stream from it, all copies of a prepared server. */
export async function replicated({ url, files }: PreparedServer, standbys: number) {
  const { directory, data, user } = files;
  const folders = Array.from({ length: 1 + standbys }, () => join(directory, randomUUID()));
  for (const folder of folders) {
    // As the server's user, who has to own every file.
    await ended(spawn("cp", ["-a", data, folder], { ...user, cwd: directory }));
  }
  const nodes: Node[] = [];
  for (const folder of folders) nodes.push(await node(folder));

  async function node(folder: string): Promise<Node> {
    const address = new URL(url);
    address.port = String(await freePort());
    let server: ChildProcess | undefined;
    const run = async <Row extends object>(sql: string) => {
      const client = new pg.Client(address.href);
      client.on("error", () => {});
      await client.connect();
      try {
        return (await client.query<Row>(sql)).rows;
      } finally {
        await client.end();
      }
    };
    const start = async () => {
      const settings = {
        port: address.port,
        listen_addresses: "127.0.0.1",
        unix_socket_directories: "",
        fsync: "off",
        wal_retrieve_retry_interval: "100ms",
      };
      const options = Object.entries(settings).flatMap(([name, value]) => [
        "-c",
        `${name}=${value}`,
      ]);
      server = spawn(files.program("postgres"), ["-D", folder, ...options], {
        ...user,
        cwd: folder,
        stdio: "ignore",
      });
      await until(() => run("SELECT 1").then(Boolean, () => false));
    };
    const isRunning = () => server?.exitCode === null && server.signalCode === null;
    return {
      url: address.href,
      run,
      start,
      async kill() {
        if (!isRunning()) return;
        server!.kill("SIGQUIT");
        await once(server!, "exit");
      },
      async promote() {
        await run("SELECT pg_promote()");
      },
      async follow(primary) {
        const { hostname, port, username, password } = new URL(primary.url);
        const source = `host=${hostname} port=${port} user=${username} password=${password}`;
        if (isRunning()) {
          await run(`ALTER SYSTEM SET primary_conninfo = '${source}'`);
          await run("SELECT pg_reload_conf()");
          return;
        }
        const signal = join(folder, "standby.signal");
        const settings = join(folder, "postgresql.auto.conf");
        await writeFile(signal, "");
        await writeFile(settings, `primary_conninfo = '${source}'\n`);
        giveTo(user, signal);
        giveTo(user, settings);
        await start();
      },
    };
  }

  const [primary, ...others] = nodes as [Node, ...Node[]];
  await primary.start();
  for (const standby of others) await standby.follow(primary);
  // They respond before they stream. A primary that is killed in between would leave them behind for good.
  for (const standby of others) await until(() => streams(standby, primary));
  return {
    primary,
    standbys: others,
    async close() {
      await Promise.all(nodes.map((each) => each.kill()));
      for (const folder of folders) await rm(folder, { recursive: true });
    },
  };
}

/** Whether a standby receives what its primary writes, and has replayed all of it. */
async function streams(standby: Node, primary: Node): Promise<boolean> {
  const [written] = await primary.run<{ end: string }>("SELECT pg_current_wal_insert_lsn() AS end");
  const [state] = await standby.run<{ is: boolean }>(
    `SELECT pg_last_wal_replay_lsn() >= '${written!.end}' AND EXISTS (
       SELECT FROM pg_stat_wal_receiver WHERE status = 'streaming') AS is`,
  );
  return state!.is;
}

async function ended(child: ChildProcess): Promise<void> {
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`${child.spawnfile} ended with ${code}`);
}
