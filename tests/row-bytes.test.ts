import { GraphQLError } from "graphql";
import type { DataSource } from "typeorm";
import { parseConfig } from "../src/config.js";
import { createDataSource, poolOf } from "../src/db/data-source.js";
import { RowsTooLarge } from "../src/db/db.errors.js";
import { Deadline, requestSql } from "../src/db/request-sql.js";
import { errorFormatter } from "../src/errors.js";
import { openServers, type Servers } from "../src/db/servers.js";
import { freshDatabase } from "./harness/database.js";

const MB = 1_000_000;
const rowsOf = (bytes: number) => `SELECT repeat('x', ${bytes}) AS text`;

let url: string;
let dataSource: DataSource;
let servers: Servers;

beforeAll(async () => {
  url = await freshDatabase();
  const { limits } = parseConfig({});
  dataSource = await createDataSource(url, limits).initialize();
  const log = { info: () => {}, warn: () => {} };
  servers = await openServers(poolOf(dataSource), false, [], { ...limits, migrations: 0, log });
});
afterAll(async () => {
  await servers.close();
  await dataSource.destroy();
});

const request = (maxBytes?: number) => requestSql(servers, { deadline: new Deadline(), maxBytes });

test("Rows of more bytes than a request may read are given up while they arrive", async () => {
  const before = process.memoryUsage().rss;
  await expect(request(MB).query("large", rowsOf(200 * MB))).rejects.toThrow(RowsTooLarge);
  expect(process.memoryUsage().rss - before).toBeLessThan(100 * MB);
  expect(await request(MB).query("small", rowsOf(3))).toEqual([{ text: "xxx" }]);
});

test("All statements of a request share its limit, and each request has its own", async () => {
  const sql = request(MB);
  const texts = await sql.query<{ text: string }>("first", rowsOf(0.6 * MB));
  expect(texts[0]!.text).toHaveLength(0.6 * MB);
  await expect(sql.query("second", rowsOf(0.6 * MB))).rejects.toThrow(RowsTooLarge);
  await expect(sql.query("third", rowsOf(3))).rejects.toThrow(RowsTooLarge);
  expect(await request(MB).query("other", rowsOf(0.6 * MB))).toHaveLength(1);
});

test("Many statements at once that exceed it together all end, and connections are free again", async () => {
  const sql = request(MB);
  const ended = await Promise.allSettled(
    Array.from({ length: 20 }, (_, i) => sql.query(`many${i}`, rowsOf(0.2 * MB))),
  );
  const failed = ended.filter(({ status }) => status === "rejected");
  expect(failed.length).toBeGreaterThanOrEqual(15);
  expect(await request(MB).query("after", rowsOf(3))).toEqual([{ text: "xxx" }]);
});

test("A client reads ANSWER_TOO_LARGE with the limit", () => {
  const error = new GraphQLError("failed", {
    path: ["people"],
    originalError: new RowsTooLarge(4_096),
  });
  expect(errorFormatter(true)({ message: "failed", path: ["people"] }, error)).toMatchObject({
    path: ["people"],
    message:
      "The rows for this request are larger than the limit of 4096 bytes. " +
      "Request smaller pages (`first`) or fewer fields.",
    extensions: { code: "ANSWER_TOO_LARGE" },
  });
});
