import { join, resolve } from "node:path";
import pg from "pg";
import { recordedDatabase, servingService } from "./serving.js";
import { until } from "./until.js";

export const FRONTENDS = resolve(__dirname, "../../examples/frontends");

export type FrontendService = Awaited<ReturnType<typeof frontendService>>;

/** A service for the clients of examples/frontends, and what they send to it. */
export async function frontendService(environment: Record<string, string> = {}) {
  const url = await recordedDatabase();
  const trusted = join(FRONTENDS, "relay/trusted");
  const service = await servingService(
    url,
    {},
    {},
    {
      COMMUNIQUE_LOG_LEVEL: "info",
      COMMUNIQUE_TRUSTED_DOCUMENTS: trusted,
      ...environment,
    },
  );
  const outcomes = () => service.log().filter(({ outcome }) => outcome === "CLIENT_LEFT").length;

  /** Asks while a table is locked, and leaves. Fails if the service goes on waiting for it. */
  async function askAndLeave(ask: () => () => void): Promise<void> {
    const database = new pg.Client(url);
    await database.connect();
    const waiting = async () => {
      const { rows } = await database.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM pg_locks l JOIN pg_database d ON d.oid = l.database
         WHERE d.datname = current_database() AND NOT granted`,
      );
      return rows[0]!.count;
    };
    const before = outcomes();
    try {
      await database.query("BEGIN");
      await database.query("LOCK TABLE person");
      const leave = ask();
      await until(async () => (await waiting()) > 0);
      leave();
      await until(async () => (await waiting()) === 0);
      await until(async () => outcomes() === before + 1);
    } finally {
      await database.end();
    }
  }
  return { ...service, askAndLeave };
}

/** Watches `fetch`: what is sent, by method, and whether the document goes with it. `rename` changes a name in answers, as a load would. */
export function watchFetch() {
  const sent: string[] = [];
  let names: [before: string, after: string] | undefined;
  const real = globalThis.fetch;
  const spy = jest.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const method = init?.method ?? "GET";
    const asked = method === "GET" ? new URL(input as string).search : (init!.body as string);
    sent.push(`${method} ${/[?&]query=|"query":/.test(asked) ? "text" : "hash"}`);
    const response = await real(input, init);
    if (!names) return response;
    const { status, headers } = response;
    return new Response((await response.text()).replaceAll(...names), { status, headers });
  });
  return {
    sent,
    rename: (before: string, after: string) => void (names = [before, after]),
    stop: () => spy.mockRestore(),
  };
}
