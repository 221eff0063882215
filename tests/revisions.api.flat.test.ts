import { type ReadForQuestion, watchStatements } from "./harness/buffers.js";
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

/** A feed of this number of changes: of statements that are added and changed again and again, and now and then of a topic; one redaction at the end. */
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

/** A statement that was added, changed this number of times in one of two pairs of fields, deleted, and added and changed as often again. */
async function restlessItem(changes: number): Promise<void> {
  await test.dataSource.query(`
    INSERT INTO record_revision (number, operation, action, recorded_at)
    VALUES (1000000, gen_random_uuid(), 'load', '2032-01-01T00:00:00Z');
    INSERT INTO record_change (revision, ordinal, kind, type, item_id, key, old, new)
    SELECT 1000000, n + 1, kind::record_change_kind, 'STATEMENT', md5('restless')::uuid, 'restless',
      CASE kind WHEN 'CHANGED' THEN jsonb_build_object('date', 'Before ' || n, CASE n % 2 WHEN 0 THEN 'text' ELSE 'language' END, 'Before ' || n)
        WHEN 'REMOVED' THEN '{"date": "At last", "text": "At last", "language": "At last", "key": "restless"}'::jsonb END,
      CASE kind WHEN 'CHANGED' THEN '{}'::jsonb END
    FROM generate_series(0, 2 * ${changes} + 2) AS n,
      LATERAL (SELECT CASE WHEN n IN (0, ${changes} + 2) THEN 'ADDED' WHEN n = ${changes} + 1 THEN 'REMOVED' ELSE 'CHANGED' END AS kind) AS what`);
  await test.dataSource.query("ANALYZE record_change, record_revision");
}

it("What an item was when it came is read as fast where it changed a thousand times", async () => {
  const measured: ReadForQuestion[] = [];
  for (const changes of [10, 1_000]) {
    await busyFeed(4_000);
    await restlessItem(changes);
    const measure = watchStatements(test);
    const asked = await measure(
      `{ recordChanges(first: 2, since: "2032-01-01T00:00:00Z", kinds: [ADDED]) { nodes { key fields { field newJson } } } }`,
    );
    jest.restoreAllMocks();
    const [first, again] = (
      asked.data as { recordChanges: { nodes: { key: string; fields: unknown }[] } }
    ).recordChanges.nodes;
    expect(first).toEqual({
      key: "restless",
      fields: [
        { field: "date", newJson: '"Before 1"' },
        { field: "key", newJson: '"restless"' },
        { field: "language", newJson: '"Before 1"' },
        { field: "text", newJson: '"Before 2"' },
      ],
    });
    expect(again!.fields).toMatchObject([
      { field: "date", newJson: `"Before ${changes + 3}"` },
      { field: "language" },
      { field: "text" },
    ]);
    measured.push(asked);
  }
  const [few, many] = measured;
  expect(many!.read).toBeLessThan(few!.read + 50);
  expect(many!.buffers).toBeLessThan(few!.buffers + 40);
});
