import { fetchQuery } from "relay-runtime";
import question from "../examples/frontends/relay/__generated__/statementsQuery.graphql.js";
import { createEnvironment } from "../examples/frontends/relay/environment.js";
import { saidBy } from "../examples/frontends/relay/statements.js";
import { type FrontendService, frontendService, watchFetch } from "./harness/frontends.js";

describe("A frontend with Relay, of a service that takes its documents only", () => {
  let service: FrontendService;
  beforeAll(async () => {
    service = await frontendService({ COMMUNIQUE_TRUSTED_DOCUMENTS_ONLY: "true" });
  });
  afterAll(() => service.close());

  it("A list is read page by page from the root, into one without doubles", async () => {
    const { sent, stop } = watchFetch();
    const said = await saidBy(createEnvironment(service.address), "rajnath-singh");
    const texts = () => said.read().person?.statements?.edges.map(({ node }) => node.text) ?? [];
    expect(texts()).toHaveLength(5);
    for (const length of [10, 14]) {
      expect(await said.more()).toBe(true);
      expect(texts()).toHaveLength(length);
    }
    expect(await said.more()).toBe(false);
    expect(new Set(texts()).size).toBe(14);
    expect(sent).toEqual(["POST hash", "POST hash", "POST hash"]);
    stop();
  });

  it("A country is held once, by its id, which is its code", async () => {
    const environment = createEnvironment(service.address);
    await saidBy(environment, "rajnath-singh");
    const source = environment.getStore().getSource();
    const countries = source
      .getRecordIDs()
      .filter((id) => source.get(id)?.__typename === "Country");
    expect(countries).toEqual(["LA"]);
  });

  it("A list that can't be read is null, and the rest is there", async () => {
    const said = await saidBy(createEnvironment(service.address), "rajnath-singh");
    await said.more(101);
    expect(said.read().person).toMatchObject({ name: "Rajnath Singh", statements: null });
  });

  it("Nobody by that name is null, not an error", async () => {
    const said = await saidBy(createEnvironment(service.address), "nobody");
    expect(said.read().person).toBeNull();
    expect(await said.more()).toBe(false);
  });

  it("The service stops reading for a page that is left", async () => {
    const environment = createEnvironment(service.address);
    await service.askAndLeave(() => {
      const shown = fetchQuery(environment, question, { slug: "rajnath-singh" }).subscribe({});
      return () => shown.unsubscribe();
    });
  });
});
