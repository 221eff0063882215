import { COUNTRY, graphql, PERSON_SAID } from "../examples/frontends/documents.js";
import { createClient } from "../examples/frontends/urql.js";
import { type FrontendService, frontendService, watchFetch } from "./harness/frontends.js";
import { until } from "./harness/until.js";
import type { Whatever } from "./harness/whatever.js";

const SINGH = { slug: "rajnath-singh", first: 5 };

describe("A frontend with urql", () => {
  let service: FrontendService;
  let fetched: ReturnType<typeof watchFetch>;
  const client = (headers?: Record<string, string>) => createClient(service.address, headers);
  beforeAll(async () => {
    service = await frontendService();
  });
  afterAll(() => service.close());
  beforeEach(() => {
    fetched = watchFetch();
  });
  afterEach(() => fetched.stop());

  it("Pages of a list are joined into one without doubles", async () => {
    const one = client();
    let after: string | null = null;
    for (const length of [5, 10, 14]) {
      const page: Whatever = await one.query(PERSON_SAID, { ...SINGH, after }).toPromise();
      const { edges, totalCount, pageInfo } = page.data.person.statements;
      expect([edges.length, totalCount]).toEqual([length, 14]);
      expect(new Set(edges.map(({ node }: Whatever) => node.id)).size).toBe(length);
      after = pageInfo.endCursor;
    }
  });

  it("A country that was met in two places is held once", async () => {
    const one = client();
    const names: (string | undefined)[] = [];
    const shown = one
      .query(COUNTRY, { code: "LA" })
      .subscribe(({ data }) => names.push(data?.country?.name));
    await until(async () => names.includes("Laos"));
    fetched.rename("Laos", "Lao PDR");
    await one.query(PERSON_SAID, SINGH).toPromise();
    await until(async () => names.at(-1) === "Lao PDR");
    shown.unsubscribe();
  });

  it("A document is sent by hash with GET, and as text once", async () => {
    const query = graphql(`
      query Asked {
        country(code: "MY") {
          code
        }
      }
    `);
    for (let i = 0; i < 2; i++) {
      const { data } = await client().query(query, {}).toPromise();
      expect(data?.country?.code).toBe("MY");
    }
    expect(fetched.sent).toEqual(["GET hash", "GET text", "GET hash"]);
  });

  it("GET without the header is refused, and the error names the header", async () => {
    const { data, error } = await client({}).query(COUNTRY, { code: "LA" }).toPromise();
    expect(data).toBeUndefined();
    expect(error?.message).toContain("apollo-require-preflight");
  });

  it("A list that can't be read is null beside an error, and the rest is there", async () => {
    const variables = { ...SINGH, first: 101 };
    const { data, error } = await client().query(PERSON_SAID, variables).toPromise();
    expect(data?.person).toMatchObject({ name: "Rajnath Singh", statements: null });
    expect(error?.graphQLErrors[0]).toMatchObject({
      path: ["person", "statements"],
      extensions: { code: "BAD_USER_INPUT" },
    });
  });

  it("The service stops reading for a page that is left", async () => {
    await service.askAndLeave(() => {
      const shown = client()
        .query(PERSON_SAID, SINGH)
        .subscribe(() => {});
      return () => shown.unsubscribe();
    });
  });
});
