import { isEnumType } from "graphql";
import pg from "pg";
import { createSchema } from "../src/schema.js";
import { worldOf } from "./fixtures/world.js";
import {
  everyListArgument,
  everyTextArgument,
  type ListQuestion,
} from "./harness/every-argument.js";
import { configuredService, type TestService } from "./harness/service.js";
import type { Whatever } from "./harness/whatever.js";

/** A statement as PostgreSQL gets it. */
interface Sent {
  text: string;
  values?: unknown[];
}

/** The maximum ratio between planning a hundred values and planning one. */
const MOST = 3;
/** Planning times below this are ignored: the clock is not more precise. */
const NOTHING_MS = 1;

/** How often a statement is planned: the least counts, since the machine has other things to do. */
const TRIES = 12;

const schema = createSchema();
const world = worldOf({ seed: 5, people: 120, places: 20, meetings: 120, statements: 200 });

jest.setTimeout(120_000);

describe("The planning time of SQL statements", () => {
  let service: TestService;
  let entities: { __typename: string; id: string }[];
  const sent: Sent[] = [];

  beforeAll(async () => {
    // Everything at once, of which each has a cost.
    service = await configuredService({ COMMUNIQUE_MAX_COST: "10000000" }, ...world);
    await service.dataSource.query("ANALYZE");
    entities = await entitiesOnRecord();
    const { query } = pg.Client.prototype as { query: (...args: unknown[]) => unknown };
    jest.spyOn(pg.Client.prototype, "query").mockImplementation(function (
      this: pg.Client,
      ...args: unknown[]
    ) {
      const [config] = args as [Partial<Sent>];
      if (config.text?.startsWith("/* ")) sent.push(config as Sent);
      return query.apply(this, args);
    });
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await service.close();
  });

  it("Planning takes no longer for a hundred values of a list argument than for one", async () => {
    const lists = everyListArgument(schema, entities);
    expect(lists.length).toBeGreaterThan(150);
    const slow: string[] = [];
    for (const list of lists) {
      const asking = (count: number) => list.asking(valuesFor(list, count));
      slow.push(...(await slowerBy(list.name, asking(fewestOf(list)), asking(100))));
    }
    expect(slow).toEqual([]);
  });

  it.each([
    ["alternatives", (i: number) => ` or word${i}`],
    ["alternatives that each exclude a word", (i: number) => ` -not${i} or word${i}`],
    ["phrases", (i: number) => ` or "word${i} fog"`],
    ["letters", () => " or a"],
  ])("Planning takes no longer for 300 characters of %s than for one word", async (_, more) => {
    const texts = everyTextArgument(schema, entities).filter(({ name }) =>
      /\b(?:text|office|query)\)$/.test(name),
    );
    expect(texts.length).toBeGreaterThan(20);
    let long = "word0";
    for (let i = 1; (long + more(i)).length <= 300; i++) long += more(i);
    const slow: string[] = [];
    for (const text of texts) {
      const [one, many] = ["word0", long].map((words) => text.asking(JSON.stringify(words)));
      slow.push(...(await slowerBy(text.name, one!, many!)));
    }
    expect(slow).toEqual([]);
  });

  it("Planning takes no longer for a hundred values of each list in a filter than for two of each", async () => {
    const lists = everyListArgument(schema, []);
    const slow: string[] = [];
    for (const field of [
      ...["statements", "meetings", "people", "places", "agreements"],
      "sourceDocuments",
    ]) {
      const filters = lists.filter(({ name }) => name.startsWith(`Query.${field}(filter.`));
      expect(filters.length).toBeGreaterThan(1);
      const asking = (count: number) =>
        `{ ${field}(filter: { ${filters.map((list) => `${listIn(list)}: [${valuesFor(list, count).join()}]`).join()} })
          { totalCount nodes { __typename } } }`;
      // One is read otherwise: by its own list.
      slow.push(...(await slowerBy(field, asking(2), asking(100))));
    }
    expect(slow).toEqual([]);
  });

  async function entitiesOnRecord() {
    const { data } = await service.ask(`{
      people(first: 1) { nodes { __typename id } }
      countries(first: 1) { nodes { __typename id } }
      places(first: 1) { nodes { __typename id } }
      organization(slug: "fog-council") { __typename id }
      meetings(first: 1) { nodes { __typename id } }
      sourceDocuments(first: 1) { nodes { __typename id } }
      topics { __typename id }
    }`);
    return Object.values(data).map((found: Whatever) => found.nodes?.[0] ?? found[0] ?? found);
  }

  /** The statements of a query, by name, that take too much longer to plan than those of another. */
  async function slowerBy(name: string, few: string, many: string): Promise<string[]> {
    const [short, long] = [await statementsOf(few), await statementsOf(many)];
    const slow: string[] = [];
    for (const [statement, sent] of long) {
      const times = { few: Infinity, many: Infinity };
      const other = short.get(statement);
      // What only the longer list finds is read by more statements.
      if (!other) continue;
      for (let i = 0; i < TRIES; i++) {
        const ratio = times.many / times.few;
        if (i >= 3 && (ratio <= MOST || times.many <= NOTHING_MS || ratio > 10 * MOST)) break;
        times.few = Math.min(times.few, await planningTimeOf(other));
        times.many = Math.min(times.many, await planningTimeOf(sent));
      }
      if (times.many > Math.max(MOST * times.few, NOTHING_MS)) {
        slow.push(`${name}: ${statement} ${times.few} ms, then ${times.many} ms`);
      }
    }
    return slow;
  }

  async function statementsOf(query: string): Promise<Map<string, Sent>> {
    sent.length = 0;
    await service.ask(query);
    return new Map(sent.map((one) => [/^\/\* (\w+)/.exec(one.text)![1]!, one]));
  }

  async function planningTimeOf({ text, values }: Sent): Promise<number> {
    const [row] = await service.dataSource.query<{ "QUERY PLAN": Whatever }[]>(
      `EXPLAIN (SUMMARY, FORMAT JSON) ${text}`,
      values,
    );
    return row!["QUERY PLAN"][0]["Planning Time"] as number;
  }
});

/** One value, or all of an enum: a statement may have a part for each of them, as a search has for each kind. */
function fewestOf({ type }: ListQuestion): number {
  const named = schema.getType(type);
  return isEnumType(named) ? named.getValues().length : 1;
}

/** A number of values for a list, repeated if an enum has fewer. */
function valuesFor({ type }: ListQuestion, count: number): string[] {
  return Array.from({ length: count }, (_, i) => valueFor(type, i));
}

function valueFor(type: string, i: number): string {
  if (type === "ID") return `"00000000-0000-4000-8000-${String(i).padStart(12, "0")}"`;
  if (type === "CountryCode") return `"${letter(i / 26)}${letter(i)}"`;
  if (type === "String") return `"somebody-${i}"`;
  const values = (schema.getType(type) as Whatever).getValues() as { name: string }[];
  return values[i % values.length]!.name;
}

function letter(i: number): string {
  return String.fromCharCode(65 + (Math.floor(i) % 26));
}

/** `places` of `Query.statements(filter.places)`. */
function listIn({ name }: ListQuestion): string {
  return /(\w+)\)$/.exec(name)![1]!;
}
