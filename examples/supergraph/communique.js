// communique, started from this checkout.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const project = fileURLToPath(new URL("../..", import.meta.url));

/** Starts communique as `npm start` does, with the same settings and data, but on any free port. */
export async function startCommunique() {
  const child = spawn(process.execPath, ["bin/communique.js", "start"], {
    cwd: project,
    env: { ...process.env, HOST: "127.0.0.1", PORT: "0", NODE_ENV: "development" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  process.on("exit", () => child.kill());

  const url = await new Promise((found, failed) => {
    createInterface(child.stdout).on("line", (line) => {
      const address = /POST (\S+)/.exec(line);
      if (address) found(address[1]);
    });
    ended.then(() => failed(new Error("communique did not start.")), failed);
  });
  return {
    name: "communique",
    url,
    async stop() {
      child.kill();
      await ended;
    },
  };
}
