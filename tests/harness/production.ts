import { spawn } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Whatever } from "./whatever.js";

const COMMAND = join(__dirname, "../../bin/communique.js");

/** What no answer takes; what takes longer hangs. */
const HANGS_MS = 20_000;

/** An answer, and what it has cost the service. */
export interface Reply {
  status: number;
  text: string;
  json: Whatever;
  /** Seconds of the processor. */
  cpu: number;
}

/**
 * A service in a process of its own, with the settings and the memory of production: one that hangs or runs out of memory
 * takes no test with it.
 */
export async function productionService(databaseUrl: string) {
  const child = spawn(
    process.execPath,
    ["--max-semi-space-size=64", "--max-old-space-size=1024", COMMAND, "start"],
    {
      env: {
        ...process.env,
        DATABASE_URL: databaseUrl,
        PORT: "0",
        NODE_ENV: "production",
      },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const lines: string[] = [];
  const address = await new Promise<string>((up, fail) => {
    let rest = "";
    child.stdout.on("data", (text) => {
      const whole = `${rest}${String(text)}`.split("\n");
      rest = whole.pop()!;
      lines.push(...whole);
      const found = /http:\/\/[^/\s"]+/.exec(whole.join("\n"));
      if (found) up(found[0]);
    });
    child.on("exit", (code) => fail(new Error(`the service has ended with ${code}`)));
  });

  async function get(path: string) {
    const response = await fetch(address + path, { signal: AbortSignal.timeout(HANGS_MS) });
    return { status: response.status, text: await response.text() };
  }

  async function cpu(): Promise<number> {
    const { text } = await get("/metrics");
    return Number(/^process_cpu_seconds_total (\S+)/m.exec(text)![1]);
  }

  return {
    address,
    get,
    lines,
    /** Asks with a compressed body, so that much of the same is little to send. */
    async post(body: object): Promise<Reply> {
      const before = await cpu();
      const response = await fetch(`${address}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", "content-encoding": "gzip" },
        body: await promisify(gzip)(JSON.stringify(body)),
        signal: AbortSignal.timeout(HANGS_MS),
      });
      const text = await response.text();
      const took = (await cpu()) - before;
      return { status: response.status, text, json: JSON.parse(text), cpu: took };
    },
    close: () => child.kill("SIGKILL"),
  };
}

export type ProductionService = Awaited<ReturnType<typeof productionService>>;
