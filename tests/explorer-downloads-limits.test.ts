import { setTimeout as sleep } from "node:timers/promises";
import { createExplorer, type Execute } from "../explorer/src/explorer.js";
import { talkative } from "./fixtures/talkative.js";
import { tableOf } from "./harness/csv.js";
import { ISLANDS } from "./harness/explorer-pages.js";
import { get } from "./harness/pages.js";
import { serviceWith, type TestService } from "./harness/service.js";

describe("Downloads of long lists", () => {
  let test: TestService;
  /** Executes as the pages do; tests override its behaviour here. */
  let asked: Record<string, unknown>[] = [];
  const execute: Execute = async (query, variables) => {
    asked.push(variables);
    const { body } = await test.service.apollo.executeOperation(
      { query, variables },
      { contextValue: test.service.createContext() },
    );
    return body.kind === "single" ? body.singleResult : {};
  };
  beforeAll(async () => {
    test = await serviceWith(talkative(250));
  });
  beforeEach(() => {
    asked = [];
  });
  afterAll(() => test.close());

  const explorerWith = (downloads: object) =>
    createExplorer({ graphiql: false, islands: ISLANDS, downloads });
  type Answer = Awaited<ReturnType<ReturnType<typeof explorerWith>["answer"]>>;
  const streamOf = ({ body }: Answer) => {
    if (typeof body === "string") throw new Error(body);
    return body;
  };
  async function textOf(answer: Answer) {
    let text = "";
    for await (const part of streamOf(answer)) text += part;
    return text;
  }
  const ADA = "/people/ada-floe?format=csv";

  it("A download has each row once, 100 read at a time, and only the first part is counted", async () => {
    const rows = tableOf((await get(test, ADA)).body).slice(1);
    expect(new Set(rows.map(([key]) => key)).size).toBe(250);
    const explorer = explorerWith({});
    expect(tableOf(await textOf(await explorer.answer(ADA, execute)))).toHaveLength(251);
    expect(asked.map(({ first, counted }) => [first, counted])).toEqual([
      [100, true],
      [100, false],
      [100, false],
    ]);
  });

  it("Each part of a download is read only when the one before has been taken", async () => {
    const body = streamOf(await explorerWith({}).answer(ADA, execute));
    await body.next();
    await body.next();
    await sleep(50);
    expect(asked).toHaveLength(1);
    await body.return();
    expect(asked).toHaveLength(1);
  });

  it("A list longer than the limit is cut: the page, the file's name and JSON say so, and CSV stays CSV", async () => {
    const explorer = explorerWith({ maxRows: 120 });
    const page = await explorer.answer("/people/ada-floe", execute);
    expect(page.body).toContain("the first 120: narrow the list to get all");
    const csv = await explorer.answer(ADA, execute);
    expect(csv.headers["content-disposition"]).toBe(
      'attachment; filename="ada-floe-statements-first-120.csv"',
    );
    expect(csv.headers["x-total-count"]).toBe("250");
    expect(tableOf(await textOf(csv))).toHaveLength(121);
    const json = JSON.parse(
      await textOf(await explorer.answer("/people/ada-floe?format=json", execute)),
    );
    expect([json.rows.length, json.totalCount, json.truncated]).toEqual([120, 250, true]);
    // Of a list that ends at the limit nothing is missing.
    const exact = explorerWith({ maxRows: 250 });
    const whole = JSON.parse(
      await textOf(await exact.answer("/people/ada-floe?format=json", execute)),
    );
    expect([whole.rows.length, whole.truncated]).toEqual([250, false]);
    expect((await exact.answer("/people/ada-floe", execute)).body).not.toContain(
      "narrow the list to get all",
    );
  });

  it("At the maximum of concurrent downloads another one is 503 with Retry-After, and pages are served", async () => {
    const explorer = explorerWith({ maxAtOnce: 2 });
    const [one, other] = [await explorer.answer(ADA, execute), await explorer.answer(ADA, execute)];
    const busy = await explorer.answer(ADA, execute);
    expect([busy.status, busy.headers["retry-after"]]).toEqual([503, "10"]);
    expect(busy.body).toContain("Too many downloads");
    expect((await explorer.answer("/people/ada-floe", execute)).status).toBe(200);
    await streamOf(one).return(); // its client left
    const next = await explorer.answer(ADA, execute);
    expect(next.status).toBe(200);
    await Promise.all([textOf(next), textOf(other)]); // read to the end
    const both = await Promise.all([explorer.answer(ADA, execute), explorer.answer(ADA, execute)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
  });

  it("One client can have only some of the concurrent downloads, and leaves others to other clients", async () => {
    const explorer = explorerWith({});
    const begin = (client: string) => explorer.answer(ADA, execute, { client });
    const own = [await begin("192.0.2.1"), await begin("192.0.2.1")];
    expect([...own, await begin("192.0.2.1")].map(({ status }) => status)).toEqual([200, 200, 503]);
    const other = await begin("192.0.2.2");
    expect(other.status).toBe(200);
    await streamOf(own[0]!).return();
    expect((await begin("192.0.2.1")).status).toBe(200);
    expect((await begin("192.0.2.1")).status).toBe(503);
  });

  it("A download that fails or is aborted leaves its place to another, and does not look complete", async () => {
    const explorer = explorerWith({ maxAtOnce: 1 });
    for (const failing of [
      { errors: [{ message: "late", extensions: { code: "TIMEOUT" } }], data: null },
      {
        errors: [{ message: "no place" }],
        data: { person: { slug: "ada-floe", statements: null } },
      },
    ]) {
      const never: Execute = async () => failing;
      expect((await explorer.answer(ADA, never)).status).toBeGreaterThanOrEqual(500);
      const once: Execute = (query, variables) =>
        variables.after ? never(query, variables) : execute(query, variables);
      for (const format of ["csv", "json"]) {
        const body = streamOf(await explorer.answer(`/people/ada-floe?format=${format}`, once));
        let text = "";
        const reading = (async () => {
          for await (const part of body) text += part;
        })();
        await expect(reading).rejects.toThrow();
        expect(text).toContain("Point ");
        if (format === "json") expect(() => JSON.parse(text)).toThrow(SyntaxError);
      }
    }
    expect((await explorer.answer(ADA, execute)).status).toBe(200);
  });

  it("A download that takes too long breaks off", async () => {
    const body = await explorerWith({ maxMs: 20 }).answer(ADA, execute);
    await sleep(30);
    await expect(textOf(body)).rejects.toThrow("too long");
  });
});
