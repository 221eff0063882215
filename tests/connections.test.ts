import pg from "pg";
import { createDataSource } from "../src/db/data-source.js";
import { exportRecords } from "../src/records/export/record.export.js";
import { loadAll } from "../src/records/load/record.load.js";
import { freshDatabase } from "./harness/database.js";
import { relayTo } from "./harness/relay.js";
import { SHIPPED_RECORD } from "./harness/service.js";
import { type Holder, holderOf } from "./harness/holder.js";
import { recordedDatabase, servingService } from "./harness/serving.js";
import { until } from "./harness/until.js";

const WHO = `query Who { person(slug: "rajnath-singh") { name } }`;
const TOPICS = `query Topics { topics { label } }`;
const DATES = `{ meeting(slug: "singh-dong-vientiane-2024") { startDate statements { nodes { date } } } }`;

let url: string;
let holder: Holder;
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  url = await recordedDatabase();
  holder = await holderOf(url);
});
afterAll(() => holder.close());
afterEach(async () => {
  await holder.letGo();
  for (const close of closing.splice(0).reverse()) await close();
});

async function serving(
  databaseUrl = url,
  limits: Parameters<typeof servingService>[1] = {},
  environment: Record<string, string> = {},
) {
  const service = await servingService(databaseUrl, limits, {}, environment);
  closing.push(() => service.close());
  return service;
}

async function relay() {
  const line = await relayTo(url);
  closing.push(() => line.close());
  return line;
}

describe("Prepared statements", () => {
  it("A statement is prepared again on every connection when a column's type has changed", async () => {
    const service = await serving(url, { poolSize: 3 });
    const askedAtOnce = async () => {
      for (const { data, errors } of await Promise.all([1, 2, 3, 4, 5, 6].map(() => ask()))) {
        expect(errors).toBeUndefined();
        expect(data.topics).toHaveLength(5);
      }
    };
    const ask = () => service.ask("query Slugs { topics { slug } }");
    await askedAtOnce();
    for (const type of ["varchar(500)", "text"]) {
      await askedAtOnce();
      await holder.client.query(`ALTER TABLE statement_topic ALTER slug TYPE ${type}`);
      await askedAtOnce();
    }
  });

  it("A prepared statement keeps working when a column is added", async () => {
    const service = await serving();
    for (let i = 0; i < 4; i++) await service.ask(TOPICS);
    await holder.client.query("ALTER TABLE statement_topic ADD note text");
    closing.push(() => holder.client.query("ALTER TABLE statement_topic DROP note"));
    expect((await service.ask(TOPICS)).errors).toBeUndefined();
  });
});

describe("Broken connections", () => {
  it("A statement whose connection breaks is retried on a new one, so that the query succeeds", async () => {
    const service = await serving();
    await holder.hold("statement_topic");
    const asking = service.ask(TOPICS);
    await until(async () => (await holder.held()).length === 1);
    const [pid] = await holder.held();
    await holder.client.query("SELECT pg_terminate_backend($1)", [pid]);
    await holder.letGo();
    expect((await asking).data.topics).toHaveLength(5);
  });

  it("A query succeeds when all idle connections are broken unnoticed", async () => {
    const line = await relay();
    const service = await serving(line.url, { poolSize: 4 });
    await holder.hold("statement_topic");
    const asking = [1, 2, 3, 4].map(() => service.ask(TOPICS));
    await until(async () => (await service.get("/metrics")).text.includes(`state="busy"} 4`));
    await holder.letGo();
    await Promise.all(asking);
    line.breakWhenUsed();
    expect((await service.ask(WHO)).data.person.name).toBe("Rajnath Singh");
  });

  it("A statement whose connection breaks twice is answered UNAVAILABLE and is not tried a third time", async () => {
    const service = await serving();
    await service.ask(WHO);
    await holder.client.query(`
      ALTER TABLE statement_topic RENAME TO hidden;
      CREATE SEQUENCE tries;
      CREATE FUNCTION fatal() RETURNS SETOF hidden LANGUAGE plpgsql AS $$ BEGIN
        PERFORM nextval('tries'), pg_terminate_backend(pg_backend_pid()), pg_sleep(10);
      END $$;
      CREATE VIEW statement_topic AS SELECT * FROM fatal()`);
    closing.push(() =>
      holder.client.query(`DROP VIEW statement_topic; DROP FUNCTION fatal(); DROP SEQUENCE tries;
        ALTER TABLE hidden RENAME TO statement_topic`),
    );
    const { errors } = await service.ask(TOPICS);
    expect(errors!.map(({ extensions }) => extensions.code)).toEqual(["UNAVAILABLE"]);
    const { rows } = await holder.client.query("SELECT last_value::int AS tries FROM tries");
    expect(rows).toEqual([{ tries: 2 }]);
  });
});

describe("Settings of a role or a database", () => {
  /** What changes how values are written and how statements are read. */
  const ODD = {
    datestyle: "German",
    timezone: "Asia/Kathmandu",
    intervalstyle: "sql_standard",
    extra_float_digits: "-10",
    bytea_output: "escape",
    array_nulls: "off",
    transform_null_equals: "on",
    gin_fuzzy_search_limit: "1",
    default_transaction_isolation: "serializable",
    statement_timeout: "1ms",
    lock_timeout: "1ms",
  };

  async function oddDatabase(): Promise<string> {
    const odd = await freshDatabase();
    const client = new pg.Client(odd);
    await client.connect();
    const name = new URL(odd).pathname.slice(1);
    for (const [setting, value] of Object.entries(ODD)) {
      await client.query(`ALTER DATABASE ${name} SET ${setting} = '${value}'`);
    }
    await client.end();
    return odd;
  }

  async function exported(databaseUrl: string): Promise<string> {
    const dataSource = await createDataSource(databaseUrl).initialize();
    let text = "";
    for await (const part of exportRecords(dataSource)) text += part;
    await dataSource.destroy();
    return text;
  }

  it("Settings of the database change no answer, load or export", async () => {
    const odd = await oddDatabase();
    const dataSource = await createDataSource(odd).initialize();
    await loadAll(dataSource, [SHIPPED_RECORD]);
    await dataSource.destroy();
    expect(await exported(odd)).toBe(await exported(url));
    const [service, other] = [await serving(odd), await serving()];
    const { data } = await service.ask(DATES);
    expect(data.meeting.startDate).toBe("2024-11-20");
    expect(data).toEqual((await other.ask(DATES)).data);
  });

  it("PG* variables of the shell change no answer or export", async () => {
    const shell = {
      PGOPTIONS: "-c datestyle=German -c statement_timeout=1",
      PGDATESTYLE: "German",
    };
    Object.assign(process.env, shell);
    closing.push(async () => {
      for (const name of Object.keys(shell)) delete process.env[name];
    });
    const service = await serving();
    expect((await service.ask(DATES)).data.meeting.startDate).toBe("2024-11-20");
    expect(await exported(url)).toContain('"2024-11-20"');
  });

  it("The database URL may give settings, but not override those the service needs", async () => {
    await holder.client.query(
      "CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.person AS SELECT * FROM public.person",
    );
    closing.push(() => holder.client.query("DROP SCHEMA elsewhere CASCADE"));
    await holder.client.query("UPDATE elsewhere.person SET name = 'Elsewhere'");
    const options = "-c search_path=elsewhere,public -c datestyle=German";
    const service = await serving(`${url}?options=${encodeURIComponent(options)}`);
    expect((await service.ask(WHO)).data.person.name).toBe("Elsewhere");
    expect((await service.ask(DATES)).data.meeting.startDate).toBe("2024-11-20");
  });
});

describe("An unavailable database", () => {
  const LOG = { COMMUNIQUE_LOG_LEVEL: "info" };
  const toldOf = (service: Awaited<ReturnType<typeof serving>>) =>
    service
      .log()
      .map(({ msg, reason }) => [msg, reason])
      .filter(([msg]) => /^the database is/.test(String(msg)));

  it("The log says once why the database is unavailable, and once when it is back", async () => {
    const line = await relay();
    const service = await serving(line.url, {}, LOG);
    await line.cut();
    for (let i = 0; i < 5; i++) await service.ask(WHO);
    expect(toldOf(service)).toEqual([
      ["the database is unavailable", expect.stringMatching(/^connect ECONNREFUSED /)],
    ]);
    await line.restore();
    await until(async () => {
      expect((await service.ask(WHO)).data.person.name).toBe("Rajnath Singh");
      return toldOf(service).length > 1;
    });
    expect(toldOf(service)[1]).toEqual(["the database is available again", undefined]);
    await line.cut();
    await service.ask(WHO);
    expect(toldOf(service)).toHaveLength(3);
  });

  it("/ready gives the reason without names of hosts, users or databases", async () => {
    const reasonOf = async (service: Awaited<ReturnType<typeof serving>>) => {
      const { status, text } = await service.get("/ready");
      expect(status).toBe(503);
      return (JSON.parse(text) as { reason: string }).reason;
    };
    const line = await relay();
    const service = await serving(line.url, { requestTimeoutMs: 1_000 });
    await line.cut();
    expect(await reasonOf(service)).toBe("the database can't be reached: it refuses connections");

    await line.restore();
    line.pause();
    expect(await reasonOf(service)).toBe(
      "the database can't be reached: it does not respond in time",
    );

    await line.restore();
    const name = new URL(url).pathname.slice(1);
    await holder.client.query(`ALTER TABLE migration RENAME TO hidden`);
    closing.push(() => holder.client.query(`ALTER TABLE IF EXISTS hidden RENAME TO migration`));
    await until(async () => (await service.get("/ready")).text.includes("has not been migrated"));
    expect(await reasonOf(service)).not.toContain(name);
  });
});
