import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import pg from "pg";
import { createDataSource } from "../src/db/data-source.js";
import { loadAll } from "../src/records/load/record.load.js";
import { freshDatabase } from "./harness/database.js";
import { SHIPPED_RECORD } from "./harness/service.js";
import { ask } from "./harness/serving.js";
import { standbyOf } from "./harness/standby.js";
import { until } from "./harness/until.js";

const ROOT = resolve(__dirname, "..");
const HEADLINE = `{ person(slug: "rajnath-singh") { statements { totalCount } } }`;

jest.setTimeout(60_000);

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A standby of a database of which this number of the newest migrations are reverted. */
async function standby({ records = [SHIPPED_RECORD], undone = 0 } = {}): Promise<string> {
  const server = await standbyOf(async (url) => {
    const dataSource = await createDataSource(url).initialize();
    if (records.length > 0) await loadAll(dataSource, records);
    for (let i = 0; i < undone; i++) await dataSource.undoLastMigration();
    await dataSource.destroy();
  });
  closing.push(() => server.close());
  return server.url;
}

/** Runs the command on a database, to its end or until what it says has these words. */
async function communique(url: string, args: string[], words?: RegExp) {
  const env = { ...process.env, DATABASE_URL: url, PORT: "0" };
  const child = spawn(process.execPath, ["bin/communique.js", ...args], { cwd: ROOT, env });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
  const ended = once(child, "close");
  closing.push(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  if (words) await until(async () => words.test(said) || child.exitCode !== null);
  else await ended;
  return { code: child.exitCode, said, address: /http:\S+(?=\/graphql)/.exec(said)?.[0] };
}

describe("A standby as the database", () => {
  it("The service serves from a standby whose schema is current", async () => {
    const url = await standby();
    const { address } = await communique(url, ["start"], /POST http/);
    expect((await ask(address!, HEADLINE)).data.person.statements.totalCount).toBe(14);
    expect((await fetch(`${address}/ready`)).status).toBe(200);
  });

  it("The service serves an empty record from a standby without records", async () => {
    const url = await standby({ records: [] });
    const { address, said } = await communique(url, ["start"], /POST http/);
    expect(said).toContain("The database is read-only and has no records yet.");
    expect((await ask(address!, HEADLINE)).data.person).toBeNull();
  });

  it("A standby that lacks migrations is refused with their number and what to do", async () => {
    const { code, said } = await communique(await standby({ undone: 2 }), ["start"]);
    expect(said.trim().split("\n")).toEqual([
      expect.stringMatching(
        / is a standby, which is read-only, and 2 of the \d+ migrations of this version are pending\.$/,
      ),
      "Run `communique migrate` on its primary, and start again when the standby has replayed it.",
    ]);
    expect(code).toBe(2);
  });

  it("A standby without any schema is refused as lacking all migrations", async () => {
    const server = await standbyOf(async () => {}, { migrated: false });
    closing.push(() => server.close());
    const { said } = await communique(server.url, ["migrate"]);
    expect(said).toMatch(/(\d+) of the \1 migrations of this version are pending/);
  });

  it("A standby can be exported from, but not loaded into", async () => {
    const url = await standby();
    expect((await communique(url, ["export"])).said).toContain("communique-record/1");
    const { code, said } = await communique(url, ["load", SHIPPED_RECORD]);
    expect(said.trim()).toBe(
      "The database in DATABASE_URL is a standby, which is read-only. Load into its primary, as its owner.",
    );
    expect(code).toBe(2);
  });
});

describe("A read-only database", () => {
  it("A database that is read-only for its user is served, and refused when it lacks migrations", async () => {
    const url = await freshDatabase();
    const client = new pg.Client(url);
    await client.connect();
    closing.push(() => client.end());
    const name = new URL(url).pathname.slice(1);
    await client.query(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
    const { address } = await communique(url, ["start"], /POST http/);
    expect((await ask(address!, HEADLINE)).data.person).toBeNull();

    await client.query("DELETE FROM migration WHERE id = (SELECT max(id) FROM migration)");
    const { said } = await communique(url, ["start"]);
    expect(said).toContain(
      "is read-only for its user (default_transaction_read_only), and 1 of the",
    );
  });
});
