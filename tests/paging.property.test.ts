import "reflect-metadata";
import fc from "fast-check";
import { type List, WorldLists } from "./fixtures/world.lists.js";
import { worldOf } from "./fixtures/world.js";
import { type PageOf, pageOf } from "./fixtures/world.pages.js";
import { under } from "./fixtures/world.questions.js";
import { serviceWith, type TestService } from "./harness/service.js";

const records = worldOf({ seed: 1, people: 40, places: 5, meetings: 50, statements: 90 });

/** The seed: other filters and pages in every run. A failure prints it, and TEST_SEED repeats the same. */
const seed = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31);
const tries = { numRuns: 200, seed };

const all = new WorldLists(records, seed);
const lists = [...all.whole(), ...all.filtered()];
const forwards = all.forwards();
const byRelevance = all.byRelevance();

jest.setTimeout(120_000);

interface Page {
  totalCount: number;
  nodes: { id: string }[];
  edges: { cursor: string; node: { id: string } }[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
}

describe("Paging of lists", () => {
  let service: TestService;
  const cursors = new Map<List, Map<string, string>>();

  beforeAll(async () => {
    service = await serviceWith(...records);
    for (const list of [...lists, ...forwards]) {
      const { edges } = await read(list, { first: 100 });
      cursors.set(list, new Map(edges.map(({ cursor, node }) => [node.id, cursor])));
    }
  });
  afterAll(async () => {
    process.stdout.write(`lists paged through with TEST_SEED=${seed}: ${lists.length}\n`);
    await service.close();
  });

  it("Each list has the rows and order of the model", () => {
    for (const list of [...lists, ...forwards]) {
      expect({ ...list, ids: [...cursors.get(list)!.keys()] }).toEqual(list);
    }
  });

  it("Forward pages of any size contain each row once, in order", async () => {
    await fc.assert(
      fc.asyncProperty(someList([...lists, ...forwards]), someSizes(), async (list, sizes) => {
        const pages = await walk(list, "first", sizes);
        expect(pages.flatMap(idsOn)).toEqual(list.ids);
        for (const page of pages) expect(page.totalCount).toBe(list.ids.length);
      }),
      tries,
    );
  });

  it("Backward pages of any size contain each row once, in order", async () => {
    await fc.assert(
      fc.asyncProperty(someList(lists), someSizes(), async (list, sizes) => {
        const pages = await walk(list, "last", sizes);
        expect(pages.reverse().flatMap(idsOn)).toEqual(list.ids);
      }),
      tries,
    );
  });

  it("A client that pages back and forth gets the rows at each position", async () => {
    const steps = fc.array(fc.integer({ min: -12, max: 12 }), { minLength: 2, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(someList(lists), steps, async (list, steps) => {
        let at = 0;
        for (const step of steps) {
          const to = Math.min(Math.max(at + step, 0), list.ids.length);
          const { nodes } = await readBetween(
            list,
            step > 0
              ? { first: step, after: list.ids[at - 1] }
              : { last: -step, before: list.ids[at] },
          );
          expect(nodes.map(({ id }) => id)).toEqual(
            list.ids.slice(Math.min(at, to), Math.max(at, to)),
          );
          at = to;
        }
      }),
      tries,
    );
  });

  it("Any page between two cursors has the right rows, cursors and page info", async () => {
    await fc.assert(
      fc.asyncProperty(someList(lists).chain(somePageOf), async ([list, wanted]) => {
        expect(await readBetween(list, wanted)).toEqual(asPage(list, wanted));
      }),
      { ...tries, numRuns: 500 },
    );
  });

  it("Any page of a list that only goes forwards is right", async () => {
    const onwards = someList(forwards)
      .chain(somePageOf)
      .filter(([, { last, before }]) => last === undefined && before === undefined);
    await fc.assert(
      fc.asyncProperty(onwards, async ([list, wanted]) => {
        expect(await readBetween(list, wanted)).toEqual(asPage(list, wanted));
      }),
      tries,
    );
  });

  it("Pages by relevance are the same forwards and backwards", async () => {
    await fc.assert(
      fc.asyncProperty(someList(byRelevance), someSizes(), async (list, sizes) => {
        const ids = idsOn(await read(list, { first: 100 }));
        expect(ids.toSorted()).toEqual(list.ids.toSorted());
        expect((await walk(list, "first", sizes)).flatMap(idsOn)).toEqual(ids);
        expect((await walk(list, "last", sizes)).reverse().flatMap(idsOn)).toEqual(ids);
      }),
      { ...tries, numRuns: 100 },
    );
  });

  it("A page has 20 rows by default, and none for first: 0", async () => {
    const list = lists[0]!;
    expect((await read(list, {})).nodes).toHaveLength(20);
    expect(await read(list, { first: 0 })).toEqual({
      totalCount: list.ids.length,
      nodes: [],
      edges: [],
      pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  });

  async function read(
    { parent, field, orderBy, filter, sides }: List,
    paging: Record<string, string | number | null | undefined>,
  ): Promise<Page> {
    const listed = sides === undefined ? undefined : `[${(sides ?? ["OTHER"]).join(", ")}]`;
    const given = { ...paging, filter: filter && "$filter", orderBy, sides: listed };
    const args = Object.entries(given)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => {
        const isName = ["filter", "orderBy", "sides"].includes(name);
        return `${name}: ${isName ? value : JSON.stringify(value)}`;
      });
    // A list without arguments has no parentheses.
    const selection = `list: ${field}${args.length > 0 ? `(${args.join(" ")})` : ""} {
      totalCount
      nodes { id }
      edges { cursor node { id } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }`;
    const declared = filter ? `query ($filter: ${filter[0]})` : "query";
    const { data } = await service.ask(
      `${declared} { ${parent ? "parent: " : ""}${under(parent, selection)} }`,
      filter && { filter: filter[1] },
    );
    return parent ? data.parent.list : data.list;
  }

  /** Reads with ids in place of their cursors. */
  function readBetween(list: List, { first, last, after, before }: PageOf): Promise<Page> {
    const cursorOf = (id: string | undefined) => id && cursors.get(list)!.get(id)!;
    return read(list, { first, last, after: cursorOf(after), before: cursorOf(before) });
  }

  /** The page that the model gives, as a client gets it. */
  function asPage(list: List, wanted: PageOf): Page {
    const { ids, ...more } = pageOf(list.ids, wanted);
    const edges = ids.map((id) => ({ cursor: cursors.get(list)!.get(id)!, node: { id } }));
    return {
      totalCount: list.ids.length,
      nodes: ids.map((id) => ({ id })),
      edges,
      pageInfo: {
        ...more,
        startCursor: edges[0]?.cursor ?? null,
        endCursor: edges.at(-1)?.cursor ?? null,
      },
    };
  }

  /** Reads on from page to page while there is more, in pages of these sizes over and over. */
  async function walk(list: List, from: "first" | "last", sizes: number[]): Promise<Page[]> {
    const pages: Page[] = [];
    let where: Record<string, string | null> = {};
    for (;;) {
      const page = await read(list, { ...where, [from]: sizes[pages.length % sizes.length] });
      pages.push(page);
      const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
      if (!(from === "first" ? hasNextPage : hasPreviousPage)) return pages;
      where = from === "first" ? { after: endCursor } : { before: startCursor };
    }
  }
});

function idsOn(page: Page): string[] {
  return page.edges.map(({ node }) => node.id);
}

function someList(from: List[]): fc.Arbitrary<List> {
  return fc.constantFrom(...from);
}

function someSizes(): fc.Arbitrary<number[]> {
  return fc.array(fc.integer({ min: 2, max: 40 }), { minLength: 1, maxLength: 5 });
}

/** A page before, after or between rows of the list, or from its start or end. */
function somePageOf(list: List): fc.Arbitrary<[List, PageOf]> {
  const row =
    list.ids.length > 0 ? fc.constantFrom(undefined, ...list.ids) : fc.constant(undefined);
  const size = fc.oneof(
    fc.record({ first: fc.nat(30) }),
    fc.record({ last: fc.nat(30) }),
    fc.constant({}),
  );
  return fc
    .tuple(size, fc.record({ after: row, before: row }))
    .map(([size, between]) => [list, { ...size, ...between }]);
}
