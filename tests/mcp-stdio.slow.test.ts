import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text as textOf } from "node:stream/consumers";
import { fableText, fableWith, passageOf } from "./fixtures/fable.js";
import { type Agent, agentWith } from "./harness/agent.js";
import { recordedDatabase, type ServingService, servingService } from "./harness/serving.js";

jest.setTimeout(60_000);

const COMMAND = join(__dirname, "../bin/communique.js");
const json = (record: object) => JSON.stringify(record, null, 2);

/** The fable as a draft: with quotes in place of some offsets. */
const draft = (quote = "Both signed the Herring Pact.") =>
  json(fableWith({ "/agreements/0/citations/0": { quote } }));

describe("Tools for those who write records, over standard input and output", () => {
  let agent: Agent;
  beforeAll(async () => {
    agent = await agentWith({ DATABASE_URL: await recordedDatabase() });
  });
  afterAll(() => agent.close());

  it("The tools are those of HTTP and two more", async () => {
    const { tools } = await agent.client.listTools();
    const names = tools.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["find_person", "execute", "introspect"]));
    expect(names.slice(-2)).toEqual(["anchor_quote", "check_record"]);
  });

  it("Answers say what is a label and no fact, and each difference that an agent would misread", async () => {
    expect(agent.client.getInstructions()).toContain("A year in a slug or key is a label");
    const { tools } = await agent.client.listTools();
    const told = (name: string) => {
      const tool = tools.find((each) => each.name === name)!;
      const properties = tool.inputSchema.properties as Record<string, { description?: string }>;
      return [
        tool.description,
        ...Object.values(properties).map((each) => each.description),
      ].join();
    };
    expect(told("meeting")).toContain("agreements were signed or exchanged at it");
    expect(told("document")).toContain("only under an open licence");
    expect(told("statements")).toContain("more arguments give fewer");
    expect(told("meetings")).toMatch(/meetings with LA.*meetings in LA/);
    expect(told("verify_quote")).toMatch(/in the same case.*Cite its `citations`/);
  });

  it("Meetings in a country are others than meetings with it", async () => {
    const within = await agent.call("meetings", { placeCountries: ["LA"] });
    expect(within.data.data.meetings.totalCount).toBe(5);
    const together = await agent.call("meetings", { countries: ["LA"] });
    expect(together.data.data.meetings.totalCount).toBe(1);
  });

  it("What was said to a country is listed with whom it was said to", async () => {
    const { data, text } = await agent.call("statements", { addresseeCountries: ["LA"] });
    expect(data.data.statements.nodes).toMatchObject([
      { addressees: [{ country: { code: "LA" }, certainty: expect.any(String) }] },
    ]);
    expect(text).toMatch(/addressees:\n +- .*country \(code LA\)/);
  });

  it("A draft is anchored, checked, and passes", async () => {
    const { data, text } = await agent.call("anchor_quote", { record: draft(), text: fableText });
    expect(data).toMatchObject({
      anchored: true,
      faults: [],
      citations: [{ pointer: "/agreements/0/citations/0", ...passageOf("Both", "Pact.") }],
    });
    expect(JSON.parse(data.record as string)).toEqual(fableWith());
    expect(text).toContain(data.record);
    const checked = await agent.call("check_record", { record: data.record, text: fableText });
    expect(checked.data).toMatchObject({ passes: true, checkedAgainstText: true });
    expect(checked.data.faults).not.toContainEqual(expect.objectContaining({ severity: "fault" }));
  });

  it.each([
    ["words that the text has not", "Both burnt the Herring Pact."],
    ["words that it has twice", "The wind blew."],
  ])("A quote of %s is not anchored, nor is any other", async (_, quote) => {
    const args = { record: draft(quote), text: fableText };
    const { data } = await agent.call("anchor_quote", args);
    expect(data).toMatchObject({
      anchored: false,
      citations: [],
      faults: [{ severity: "fault", pointer: "/agreements/0/citations/0/quote" }],
    });
    expect(data.record).toBeUndefined();
  });

  it.each([
    [
      "a quotation that is not in the text",
      { "/statements/0/text": "The sea belongs to me alone" },
    ],
    ["a fact without a citation", { "/agreements/0/citations": [] }],
    ["an offset beyond the text", { "/agreements/0/citations/0/end": 99_999 }],
    ["a text that is not the document's", { "/document/sha256": "0".repeat(64) }],
  ])("A record with %s does not pass", async (_, changes) => {
    const record = json(fableWith(changes));
    const { data } = await agent.call("check_record", { record, text: fableText });
    expect(data.passes).toBe(false);
    expect(data.faults[0]).toMatchObject({
      severity: "fault",
      code: expect.stringMatching(/^[a-z\d-]+$/),
      pointer: expect.stringMatching(/^\//),
    });
  });

  it("A record is checked against what is on record", async () => {
    const record = json(fableWith({ "/statements/1/speakers/0": { person: "dong-jun" } }));
    expect((await agent.call("check_record", { record })).data.passes).toBe(true);
    const unknown = json(fableWith({ "/statements/1/speakers/0": { person: "no-one" } }));
    expect((await agent.call("check_record", { record: unknown })).data.passes).toBe(false);
  });

  it.each([
    ["record", { record: "" }],
    ["text", { record: "{}", text: 1 }],
  ])("A bad %s is refused by name", async (name, args) => {
    const { text, isError } = await agent.call("check_record", args);
    expect({ isError, text }).toEqual({
      isError: true,
      text: expect.stringMatching(new RegExp(`^${name}: expected the `)),
    });
  });

  it("No JSON is a fault of the record, with its place", async () => {
    const { data } = await agent.call("check_record", { record: "{\n  oops" });
    expect(data).toMatchObject({ passes: false, faults: [{ code: "json", line: 2 }] });
    const anchored = await agent.call("anchor_quote", { record: "{\n  oops", text: "x" });
    expect(anchored.data).toMatchObject({ anchored: false, faults: [{ code: "json", line: 2 }] });
  });
});

describe("communique mcp", () => {
  it("What comes before the input ends is answered, then the process ends; other output is none", async () => {
    const child = spawn(process.execPath, [COMMAND, "mcp"], {
      env: { ...process.env, DATABASE_URL: await recordedDatabase() },
    });
    const output = textOf(child.stdout);
    const call = { name: "find_person", arguments: { name: "Modi" } };
    child.stdin.end(
      `no message\n${JSON.stringify({ jsonrpc: "2.0", id: 7, method: "tools/call", params: call })}\n`,
    );
    const [code] = (await once(child, "exit")) as [number];
    const lines = (await output).trim().split("\n");
    expect({ code, lines: lines.length }).toEqual({ code: 0, lines: 1 });
    expect(JSON.parse(lines[0]!)).toMatchObject({
      id: 7,
      result: { structuredContent: { people: [{ slug: "narendra-modi" }] } },
    });
  });

  it("An address that is none is wrong usage", async () => {
    const child = spawn(process.execPath, [COMMAND, "mcp", "--url", "localhost"]);
    const said = textOf(child.stderr);
    expect((await once(child, "exit"))[0]).toBe(2);
    expect(await said).toContain("Give an address such as http://127.0.0.1:4000/graphql.");
  });
});

describe("communique mcp --url", () => {
  let service: ServingService;
  beforeAll(async () => {
    service = await servingService(await recordedDatabase());
  });
  afterAll(() => service.close());

  it("A service elsewhere is asked, without a database", async () => {
    const agent = await agentWith({}, "--url", `${service.address}/graphql`);
    try {
      const words = "cooperation rather than conflict";
      const { data } = await agent.call("verify_quote", { words, person: "rajnath-singh" });
      expect(data).toMatchObject({ verdict: "VERIFIED", quotations: [{ match: "EXACT" }] });
      const checked = await agent.call("check_record", { record: json(fableWith()) });
      expect(checked.data.passes).toBe(true);
    } finally {
      await agent.close();
    }
  });

  it("Where no service answers, the call says so", async () => {
    const other = createServer((_, response) => void response.end("hello"));
    await new Promise<void>((up) => other.listen(0, "127.0.0.1", up));
    const { port } = other.address() as AddressInfo;
    const agent = await agentWith({}, "--url", `http://127.0.0.1:${port}/graphql`);
    try {
      const ask = () => agent.call("search", { query: "a" });
      expect(await ask()).toMatchObject({
        isError: true,
        text: "The address does not answer as a GraphQL service does (HTTP 200).",
      });
      other.closeAllConnections();
      await new Promise((closed) => other.close(closed));
      expect(await ask()).toMatchObject({
        isError: true,
        text: "The service cannot be reached: ECONNREFUSED [UNAVAILABLE]",
      });
    } finally {
      await agent.close();
      other.close();
    }
  });
});
