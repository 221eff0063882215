import type { SourceRecordInput } from "../src/records/record.format.js";
import { fableWith } from "./fixtures/fable.js";
import { tableOf } from "./harness/csv.js";
import { get, linksIn, read, textOf } from "./harness/pages.js";
import { addRevisions } from "./harness/revisions.js";
import { configuredService, type TestService } from "./harness/service.js";

const fable = (changes = {}) => fableWith(changes) as unknown as SourceRecordInput;

/** What the second load changes: the day of the talks, a name, and a topic; the letters are not shown as HTML. */
const LATER = {
  "/meetings/0/startDate": "2031-06-02",
  "/meetings/0/mode": "IN_PERSON",
  "/people/0/otherNames": [{ text: "A. <Floe>" }, { text: "Ada the Keeper" }],
  "/topics": [{ slug: "herrings", label: "Herrings" }],
  "/statements/1/topics": ["herrings"],
};
/** The third takes the fair off the record, by a revision of its own after that of the load. */
const LAST = { ...LATER, "/meetings/0/parent": undefined, "/meetings/0/parentRelation": undefined };

let test: TestService;
beforeAll(async () => {
  test = await configuredService({ COMMUNIQUE_PUBLIC_AUTHORS: "true" });
  await test.loadWith({ author: "Ada <Clerk>", note: "The fable & its pact" }, fable());
  expect((await test.loadWith({ note: "A better look" }, fable(LATER))).faults).toEqual([]);
  const last = fable(LAST) as unknown as { meetings: unknown[] };
  last.meetings.splice(1, 1);
  await test.loadWith({ prune: true }, last as unknown as SourceRecordInput);
});
afterAll(() => test.close());

describe("What is new, for readers", () => {
  it("The start page shows the latest statements and meetings with the day, and leads to all changes and their feed", async () => {
    const { body } = await get(test, "/");
    const section = body.slice(body.indexOf('id="new"'), body.indexOf("in a feed reader"));
    expect(linksIn(section).sort()).toEqual([
      ...["/changes", "/feeds/changes.atom", "/meetings/fish-talks"],
      ...["fish-shared", "whose-sea-it-is"].map((key) => `/statements/the-herring-pact/${key}`),
    ]);
    expect(section).toContain(`<time datetime="${new Date().toISOString().slice(0, 8)}`);
    expect(body).toContain('<link rel="alternate" type="application/atom+xml"');
  });

  it("The file of a revision says in plain words what was done, with the address of each item that has a page", async () => {
    const { body } = await get(test, "/changes/1?format=csv");
    const [heads, ...rows] = tableOf(body);
    expect(heads).toEqual(["Change", "Type", "Key", "Address", "Same as"]);
    expect(rows).toContainEqual([
      ...["put on record", "statement", "the-herring-pact/fish-shared"],
      ...["http://localhost:80/statements/the-herring-pact/fish-shared", ""],
    ]);
    expect(body).not.toMatch(/[A-Z]{4}/);
    for (const [, type, , address] of rows) {
      expect([type, address === ""]).toEqual([type, ["office", "agreement"].includes(type!)]);
    }
  });

  it("The page of changes has the revisions, the latest first, with author, note and what they did", async () => {
    const { body } = await get(test, "/changes");
    const text = await read(test, "/changes");
    expect(text).toMatch(/Revision 4 .* Revision 2 .* Revision 1 /);
    expect(text).toContain("by Ada <Clerk>");
    expect(text).toContain("The fable & its pact");
    expect(body).not.toContain("<Clerk>");
    expect(text).toContain("Changed: meeting Ada Floe meets Bo Drift");
    expect(text).toContain("Put on record: topic Herrings");
    // Only words to the letter are in quotation marks.
    expect(text).toContain("statement “The sea belongs to all of us 🐧”");
    expect(text).toContain("statement Everyone nearby gets some of the catch");
    // What is gone is named by its key, and leads nowhere.
    expect(text).toContain("Taken off the record: meeting ice-fair");
    expect(linksIn(body)).not.toContain("/meetings/ice-fair");
    expect(linksIn(body)).toContain("/meetings/fish-talks");
    expect(body).toContain('<link rel="alternate" type="application/atom+xml"');
  });

  it("The page of a revision says in words what was before and after, and leads to those around it", async () => {
    const text = await read(test, "/changes/2");
    expect(text).toContain("Start date Before 3 June 2031 After 2 June 2031");
    expect(text).toContain("Mode Before nothing After in person");
    expect(text).toContain("Text: A. <Floe>");
    const { body } = await get(test, "/changes/2");
    expect(linksIn(body)).toEqual(expect.arrayContaining(["/changes/1", "/changes", "/changes/3"]));
    expect(linksIn((await get(test, "/changes/4")).body)).not.toContain("/changes/5");
    expect(linksIn((await get(test, "/changes/1")).body)).not.toContain("/changes/0");
  });

  it("There is no page of a revision that is not made, or of what is no number", async () => {
    for (const number of ["5", "0", "01", "-1", "1.0", "x", "2147483648", "9".repeat(40), "1/2"]) {
      expect([number, (await get(test, `/changes/${number}`)).statusCode]).toEqual([number, 404]);
    }
  });

  it("The history of an item has its changes, the latest first, with the fields before and after", async () => {
    const text = await read(test, "/meetings/fish-talks?tab=history");
    expect(text).toMatch(
      /Parent Before .* Start date Before 3 June 2031 After 2 June 2031.*Put on record/,
    );
    expect(text).toContain("revision 1 · by Ada <Clerk> · The fable & its pact");
    expect(text).toMatch(/Put on record on \d+ \w+ \d{4} , last changed on/);
    const person = await read(test, "/people/ada-floe?tab=history");
    expect(person).toContain(
      "Other names Before nothing After Text: A. <Floe> Text: Ada the Keeper",
    );
    const statement = await read(test, "/statements/the-herring-pact/fish-shared?tab=history");
    expect(statement).toContain("Topics Before nothing After herrings");
    for (const address of ["/places/iceburg", "/topics/herrings", "/documents/the-herring-pact"]) {
      expect(await read(test, `${address}?tab=history`)).toContain("Put on record");
    }
  });

  it("The address of what was taken off the record is 410, with its history, and no other address is", async () => {
    const { statusCode, headers, body } = await get(test, "/meetings/ice-fair");
    expect([statusCode, headers["cache-control"]]).toEqual([410, "no-store"]);
    expect(textOf(body)).toMatch(
      /The meeting ice-fair was taken off the record\. No record mentions it any more\. Revision 4 , which took it off, shows what was on record of it\..*Taken off the record .* revision 4 Put on record .* revision 1 · by Ada <Clerk> · The fable & its pact/,
    );
    expect(linksIn(body)).toEqual(expect.arrayContaining(["/changes/4", "/changes/1"]));
    for (const address of ["/meetings/ice-fair?format=csv", "/meetings/ice-fair.jsonld"])
      expect([address, (await get(test, address)).statusCode]).toEqual([address, 410]);
    for (const address of ["/places/ice-fair", "/meetings/ice-fare", "/dates/ice-fair"])
      expect([address, (await get(test, address)).statusCode]).toEqual([address, 404]);
  });

  it("What was redacted, or merged into what is gone, says so at its address", async () => {
    const other = await configuredService({});
    try {
      const merged = { kind: "MERGED" as const, type: "PERSON" as const, mergedInto: "a-tern" };
      await addRevisions(other.dataSource, [
        {
          at: "2031-06-05T10:00:00Z",
          changes: [
            { ...merged, key: "a-tern-the-elder", old: { name: "A. Tern" } },
            { kind: "REDACTED", type: "STATEMENT", key: "pact/secret" },
          ],
        },
      ]);
      const person = await get(other, "/people/a-tern-the-elder");
      expect(person.statusCode).toBe(410);
      expect(textOf(person.body)).toContain("It was held to be the same as a-tern .");
      expect(linksIn(person.body)).toContain("/people/a-tern");
      const statement = await get(other, "/statements/pact/secret");
      expect(statement.statusCode).toBe(410);
      expect(textOf(statement.body)).toContain("It was redacted: nothing of what it held is kept");
    } finally {
      await other.close();
    }
  });

  it("What was put on record and never changed has no fields in its history", async () => {
    const text = await read(test, "/places/iceburg?tab=history");
    expect(text).not.toContain("Before");
    expect(text).not.toContain("last changed");
  });
});

describe("A revision with more changes than a page has", () => {
  let many: TestService;
  const keys = Array.from({ length: 250 }, (_, i) => `gull-${i + 1}`);
  beforeAll(async () => {
    many = await configuredService({});
    const changes = keys.map((key, i) => ({
      kind: i % 3 === 0 ? ("CHANGED" as const) : ("REMOVED" as const),
      type: i % 2 === 0 ? ("PERSON" as const) : ("PLACE" as const),
      key,
      old: { name: key },
      ...(i % 3 === 0 && { new: { name: `Sir ${key}` } }),
    }));
    const other = [{ kind: "REMOVED" as const, type: "TOPIC" as const, key: "ice", old: {} }];
    const at = "2031-06-05T10:00:00Z";
    await addRevisions(many.dataSource, [
      { at, changes: other },
      { at, changes },
      { at, changes: other },
    ]);
  });
  afterAll(() => many.close());

  // The first page of a list leads to itself with 100 rows, and that one to the next.
  it("Pages of a long revision list every change once, with what was before and after", async () => {
    const listed: string[] = [];
    const before: string[] = [];
    for (let address: string | undefined = "/changes/2?rows=100"; address !== undefined;) {
      const { body } = await get(many, address);
      listed.push(...[...body.matchAll(/<h3>.*?(gull-\d+)/gs)].map(([, key]) => key!));
      before.push(...[...body.matchAll(/Sir (gull-\d+)/g)].map(([, key]) => key!));
      address = /rel="next" href="([^"#]*)/.exec(body)?.[1]!.replaceAll("&amp;", "&");
    }
    expect(listed).toEqual(keys);
    expect(before).toEqual(keys.filter((_, i) => i % 3 === 0));
  });

  it.each([7, 100])("The API lists every change once in pages of %d", async (first) => {
    const listed: string[] = [];
    for (let after: string | null = null, isLast = false; !isLast;) {
      const { data } = (await many.ask(
        `query ($first: Int!, $after: String) { recordRevisions(first: 3) { nodes { number
          changes(first: $first, after: $after) { nodes { id key } pageInfo { hasNextPage endCursor } } } } }`,
        { first, after },
      )) as unknown as { data: { recordRevisions: { nodes: Listed[] } } };
      const { changes } = data.recordRevisions.nodes.find(({ number }) => number === 2)!;
      listed.push(...changes.nodes.map(({ key }) => key));
      after = changes.pageInfo.endCursor;
      isLast = !changes.pageInfo.hasNextPage;
    }
    expect(listed).toEqual(keys);
  });
});

interface Listed {
  number: number;
  changes: {
    nodes: { key: string }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
}
