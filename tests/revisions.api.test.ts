import fc from "fast-check";
import { fableWith } from "./fixtures/fable.js";
import { addRevisions, NOUNS, putRevisions, type StoredRevision } from "./harness/revisions.js";
import { configuredService, type TestService } from "./harness/service.js";
import type { SourceRecordInput } from "../src/records/record.format.js";

const RECORD = fableWith({
  "/topics": [{ slug: "fish", label: "Fish" }],
  "/organizations": [{ slug: "fish-league", name: "Fish League", kind: "OTHER" }],
  "/statements/0/topics": ["fish"],
  "/meetings/0/status": "HELD",
}) as unknown as SourceRecordInput;

const SEA = "the-herring-pact/whose-sea-it-is";
const SHARED = "the-herring-pact/fish-shared";
const at = (hour: number) => `2031-06-04T${String(hour).padStart(2, "0")}:00:00.000Z`;

/** What happened to the record of the fable. */
const REVISIONS: StoredRevision[] = [
  {
    at: at(1),
    author: "Gull Grey",
    note: "The Herring Pact",
    operation: "00000000-0000-4000-8000-000000000001",
    changes: [
      { kind: "ADDED", type: "SOURCE_DOCUMENT", key: "the-herring-pact" },
      { kind: "ADDED", type: "ORGANIZATION", key: "fish-league" },
      { kind: "ADDED", type: "PERSON", key: "ada-floe" },
      { kind: "ADDED", type: "PERSON", key: "b-drift" },
      { kind: "ADDED", type: "PERSON", key: "b-drift-the-elder" },
      { kind: "ADDED", type: "PLACE", key: "iceburg" },
      { kind: "ADDED", type: "TOPIC", key: "fish" },
      { kind: "ADDED", type: "TENURE", key: "ada-floe/keeper" },
      { kind: "ADDED", type: "MEETING", key: "fish-talks" },
      { kind: "ADDED", type: "MEETING", key: "ice-fair" },
      { kind: "ADDED", type: "AGREEMENT", key: "herring-pact" },
    ],
  },
  {
    at: at(2),
    operation: "00000000-0000-4000-8000-000000000001",
    changes: [
      { kind: "ADDED", type: "STATEMENT", key: SEA },
      { kind: "ADDED", type: "STATEMENT", key: SHARED },
      { kind: "ADDED", type: "STATEMENT", key: "the-herring-pact/never-said" },
      { kind: "ADDED", type: "STATEMENT", key: "the-herring-pact/private" },
    ],
  },
  {
    at: at(3),
    changes: [
      {
        kind: "CHANGED",
        type: "MEETING",
        key: "fish-talks",
        old: { mode: null, startDate: "2031-06" },
        new: { mode: "IN_PERSON", startDate: "2031-06-03" },
      },
      {
        kind: "MERGED",
        type: "PERSON",
        key: "b-drift-the-elder",
        mergedInto: "b-drift",
        old: { name: "B. Drift", sortName: "Drift, B." },
      },
      {
        kind: "CHANGED",
        type: "PERSON",
        key: "b-drift",
        old: { otherNames: null },
        new: { otherNames: [{ name: "B. Drift" }] },
      },
    ],
  },
  {
    at: at(3),
    changes: [
      {
        kind: "CHANGED",
        type: "MEETING",
        key: "fish-talks",
        old: { startDate: "2031-06-03", citations: [{ start: 0, end: 9, locator: null }] },
        new: { startDate: "2031-06-02", citations: [{ start: 9, end: 10 }] },
      },
      {
        kind: "REMOVED",
        type: "STATEMENT",
        key: "the-herring-pact/never-said",
        old: { text: "No fish.", language: "en", speakers: [{ person: "b-drift" }] },
      },
      { kind: "REDACTED", type: "STATEMENT", key: "the-herring-pact/private" },
    ],
  },
  { at: at(5), changes: [{ kind: "UNMERGED", type: "PERSON", key: "b-drift-the-elder" }] },
];
const CHANGES = REVISIONS.flatMap(({ changes }, i) =>
  changes.map((change, j) => ({ ...change, revision: i + 1, id: `${i + 1}.${j + 1}` })),
);

/** Sets which revisions added and last changed everything on record: 1, statements 2; but for these. */
async function placeItems(test: TestService): Promise<void> {
  const tables = ["person", "place", "organization", "tenure", "meeting", "agreement"];
  for (const table of [...tables, "source_document", "statement_topic"])
    await test.dataSource.query(`UPDATE ${table} SET recorded_in = 1, changed_in = 1`);
  await test.dataSource.query(`
    UPDATE statement SET recorded_in = 2, changed_in = 2;
    UPDATE meeting SET changed_in = 4 WHERE slug = 'fish-talks'`);
}

interface Change {
  id: string;
  kind: string;
  fields: { field: string; oldJson: string | null; newJson: string | null }[];
}

interface Feed {
  nodes: Change[];
  pageInfo: { endCursor: string | null; hasNextPage: boolean };
}

let test: TestService;
beforeAll(async () => {
  test = await configuredService({}, RECORD);
});
afterAll(() => test.close());
beforeEach(async () => {
  await putRevisions(test.dataSource, REVISIONS);
  await placeItems(test);
});

const FEED = `query ($first: Int, $after: String, $types: [RecordItemType!], $kinds: [RecordChangeKind!], $since: DateTime) {
  recordChanges(first: $first, after: $after, types: $types, kinds: $kinds, since: $since) {
    nodes { id kind } pageInfo { endCursor hasNextPage } } }`;

async function feed(variables: Record<string, unknown> = {}): Promise<Feed> {
  return (await test.ask(FEED, variables)).data.recordChanges;
}

/** Follows the feed to its end, page by page. */
async function follow(variables: Record<string, unknown>, after: string | null = null) {
  const ids: string[] = [];
  for (;;) {
    const { nodes, pageInfo } = await feed({ ...variables, after });
    ids.push(...nodes.map(({ id }) => id));
    after = pageInfo.endCursor;
    if (!pageInfo.hasNextPage) return { ids, after };
  }
}

async function mistakes(query: string, variables?: Record<string, unknown>) {
  const { errors } = await test.askExpectingErrors(query, variables);
  return errors.map(({ extensions }) => [extensions?.code, extensions?.argument]);
}

describe("The feed of changes", () => {
  const all = CHANGES.map(({ id }) => id);

  it("The feed has every change once, the oldest first, in pages of any size", async () => {
    for (const first of [1, 2, 7, 100]) expect((await follow({ first })).ids).toEqual(all);
  });

  it("The end cursor of an empty page is the one that was given, and finds later changes", async () => {
    const { after } = await follow({ first: 5 });
    expect(await feed({ after })).toEqual({
      nodes: [],
      pageInfo: { endCursor: after, hasNextPage: false },
    });
    const more: StoredRevision = {
      at: at(6),
      changes: [{ kind: "REMOVED", type: "PLACE", key: "iceburg", old: { name: "Iceburg" } }],
    };
    await addRevisions(test.dataSource, [more]);
    const { nodes } = await feed({ after });
    expect(nodes).toEqual([{ id: "6.1", kind: "REMOVED" }]);
    expect((await feed({ first: 0, after })).pageInfo.endCursor).toBe(after);
    expect((await feed({ types: [] })).pageInfo.endCursor).toBeNull();
  });

  it("A page of any types and kinds has the next changes that are of one of each", async () => {
    const types = fc.option(fc.subarray(Object.keys(NOUNS)));
    const kinds = fc.option(fc.subarray([...new Set(CHANGES.map(({ kind }) => kind as string))]));
    const question = fc.record({
      types,
      kinds,
      first: fc.integer({ min: 1, max: 9 }),
      from: fc.nat(all.length),
      since: fc.option(fc.integer({ min: 0, max: 6 })),
    });
    const property = fc.asyncProperty(question, async ({ types, kinds, first, from, since }) => {
      const after = from === 0 ? null : (await feed({ first: from })).pageInfo.endCursor;
      const given = { first, types, kinds, since: since === null ? null : at(since) };
      const expected = CHANGES.slice(from).filter(
        ({ type, kind, revision }) =>
          (types ?? [type]).includes(type) &&
          (kinds ?? [kind]).includes(kind) &&
          REVISIONS[revision - 1]!.at >= at(since ?? 0),
      );
      const { nodes, pageInfo } = await feed({ ...given, after });
      expect(nodes.map(({ id }) => id)).toEqual(expected.slice(0, first).map(({ id }) => id));
      expect(pageInfo.hasNextPage).toBe(expected.length > first);
      expect((await follow(given, after)).ids).toEqual(expected.map(({ id }) => id));
    });
    await fc.assert(property, { numRuns: 60 });
  });

  it("A moment in another time zone is the same moment, and a page since the last revision is empty", async () => {
    const since = await follow({ since: "2031-06-04T07:00:00.000000+02:00" });
    expect(since.ids).toEqual(["5.1"]);
    expect((await follow({ since: "2031-06-04T05:00:00.001Z" })).ids).toEqual([]);
  });

  it("Each change has its revision, its item's key, and what it was merged into", async () => {
    const { data } = await test.ask(`{ recordChanges(kinds: [MERGED]) {
      edges { cursor node { id type key mergedIntoId mergedIntoKey revision { number recordedAt note } } } } }`);
    const { data: drift } = await test.ask(`{ person(slug: "bo-drift") { id } }`);
    expect(data.recordChanges.edges).toEqual([
      {
        cursor: expect.any(String) as string,
        node: {
          id: "3.2",
          type: "PERSON",
          key: "b-drift-the-elder",
          mergedIntoId: drift.person.id,
          mergedIntoKey: "b-drift",
          revision: { number: 3, recordedAt: at(3), note: null },
        },
      },
    ]);
  });

  it("The item of a change is as it is now, and null once it is deleted or merged", async () => {
    const { data, sql } = await test.ask(`{ recordChanges(first: 100, kinds: [ADDED]) {
      nodes { key currentItem { __typename id recordedAt ... on Person { name } ... on Tenure { title } ... on Statement { text } } } } }`);
    const items = (data.recordChanges.nodes as { key: string; currentItem: object | null }[]).map(
      ({ key, currentItem }) => [key, currentItem] as const,
    );
    expect(items.filter(([, item]) => item === null).map(([key]) => key)).toEqual([
      "b-drift-the-elder",
      "the-herring-pact/never-said",
      "the-herring-pact/private",
    ]);
    expect(items.find(([key]) => key === "b-drift")![1]).toEqual({
      __typename: "Person",
      id: expect.any(String) as string,
      recordedAt: at(1),
      name: "Bo Drift",
    });
    expect(items.find(([key]) => key === "ada-floe/keeper")![1]).toMatchObject({
      __typename: "Tenure",
      title: "Keeper of the Fish Stores",
    });
    expect([...sql].sort()).toEqual(["items", "recordChanges", "timesOfRevisions"]);
    const aliases = "abc".replace(/./g, "$&: currentItem { ... on Person { name } } ");
    const aliased = await test.ask(`{ recordChanges { nodes { ${aliases} } } }`);
    expect([...aliased.sql].sort()).toEqual(["items", "recordChanges"]);
  });

  it("The items of a page have the values that they have by themselves, of every type and in every field", async () => {
    const types = ["Person", "Place", "Organization", "Meeting", "Agreement", "Statement"];
    const { data } = await test.ask(
      `{ ${[...types, "Tenure", "SourceDocument", "StatementTopic"]
        .map(
          (name) => `${name}: __type(name: "${name}") { fields { name args { name } type {
        kind ofType { kind ofType { kind ofType { kind } } } } } }`,
        )
        .join(" ")} }`,
    );
    type Type = { kind: string; ofType: Type | null };
    type Field = { name: string; args: unknown[]; type: Type };
    const isLeaf = ({ kind, ofType }: Type): boolean =>
      ofType ? isLeaf(ofType) : kind === "SCALAR" || kind === "ENUM";
    // Each under a name of its own, since fields of two types may differ.
    const leaves = Object.entries(data as Record<string, { fields: Field[] }>).map(
      ([type, { fields }]) => {
        const leafNames = fields.filter(({ args, type }) => args.length === 0 && isLeaf(type));
        return `... on ${type} { ${leafNames.map(({ name }) => `${type}_${name}: ${name}`).join(" ")} }`;
      },
    );
    const everything = `__typename ${leaves.join(" ")}`;
    const changes = await test.ask(
      `{ recordChanges(first: 100) { nodes { currentItem { ${everything} } } } }`,
    );
    type Item = Record<string, unknown> & { __typename: string };
    const items = (changes.data.recordChanges.nodes as { currentItem: Item | null }[]).flatMap(
      ({ currentItem }) => currentItem ?? [],
    );
    const representations = items.map((item) => ({
      __typename: item.__typename,
      id: item[`${item.__typename}_id`],
    }));
    const alone = await test.ask(
      `query ($representations: [_Any!]!) { _entities(representations: $representations) {
        ${everything.replace("__typename", "... on RecordItem { __typename }")} } }`,
      { representations },
    );
    expect(new Set(items.map(({ __typename }) => __typename)).size).toBe(9);
    expect(items).toEqual(alone.data._entities);
  });

  it("Wrong arguments of the feed are refused by name", async () => {
    const { endCursor } = (await feed({ first: 1 })).pageInfo;
    expect(await mistakes("{ recordChanges(first: 101) { nodes { id } } }")).toEqual([
      ["BAD_USER_INPUT", "first"],
    ]);
    for (const since of ["yesterday", "2031-06-04", "2031-02-30T00:00:00Z", "0000-01-01T00:00:00Z"])
      expect(await mistakes(FEED, { since })).toEqual([["BAD_USER_INPUT", "since"]]);
    expect(await mistakes(FEED, { after: "1.1" })).toEqual([["BAD_USER_INPUT", "after"]]);
    const foreign = `{ recordRevisions(after: "${endCursor}") { nodes { number } } }`;
    expect(await mistakes(foreign)).toEqual([["BAD_USER_INPUT", "after"]]);
  });

  it("A page takes the same SQL statements whatever the number of changes", async () => {
    const costOf = async (first: number) => {
      const { sql } = await test.ask(`{ recordChanges(first: ${first}, types: [STATEMENT, PERSON]) {
        nodes { key revision { number author } fields { field newJson } currentItem { changedAt history { nodes { id } } } } } }`);
      return [...new Set(sql)].sort().map((name) => [name, sql.filter((x) => x === name).length]);
    };
    expect(await costOf(100)).toEqual(await costOf(4));
  });
});

describe("The fields of changes", () => {
  async function fieldsOf(id: string): Promise<Record<string, [string | null, string | null]>> {
    const { data } = await test.ask(
      "{ recordChanges(first: 100) { nodes { id fields { field oldJson newJson } } } }",
    );
    const { fields } = (data.recordChanges.nodes as Change[]).find((change) => change.id === id)!;
    return Object.fromEntries(fields.map((one) => [one.field, [one.oldJson, one.newJson]]));
  }

  it("The fields of a change are those that have other values, lists as a whole", async () => {
    expect(await fieldsOf("3.1")).toEqual({
      mode: [null, '"IN_PERSON"'],
      startDate: ['"2031-06"', '"2031-06-03"'],
    });
    expect(await fieldsOf("4.1")).toEqual({
      citations: ['[{"end":9,"start":0}]', '[{"end":10,"start":9}]'],
      startDate: ['"2031-06-03"', '"2031-06-02"'],
    });
  });

  it("The fields of a deletion are all that the item had", async () => {
    expect(await fieldsOf("4.2")).toEqual({
      language: ['"en"', null],
      speakers: ['[{"person":"b-drift"}]', null],
      text: ['"No fish."', null],
    });
    expect(await fieldsOf("3.2")).toEqual({
      name: ['"B. Drift"', null],
      sortName: ['"Drift, B."', null],
    });
  });

  it("The fields of an addition are those that the item had then: before its first later change, or before it was deleted", async () => {
    expect(await fieldsOf("2.3")).toEqual({
      language: [null, '"en"'],
      speakers: [null, '[{"person":"b-drift"}]'],
      text: [null, '"No fish."'],
    });
    expect(await fieldsOf("1.5")).toEqual({
      name: [null, '"B. Drift"'],
      sortName: [null, '"Drift, B."'],
    });
    const talks = await fieldsOf("1.9");
    expect(talks).toMatchObject({
      citations: [null, '[{"end":9,"start":0}]'],
      startDate: [null, '"2031-06"'],
      title: [null, '"Ada Floe meets Bo Drift"'],
      places: [null, '["iceburg"]'],
    });
    expect(talks).not.toHaveProperty("mode");
  });

  it("The fields of an addition are those of the item if it never changed", async () => {
    const said = await fieldsOf("2.1");
    expect(said.text).toEqual([null, '"The sea belongs to all of us 🐧"']);
    expect(said.meeting).toEqual([null, '"fish-talks"']);
    expect(said.topics).toEqual([null, '["fish"]']);
    expect(JSON.parse(said.speakers![1]!)).toMatchObject([{ person: "ada-floe", country: "AQ" }]);
    expect(await fieldsOf("1.7")).toEqual({ label: [null, '"Fish"'], slug: [null, '"fish"'] });
  });

  it("Changes of a redacted item have no fields, from its first change on", async () => {
    expect(await fieldsOf("2.4")).toEqual({});
    expect(await fieldsOf("4.3")).toEqual({});
  });

  it("What was redacted and came back has the fields of then", async () => {
    const [sea] = [{ type: "STATEMENT", key: SEA } as const];
    await addRevisions(test.dataSource, [
      { at: at(6), changes: [{ kind: "REDACTED", ...sea }] },
      { at: at(7), changes: [{ kind: "ADDED", ...sea }] },
    ]);
    expect(await fieldsOf("2.1")).toEqual({});
    expect((await fieldsOf("7.1")).language).toEqual([null, '"en"']);
  });
});

describe("Revisions", () => {
  it("A revision is found by its number, with what it changed, of any types", async () => {
    const { data } = await test.ask(`{ recordRevision(number: 4) {
      number operation recordedAt note
      changes(first: 2) { nodes { id } pageInfo { hasNextPage endCursor } }
      statements: changes(types: [STATEMENT]) { nodes { id kind } }
      none: changes(types: []) { nodes { id } } } }`);
    expect(data.recordRevision).toMatchObject({
      number: 4,
      recordedAt: at(3),
      changes: { nodes: [{ id: "4.1" }, { id: "4.2" }], pageInfo: { hasNextPage: true } },
      statements: {
        nodes: [
          { id: "4.2", kind: "REMOVED" },
          { id: "4.3", kind: "REDACTED" },
        ],
      },
      none: { nodes: [] },
    });
    const { endCursor } = data.recordRevision.changes.pageInfo;
    const next = await test.ask(
      `{ recordRevision(number: 4) { changes(after: "${endCursor}") { nodes { id revision { number } } } } }`,
    );
    expect(next.data.recordRevision.changes.nodes).toEqual([
      { id: "4.3", revision: { number: 4 } },
    ]);
    for (const number of [0, -1, 6, 2 ** 31 - 1]) {
      const { data } = await test.ask(`{ recordRevision(number: ${number}) { number } }`);
      expect(data.recordRevision).toBeNull();
    }
  });

  it("Revisions are listed the latest first, from both ends, and counted", async () => {
    const list = async (paging: string) => {
      const { data } = await test.ask(
        `{ recordRevisions(${paging}) { totalCount nodes { number } pageInfo { startCursor endCursor } } }`,
      );
      const { nodes, pageInfo, totalCount } = data.recordRevisions;
      expect(totalCount).toBe(5);
      return { numbers: (nodes as { number: number }[]).map(({ number }) => number), ...pageInfo };
    };
    const first = await list("first: 3");
    expect(first.numbers).toEqual([5, 4, 3]);
    expect((await list(`first: 3, after: "${first.endCursor}"`)).numbers).toEqual([2, 1]);
    const last = await list("last: 2");
    expect(last.numbers).toEqual([2, 1]);
    expect((await list(`last: 9, before: "${last.startCursor}"`)).numbers).toEqual([5, 4, 3]);
  });

  it("One statement serves the changes of all revisions of a page", async () => {
    for (const first of [1, 5]) {
      const { sql } = await test.ask(
        `{ recordRevisions(first: ${first}) { nodes { changes(types: [PERSON]) { nodes { key } } } } }`,
      );
      expect(sql).toEqual(["recordRevisions", "changesOfRecordRevision"]);
    }
  });

  it("Who made a revision is shown only by an installation that says so", async () => {
    const query =
      "{ recordRevision(number: 1) { author note } recordRevisions(last: 1) { nodes { author } } }";
    const hidden = await test.ask(query);
    expect(hidden.data.recordRevision).toEqual({ author: null, note: "The Herring Pact" });
    expect(hidden.data.recordRevisions.nodes).toEqual([{ author: null }]);
    const open = await configuredService({ COMMUNIQUE_PUBLIC_AUTHORS: "true" });
    await putRevisions(open.dataSource, REVISIONS);
    const { data } = await open.ask(query);
    await open.close();
    expect(data.recordRevision.author).toBe("Gull Grey");
    expect(data.recordRevisions.nodes).toEqual([{ author: "Gull Grey" }]);
  });
});

describe("Items on record", () => {
  const ITEM = "__typename id recordedAt changedAt history(first: 3) { nodes { id } }";
  const EVERY = `{
    person(slug: "ada-floe") { ${ITEM} tenures { ${ITEM} } }
    place(slug: "iceburg") { ${ITEM} }
    organization(slug: "fish-league") { ${ITEM} }
    meeting(slug: "fish-talks") { ${ITEM} }
    agreement(slug: "herring-pact") { ${ITEM} }
    statementByKey(key: "${SEA}") { ${ITEM} }
    sourceDocumentByKey(key: "the-herring-pact") { ${ITEM} }
    topic(slug: "fish") { ${ITEM} }
  }`;

  it("Items of all nine types have the times when they were recorded and changed, and a history, the latest first", async () => {
    const { data } = await test.ask(EVERY);
    const { tenures, ...person } = data.person;
    const items = [...Object.values({ ...data, person }), ...tenures] as Record<string, unknown>[];
    const shown = items.map(({ __typename, recordedAt, changedAt, history }) => [
      __typename,
      recordedAt,
      changedAt,
      (history as Feed).nodes.map(({ id }) => id).join(),
    ]);
    expect(Object.fromEntries(shown.map(([type, ...others]) => [type, others]))).toEqual({
      Person: [at(1), at(1), "1.3"],
      Place: [at(1), at(1), "1.6"],
      Organization: [at(1), at(1), "1.2"],
      Meeting: [at(1), at(3), "4.1,3.1,1.9"],
      Agreement: [at(1), at(1), "1.11"],
      Statement: [at(2), at(2), "2.1"],
      SourceDocument: [at(1), at(1), "1.1"],
      StatementTopic: [at(1), at(1), "1.7"],
      Tenure: [at(1), at(1), "1.8"],
    });
  });

  it("A history has pages, and one statement reads those of all items of a type", async () => {
    const query = (after = "") => `{ meetings(filter: { slugs: ["fish-talks"] }) {
      nodes { history(first: 2${after}) { nodes { id } pageInfo { endCursor hasNextPage } } } } }`;
    const { data } = await test.ask(query());
    const { nodes, pageInfo } = data.meetings.nodes[0].history as Feed;
    expect([nodes, pageInfo.hasNextPage]).toEqual([[{ id: "4.1" }, { id: "3.1" }], true]);
    const next = await test.ask(query(`, after: "${pageInfo.endCursor}"`));
    expect(next.data.meetings.nodes[0].history.nodes).toEqual([{ id: "1.9" }]);
    const { sql } = await test.ask(
      "{ meetings { nodes { recordedAt changedAt history { nodes { id fields { field } } } } } }",
    );
    expect(sql.filter((name) => /history|timesOf/.test(name)).sort()).toEqual([
      "historyOfMeeting",
      "timesOfRevisions",
    ]);
  });

  it("The history of what is gone is found by its type and key, by one statement, as that of what is there", async () => {
    const of = async (type: string, key: string, more = "") => {
      const { data, sql } = await test.ask(
        `query ($type: RecordItemType!, $key: String!) { recordHistory(type: $type, key: $key${more}) {
          nodes { id kind key mergedIntoKey revision { number } } pageInfo { endCursor } } }`,
        { type, key },
      );
      expect(sql).toEqual([expect.stringMatching(/^historyOf/)]);
      return data.recordHistory;
    };
    const ids = ({ nodes }: Feed) => nodes.map(({ id }) => id).join();
    expect(ids(await of("STATEMENT", "the-herring-pact/never-said"))).toBe("4.2,2.3");
    expect(ids(await of("STATEMENT", "the-herring-pact/private"))).toBe("4.3,2.4");
    expect((await of("PERSON", "b-drift-the-elder")).nodes[1]).toMatchObject({
      kind: "MERGED",
      mergedIntoKey: "b-drift",
      revision: { number: 3 },
    });
    // Of each type by the key of its own: the ids of all nine follow from it.
    for (const { type, key, id } of CHANGES.filter(({ kind }) => kind === "ADDED"))
      expect(
        ids(await of(type, key))
          .split(",")
          .at(-1),
      ).toBe(id);
    expect((await of("PLACE", "ada-floe")).nodes).toEqual([]);
    expect((await of("PERSON", "nobody")).nodes).toEqual([]);
    // Its cursors are those of the item's own list.
    const { pageInfo } = await of("MEETING", "fish-talks", ", first: 1");
    expect(ids(await of("MEETING", "fish-talks", `, after: "${pageInfo.endCursor}"`))).toBe(
      "3.1,1.9",
    );
  });

  it("Gateways reach the fields of an item by its key", async () => {
    const { data } =
      await test.ask(`{ _entities(representations: [{ __typename: "Meeting", slug: "fish-talks" }]) {
      ... on RecordItem { changedAt history(first: 1) { nodes { key } } } } }`);
    expect(data._entities).toEqual([
      { changedAt: at(3), history: { nodes: [{ key: "fish-talks" }] } },
    ]);
  });

  it("A row whose revision is missing has the time of the next one, else of the last, else 1970", async () => {
    const timeOf = async (number: number) => {
      await test.dataSource.query(`UPDATE place SET recorded_in = ${number}`);
      const { data } = await test.ask(`{ place(slug: "iceburg") { recordedAt } }`);
      return data.place.recordedAt as string;
    };
    expect(await timeOf(0)).toBe(at(1));
    expect(await timeOf(99)).toBe(at(5));
    await putRevisions(test.dataSource, []);
    expect(await timeOf(99)).toBe("1970-01-01T00:00:00.000Z");
  });
});

describe("Lists by when their items were recorded", () => {
  beforeEach(async () => {
    await test.dataSource.query(`
      UPDATE statement SET recorded_in = 5, changed_in = 5 WHERE key = '${SHARED}';
      UPDATE meeting SET recorded_in = 2, changed_in = 3 WHERE slug = 'ice-fair'`);
  });

  async function slugs(filter: object): Promise<string[]> {
    const { data } = await test.ask(
      `query ($filter: MeetingFilter) { meetings(filter: $filter, orderBy: RECORDED_DESC) { totalCount nodes { slug } } }`,
      { filter },
    );
    const nodes = data.meetings.nodes as { slug: string }[];
    expect(data.meetings.totalCount).toBe(nodes.length);
    return nodes.map(({ slug }) => slug);
  }

  it("A range of time has its start and not its end", async () => {
    const [fair, talks] = ["ice-fair", "fish-talks"];
    expect(await slugs({})).toEqual([fair, talks]);
    expect(await slugs({ recordedAt: {} })).toEqual([fair, talks]);
    expect(await slugs({ recordedAt: { from: at(2) } })).toEqual([fair]);
    expect(await slugs({ recordedAt: { to: at(2) } })).toEqual([talks]);
    expect(await slugs({ recordedAt: { from: at(1), to: at(1) } })).toEqual([]);
    expect(await slugs({ recordedAt: { from: at(6) } })).toEqual([]);
    expect(await slugs({ recordedAt: { from: null, to: at(6) } })).toEqual([fair, talks]);
    // Two revisions of one moment.
    expect(await slugs({ changedAt: { from: at(3) } })).toEqual([fair, talks]);
    expect(await slugs({ changedAt: { from: at(4) } })).toEqual([]);
    expect(await slugs({ recordedAt: { to: at(2) }, changedAt: { from: at(2) } })).toEqual([talks]);
  });

  it("Lists of parents, facets and counterparts know the filters too, for one more SQL statement", async () => {
    const { data, sql } = await test.ask(`{
      person(slug: "ada-floe") {
        all: statements(filter: { recordedAt: { from: "${at(2)}" } }) { nodes { key } facets(by: FORM) { count } }
        none: statements(filter: { recordedAt: { from: "${at(3)}" } }) { totalCount }
        counterparts(filter: { changedAt: { from: "${at(3)}" } }) { nodes { slug } }
        nobody: counterparts(filter: { changedAt: { from: "${at(4)}" } }) { nodes { slug } }
      } }`);
    expect(data.person).toEqual({
      all: { nodes: [{ key: SEA }], facets: [{ count: 1 }] },
      none: { totalCount: 0 },
      counterparts: { nodes: [{ slug: "bo-drift" }] },
      nobody: { nodes: [] },
    });
    expect(sql.filter((name) => name === "firstRevisions")).toHaveLength(1);
  });

  it("The latest recorded come first, in the whole list and in those of parents, page by page", async () => {
    const page = (paging: string) => `statements(orderBy: RECORDED_DESC, ${paging}) {
      nodes { key } pageInfo { startCursor endCursor hasNextPage } }`;
    for (const parent of ["", `of: meeting(slug: "fish-talks")`, `of: country(code: "BV")`]) {
      const ask = async (paging: string) => {
        const { data } = await test.ask(
          parent ? `{ ${parent} { ${page(paging)} } }` : `{ ${page(paging)} }`,
        );
        return (data.of ?? data).statements as { nodes: object[]; pageInfo: Feed["pageInfo"] };
      };
      const first = await ask("first: 1");
      expect(first.nodes).toEqual([{ key: SHARED }]);
      const rest = parent.includes("country") ? [] : [{ key: SEA }];
      expect((await ask(`first: 9, after: "${first.pageInfo.endCursor}"`)).nodes).toEqual(rest);
      expect((await ask("last: 9")).nodes).toEqual([{ key: SHARED }, ...rest]);
    }
  });

  it("A range that is no range is refused by its name", async () => {
    const refused = (filter: string) =>
      mistakes(`{ statements(filter: { ${filter} }) { totalCount } }`);
    expect(await refused(`recordedAt: { from: "2031" }`)).toEqual([
      ["BAD_USER_INPUT", "filter.recordedAt.from"],
    ]);
    expect(await refused(`changedAt: { from: "${at(2)}", to: "${at(1)}" }`)).toEqual([
      ["BAD_USER_INPUT", "filter.changedAt"],
    ]);
    expect(await refused("recordedAt: { to: 2031 }")).toEqual([
      ["GRAPHQL_VALIDATION_FAILED", undefined],
    ]);
  });
});
