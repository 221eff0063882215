import { gql, type TypedDocumentNode } from "@apollo/client";
import { createClient } from "../examples/frontends/apollo.js";
import { COUNTRY, PERSON_SAID, statementRow } from "../examples/frontends/documents.js";
import { type FrontendService, frontendService, watchFetch } from "./harness/frontends.js";
import { until } from "./harness/until.js";
import type { Whatever } from "./harness/whatever.js";

const SINGH = { slug: "rajnath-singh", first: 5 };

describe("A frontend with Apollo Client", () => {
  let service: FrontendService;
  let fetched: ReturnType<typeof watchFetch>;
  const client = (tell?: (operation: string, cost: unknown) => void) =>
    createClient(service.address, tell);
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
    await one.query({ query: PERSON_SAID, variables: SINGH });
    const shown = one.watchQuery({ query: PERSON_SAID, variables: SINGH });
    const read = () => one.readQuery({ query: PERSON_SAID, variables: SINGH })!.person!.statements!;
    for (const length of [10, 14]) {
      await shown.fetchMore({ variables: { after: read().pageInfo.endCursor } });
      expect(read().edges).toHaveLength(length);
    }
    const { edges, totalCount, pageInfo } = read();
    expect(new Set(edges.map(({ node }) => node.id)).size).toBe(14);
    expect([totalCount, pageInfo.hasNextPage]).toEqual([14, false]);
    expect(statementRow(edges[0]!.node)).toMatch(/^2024-11-20, Vientiane, Laos: /);
  });

  it("Pages that are asked for by nodes are not joined: the last one is all", async () => {
    const one = client();
    const query: TypedDocumentNode<Whatever, { after?: string }> = gql`
      query ($after: String) {
        topic(slug: "asean") {
          id
          statements(first: 2, after: $after) {
            nodes {
              id
            }
            pageInfo {
              endCursor
            }
          }
        }
      }
    `;
    const page = async (after?: string) => {
      const asked = { query, variables: { after }, fetchPolicy: "network-only" } as const;
      return (await one.query(asked)).data.topic.statements;
    };
    const first = await page();
    const second = await page(first.pageInfo.endCursor);
    const { nodes } = one.readQuery({ query, variables: {} }).topic.statements;
    expect(nodes).toEqual(second.nodes);
    expect(nodes).not.toContainEqual(first.nodes[0]);
  });

  it("A country that was met in two places is held once", async () => {
    const one = client();
    const names: (string | undefined)[] = [];
    const shown = one.watchQuery({ query: COUNTRY, variables: { code: "LA" } });
    const subscription = shown.subscribe(({ data }) => names.push(data?.country?.name));
    await until(async () => names.includes("Laos"));
    fetched.rename("Laos", "Lao PDR");
    await one.query({ query: PERSON_SAID, variables: SINGH });
    await until(async () => names.at(-1) === "Lao PDR");
    subscription.unsubscribe();
  });

  it("What a search finds can be read by a fragment on the union", async () => {
    const query: TypedDocumentNode<Whatever> = gql`
      query {
        searchRecord(query: "singh", first: 1) {
          edges {
            node {
              ...Found
            }
          }
        }
      }
      fragment Found on RecordSearchResult {
        ... on Person {
          id
          name
        }
      }
    `;
    const { data } = await client().query({ query });
    expect(data.searchRecord.edges[0].node.name).toBe("Rajnath Singh");
  });

  it("A document is sent by hash with GET, as text once, and its cost is told", async () => {
    const costs: unknown[] = [];
    const query = gql`
      query Asked {
        country(code: "MY") {
          code
        }
      }
    `;
    for (let i = 0; i < 2; i++) await client((...told) => costs.push(told)).query({ query });
    expect(fetched.sent).toEqual(["GET hash", "POST text", "GET hash"]);
    expect(costs).toEqual(Array(2).fill(["Asked", { estimated: 1, limit: 1_000_000 }]));
  });

  it("A list that can't be read is null beside an error, and the rest is there", async () => {
    const variables = { ...SINGH, first: 101 };
    const asked = { query: PERSON_SAID, variables, errorPolicy: "all" } as const;
    const { data, error } = await client().query(asked);
    expect(data?.person).toMatchObject({ name: "Rajnath Singh", statements: null });
    expect(error?.message).toContain("first");
  });

  it("The service stops reading for a page that is left", async () => {
    const shown = client().watchQuery({ query: PERSON_SAID, variables: SINGH });
    await service.askAndLeave(() => {
      const subscription = shown.subscribe({});
      return () => subscription.unsubscribe();
    });
  });
});
