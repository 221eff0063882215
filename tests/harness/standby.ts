import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbedded } from "../../src/embedded/embedded.js";
import { prepareFiles } from "../../src/embedded/server-files.js";
import { freePort } from "./free-port.js";

/** A hot standby of a server that has been made ready for it, and is gone since. */
export async function standbyOf(makeReady: (url: string) => Promise<void>) {
  const directory = await mkdtemp(join(tmpdir(), "communique-standby-"));
  await chmod(directory, 0o711); // when root runs the tests, another user runs PostgreSQL
  const primary = await startEmbedded({ directory, settings: { fsync: "off" } });
  const url = new URL(primary.url("postgres"));
  await makeReady(url.href).finally(() => primary.stop());

  const place = prepareFiles(directory, () => {});
  const { data, user } = place;
  const signal = join(data, "standby.signal");
  await writeFile(signal, "");
  if (user.uid !== undefined) await chown(signal, user.uid, user.gid!);
  url.port = String(await freePort());
  const settings = `-p ${url.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off`;
  const control = async (...args: string[]) => {
    const options = { ...user, cwd: data, stdio: "ignore" } as const;
    const [code] = await once(
      spawn(place.program("pg_ctl"), [...args, "-D", data, "-w"], options),
      "exit",
    );
    if (code !== 0) throw new Error(`pg_ctl ${args[0]} ended with ${code}`);
  };
  await control("start", "-l", join(data, "standby.log"), "-o", settings);
  return {
    url: url.href,
    async close() {
      await control("stop", "-m", "immediate");
      await rm(directory, { recursive: true, force: true });
    },
  };
}
