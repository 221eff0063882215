import { parseConfig } from "../src/config.js";
import { openDatabase } from "../src/db/open-database.js";
import { freshDatabase } from "./harness/database.js";
import { pgBouncerBefore } from "./harness/pgbouncer.js";
import { type Holder, holderOf } from "./harness/holder.js";
import { recordedDatabase, servingService } from "./harness/serving.js";
import { until } from "./harness/until.js";

/** All that docs/operations.md asks of PgBouncer. */
const ENOUGH = { ignore_startup_parameters: "options" };
const HEADLINE = `query Headline { person(slug: "rajnath-singh") { statements { totalCount } } }`;
const TOPICS = `query Topics { topics { label } }`;

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

async function pooler(databaseUrl: string, settings: Parameters<typeof pgBouncerBefore>[1]) {
  const started = await pgBouncerBefore(databaseUrl, settings);
  closing.push(() => started.close());
  return started;
}

async function serving(
  limits: Parameters<typeof servingService>[1] = {},
  settings: Parameters<typeof pgBouncerBefore>[1] = ENOUGH,
) {
  const { url: pooled } = await pooler(url, settings);
  const service = await servingService(pooled, limits);
  closing.push(() => service.close());
  return service;
}

describe("PgBouncer in transaction mode", () => {
  it("Behind PgBouncer, a request over its time is answered TIMEOUT and its statement is cancelled", async () => {
    // Connections of other numbers at the server than at the pooler: nothing else must be cancelled.
    const service = await serving({ requestTimeoutMs: 500, poolSize: 2 });
    await Promise.all([service.ask(HEADLINE), service.ask(HEADLINE)]);
    await holder.hold("statement_topic");
    const asking = service.ask(TOPICS);
    await until(async () => (await holder.held()).length === 1);
    const { errors } = await asking;
    expect(errors!.map(({ extensions }) => extensions.code)).toEqual(["TIMEOUT"]);
    await until(async () => (await holder.held()).length === 0);
  });

  it("Behind PgBouncer, connections can be used again after their statements were cancelled", async () => {
    const service = await serving({ requestTimeoutMs: 500, poolSize: 2 });
    await holder.hold("statement_topic");
    await Promise.all(Array.from({ length: 6 }, () => service.ask(TOPICS)));
    await holder.letGo();
    for (let i = 0; i < 4; i++) expect((await service.ask(TOPICS)).data.topics).toHaveLength(5);
  });

  it("Behind PgBouncer, prepared statements work on whichever server connection they get", async () => {
    const service = await serving({ poolSize: 6 }, { ...ENOUGH, default_pool_size: 3 });
    const asked = Array.from({ length: 60 }, () => service.ask(HEADLINE));
    for (const { data } of await Promise.all(asked)) {
      expect(data.person.statements.totalCount).toBe(14);
    }
  });

  it("Statements work behind a PgBouncer that does not support prepared statements", async () => {
    const settings = { ...ENOUGH, default_pool_size: 3, max_prepared_statements: 0 };
    const service = await serving({ poolSize: 6 }, settings);
    for (let i = 0; i < 5; i++) {
      const asked = Array.from({ length: 12 }, () => service.ask(HEADLINE));
      for (const { errors } of await Promise.all(asked)) expect(errors).toBeUndefined();
    }
  });

  it("Behind PgBouncer, a statement is prepared again when a column's type has changed", async () => {
    const service = await serving();
    const slugs = "query Slugs { topics { slug } }";
    for (let i = 0; i < 5; i++) await service.ask(slugs);
    await holder.client.query("ALTER TABLE statement_topic ALTER slug TYPE varchar(500)");
    closing.push(() => holder.client.query("ALTER TABLE statement_topic ALTER slug TYPE text"));
    for (let i = 0; i < 3; i++) expect((await service.ask(slugs)).data.topics).toHaveLength(5);
  });

  it("Behind PgBouncer, dates stay the same when the database has another DateStyle", async () => {
    await holder.client
      .query(`DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET datestyle = German',
      current_database()); END $$`);
    const service = await serving();
    const { data } = await service.ask(
      `{ meeting(slug: "singh-dong-vientiane-2024") { startDate } }`,
    );
    expect(data.meeting.startDate).toBe("2024-11-20");
  });

  it("The log names the settings left out behind PgBouncer, unless the database has them", async () => {
    expect((await serving()).log()).toContainEqual(
      expect.objectContaining({
        level: 40,
        settings: expect.arrayContaining([
          "jit",
          "plan_cache_mode",
          "random_page_cost",
          "statement_timeout",
        ]),
      }),
    );
    for (const setting of [
      "plan_cache_mode = force_generic_plan",
      "jit = off",
      "random_page_cost = 1.1",
      "statement_timeout = '300ms'",
    ]) {
      await holder.client
        .query(`DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET ${setting.replaceAll("'", "''")}',
        current_database()); END $$`);
    }
    const service = await serving();
    expect(service.log()).toEqual([]);
    await holder.hold("statement_topic");
    const { errors } = await service.ask(TOPICS);
    expect(errors![0]!.extensions.code).toBe("TIMEOUT");
  });

  it("Several services that start at once migrate the database through PgBouncer", async () => {
    const { url: pooled } = await pooler(await freshDatabase(), ENOUGH);
    const config = { databaseUrl: pooled, dataDirectory: "" };
    for (let i = 0; i < 2; i++) {
      const opened = await Promise.all([1, 2, 3].map(() => openDatabase(config, () => {})));
      for (const { close } of opened) await close();
    }
  });

  it("The start error says which setting PgBouncer needs when it refuses the connection", async () => {
    const { url: pooled } = await pooler(url, {});
    const config = { ...parseConfig({}), databaseUrl: pooled };
    await expect(openDatabase(config, () => {})).rejects.toThrow(
      "PgBouncer needs ignore_startup_parameters = options",
    );
  });
});
