import { linksIn } from "./harness/pages.js";
import { serviceWith, SHIPPED_RECORD, type TestService } from "./harness/service.js";

/** More than these are not followed. */
const MAX_PAGES = 300;

/** The first part of a path. */
const kindOf = (address: string) => address.split(/[/?]/)[1]!;

describe("Links within the site", () => {
  let test: TestService;
  beforeAll(async () => {
    test = await serviceWith(SHIPPED_RECORD);
  });
  afterAll(() => test.close());

  it("No link that can be reached from the start page is dead, and each kind of page is reached", async () => {
    const waiting = ["/"];
    const seen = new Set(waiting);
    const kinds = new Set<string>();
    const dead: string[] = [];
    for (let read = 0; read < MAX_PAGES && waiting.length > 0; read++) {
      // A kind of page that was not read yet comes first.
      const index = waiting.findIndex((one) => !kinds.has(kindOf(one)));
      const [address] = waiting.splice(Math.max(index, 0), 1) as [string];
      const { statusCode, headers, body } = await test.service.app.inject(address);
      if (statusCode !== 200 && statusCode !== 302) dead.push(`${statusCode} ${address}`);
      kinds.add(kindOf(address));
      const found = statusCode === 302 ? [String(headers.location)] : linksIn(body);
      for (const link of found) {
        const [path, anchor] = link.split("#");
        if (anchor !== undefined && path === "" && !body.includes(`id="${anchor}"`)) {
          dead.push(`${address} has nothing that #${anchor} leads to`);
        }
        // GraphiQL is one page, whatever the query.
        const next = path!.startsWith("/graphiql?") ? "/graphiql" : path!;
        if (!next.startsWith("/") || seen.has(next)) continue;
        seen.add(next);
        waiting.push(next);
      }
    }
    expect(dead).toEqual([]);
    const expected = ["people", "countries", "places", "meetings", "organizations", "statements"];
    expected.push(
      "documents",
      "topics",
      "dates",
      "with",
      "changes",
      "feeds",
      "graphiql",
      "sandbox",
    );
    expect([...kinds]).toEqual(expect.arrayContaining(expected));
    expect(seen.size).toBeGreaterThan(100);
  }, 60_000);
});
