import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { recordedDatabase, servingService, type ServingService } from "./harness/serving.js";
import { until } from "./harness/until.js";

/** Words cost as much as thousands of rows: one statement of SQL, and yet a large operation. */
const LARGE = `{ statements(filter: { text: "de-escalation" }) { totalCount } }`;
const SMALL = `{ person(slug: "rajnath-singh") { name } }`;
const ANSWER = { data: { statements: { totalCount: 2 } } };

let url: string;
let service: ServingService | undefined;
/** Keeps statements from being read as long as it holds its lock. */
let other: Client;
let watcher: Client;

beforeAll(async () => {
  url = await recordedDatabase();
});
beforeEach(async () => {
  [other, watcher] = [new Client(url), new Client(url)];
  await other.connect();
  await watcher.connect();
});
afterEach(async () => {
  await other.end();
  await watcher.end();
  await service?.close();
  service = undefined;
});

async function serve(requestTimeoutMs = 25_000): Promise<ServingService> {
  const limits = { poolSize: 12, requestTimeoutMs, statementTimeoutMs: 60_000 };
  service = await servingService(url, limits, { languagesCacheMs: 60_000 });
  expect(await service.ask(LARGE)).toEqual(ANSWER);
  await other.query("BEGIN; LOCK TABLE statement IN ACCESS EXCLUSIVE MODE");
  return service;
}

/** How many of its statements wait for the lock. */
async function held(): Promise<number> {
  const { rows } = await watcher.query<{ held: number }>(
    `SELECT count(*)::int AS held FROM pg_stat_activity
     WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return rows[0]!.held;
}

describe("Large operations", () => {
  it("Only two large operations are executed at a time, and the others wait for them", async () => {
    const { ask } = await serve();
    const answers = Promise.all(Array.from({ length: 10 }, () => ask(LARGE)));
    await until(async () => (await held()) >= 2);
    await sleep(500);
    expect(await held()).toBe(2);
    await other.query("ROLLBACK");
    expect(await answers).toEqual(Array.from({ length: 10 }, () => ANSWER));
  });

  it("A small operation is answered while large ones wait", async () => {
    const { ask } = await serve();
    const answers = Promise.all(Array.from({ length: 10 }, () => ask(LARGE)));
    await until(async () => (await held()) >= 2);
    expect(await ask(SMALL)).toEqual({ data: { person: { name: "Rajnath Singh" } } });
    await other.query("ROLLBACK");
    await answers;
  });

  it("A large operation that waits too long is answered TIMEOUT and leaves the queue", async () => {
    const { ask } = await serve(1_000);
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask(LARGE)));
    for (const { errors } of answers) expect(errors![0]!.extensions.code).toBe("TIMEOUT");
    await other.query("ROLLBACK");
    expect(await ask(LARGE)).toEqual(ANSWER);
  });

  it("A queued operation is dropped when its client disconnects", async () => {
    const { ask, address, log } = await serve();
    const first = Promise.all(Array.from({ length: 2 }, () => ask(LARGE)));
    await until(async () => (await held()) >= 2);
    const leaving = new AbortController();
    const left = Array.from({ length: 6 }, () =>
      fetch(`${address}/graphql?query=${encodeURIComponent(LARGE)}`, {
        headers: { "apollo-require-preflight": "yes" },
        signal: leaving.signal,
      }).catch((error: Error) => error.name),
    );
    await sleep(500);
    leaving.abort();
    expect(new Set(await Promise.all(left))).toEqual(new Set(["AbortError"]));
    await sleep(500);
    await other.query("ROLLBACK");
    await first;
    expect(await ask(LARGE)).toEqual(ANSWER);
    expect(log().filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });
});
