import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { parseConfig } from "../src/config.js";
import { createDataSource } from "../src/db/data-source.js";
import { startEmbedded } from "../src/embedded/embedded.js";
import { openDatabase } from "../src/db/open-database.js";
import { loadAll } from "../src/records/load/record.load.js";
import { freshDatabase } from "./harness/database.js";
import { preparedDirectory } from "./harness/prepared.js";
import { relayTo } from "./harness/relay.js";
import { SHIPPED_RECORD } from "./harness/service.js";
import { ask, servingService } from "./harness/serving.js";
import { until } from "./harness/until.js";

const COMMAND = join(__dirname, "../bin/communique.js");
const HEADLINE = `query Headline { person(slug: "rajnath-singh") { statements(filter: { places: ["vientiane"] }) { totalCount } } }`;
const STATEMENTS = `query Statements { topics { slug } statements { nodes { id } } }`;

let url: string;
let busy: pg.Client;
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  url = await freshDatabase();
  const dataSource = await createDataSource(url).initialize();
  await loadAll(dataSource, [SHIPPED_RECORD]);
  await dataSource.destroy();
  busy = new pg.Client(url);
  await busy.connect();
});
afterAll(() => busy.end());
afterEach(async () => {
  await busy.query("ROLLBACK");
  for (const close of closing.splice(0).reverse()) await close();
});

async function serving(
  ...settings: Parameters<typeof servingService> extends [string, ...infer R] ? R : never
) {
  const service = await servingService(url, ...settings);
  closing.push(() => service.close());
  return service;
}

/** Lets every statement that reads statements wait, as a busy or broken database would. */
async function holdStatements() {
  await busy.query("BEGIN");
  await busy.query("LOCK TABLE statement");
}

/** Where a service listens, once it says so. */
function addressOf(child: ChildProcessWithoutNullStreams): Promise<string> {
  return new Promise((up) => {
    child.stdout.on("data", (text) => {
      const found = /http:\S+(?=\/graphql)/.exec(String(text));
      if (found) up(found[0]);
    });
  });
}

/** How many statements of the service the database is working at. */
async function underWay(name: string): Promise<number> {
  // Inside a transaction the view would go on showing what it showed first.
  await busy.query("SELECT pg_stat_clear_snapshot()");
  const { rows } = await busy.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_stat_activity
     WHERE state = 'active' AND datname = current_database() AND query LIKE $1`,
    [`/* ${name} */%`],
  );
  return rows[0]!.count;
}

describe("Health and readiness", () => {
  it("/ready answers ready when the database can be reached and has every migration", async () => {
    const service = await serving();
    expect(await service.get("/health")).toEqual({ status: 200, text: `{"status":"ok"}` });
    expect(await service.get("/ready")).toEqual({ status: 200, text: `{"status":"ready"}` });
  });

  it("/health answers ok and /ready fails when the database lacks migrations", async () => {
    const old = await freshDatabase();
    const dataSource = await createDataSource(old).initialize();
    await dataSource.undoLastMigration();
    await dataSource.destroy();
    const service = await servingService(old);
    closing.push(() => service.close());
    expect((await service.get("/health")).status).toBe(200);
    expect(await service.get("/ready")).toEqual({
      status: 503,
      text: `{"status":"not ready","reason":"migrations of the database are pending"}`,
    });
  });
});

describe("Timeouts", () => {
  it("A field over the request timeout is TIMEOUT, the others are answered, and its SQL is cancelled", async () => {
    const service = await serving({ requestTimeoutMs: 2_000 });
    await holdStatements();
    const asking = service.ask(STATEMENTS);
    await until(async () => (await underWay("statements")) === 1);
    const { data, errors } = await asking;
    expect(data.topics).toHaveLength(5);
    expect(data.statements).toBeNull();
    expect(errors!.map(({ extensions }) => extensions.code)).toEqual(["TIMEOUT"]);
    // The answer does not wait for the end of what it has cancelled.
    await until(async () => (await underWay("statements")) === 0);
  });

  it("A statement over the statement timeout is answered TIMEOUT", async () => {
    const service = await serving({ statementTimeoutMs: 300 });
    await holdStatements();
    const { errors } = await service.ask(STATEMENTS);
    expect(errors!.map(({ extensions }) => extensions.code)).toEqual(["TIMEOUT"]);
  });

  it("A connection can be used again after a timeout", async () => {
    const service = await serving({ requestTimeoutMs: 300, poolSize: 1 });
    await holdStatements();
    await service.ask(STATEMENTS);
    await busy.query("ROLLBACK");
    expect((await service.ask(STATEMENTS)).data.statements.nodes).toHaveLength(14);
  });
});

describe("A database that hangs", () => {
  it("A request is answered TIMEOUT when the database does not respond", async () => {
    const relay = await relayTo(url);
    closing.push(() => relay.close());
    const service = await servingService(relay.url, { requestTimeoutMs: 500 });
    closing.push(() => service.close());
    await service.ask(HEADLINE);
    relay.pause();
    const began = performance.now();
    const { errors } = await service.ask(HEADLINE);
    expect(errors![0]!.extensions.code).toBe("TIMEOUT");
    expect(performance.now() - began).toBeLessThan(3_000);
  });
});

describe("Overload", () => {
  it("Requests are answered UNAVAILABLE when too many statements wait for a connection", async () => {
    const service = await serving({ poolSize: 1, poolQueue: 2, requestTimeoutMs: 1_000 });
    await holdStatements();
    const answers = await Promise.all(Array.from({ length: 8 }, () => service.ask(HEADLINE)));
    const codes = answers.map(({ errors }) => errors?.[0]!.extensions.code);
    expect(new Set(codes)).toEqual(new Set(["TIMEOUT", "UNAVAILABLE"]));
  });

  it("Each of 500 requests at once gets its data or UNAVAILABLE", async () => {
    const service = await serving({ poolSize: 4 });
    const answers = await Promise.all(Array.from({ length: 500 }, () => service.ask(HEADLINE)));
    const outcomes = answers.map(
      ({ data, errors }) => errors?.[0]!.extensions.code ?? data.person.statements.totalCount,
    );
    expect(outcomes.every((outcome) => outcome === 14 || outcome === "UNAVAILABLE")).toBe(true);
    expect(outcomes).toContain(14);
    expect((await service.ask(HEADLINE)).data.person.statements.totalCount).toBe(14);
  });

  it("A body over the limit is refused with 413", async () => {
    const service = await serving({ bodyLimit: 1_024 });
    const response = await fetch(`${service.address}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: `# ${"x".repeat(2_000)}\n{ topics { slug } }` }),
    });
    expect(response.status).toBe(413);
  });
});

describe("A lost database", () => {
  it("While the database is lost, answers are UNAVAILABLE within 2 s and /ready fails, until it is back", async () => {
    const directory = await mkdtemp(join(tmpdir(), "communique-lost-"));
    closing.push(() => rm(directory, { recursive: true, force: true }));
    await preparedDirectory(directory);
    const config = { ...parseConfig({}), dataDirectory: directory };
    const database = await openDatabase(config, () => {});
    await loadAll(database.dataSource, [SHIPPED_RECORD]);
    // The server takes another port each time it starts; what the service knows stays the same.
    const relay = await relayTo(database.url);
    closing.push(() => relay.close());
    const service = await servingService(relay.url);
    closing.push(() => service.close());
    expect((await service.ask(HEADLINE)).data.person.statements.totalCount).toBe(14);

    await database.close();
    for (let i = 0; i < 3; i++) {
      const began = performance.now();
      const { errors } = await service.ask(HEADLINE);
      expect(errors![0]!.extensions.code).toBe("UNAVAILABLE");
      expect(performance.now() - began).toBeLessThan(2_000);
    }
    expect(await service.get("/ready")).toEqual({
      status: 503,
      text: `{"status":"not ready","reason":"the database can't be reached"}`,
    });
    expect((await service.get("/health")).status).toBe(200);

    const back = await startEmbedded({ directory });
    relay.leadTo(back.url("postgres"));
    closing.push(() => back.stop());
    expect((await service.ask(HEADLINE)).data.person.statements.totalCount).toBe(14);
    expect((await service.get("/ready")).status).toBe(200);
  });
});

describe("Output to stderr", () => {
  it("A query with many fields at once writes nothing to stderr", async () => {
    const env = { ...process.env, DATABASE_URL: url, PORT: "0" };
    const child = spawn(process.execPath, [COMMAND, "start"], { env });
    closing.push(async () => child.kill("SIGKILL"));
    let stderr = "";
    child.stderr.on("data", (text) => (stderr += String(text)));
    const lists = Array.from({ length: 12 }, (_, i) => {
      return `y${i}: statements(filter: { date: { from: "${2000 + i}" } }) { totalCount }`;
    });
    const { data } = await ask(await addressOf(child), `{ ${lists.join(" ")} }`);
    expect(data.y0.totalCount).toBe(14);
    child.kill("SIGTERM");
    await once(child, "close");
    expect(stderr).toBe("");
  });
});

describe("Metrics, logs and traces", () => {
  it("The metrics count requests by operation and outcome, and SQL statements by name", async () => {
    const service = await serving();
    await service.ask(HEADLINE);
    await service.ask(`{ country(code: "india") { name } }`);
    await service.ask(`query Broken { nonsense }`);
    const { text } = await service.get("/metrics");
    expect(text).toContain(`communique_requests_total{operation="Headline",outcome="ok"} 1`);
    expect(text).toContain(
      `communique_requests_total{operation="anonymous",outcome="BAD_USER_INPUT"} 1`,
    );
    expect(text).toMatch(
      /communique_requests_total\{operation="\w+",outcome="GRAPHQL_VALIDATION_FAILED"\} 1/,
    );
    expect(text).toContain(`communique_sql_duration_seconds_count{statement="peopleBySlugs"} 1`);
    expect(text).toContain(`communique_pool_connections{server="primary",state="idle"}`);
    expect(text).toContain("nodejs_eventloop_lag_seconds");
  });

  it('The metrics count operations under "other" when there are too many names', async () => {
    const service = await serving();
    const names = Array.from({ length: 220 }, (_, i) => `Operation${i}`);
    await Promise.all(names.map((name) => service.ask(`query ${name} { topics { slug } }`)));
    const { text } = await service.get("/metrics");
    expect(text).toMatch(/communique_requests_total\{operation="other",outcome="ok"\} 20/);
  });

  it("The log has one line for each operation, without the values of its variables", async () => {
    const log = { ...parseConfig({}).log, level: "info" as const };
    const service = await serving({}, { log });
    await service.ask(`query Who($slug: String!) { person(slug: $slug) { name } }`, {
      slug: "rajnath-singh",
    });
    const lines = service.log().filter(({ msg }) => msg === "operation completed");
    expect(lines).toEqual([
      expect.objectContaining({
        operation: "Who",
        outcome: "ok",
        cost: 1,
        sql: 1,
        requestId: expect.any(String),
      }),
    ]);
    expect(JSON.stringify(lines)).not.toContain("rajnath-singh");
  });

  it("The log has the values of variables when this is set", async () => {
    const log = { ...parseConfig({}).log, level: "info" as const, variables: true };
    const service = await serving({}, { log });
    await service.ask(`query Who($slug: String!) { person(slug: $slug) { name } }`, {
      slug: "rajnath-singh",
    });
    expect(service.log()).toContainEqual(
      expect.objectContaining({ variables: { slug: "rajnath-singh" } }),
    );
  });

  it("The log names slow SQL statements", async () => {
    const log = { ...parseConfig({}).log, slowSqlMs: 50 };
    const service = await serving({}, { log });
    await holdStatements();
    const asking = service.ask(STATEMENTS);
    await sleep(200);
    await busy.query("ROLLBACK");
    await asking;
    expect(service.log()).toContainEqual(
      expect.objectContaining({ msg: "slow SQL", statement: "statements", ms: expect.any(Number) }),
    );
  });

  it("A trace has a span for each operation, and one under it for each SQL statement", async () => {
    const received: string[] = [];
    const collector = createServer((request, response) => {
      let body = "";
      request
        .on("data", (chunk) => (body += chunk))
        .on("end", () => {
          received.push(body);
          response.setHeader("content-type", "application/json").end("{}");
        });
    });
    await new Promise<void>((listening) => collector.listen(0, "127.0.0.1", listening));
    closing.push(async () => collector.close());
    const { port } = collector.address() as AddressInfo;
    // In a process of its own: the exporter loads itself in a way that jest does not support.
    const OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${port}`;
    const env = { ...process.env, DATABASE_URL: url, PORT: "0", OTEL_EXPORTER_OTLP_ENDPOINT };
    const child = spawn(process.execPath, [COMMAND, "start"], { env });
    closing.push(async () => child.kill("SIGKILL"));
    await ask(await addressOf(child), HEADLINE);
    child.kill("SIGTERM");
    await once(child, "exit");
    const { resourceSpans } = JSON.parse(received[0]!);
    const spans = resourceSpans[0].scopeSpans[0].spans as {
      name: string;
      spanId: string;
      parentSpanId?: string;
      attributes: unknown[];
    }[];
    const operation = spans.find(({ name }) => name === "GraphQL Headline")!;
    expect(
      spans.filter((span) => span.parentSpanId === operation.spanId).map(({ name }) => name),
    ).toEqual(["SQL peopleBySlugs", "SQL statementsOfPersonCount"]);
    expect(operation.attributes).toEqual([
      { key: "graphql.operation.type", value: { stringValue: "query" } },
      { key: "graphql.operation.name", value: { stringValue: "Headline" } },
    ]);
    expect(JSON.stringify(resourceSpans[0].resource)).toContain("communique");
  });
});
