import { type Holder, holderOf } from "./harness/holder.js";
import { recordedDatabase, servingService } from "./harness/serving.js";
import { until } from "./harness/until.js";

const CHEAP = `{ person(slug: "rajnath-singh") { name } }`;

/** A number of root fields, each with SQL of its own that reads statements. */
const large = (fields: number) => {
  const each = (_: unknown, i: number) =>
    `f${i}: statements(filter: { date: { from: "${1800 + i}" } }) { totalCount }`;
  return `{ ${Array.from({ length: fields }, each).join(" ")} }`;
};

let url: string;
let holder: Holder;
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  url = await recordedDatabase();
  holder = await holderOf(url);
});
afterAll(() => holder.close());
afterEach(async () => {
  await holder.letGo();
  for (const close of closing.splice(0).reverse()) await close();
});

async function serving(limits: Parameters<typeof servingService>[1]) {
  const service = await servingService(url, limits);
  closing.push(() => service.close());
  return service;
}

type Serving = Awaited<ReturnType<typeof serving>>;

const waiting = (service: Serving) =>
  told(service, /^communique_pool_connections\{.*state="waiting"\} (\d+)/m);

const refused = (service: Serving) =>
  told(service, /^communique_sql_errors_total\{statement="statementsCount"\} (\d+)/m);

/** The value of a metric; 0 where /metrics lacks it. */
async function told(service: Serving, metric: RegExp): Promise<number> {
  const { text } = await service.get("/metrics");
  return Number(metric.exec(text)?.[1] ?? 0);
}

describe("The sharing of connections", () => {
  it("A request of many statements uses at most a third of the connections", async () => {
    const service = await serving({ poolSize: 6 });
    await holder.hold("statement");
    const asking = service.ask(large(20));
    await until(async () => (await waiting(service)) === 18);
    await until(async () => (await holder.held()).length === 2);
    expect((await service.ask(CHEAP)).data.person.name).toBe("Rajnath Singh");
    await holder.letGo();
    expect((await asking).data.f19.totalCount).toBe(14);
  });

  it("Each request gets at least one connection", async () => {
    const service = await serving({ poolSize: 2 });
    await holder.hold("statement");
    const asking = [service.ask(large(20)), service.ask(large(20))];
    await until(async () => (await holder.held()).length === 2);
    await holder.letGo();
    for (const { errors } of await Promise.all(asking)) expect(errors).toBeUndefined();
  });

  it("Waiting requests take turns, so that a small one is answered before a large earlier one", async () => {
    const service = await serving({ poolSize: 1 });
    await holder.hold("statement");
    const order: string[] = [];
    const asking = [service.ask(large(80)).then(() => order.push("large"))];
    await until(async () => (await waiting(service)) === 79);
    asking.push(service.ask(CHEAP).then(() => order.push("small")));
    await until(async () => (await waiting(service)) === 80);
    await holder.letGo();
    await Promise.all(asking);
    expect(order).toEqual(["small", "large"]);
  });

  it("When too many statements wait, those of the request with most of them are refused", async () => {
    const service = await serving({ poolSize: 1, poolQueue: 5 });
    await holder.hold("statement");
    const asking = service.ask(large(20));
    await until(async () => (await waiting(service)) === 5);
    // One of the large request's statements makes room for it.
    const small = service.ask(CHEAP);
    await until(async () => (await refused(service)) === 15);
    await holder.letGo();
    expect((await small).data.person.name).toBe("Rajnath Singh");
    const { errors } = await asking;
    expect(errors!.map(({ extensions }) => extensions.code)).toEqual(Array(15).fill("UNAVAILABLE"));
  });

  it("Statements that wait longer than the request timeout are answered TIMEOUT", async () => {
    const service = await serving({ poolSize: 1, requestTimeoutMs: 400 });
    await holder.hold("statement");
    const { errors } = await service.ask(large(5));
    expect(errors!.map(({ extensions }) => extensions.code)).toEqual(Array(5).fill("TIMEOUT"));
    expect(await waiting(service)).toBe(0);
  });

  it("The time a statement waits for others of its request is not logged as slow SQL", async () => {
    const service = await servingService(
      url,
      { poolSize: 1 },
      { log: { level: "warn", variables: false, slowSqlMs: 300 } },
    );
    closing.push(() => service.close());
    await holder.hold("statement");
    const asking = service.ask(large(5));
    await until(async () => (await waiting(service)) === 4);
    await new Promise((done) => setTimeout(done, 400));
    await holder.letGo();
    await asking;
    expect(service.log().filter(({ msg }) => msg === "slow SQL")).toHaveLength(1);
  });
});
