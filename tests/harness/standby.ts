import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbedded } from "../../src/embedded/embedded.js";
import { prepareFiles, type ServerFiles } from "../../src/embedded/server-files.js";
import { freePort } from "./free-port.js";
import { preparedDirectory } from "./prepared.js";

/** A hot standby of a server that has been made ready for it, and is gone since. Its database is migrated, or else empty. */
export async function standbyOf(
  makeReady: (url: string) => Promise<void>,
  { migrated = true }: { migrated?: boolean } = {},
) {
  const { directory, place, url } = await readyPrimary(makeReady, migrated);
  const standby = await startStandby(place, place.data, url);
  return {
    url: standby.url,
    async close() {
      await standby.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** A server whose database is migrated, and a hot standby that follows it. */
export async function primaryWithStandby() {
  const { directory, place } = await readyPrimary(async () => {});
  const data = join(directory, "standby");
  await run(place, "cp", ["-a", place.data, data]);
  const primary = await startEmbedded({ directory, settings: { fsync: "off" } });
  const url = primary.url("postgres");
  const standby = await startStandby(place, data, url, `primary_conninfo='${url}'`);
  return {
    primary: url,
    standby: standby.url,
    async close() {
      await standby.stop();
      await primary.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** A server that was made ready and is stopped. */
async function readyPrimary(makeReady: (url: string) => Promise<void>, migrated = true) {
  const directory = await mkdtemp(join(tmpdir(), "communique-standby-"));
  await chmod(directory, 0o711); // when root runs the tests, another user runs PostgreSQL
  if (migrated) await preparedDirectory(directory);
  const primary = await startEmbedded({ directory, settings: { fsync: "off" } });
  const url = primary.url("postgres");
  await makeReady(url).finally(() => primary.stop());
  return { directory, place: prepareFiles(directory, () => {}), url };
}

/** Starts a copy of a server's data as its standby, on a port of its own. */
async function startStandby(place: ServerFiles, data: string, primary: string, setting?: string) {
  const { user } = place;
  const signal = join(data, "standby.signal");
  await writeFile(signal, "");
  if (user.uid !== undefined) await chown(signal, user.uid, user.gid!);
  const url = new URL(primary);
  url.port = String(await freePort());
  const given = [
    `port=${url.port}`,
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=''",
    "fsync=off",
    ...(setting ? [setting] : []),
  ];
  const settings = given.map((one) => `-c ${one}`).join(" ");
  const control = (...args: string[]) =>
    run(place, place.program("pg_ctl"), [...args, "-D", data, "-w"], user);
  await control("start", "-l", join(data, "standby.log"), "-o", settings);
  return { url: url.href, stop: () => control("stop", "-m", "immediate") };
}

async function run(place: ServerFiles, program: string, args: string[], user = {}): Promise<void> {
  const options = { ...user, cwd: place.data, stdio: "ignore" } as const;
  const [code] = await once(spawn(program, args, options), "exit");
  if (code !== 0) throw new Error(`${program} ${args[0]} ended with ${code}`);
}
