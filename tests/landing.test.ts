import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { exampleQuestions } from "../src/pages/questions.js";
import { cached } from "../src/pages/cache.js";
import type { SourceRecordInput } from "../src/records/record.format.js";
import { fableWith, passageOf } from "./fixtures/fable.js";
import { talkative } from "./fixtures/talkative.js";
import { serviceWith, SHIPPED_RECORD, type TestService } from "./harness/service.js";
import { recordedDatabase, servingService } from "./harness/serving.js";

/** The record of the fable, which is sound. */
const fable = (changes = {}) => fableWith(changes) as unknown as SourceRecordInput;

const EXAMPLES = exampleQuestions();
const HEADLINE = EXAMPLES[0]!;

/** The landing page as it comes, without anything that a browser would do to it. */
async function landingPage({ service }: Pick<TestService, "service">): Promise<string> {
  const { statusCode, body } = await service.app.inject("/");
  expect(statusCode).toBe(200);
  return body;
}

/** What a reader reads: the text of some HTML. */
function textOf(html: string): string {
  const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"' };
  return html
    .replace(/<[^>]*>/g, "")
    .replace(/&(amp|lt|gt|quot);/g, (_, name: string) => entities[name]!)
    .replace(/\s+/g, " ")
    .trim();
}

const statementsIn = (html: string) =>
  [...html.matchAll(/<li><blockquote>.*?<\/li>/gs)].map(([item]) => textOf(item));

/** The questions that a page offers to open, as their operations. */
const questionsIn = (html: string) =>
  [...html.matchAll(/href="\/graphiql\?query=([^"]*)"/g)].map(([, query]) =>
    decodeURIComponent(query!),
  );

const titleOf = (operation: string) => operation.split("\n")[0]!.slice(2);

describe("The landing page of the shipped record", () => {
  let test: TestService;
  let html: string;
  beforeAll(async () => {
    test = await serviceWith(SHIPPED_RECORD);
    html = await landingPage(test);
  });
  afterAll(() => test.close());

  it("The landing page shows the headline's answer without a script", () => {
    const file = resolve(__dirname, `../examples/${HEADLINE.file}.json`);
    const { person } = JSON.parse(readFileSync(file, "utf8"));
    const said = statementsIn(html);
    expect(textOf(html)).toContain("14 statements, 3 of them joint.");
    expect(said).toHaveLength(14);
    for (const [i, { text }] of person.statements.nodes.entries()) expect(said[i]).toContain(text);
    expect(html).not.toMatch(
      /<script(?! type="module" src="\/explorer\/search-[\w-]+\.js"><\/script>)/,
    );
  });

  it("Each statement is shown with speakers, form, date, place and the passages that prove it", () => {
    const text = "the text from “Vientiane [Laos], November 20”";
    const met = "20 November 2024, Vientiane, at “Rajnath Singh meets Dong Jun”";
    const said = statementsIn(html);
    expect(said[1]).toContain(
      `Rajnath Singh for India, as reported, ${met} ` +
        `Proof: characters 427 to 547 and characters 1,336 to 1,480 of ${text}`,
    );
    expect(said[4]).toBe(
      "“we need to focus on cooperation rather than conflict” " +
        `Rajnath Singh for India, verbatim, ${met} Proof: characters 1,058 to 1,110 of ${text}`,
    );
    expect(said[6]).toContain("Rajnath Singh for India together with Dong Jun for China");
  });

  it("Exactly the inferred facts are marked", () => {
    const items = [...html.matchAll(/<li><blockquote>.*?<\/li>/gs)].map(([item]) => item);
    const inferredIn = (item: string) => [...item.matchAll(/<i>(.*?)<\/i>/g)].map(([, of]) => of);
    expect(inferredIn(items[0]!)).toEqual(["India"]);
    expect(inferredIn(items[6]!)).toEqual(["Rajnath Singh", "Dong Jun"]);
    expect(inferredIn(items[9]!)).toEqual([
      ...["Rajnath Singh", "India", "Chansamone Chanyalath", "Vientiane"],
    ]);
  });

  it("The landing page shows the headline's query, and links to all examples", () => {
    expect(textOf(html)).toContain(`query WhatHeSaidThere { person(slug: "rajnath-singh")`);
    expect(questionsIn(html)).toEqual(EXAMPLES.map(({ document }) => document));
  });

  it("The landing page is cached for its next visitors", async () => {
    await test.dataSource.query("ALTER TABLE statement RENAME TO hidden");
    expect(await landingPage(test)).toBe(html);
    await test.dataSource.query("ALTER TABLE hidden RENAME TO statement");
  });
});

describe("The landing page of another record", () => {
  it("The questions on the landing page are about the record, and have answers", async () => {
    const test = await serviceWith(fable({ "/meetings/0/status": "HELD" }));
    const html = await landingPage(test);
    const questions = questionsIn(html);
    expect(questions.map(titleOf)).toEqual([
      "Which statements did Ada Floe make in Iceburg?",
      "Whom did Ada Floe meet?",
      "What was said at “Ada Floe meets Bo Drift”?",
      "Which statements were made on behalf of Antarctica?",
      "When did Antarctica and Bouvet Island meet?",
    ]);
    const passage = passageOf("The sea", "told him");
    expect(statementsIn(html)).toEqual([
      "“The sea belongs to all of us 🐧” Ada Floe for Antarctica, verbatim, 3 June 2031, " +
        `Iceburg, at “Ada Floe meets Bo Drift” Proof: characters ${passage.start} to ${passage.end} of the source`,
    ]);
    for (const question of questions) {
      const { data } = await test.ask(question);
      expect([titleOf(question), JSON.stringify(data)]).toEqual([
        titleOf(question),
        expect.stringMatching(/"totalCount":[1-9]/),
      ]);
    }
    expect(html).not.toContain("ingh");
    await test.close();
  });

  it("A record beside the shipped one adds its questions", async () => {
    const test = await serviceWith(SHIPPED_RECORD, fable());
    const questions = questionsIn(await landingPage(test));
    await test.close();
    expect(questions.map(titleOf)).toEqual([
      HEADLINE.title,
      "Whom did Rajnath Singh meet?",
      "What was said at “Ada Floe meets Bo Drift”?",
      "Which statements were made on behalf of India?",
      "What did India and Laos say together?",
      "When did China and India meet?",
    ]);
  });

  it("The headline asks for all statements of a person when no place is known", async () => {
    const test = await serviceWith(
      fable({ "/meetings/0/places": undefined, "/places": undefined }),
    );
    const html = await landingPage(test);
    expect(titleOf(questionsIn(html)[0]!)).toBe("Which statements did Ada Floe make?");
    expect(statementsIn(html)).toHaveLength(1);
    await test.close();
  });

  it("A long answer shows its first fifteen statements, and the others on demand", async () => {
    const test = await serviceWith(talkative(20));
    const html = await landingPage(test);
    const [, shown, more] =
      /<h2[^>]*>.*?<ol(.*?)<details><summary>5 more<\/summary>(.*?)<\/details>/s.exec(html)!;
    expect([statementsIn(shown!), statementsIn(more!)].map(({ length }) => length)).toEqual([
      15, 5,
    ]);
    await test.close();
  });

  it("The questions are about meetings only when no statement is on record", async () => {
    const test = await serviceWith(
      fable({ "/statements": undefined, "/meetings/0/status": "HELD" }),
    );
    const html = await landingPage(test);
    await test.close();
    expect(questionsIn(html).map(titleOf)).toEqual([
      "Whom did Ada Floe meet?",
      "When did Antarctica and Bouvet Island meet?",
    ]);
    expect(html).not.toContain("The query</h3>");
  });

  it("Names and texts are escaped in HTML and in queries", async () => {
    const name = `Ada "$&" <script>alert(1)</script> Floe`;
    const test = await serviceWith(
      fable({
        "/people/0/name": name,
        "/document/url": "https://herald.example/?a=1&b=%22",
        "/document/title": "Fish & <i>ice</i>",
      }),
    );
    const html = await landingPage(test);
    const [headline] = questionsIn(html);
    expect(html).not.toMatch(
      /<script(?! type="module" src="\/explorer\/search-[\w-]+\.js"><\/script>)/,
    );
    expect(textOf(html)).toContain(`Which statements did ${name} make in Iceburg?`);
    expect(html).toContain(`<a href="https://herald.example/?a=1&amp;b=%22">`);
    expect(textOf(html)).toContain("of “Fish & <i>ice</i>”");
    expect((await test.ask(headline!)).data.person.name).toBe(name);
    await test.close();
  });

  it("An empty record is explained with what to do", async () => {
    const test = await serviceWith();
    const html = await landingPage(test);
    await test.close();
    expect(textOf(html)).toContain("There are no records yet.");
    expect(html).toContain("communique load my-record.json");
    expect(html).toContain("docs/records.md");
    expect(questionsIn(html)).toEqual([]);
  });
});

describe("The landing page without an answer", () => {
  it("A failed database is explained in plain words, and the examples are offered", async () => {
    const test = await serviceWith(SHIPPED_RECORD);
    await test.dataSource.query("ALTER TABLE speaker RENAME TO hidden");
    const html = await landingPage(test);
    await test.close();
    expect(textOf(html)).toContain("The database is unavailable at the moment");
    expect(html).not.toMatch(/<dl|relation "|speaker"/);
    expect(questionsIn(html)).toHaveLength(EXAMPLES.length);
  });

  it("Counts and examples are shown when the headline's query is refused", async () => {
    const test = await servingService(await recordedDatabase(), { maxCost: 100 });
    const html = await landingPage(test);
    await test.close();
    expect(html).toContain("<dl");
    expect(textOf(html)).toContain("The answer is not available at the moment.");
    expect(questionsIn(html)).toHaveLength(EXAMPLES.length);
  });

  it.each([
    ["only a router may ask", { COMMUNIQUE_ROUTER_SECRET: "a-secret-of-the-router-and-of-us" }],
    ["only what is on a list is answered", { COMMUNIQUE_TRUSTED_DOCUMENTS_ONLY: "true" }],
  ])("No answer is shown when %s", async (_, environment: Record<string, string>) => {
    const folder = await mkdtemp(join(tmpdir(), "communique-list-"));
    await writeFile(join(folder, "count.graphql"), "{ statements { totalCount } }");
    const list = { COMMUNIQUE_TRUSTED_DOCUMENTS: folder };
    const test = await servingService(
      await recordedDatabase(),
      {},
      {},
      { ...list, ...environment },
    );
    const html = await landingPage(test);
    await test.close();
    await rm(folder, { recursive: true });
    expect(textOf(html)).toContain(
      "This service accepts only requests from a router, or trusted documents",
    );
    expect(statementsIn(html)).toEqual([]);
  });
});

describe("The cache of the pages", () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it("The cache reads again after a minute, or five seconds after a failure", async () => {
    const answers = ["one", "two", new Error("away"), "four"];
    const read = cached(async () => {
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer;
    });
    const asked: unknown[] = [];
    for (const seconds of [0, 59, 2, 61, 4, 2]) {
      jest.advanceTimersByTime(seconds * 1_000);
      asked.push(await read());
    }
    expect(asked).toEqual(["one", "one", "two", null, null, "four"]);
  });

  it("A page waits at most two seconds for a read, whose result serves the requests after it", async () => {
    let reads = 0;
    let give: (answer: string) => void = () => {};
    const read = cached(() => {
      reads++;
      return new Promise<string>((resolve) => (give = resolve));
    });
    const first = read();
    await jest.advanceTimersByTimeAsync(2_001);
    expect(await first).toBeNull();
    const second = read();
    give("late");
    expect(await second).toBe("late");
    expect(await read()).toBe("late");
    expect(reads).toBe(1);
  });
});
