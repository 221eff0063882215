import pg from "pg";

export type Holder = Awaited<ReturnType<typeof holderOf>>;

/** Somebody who lets statements of others on a database wait, as if it were busy. */
export async function holderOf(url: string) {
  const client = new pg.Client(url);
  await client.connect();
  return {
    client,
    /** Lets every statement that reads a table wait from now on. */
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
