import { exampleQuestions } from "../src/pages/questions.js";
import type { SourceRecordInput } from "../src/records/record.format.js";
import { fableWith } from "./fixtures/fable.js";
import { get, linksIn, textOf } from "./harness/pages.js";
import {
  configuredService,
  serviceWith,
  SHIPPED_RECORD,
  type TestService,
} from "./harness/service.js";

/** The statements of the answer, and the other questions, as HTML. */
async function partsOf(test: TestService) {
  const { body } = await get(test, "/");
  const [, list = ""] = /<ol class="statements">(.*?)<\/ol>/s.exec(body) ?? [];
  const [, questions = ""] = /<ul class="questions">(.*?)<\/ul>/s.exec(body) ?? [];
  const items = (html: string) => [...html.matchAll(/<li>(.*?)<\/li>/gs)].map(([, item]) => item!);
  return { said: items(list), questions: items(questions) };
}

/** A question with the pages that it leads to, GraphiQL without its query. */
const leadsTo = (question: string) => [
  textOf(question.replace(/<span class="unseen">.*|<a class="aside".*/s, "")),
  ...linksIn(question).map((address) => address.replace(/^(\/graphiql).*/s, "$1")),
];

describe("Where the start page leads to", () => {
  let test: TestService;
  beforeAll(async () => {
    test = await serviceWith(SHIPPED_RECORD);
  });
  afterAll(() => test.close());

  it("The statements of the answer lead to their pages, and to those of who spoke, for whom, where and when they met", async () => {
    const { said } = await partsOf(test);
    expect(linksIn(said[1]!)).toEqual([
      expect.stringMatching(/^\/statements\/vientiane-2024-11-20\/./),
      "/people/rajnath-singh",
      "/countries/IN",
      "/places/vientiane",
      "/meetings/singh-dong-vientiane-2024",
    ]);
    for (const page of new Set(said.flatMap(linksIn))) {
      expect([page, (await get(test, page)).statusCode]).toEqual([page, 200]);
    }
  });

  it("A question leads to the page that answers it, if there is one, and to GraphiQL, which is named", async () => {
    const { questions } = await partsOf(test);
    const pages = questions.map(leadsTo);
    expect(pages).toContainEqual([
      ...["Whom did Rajnath Singh meet?", "/people/rajnath-singh?tab=met", "/graphiql"],
    ]);
    expect(pages).toContainEqual([
      ...["When did India and China meet?", "/with/IN/CN", "/graphiql"],
    ]);
    expect(pages).toContainEqual(["What was said before 2024?", "/graphiql"]);
    for (const question of questions) expect(textOf(question)).toContain("GraphiQL");
  });

  it("The answer leads to a page that has the same statements", async () => {
    const { body } = await get(test, "/");
    const page = "/people/rajnath-singh?tab=said&place=vientiane";
    expect(linksIn(body)).toContain(page);
    expect(textOf((await get(test, page)).body)).toContain("14 statements");
  });

  it("No page that answers an example is dead", async () => {
    for (const { page } of exampleQuestions()) {
      if (page === null) continue;
      expect([page, (await get(test, page)).statusCode]).toEqual([page, 200]);
    }
  });

  it("Without the explorer, nothing leads to its pages", async () => {
    const without = await configuredService({ COMMUNIQUE_EXPLORER: "false" }, SHIPPED_RECORD);
    const { said, questions } = await partsOf(without);
    await without.close();
    expect(said).toHaveLength(14);
    expect(said.flatMap(linksIn)).toEqual([]);
    expect(new Set(questions.flatMap(leadsTo).filter((one) => one.startsWith("/")))).toEqual(
      new Set(["/graphiql"]),
    );
  });

  it("The questions about another record lead to its pages", async () => {
    const fable = fableWith({ "/meetings/0/status": "HELD" }) as unknown as SourceRecordInput;
    const other = await serviceWith(fable);
    const { questions } = await partsOf(other);
    const pages = questions.map((question) => linksIn(question)[0]!);
    expect(pages).toEqual([
      "/people/ada-floe?tab=met",
      expect.stringMatching(/^\/meetings\/./),
      "/countries/AQ?tab=said",
      "/with/AQ/BV",
    ]);
    for (const page of pages) expect((await get(other, page)).statusCode).toBe(200);
    await other.close();
  });
});
