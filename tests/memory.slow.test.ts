import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  headOfQuestion,
  LARGE_QUESTION,
  lengthenTexts,
  questionOf,
  type RawClient,
  rawClient,
} from "./harness/raw-client.js";
import { ask, recordedDatabase } from "./harness/serving.js";

const ROOT = resolve(__dirname, "..");
const UP = /communique is running at (http:\S+)/;
const BODY_BYTES = 1_000_000;
const PIECES = 50;
const MOST_MEGABYTES = 600;

jest.setTimeout(240_000);

let service: ChildProcess;
let address: string;
const clients: RawClient[] = [];

beforeAll(async () => {
  const url = await recordedDatabase();
  await lengthenTexts(url);
  // As `npm start` and the image start it, in production.
  const { scripts } = JSON.parse(readFileSync(resolve(ROOT, "package.json"), "utf8")) as {
    scripts: { start: string };
  };
  service = spawn("sh", ["-c", scripts.start], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: "production", DATABASE_URL: url, PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  address = await new Promise((up) => {
    let said = "";
    service.stdout!.on("data", (data: Buffer) => {
      if (address) return;
      said += data.toString();
      const found = UP.exec(said);
      if (found) up(found[1]!);
    });
  });
});

afterAll(async () => {
  for (const { socket } of clients) socket.destroy();
  service.kill("SIGKILL");
  await new Promise((ended) => service.on("close", ended));
});

function connect(options?: { reads: boolean }): RawClient {
  const client = rawClient(address, options);
  clients.push(client);
  return client;
}

/** The most memory that the service has had, as Linux reports it. */
function mostMegabytes(): number {
  const status = readFileSync(`/proc/${service.pid}/status`, "utf8");
  return Number(/^VmHWM:\s*(\d+) kB/m.exec(status)![1]) / 1024;
}

const small = () => ask(address, "{ topics { slug } }");

// Skipped elsewhere: the most memory of another process (VmHWM) is known only from Linux's /proc.
(process.platform === "linux" ? it : it.skip)(
  "The service stays under 600 MB beside 800 slow bodies of a megabyte and 40 answers that nobody reads",
  async () => {
    expect(JSON.stringify((await ask(address, LARGE_QUESTION)).data).length).toBeGreaterThan(17e6);
    for (let i = 0; i < 40; i++) {
      connect({ reads: false }).socket.write(questionOf(LARGE_QUESTION));
    }
    const slow = Array.from({ length: 800 }, () => connect());
    for (const { socket } of slow) socket.write(headOfQuestion(BODY_BYTES));
    const piece = Buffer.alloc(BODY_BYTES / PIECES, " ");
    for (let i = 0; i < PIECES; i++) {
      for (const { socket } of slow) socket.write(piece);
      await sleep(100);
      if (i % 10 === 0) expect((await small()).data.topics).toHaveLength(5);
    }
    expect((await small()).data.topics).toHaveLength(5);
    expect(mostMegabytes()).toBeLessThan(MOST_MEGABYTES);
  },
);
