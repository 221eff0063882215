import { createDataSource } from "../src/db/data-source.js";
import { loadAll } from "../src/records/load/record.load.js";
import {
  type Node,
  type PreparedServer,
  prepareServer,
  replicated,
} from "./harness/replication.js";
import { SHIPPED_RECORD } from "./harness/service.js";
import { servingService } from "./harness/serving.js";
import { until } from "./harness/until.js";

/** A value that tests write, which shows how old an answer is. */
const VERSION = `{ person(slug: "rajnath-singh") { name } }`;

jest.setTimeout(120_000);

let prepared: PreparedServer;
beforeAll(async () => {
  prepared = await prepareServer(async (url) => {
    const dataSource = await createDataSource(url).initialize();
    await loadAll(dataSource, [SHIPPED_RECORD]);
    await dataSource.query("UPDATE person SET name = '0'");
    await dataSource.destroy();
  });
});
afterAll(() => prepared.remove());

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A primary with two standbys, and a service that knows all three hosts. */
async function cluster({ replicaLagMs = 3_000 } = {}) {
  const servers = await replicated(prepared, 2);
  closing.push(() => servers.close());
  const { primary, standbys } = servers;
  const nodes = [primary, ...standbys];
  const hosts = nodes.map(({ url }) => new URL(url).host).join();
  const anyHost = primary.url.replace(new URL(primary.url).host, hosts);
  const url = `${anyHost}?target_session_attrs=primary`;
  const service = await servingService(
    url,
    { replicaLagMs },
    {},
    {
      DATABASE_URL: url,
      DATABASE_REPLICA_URLS: anyHost,
      COMMUNIQUE_LOG_LEVEL: "info",
    },
  );
  closing.push(() => service.close());
  return { ...servers, service, url };
}

type Cluster = Awaited<ReturnType<typeof cluster>>;

/** Writes a higher number, and returns it. */
async function write(node: Node, version: number) {
  await node.run(`UPDATE person SET name = '${version}'`);
  return version;
}

/** The number in an answer. */
async function read({ service }: Cluster): Promise<number> {
  const { data, errors } = await service.ask(VERSION);
  if (errors) {
    const why = service.log().filter(({ level }) => level !== "info");
    throw new Error(`${errors[0]!.extensions.code}: ${JSON.stringify(why)}`);
  }
  return Number(data.person.name);
}

/** Whether each server is in use, by its metric. */
async function inUse({ service }: Cluster, nodes: Node[]) {
  const { text } = await service.get("/metrics");
  return nodes.map(({ url }) => {
    const { host, pathname } = new URL(url);
    return text.includes(`communique_server_up{server="${host}${pathname}"} 1`);
  });
}

/** Reads until it is stopped; returns the answers in order. */
function reading(of: Cluster) {
  const answers: number[] = [];
  let failed = 0;
  const over = new AbortController();
  const done = (async () => {
    while (!over.signal.aborted)
      await read(of).then(
        (version) => answers.push(version),
        () => failed++,
      );
  })();
  return {
    answers,
    failures: () => failed,
    async stop() {
      over.abort();
      await done;
    },
  };
}

describe("A standby that lags", () => {
  it("A standby that is too far behind is excluded, its lag is a metric, and it is used again once it has caught up", async () => {
    const all = await cluster();
    const [one] = all.standbys as [Node, Node];
    await one.run("SELECT pg_wal_replay_pause()");
    await write(all.primary, 1);
    await until(async () => !(await inUse(all, [one]))[0]);
    for (let i = 0; i < 10; i++) expect(await read(all)).toBe(1);
    const { host, pathname } = new URL(one.url);
    const { text } = await all.service.get("/metrics");
    const lag = text.split(`communique_replica_lag_seconds{server="${host}${pathname}"} `)[1];
    expect(Number.parseFloat(lag!)).toBeGreaterThan(0.9);

    await one.run("SELECT pg_wal_replay_resume()");
    await until(async () => (await inUse(all, [one]))[0]!);
    expect(all.service.log().filter(({ msg }) => /database server/.test(String(msg)))).toEqual([
      expect.objectContaining({ reason: "it is a standby that is too far behind" }),
      expect.objectContaining({ msg: "a database server is in use again" }),
    ]);
  });

  it("No answer is older than the limit of the lag while the standbys stop replaying in turn", async () => {
    const all = await cluster();
    const writes: number[] = [];
    for (let version = 1; version <= 6; version++) {
      for (const [i, standby] of all.standbys.entries())
        await standby.run(`SELECT pg_wal_replay_${version % 2 === i ? "pause" : "resume"}()`);
      await write(all.primary, version);
      writes.push(performance.now());
      for (const began = performance.now(); performance.now() - began < 1_500;) {
        const asked = performance.now();
        const answer = await read(all);
        const newer = writes[answer];
        if (newer !== undefined) expect(asked - newer).toBeLessThan(3_000);
      }
    }
  });
});

describe("Failover", () => {
  it("After a promotion, reads never go back to an older state, and none fails", async () => {
    const all = await cluster();
    const [one, two] = all.standbys as [Node, Node];
    const reader = reading(all);
    await until(async () => reader.answers.length > 20);
    await all.primary.kill();
    // It can't follow the new primary, but still responds.
    await two.run("SELECT pg_wal_replay_pause()");
    await one.promote();
    await write(one, 1);
    await until(async () => reader.answers.at(-1) === 1);
    const seen = reader.answers.length;
    await until(async () => reader.answers.length > seen + 200);
    await reader.stop();
    expect(reader.answers).toEqual(reader.answers.toSorted());
    expect(reader.failures()).toBe(0);
    expect(await inUse(all, [two])).toEqual([false]);
  });

  it("The new primary is found without a restart, standbys follow it, and the old primary comes back as a standby", async () => {
    const all = await cluster();
    const [one, two] = all.standbys as [Node, Node];
    await all.primary.kill();
    await one.promote();
    await two.follow(one);
    const dataSource = await createDataSource(all.url).initialize();
    closing.push(() => dataSource.destroy());
    await dataSource.query("UPDATE person SET name = '7'");
    expect((await one.run<{ name: string }>("SELECT name FROM person LIMIT 1"))[0]!.name).toBe("7");
    await until(async () => (await inUse(all, [two]))[0]!);
    await until(async () => (await read(all)) === 7);

    await all.primary.follow(one);
    await until(async () => (await inUse(all, [all.primary]))[0]!);
    await write(one, 8);
    await until(async () => (await read(all)) === 8);
  });

  it("A primary that is lost while none is promoted leaves reads to the standbys", async () => {
    const all = await cluster();
    await all.primary.kill();
    const until4s = performance.now() + 4_000;
    while (performance.now() < until4s) expect(await read(all)).toBe(0);
  });

  it("An old primary that still accepts writes is not taken for the primary", async () => {
    const all = await cluster();
    const [one] = all.standbys as [Node, Node];
    await one.promote();
    await write(one, 3);
    await write(all.primary, 2);
    await until(async () =>
      all.service.log().some(({ reason }) => reason === "another server has become the primary"),
    );
    // Nor is the standby that still follows it asked.
    await until(async () => (await read(all)) === 3);
    for (let i = 0; i < 20; i++) expect(await read(all)).toBe(3);
  });
});
