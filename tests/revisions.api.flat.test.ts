import { watchStatements } from "./harness/buffers.js";
import { serviceWith, SHIPPED_RECORD, type TestService } from "./harness/service.js";

jest.setTimeout(120_000);

const ROWS = 20;
const PER_REVISION = 100;

let test: TestService;
beforeEach(async () => {
  test = await serviceWith(SHIPPED_RECORD);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await test.close();
});

/** A feed of so many changes: of statements that come and change again and again, and now and then of a topic; one redaction at the end. */
async function busyFeed(count: number): Promise<void> {
  await test.dataSource.query(`
    TRUNCATE record_revision CASCADE;
    INSERT INTO record_revision (number, operation, action, recorded_at)
    SELECT n, gen_random_uuid(), 'load', timestamptz '2031-01-01' + n * interval '1 minute'
    FROM generate_series(1, ${count / PER_REVISION}) AS n;
    INSERT INTO record_change (revision, ordinal, kind, type, item_id, key, old, new)
    SELECT n / ${PER_REVISION} + 1, n % ${PER_REVISION} + 1, kind::record_change_kind,
      CASE WHEN n % 2000 = 1999 THEN 'TOPIC' ELSE 'STATEMENT' END::record_item_type,
      md5('item ' || n / 4)::uuid, 'busy/' || n / 4,
      CASE kind WHEN 'CHANGED' THEN jsonb_build_object('text', 'Before ' || n) END,
      CASE kind WHEN 'CHANGED' THEN jsonb_build_object('text', 'After ' || n) END
    FROM generate_series(0, ${count - 1}) AS n,
      LATERAL (SELECT CASE WHEN n = ${count - 1} THEN 'REDACTED' WHEN n % 4 = 0 THEN 'ADDED' ELSE 'CHANGED' END AS kind) AS what`);
  await test.dataSource.query("ANALYZE record_change, record_revision");
}

const FIELDS = "nodes { id key kind revision { recordedAt } fields { field newJson } }";
const QUESTIONS: Record<string, string> = {
  "the whole feed": "",
  "one type": "types: [STATEMENT]",
  "a rare type": "types: [TOPIC]",
  "some types": "types: [TOPIC, PERSON, MEETING]",
  "one kind": "kinds: [ADDED]",
  "a rare kind": "kinds: [REDACTED, REMOVED]",
  "a rare kind of a frequent type": "types: [STATEMENT], kinds: [REDACTED]",
};

it("A page of the feed reads as little of a long feed as of a short one, whichever changes it has", async () => {
  const measured: Record<string, number[]> = {};
  for (const count of [4_000, 40_000]) {
    await busyFeed(count);
    const measure = watchStatements(test);
    const half = `since: "${new Date(Date.UTC(2031, 0, 1, 0, count / PER_REVISION / 2)).toISOString()}"`;
    for (const [name, filter] of Object.entries(QUESTIONS)) {
      for (const from of ["", half]) {
        const { buffers } = await measure(
          `{ recordChanges(first: ${ROWS}, ${from} ${filter}) { ${FIELDS} } }`,
        );
        (measured[`${name} ${from && "since"}`] ??= []).push(buffers);
      }
    }
    jest.restoreAllMocks();
  }
  for (const [name, buffers] of Object.entries(measured))
    expect([name, ...buffers.map((some) => some < 20 * ROWS)]).toEqual([name, true, true]);
});
