import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { DataSource } from "typeorm";
import { createDataSource } from "../src/db/data-source.js";
import { loadAll } from "../src/records/load/record.load.js";
import { freshDatabase } from "./harness/database.js";
import { kill, Mirror } from "./harness/mirror.js";
import { addRevisions } from "./harness/revisions.js";
import { SHIPPED_RECORD } from "./harness/service.js";
import { type ServingService, servingService } from "./harness/serving.js";
import { until } from "./harness/until.js";

jest.setTimeout(60_000);

let database: DataSource;
let service: ServingService;
let mirror: Mirror;

beforeEach(async () => {
  const url = await freshDatabase();
  database = await createDataSource(url).initialize();
  service = await servingService(url);
  mirror = await Mirror.of(service.address);
  await loadAll(database, [SHIPPED_RECORD]);
});
afterEach(async () => {
  await mirror.close();
  await service.close();
  await database.destroy();
});

const SINGH = { type: "PERSON", key: "rajnath-singh" } as const;
const AT = "2031-06-05T10:00:00Z";

describe("The example of a mirror", () => {
  it("A mirror holds the items of the record by type and key, with their fields", async () => {
    expect(await mirror.catchUp()).toBe("");
    const items = await mirror.items();
    expect(items.find(({ type, key }) => type === SINGH.type && key === SINGH.key)).toEqual({
      ...SINGH,
      fields: expect.objectContaining({ slug: SINGH.key, sortName: "Singh, Rajnath" }),
      merged_into: null,
    });
    expect(items.filter(({ type }) => type === "STATEMENT")).toHaveLength(14);
  });

  it("What is redacted leaves a mirror at once, what was merged leads on, and what comes back is there again", async () => {
    await mirror.catchUp();
    const [other] = (await mirror.items()).filter(
      ({ type, key }) => type === "PERSON" && key !== SINGH.key,
    );
    const ofBoth = async () =>
      (await mirror.items()).filter(
        ({ type, key }) => type === "PERSON" && [SINGH.key, other!.key].includes(key),
      );
    const merged = {
      kind: "MERGED",
      type: "PERSON",
      key: other!.key,
      mergedInto: SINGH.key,
    } as const;
    await addRevisions(database, [{ at: AT, changes: [merged] }]);
    expect(await mirror.catchUp()).toBe("");
    expect(await ofBoth()).toContainEqual({
      type: "PERSON",
      key: other!.key,
      fields: null,
      merged_into: SINGH.key,
    });
    const changes = [
      { ...SINGH, kind: "REDACTED" as const },
      { type: "PERSON" as const, key: other!.key, kind: "UNMERGED" as const },
    ];
    await addRevisions(database, [{ at: AT, changes }]);
    expect(await mirror.catchUp()).toBe("");
    expect(await ofBoth()).toEqual([other]);
  });

  it("A mirror that is killed in the middle of a page has applied nothing of it", async () => {
    await mirror.catchUp();
    const before = await mirror.items();
    await addRevisions(database, [{ at: AT, changes: [{ ...SINGH, kind: "REDACTED" }] }]);
    // It will wait for ever before it notes how far it is.
    await mirror.database.query(`
      CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(600); END';
      CREATE TRIGGER wait BEFORE UPDATE ON mirror_position FOR EACH ROW EXECUTE FUNCTION wait()`);
    const waiting = `FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()`;
    const follower = mirror.start("--once");
    await until(async () => {
      const found = await mirror.database.query<unknown[]>(`SELECT pid ${waiting}`);
      return found.length > 0;
    });
    await kill(follower);
    await mirror.database.query(`SELECT pg_terminate_backend(pid) ${waiting}`);
    expect(await mirror.items()).toEqual(before);
  });

  it("A mirror stops when the record is another one: restored from a backup", async () => {
    await mirror.catchUp();
    await database.query("UPDATE record_revision SET operation = gen_random_uuid()");
    expect(await mirror.catchUp()).toContain("the record was restored from a backup");
  });

  it("A mirror waits when the service fails, asks for less, and goes on where it was", async () => {
    const asked: number[] = [];
    const answer = async (request: IncomingMessage, response: ServerResponse) => {
      const body = await text(request);
      const { first } = (JSON.parse(body) as { variables: { first: number } }).variables;
      if (asked.push(first) < 3) return response.writeHead(503).end("busy");
      const { method, headers } = request;
      const type = { "content-type": headers["content-type"]! };
      const passed = await fetch(`${service.address}/graphql`, { method, headers: type, body });
      response.writeHead(passed.status).end(await passed.text());
    };
    const flaky = createServer((request, response) => void answer(request, response)).listen(
      0,
      "127.0.0.1",
    );
    await once(flaky, "listening");
    const { port } = flaky.address() as AddressInfo;
    const other = await Mirror.of(`http://127.0.0.1:${port}`);
    const follower = other.start("--every", "0.05");
    await mirror.catchUp();
    const all = await mirror.items();
    await until(async () => asked.length > 3 && (await other.items()).length === all.length);
    await kill(follower);
    expect(asked.slice(0, 4)).toEqual([100, 50, 25, 100]);
    expect(await other.items()).toEqual(all);
    await other.close();
    flaky.closeAllConnections();
    flaky.close();
  });
});
