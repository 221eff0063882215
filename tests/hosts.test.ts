import { createDataSource } from "../src/db/data-source.js";
import { connect } from "../src/db/open-database.js";
import { freshDatabase } from "./harness/database.js";

/** Where nothing listens. */
const DEAD = "127.0.0.1:1";

/** The URL of a database at several hosts; `LIVE` stands for that of its own. */
async function urlAt(hosts: string[], parameters = ""): Promise<string> {
  const url = await freshDatabase();
  const { host } = new URL(url);
  return url.replace(host, hosts.join().replace("LIVE", host)) + parameters;
}

/** Connects, and returns whether the database is read-only; or throws why it can't be connected to. */
async function kindOf(url: string) {
  const dataSource = createDataSource(url);
  try {
    return await connect(dataSource);
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
  }
}

describe("A URL with several hosts", () => {
  it.each(["", "?target_session_attrs=any", "?target_session_attrs=read-write"])(
    "A host that does not answer is passed over: %j",
    async (parameters) => {
      expect(await kindOf(await urlAt([DEAD, "LIVE"], parameters))).toBeNull();
    },
  );

  it("A host that is read-only is no primary, and any other is", async () => {
    const url = await urlAt(["LIVE"], "?target_session_attrs=read-write");
    const dataSource = await createDataSource(url).initialize();
    const { pathname } = new URL(url);
    await dataSource.query(
      `ALTER DATABASE ${pathname.slice(1)} SET default_transaction_read_only = on`,
    );
    await dataSource.destroy();
    await expect(kindOf(url)).rejects.toThrow(
      /none of the hosts accepts writes \(.*: it is a standby, or read-only\)/,
    );
    expect(await kindOf(url.replace("read-write", "any"))).toBe("user");
  });

  it("The error says of each host why it can't be used, without the password", async () => {
    const url = await urlAt([DEAD, DEAD], "?target_session_attrs=primary");
    const error = (await kindOf(url).catch((each: unknown) => each)) as Error;
    expect(error.message.match(/127\.0\.0\.1:1\/\w+: connect ECONNREFUSED/g)).toHaveLength(2);
    const { password } = new URL(url.replace(`${DEAD},${DEAD}`, DEAD));
    if (password) expect(error.message).not.toContain(password);
  });
});
