import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Agent, agentAt, agentWith } from "./harness/agent.js";
import { recordedDatabase, type ServingService, servingService } from "./harness/serving.js";
import type { Whatever } from "./harness/whatever.js";

jest.setTimeout(60_000);

/** A question, the call that an agent makes for it, and the passages of the article that prove the answer: written by hand. */
interface Question {
  ask: string;
  tool: string;
  arguments: Record<string, unknown>;
  /** Where in the answer the citations are; `*` stands for each item of a list. */
  path: string;
  passages: [start: number, end: number][];
  /** What the text says, besides. */
  text?: string;
  verdict?: string;
  /** Of each passage that comes closest to a quotation that is not on record: why it is not that quotation. */
  why?: string[];
  match?: string;
  /** Where the quoted words themselves stand. */
  at?: [number, number];
}

const DOCUMENT = "vientiane-2024-11-20";
const QUESTIONS = JSON.parse(
  readFileSync(join(__dirname, "agents/questions.json"), "utf8"),
) as Question[];

/** All that a path leads to. */
function at(value: Whatever, [step, ...rest]: string[]): Whatever[] {
  if (value === null || value === undefined) return [];
  if (step === undefined) return [value];
  if (step === "*") return (value as Whatever[]).flatMap((item) => at(item, rest));
  return at(value[step], rest);
}

/** The passages in an answer, as `document start–end`. */
function passagesIn(data: Whatever, path: string): string[] {
  const citations = at(data, path.split(".")).flat();
  return citations.map(({ document, start, end }) => {
    const key = (document.key ?? document) as string;
    return `${key} ${start as number}–${end as number}`;
  });
}

describe.each(["over HTTP", "over standard input and output"])("An agent %s", (way) => {
  let service: ServingService | undefined;
  let agent: Agent | undefined;
  beforeAll(async () => {
    const url = await recordedDatabase();
    if (way === "over HTTP") service = await servingService(url);
    agent = await (service ? agentAt(service.address) : agentWith({ DATABASE_URL: url }));
  });
  afterAll(async () => {
    await agent?.close();
    await service?.close();
  });

  it.each(QUESTIONS.map((question) => [question.ask, question] as const))(
    "The answer has the right citations: %s",
    async (_, { tool, arguments: args, path, passages, text, verdict, why, match, at: words }) => {
      const answer = await agent!.call(tool, args);
      expect({ text: answer.text, isError: answer.isError }).toMatchObject({ isError: false });
      const expected = passages.map(([start, end]) => `${DOCUMENT} ${start}–${end}`);
      expect(passagesIn(answer.data, path).sort()).toEqual(expected.sort());
      // The text says the same, for clients that show nothing else to the model.
      for (const passage of expected) expect(answer.text).toContain(passage);
      if (text) expect(answer.text).toContain(text);
      expect(answer.data.verdict).toBe(verdict);
      if (verdict) expect(answer.text).toMatch(new RegExp(`^${verdict}: `));
      if (why) expect(at(answer.data, ["closest", "*", "why"])).toEqual(why);
      if (match) expect(answer.data.quotations[0].match).toBe(match);
      if (words)
        expect(answer.data.quotations[0].passage).toEqual({
          ...{ document: DOCUMENT, start: words[0], end: words[1] },
        });
    },
  );
});

describe("The questions for agents", () => {
  it("There are sixty different ones, a fifth of them quotations that are invented, altered or another's", () => {
    expect(new Set(QUESTIONS.map(({ ask }) => ask)).size).toBe(60);
    const invented = QUESTIONS.filter(({ verdict }) => verdict === "NOT_ON_RECORD");
    expect(invented.length).toBeGreaterThanOrEqual(12);
  });
});
