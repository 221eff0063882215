import pg from "pg";
import type { DataSource } from "typeorm";
import { createDataSource } from "../src/db/data-source.js";
import { addRevisions } from "./harness/revisions.js";
import { type ServingService, servingService } from "./harness/serving.js";
import { primaryWithStandby } from "./harness/standby.js";
import { until } from "./harness/until.js";

jest.setTimeout(120_000);

let servers: Awaited<ReturnType<typeof primaryWithStandby>>;
let primary: DataSource;
let standby: pg.Client;
let ofPrimary: ServingService;
let ofStandby: ServingService;

beforeAll(async () => {
  servers = await primaryWithStandby();
  primary = await createDataSource(servers.primary).initialize();
  standby = new pg.Client(servers.standby);
  await standby.connect();
  ofPrimary = await servingService(servers.primary);
  // As behind an address of its own: it asks the replica as long as that is up.
  ofStandby = await servingService(
    servers.primary,
    {},
    {},
    { DATABASE_URL: servers.primary, DATABASE_REPLICA_URLS: servers.standby },
  );
});
afterAll(async () => {
  await ofStandby.close();
  await ofPrimary.close();
  await standby.end();
  await primary.destroy();
  await servers.close();
});

const PER_REVISION = 5;

/** The ids of all changes that were made. */
const made: string[] = [];

/** Makes this number of revisions on the primary. */
async function revise(count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const number = made.length / PER_REVISION + 1;
    const ordinals = Array.from({ length: PER_REVISION }, (_, at) => at + 1);
    const changes = ordinals.map((ordinal) => ({
      kind: "REMOVED" as const,
      type: "PERSON" as const,
      key: `gull-${number}-${ordinal}`,
      old: { name: "Gull" },
    }));
    await addRevisions(primary, [{ at: "2031-06-05T10:00:00Z", changes }]);
    made.push(...ordinals.map((ordinal) => `${number}.${ordinal}`));
  }
}

const standbyHas = async (revision: number) => {
  const { rows } = await standby.query("SELECT max(number) AS number FROM record_revision");
  return rows[0].number === revision;
};

/** A client that keeps to its cursor, whoever answers. */
class Follower {
  readonly seen: string[] = [];
  after: string | null = null;

  constructor(private readonly filter: object) {}

  /** Asks for the next changes; returns how many there were. */
  async ask(service: ServingService): Promise<number> {
    const { data, errors } = await service.ask(
      `query ($first: Int, $after: String, $kinds: [RecordChangeKind!]) {
        recordChanges(first: $first, after: $after, kinds: $kinds) {
          nodes { id fields { field } } pageInfo { endCursor hasNextPage } } }`,
      { first: 4, after: this.after, ...this.filter },
    );
    expect(errors).toBeUndefined();
    const { nodes, pageInfo } = data.recordChanges;
    if (nodes.length === 0) expect(pageInfo).toEqual({ endCursor: this.after, hasNextPage: false });
    for (const { id } of nodes) this.seen.push(id);
    this.after = pageInfo.endCursor;
    return nodes.length;
  }
}

it.each([
  ["all changes", {}],
  ["changes of two kinds", { kinds: ["REMOVED", "ADDED"] }],
])(
  "Who follows %s at a replica that lags and at the primary in turn gets each once",
  async (_, filter) => {
    const follower = new Follower(filter);
    await revise(3);
    await until(() => standbyHas(made.length / PER_REVISION));
    const known = made.length;
    await standby.query("SELECT pg_wal_replay_pause()");
    await until(async () => {
      const { rows } = await standby.query("SELECT pg_get_wal_replay_pause_state() AS state");
      return rows[0].state === "paused";
    });
    await revise(3);

    // The replica ends where it is; the primary goes on from there.
    while ((await follower.ask(ofStandby)) > 0);
    expect(follower.seen).toEqual(made.slice(0, known));
    await follower.ask(ofPrimary);
    expect(follower.seen).toEqual(made.slice(0, known + 4));
    // The replica does not know what the cursor names.
    expect(await follower.ask(ofStandby)).toBe(0);
    for (let i = 0; i < 2; i++) {
      await follower.ask(ofPrimary);
      expect(await follower.ask(ofStandby)).toBe(0);
    }
    const revision = `{ recordRevision(number: ${made.length / PER_REVISION}) { number } }`;
    expect((await ofStandby.ask(revision)).data.recordRevision).toBeNull();

    await standby.query("SELECT pg_wal_replay_resume()");
    await revise(2);
    await until(async () => {
      await follower.ask(ofStandby);
      return follower.seen.length >= made.length;
    });
    expect(await follower.ask(ofPrimary)).toBe(0);
    expect(follower.seen).toEqual(made);
  },
);
