import pg from "pg";
import { parseConfig } from "../src/config.js";
import { createDataSource } from "../src/db/data-source.js";
import { freshDatabase } from "./harness/database.js";
import { type Relay, relayTo } from "./harness/relay.js";
import { recordedDatabase, servingService } from "./harness/serving.js";
import { until } from "./harness/until.js";

/** Each database has another name for the same person, which shows who answers. */
const WHO = `query Who { person(slug: "rajnath-singh") { name } }`;
const TOPICS = `query Topics { topics { label } person(slug: "rajnath-singh") { name } }`;

jest.setTimeout(60_000);

interface Copy {
  url: string;
  relay: Relay;
  client: pg.Client;
}

let primary: Copy;
let one: Copy;
let two: Copy;
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  [primary, one, two] = [await copy("primary"), await copy("one"), await copy("two")];
});
afterAll(async () => {
  for (const { client, relay } of [primary, one, two]) {
    await client.end();
    await relay.close();
  }
});
afterEach(async () => {
  for (const { client, relay } of [primary, one, two]) {
    await client.query("ROLLBACK");
    await relay.restore();
  }
  for (const close of closing.splice(0).reverse()) await close();
});

/** A database with the shipped record in which everything has the database's name. */
async function copy(name: string): Promise<Copy> {
  const url = await recordedDatabase();
  const client = new pg.Client(url);
  await client.connect();
  await client.query("UPDATE person SET name = $1", [name]);
  await client.query("UPDATE statement_topic SET label = $1", [name]);
  const relay = await relayTo(url);
  return { url: relay.url, relay, client };
}

async function serving(
  replicas = [one.url, two.url],
  limits: Parameters<typeof servingService>[1] = {},
) {
  const environment = {
    DATABASE_URL: primary.url,
    DATABASE_REPLICA_URLS: replicas.join(),
    COMMUNIQUE_LOG_LEVEL: "info",
  };
  const service = await servingService(primary.url, limits, {}, environment);
  closing.push(() => service.close());
  return service;
}

type Serving = Awaited<ReturnType<typeof serving>>;

/** Which servers answer this number of queries, sent one after the other; a code where one fails. */
async function whoAnswers(service: Serving, times: number) {
  const answers: Record<string, number> = {};
  for (let i = 0; i < times; i++) {
    const { data, errors } = await service.ask(WHO);
    const name = errors ? errors[0]!.extensions.code : data.person.name;
    answers[name] = (answers[name] ?? 0) + 1;
  }
  return answers;
}

/** What the log says of a replica. */
function toldOf(service: Serving, { url }: Copy) {
  const server = new URL(url).host + new URL(url).pathname;
  return service.log().filter((line) => line.server === server);
}

/** Whether /metrics says that a server is up. */
async function isUp(service: Serving, url: string) {
  const { text } = await service.get("/metrics");
  const server = url === primary.url ? "primary" : new URL(url).host + new URL(url).pathname;
  return Number(text.split(`communique_server_up{server="${server}"} `)[1]?.split("\n")[0]);
}

/** Lets every statement that reads topics wait, and reports when one does. */
async function holdTopics({ client }: Copy) {
  await client.query("BEGIN");
  await client.query("LOCK TABLE statement_topic");
  return () =>
    until(async () => {
      await client.query("SELECT pg_stat_clear_snapshot()");
      const { rows } = await client.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return rows.length > 0;
    });
}

describe("Replicas that answer", () => {
  it("Queries go to the replicas in turn, and none to the primary", async () => {
    const service = await serving();
    expect(await whoAnswers(service, 10)).toEqual({ one: 5, two: 5 });
  });

  it("Without a limit of the lag, queries go to the replicas too", async () => {
    const service = await serving([one.url, two.url], { replicaLagMs: 0 });
    expect(await whoAnswers(service, 10)).toEqual({ one: 5, two: 5 });
  });

  it("Concurrent queries go to the least busy replica", async () => {
    const service = await serving();
    const held = await holdTopics(one);
    const asking = Array.from({ length: 6 }, () => service.ask(TOPICS));
    await held();
    // Three of the six wait at the one; what is asked now goes to the other.
    expect(await whoAnswers(service, 4)).toEqual({ two: 4 });
    await one.client.query("ROLLBACK");
    const labels = (await Promise.all(asking)).map(({ data }) => data.topics[0].label);
    expect(labels.toSorted()).toEqual(["one", "one", "one", "two", "two", "two"]);
  });

  it("All statements of a request go to one replica", async () => {
    const service = await serving();
    const answers = await Promise.all(Array.from({ length: 8 }, () => service.ask(TOPICS)));
    for (const { data } of answers) expect(data.topics[0].label).toBe(data.person.name);
  });

  it("Metrics name each replica, without the password in its URL", async () => {
    const service = await serving();
    await whoAnswers(service, 2);
    const { text } = await service.get("/metrics");
    const { host, pathname, password } = new URL(one.url);
    expect(text).toContain(`communique_pool_connections{server="primary",state="idle"}`);
    expect(text).toContain(
      `communique_pool_connections{server="${host}${pathname}",state="idle"} 1`,
    );
    expect(text).toContain(`communique_server_up{server="${host}${pathname}"} 1`);
    expect(text).not.toContain(`:${password}@`);
  });
});

describe("A lost replica", () => {
  it("A lost replica is excluded with a log message, and used again when it is back", async () => {
    const service = await serving();
    await one.relay.cut();
    expect(await whoAnswers(service, 10)).toEqual({ two: 10 });
    expect(await isUp(service, one.url)).toBe(0);
    expect(await isUp(service, two.url)).toBe(1);
    expect((await service.get("/ready")).status).toBe(200);

    await one.relay.restore();
    await until(async () => (await isUp(service, one.url)) === 1);
    expect(await whoAnswers(service, 10)).toEqual({ one: 5, two: 5 });
    expect(toldOf(service, one).map(({ msg }) => msg)).toEqual([
      "a database server is excluded",
      "a database server is in use again",
    ]);
  });

  it("A query on a replica that is lost is answered by another replica", async () => {
    const service = await serving();
    const held = await holdTopics(one);
    const asking = [service.ask(TOPICS), service.ask(TOPICS)];
    await held();
    await one.relay.cut();
    for (const { data } of await Promise.all(asking)) expect(data.topics[0].label).toBe("two");
  });

  it("Queries on a replica that hangs are answered by the primary, also those that wait for a connection", async () => {
    const service = await serving([one.url], { poolSize: 2 });
    await whoAnswers(service, 1);
    one.relay.pause();
    const began = performance.now();
    const answers = await Promise.all(Array.from({ length: 6 }, () => service.ask(WHO)));
    expect(answers.map(({ data }) => data.person.name)).toEqual(Array(6).fill("primary"));
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(await whoAnswers(service, 3)).toEqual({ primary: 3 });

    await one.relay.restore();
    await until(async () => (await isUp(service, one.url)) === 1);
    expect(await whoAnswers(service, 3)).toEqual({ one: 3 });
  });

  it("A lost replica is detected without any query", async () => {
    const service = await serving();
    await two.relay.cut();
    await until(async () => (await isUp(service, two.url)) === 0);
  });

  it("The service starts while a replica can't be reached, and logs why", async () => {
    await one.relay.cut();
    const service = await serving();
    expect(await whoAnswers(service, 3)).toEqual({ two: 3 });
    expect(toldOf(service, one)).toEqual([
      expect.objectContaining({ level: 40, reason: expect.stringContaining("ECONNREFUSED") }),
    ]);
  });

  it("The primary answers when all replicas are lost", async () => {
    const service = await serving();
    await one.relay.cut();
    await two.relay.cut();
    expect(await whoAnswers(service, 3)).toEqual({ primary: 3 });
    expect((await service.get("/ready")).status).toBe(200);
  });
});

describe("A lost primary", () => {
  it("Replicas answer queries while the primary is lost", async () => {
    const service = await serving();
    await primary.relay.cut();
    expect(await whoAnswers(service, 4)).toEqual({ one: 2, two: 2 });
    expect((await service.get("/ready")).status).toBe(200);
    expect(await isUp(service, primary.url)).toBe(0);
  });

  it("Queries are answered UNAVAILABLE while the primary and all replicas are lost", async () => {
    const service = await serving();
    await Promise.all([primary, one, two].map(({ relay }) => relay.cut()));
    expect(await whoAnswers(service, 2)).toEqual({ UNAVAILABLE: 2 });
    expect((await service.get("/ready")).status).toBe(503);

    await two.relay.restore();
    await until(async () => (await isUp(service, two.url)) === 1);
    expect(await whoAnswers(service, 2)).toEqual({ two: 2 });
    expect((await service.get("/ready")).status).toBe(200);
  });
});

describe("A replica that can be reached", () => {
  it("A replica is excluded while it lacks migrations", async () => {
    const url = await freshDatabase();
    const replica = await createDataSource(url).initialize();
    closing.push(() => replica.destroy());
    await replica.undoLastMigration();
    const service = await serving([url, two.url]);
    expect(await whoAnswers(service, 3)).toEqual({ two: 3 });
    expect(service.log()).toContainEqual(
      expect.objectContaining({ level: 40, reason: "migrations of this version are pending" }),
    );
    await replica.runMigrations();
    await until(async () => (await isUp(service, url)) === 1);
  });

  it("A statement that a replica cancels because of recovery is answered by the next server", async () => {
    await one.client.query(`
      ALTER TABLE statement_topic RENAME TO hidden;
      CREATE FUNCTION conflict() RETURNS SETOF hidden LANGUAGE plpgsql AS $$ BEGIN
        RAISE serialization_failure USING MESSAGE = 'canceling statement due to conflict with recovery';
      END $$;
      CREATE VIEW statement_topic AS SELECT * FROM conflict()`);
    closing.push(() =>
      one.client.query(`DROP VIEW statement_topic; DROP FUNCTION conflict();
        ALTER TABLE hidden RENAME TO statement_topic`),
    );
    const service = await serving([one.url]);
    expect((await service.ask(TOPICS)).data.topics[0].label).toBe("primary");
    expect(await isUp(service, one.url)).toBe(1);
  });

  it("Queries that a replica has no capacity for are refused, not sent to the primary", async () => {
    const service = await serving([one.url], { poolSize: 1, poolQueue: 1 });
    const held = await holdTopics(one);
    const asking = [service.ask(TOPICS), service.ask(TOPICS)];
    await held();
    expect(await whoAnswers(service, 2)).toEqual({ UNAVAILABLE: 2 });
    await one.client.query("ROLLBACK");
    await Promise.all(asking);
  });
});

describe("The setting DATABASE_REPLICA_URLS", () => {
  const URL_OF = (host: string) => `postgres://reader:hunter2@${host}/communique`;
  const faultOf = (DATABASE_REPLICA_URLS: string, DATABASE_URL = URL_OF("db:5432")) => {
    try {
      parseConfig({ DATABASE_REPLICA_URLS, DATABASE_URL });
    } catch (error) {
      return (error as Error).message.split("\n  ")[1];
    }
  };

  it("DATABASE_REPLICA_URLS is a comma-separated list of URLs", () => {
    const config = parseConfig({
      DATABASE_URL: URL_OF("db"),
      DATABASE_REPLICA_URLS: `${URL_OF("one")}, ${URL_OF("two")}`,
    });
    expect(config.replicaUrls).toEqual([URL_OF("one"), URL_OF("two")]);
  });

  it("DATABASE_REPLICA_URLS is refused when it holds anything but PostgreSQL URLs", () => {
    expect(faultOf(`${URL_OF("one")},two:5432`)).toBe(
      "DATABASE_REPLICA_URLS: expected comma-separated PostgreSQL URLs, for example postgres://user:password@replica:5432/communique",
    );
  });

  it("DATABASE_REPLICA_URLS is refused when it has the primary in it, or a replica twice", () => {
    const fault =
      "DATABASE_REPLICA_URLS: expected databases other than DATABASE_URL, each only once";
    expect(faultOf(`${URL_OF("one")},postgresql://other@DB/communique`)).toBe(fault);
    expect(faultOf(`${URL_OF("one")},${URL_OF("one:5432")}`)).toBe(fault);
  });

  it("DATABASE_REPLICA_URLS is refused without DATABASE_URL", () => {
    expect(faultOf(URL_OF("one"), "")).toBe(
      "DATABASE_REPLICA_URLS: expected DATABASE_URL too, the primary of these replicas",
    );
  });
});
