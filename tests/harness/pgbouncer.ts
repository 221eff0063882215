import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { chmod, chown, mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./free-port.js";

/** Where systems have it, beside the PATH of users other than root. */
const PATH = `${process.env.PATH}:/usr/sbin:/usr/local/sbin`;

/** What a test may set in pgbouncer.ini. */
type Settings = Record<string, string | number>;

/** A PgBouncer on a free port that pools by transaction what is asked of the database at this URL. */
export async function pgBouncerBefore(databaseUrl: string, settings: Settings = {}) {
  const directory = await mkdtemp(join(tmpdir(), "communique-pgbouncer-"));
  const { hostname, port, username, password, pathname } = new URL(databaseUrl);
  const listenPort = await freePort();
  const database = pathname.slice(1);
  const ini = {
    listen_addr: "127.0.0.1",
    listen_port: listenPort,
    unix_socket_dir: "",
    auth_type: "any",
    pool_mode: "transaction",
    ...settings,
  };
  const lines = Object.entries(ini).map(([name, value]) => `${name} = ${value}`);
  const target = `host=${hostname} port=${port || 5432} dbname=${database} user=${decodeURIComponent(username)}`;
  const secret = password && ` password=${decodeURIComponent(password)}`;
  const file = join(directory, "pgbouncer.ini");
  await writeFile(
    file,
    `[databases]\n${database} = ${target}${secret}\n[pgbouncer]\n${lines.join("\n")}\n`,
  );
  const user = await notRoot(directory, file);
  const child = spawn("pgbouncer", [file], {
    ...user,
    cwd: directory,
    env: { PATH },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let log = "";
  child.stderr.on("data", (text) => (log += String(text)));
  const failed = once(child, "error").then(([error]) => {
    throw new Error(`PgBouncer can't be started (apt-get install pgbouncer): ${error}`);
  });
  await Promise.race([accepting(listenPort, child, () => log), failed]);
  return {
    url: `postgres://anybody@127.0.0.1:${listenPort}/${database}`,
    async close() {
      if (child.exitCode === null && child.kill("SIGKILL")) await once(child, "close");
      await rm(directory, { recursive: true });
    },
  };
}

/** It refuses to run as root. */
async function notRoot(directory: string, file: string) {
  if (process.getuid?.() !== 0) return {};
  const nobody = /^nobody:[^:]*:(\d+):(\d+)/m.exec(readFileSync("/etc/passwd", "utf8"))!;
  const [uid, gid] = [Number(nobody[1]), Number(nobody[2])];
  await chmod(file, 0o600);
  for (const path of [directory, file]) await chown(path, uid, gid);
  return { uid, gid };
}

async function accepting(port: number, child: ChildProcess, log: () => string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) throw new Error(`PgBouncer has ended: ${log()}`);
    const socket = connect(port, "127.0.0.1");
    const connected = await once(socket, "connect").then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (connected) return;
    await sleep(50);
  }
  throw new Error(`PgBouncer does not listen: ${log()}`);
}
