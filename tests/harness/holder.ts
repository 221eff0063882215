import pg from "pg";

export type Holder = Awaited<ReturnType<typeof holderOf>>;

/** Holds table locks, so that other statements wait as if the database were busy. */
export async function holderOf(url: string) {
  const client = new pg.Client(url);
  await client.connect();
  return {
    client,
    /** Locks a table: every statement that reads it waits from now on. */
    async hold(table: string) {
      await client.query("BEGIN");
      await client.query(`LOCK TABLE ${table}`);
    },
    /** The server's processes that wait so. */
    async held(): Promise<number[]> {
      // Inside a transaction the view would go on showing what it showed first.
      await client.query("SELECT pg_stat_clear_snapshot()");
      const { rows } = await client.query<{ pid: number }>(
        `SELECT pid FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return rows.map(({ pid }) => pid);
    },
    async letGo() {
      await client.query("ROLLBACK");
    },
    close: () => client.end(),
  };
}
