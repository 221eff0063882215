import { getNamedType, isInputObjectType, parse } from "graphql";
import { ToolError, type Ask } from "../src/mcp/ask.js";
import { documentTools } from "../src/mcp/document-tools.js";
import { NOUNS, slugsGiven } from "../src/graphql/slugs.js";
import { createSchema } from "../src/schema.js";
import { type Agent, agentAt } from "./harness/agent.js";
import { recordedDatabase, type ServingService, servingService } from "./harness/serving.js";

jest.setTimeout(60_000);

const schema = createSchema();

describe("Slugs that nothing on record has", () => {
  let service: ServingService;
  let agent: Agent;
  const statements: string[] = [];
  beforeAll(async () => {
    const observe = (name: string) => void statements.push(name);
    service = await servingService(await recordedDatabase(), {}, { observe });
    agent = await agentAt(service.address);
  });
  afterAll(async () => {
    await agent.close();
    await service.close();
  });

  it.each<[tool: string, args: object, notice: string]>([
    [
      "statements",
      { speakers: ["Rajnath Singh"] },
      'speakers: no person has the slug "Rajnath Singh"; the nearest on record is rajnath-singh.',
    ],
    [
      "count_statements",
      { by: "YEAR", topics: ["de escalation"] },
      'topics: no topic has the slug "de escalation"; the nearest on record is de-escalation.',
    ],
    [
      "meetings",
      { people: ["dong-jung"] },
      'people: no person has the slug "dong-jung"; the nearest on record is dong-jun.',
    ],
    [
      "meeting",
      { slug: "singh-dong-vientiane-2023" },
      'slug: no meeting has the slug "singh-dong-vientiane-2023"; the nearest on record is singh-dong-vientiane-2024.',
    ],
    [
      "whom_they_met",
      { person: "rajnath-singh", places: ["vientianne"] },
      'places: no place has the slug "vientianne"; the nearest on record is vientiane.',
    ],
    [
      "statement",
      { key: "vientiane-2024-11-20/nothing-of-the-kind" },
      'key: no statement has the key "vientiane-2024-11-20/nothing-of-the-kind"; search finds keys.',
    ],
    [
      "meetings",
      { people: ["dong-jun"], countries: ["SU"] },
      'countries: no country has the code "SU"; did you mean SUHH (Soviet Union)?',
    ],
    [
      "statements",
      { addressees: ["zzyzx-qqq"] },
      'addressees: no person has the slug "zzyzx-qqq"; find_person finds slugs.',
    ],
  ])("An answer of %s to %j says which", async (tool, args, notice) => {
    const { data, text, isError } = await agent.call(tool, args);
    expect({ isError, notices: data.notices }).toEqual({ isError: false, notices: [notice] });
    expect(text).toContain(notice);
  });

  it("One that is wrong among others is reported with what the others have", async () => {
    const { data } = await agent.call("statements", { speakers: ["dong-jun", "Xi Jinping"] });
    expect(data.data.statements.totalCount).toBeGreaterThan(0);
    expect(data.notices).toEqual([expect.stringContaining('speakers: no person has the slug "Xi')]);
  });

  it("Nothing is said where a slug is on record and the answer is empty all the same", async () => {
    const args = { speakers: ["khaled-nordin"], topics: ["de-escalation"] };
    const { data } = await agent.call("statements", args);
    expect(data).toEqual({ data: { statements: expect.objectContaining({ totalCount: 0 }) } });
  });

  it.each([
    [
      "a variable in a list",
      'query ($who: String!) { meetings(filter: { people: ["dong-jun", $who] }) { totalCount } }',
      "who",
    ],
    [
      "a variable that is a filter",
      "query ($f: MeetingFilter) { meetings(filter: $f) { totalCount } }",
      "f.people",
    ],
    [
      "a default value",
      'query ($p: [String!] = ["no-one"]) { meetings(filter: { people: $p }) { totalCount } }',
      "p",
    ],
    [
      "the document itself",
      '{ all: meetings(filter: { people: "no-one" }) { n: totalCount } }',
      "filter.people",
    ],
    [
      "a fragment",
      "query ($who: String!) { ...found } fragment found on Query { person(slug: $who) { name } }",
      "who",
    ],
  ])("In any query a slug is found in %s", async (_, query, argument) => {
    const variables = { who: "no-one", f: { people: ["no-one"] } };
    const { data } = await agent.call("execute", { query, variables });
    expect(data.notices).toEqual([
      expect.stringMatching(`^${argument}: no person has the slug "no-one"`),
    ]);
  });

  it("Documents of others report it, too; at most five of twenty, with the start of long ones", async () => {
    const document =
      "query Told($keys: [String!]) { sourceDocuments(filter: { keys: $keys }) { totalCount } }";
    const asked: string[] = [];
    const ask: Ask = (query, variables) => {
      asked.push(query);
      return service.ask(query, variables) as never;
    };
    const [tool] = documentTools(schema, [document]).tools;
    const keys = Array.from({ length: 90 }, (_, i) => `q${i}${"q".repeat(100)}`);
    const { content } = await tool!.run({ keys }, ask);
    const notices = content.notices as string[];
    expect(notices).toHaveLength(5);
    expect(notices[4]).toMatch(/^keys: no document has the key "q4q{58}…"; search finds keys\.$/);
    expect(asked).toHaveLength(3);
    expect(asked[1]).toContain("s19: ");
    expect(asked[1]).not.toContain("s20: ");
  });

  it("An answer that was had is not lost where slugs can't be looked up", async () => {
    const [tool] = documentTools(schema, [
      "query Who($slug: String!) { person(slug: $slug) { slug } }",
    ]).tools;
    const late: Ask = async (query) => {
      if (query.includes("McpSlugs")) throw new ToolError("late");
      return { data: { person: null } };
    };
    const { content } = await tool!.run({ slug: "no-one" }, late);
    expect(content).toEqual({ data: { person: null } });
  });

  /** What the response of a request with these `extensions` has besides data. */
  async function toldOf(query: string, variables = {}, extensions: object | undefined = ASKED) {
    statements.length = 0;
    const response = await fetch(`${service.address}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query, variables, extensions }),
    });
    const { errors, extensions: told } = (await response.json()) as {
      errors?: unknown;
      extensions?: { unknownValues?: { argument: string; message: string }[] };
    };
    expect(errors).toBeUndefined();
    return told?.unknownValues;
  }

  const ASKED = { unknownValues: true };

  it.each([
    ["SU", "; did you mean SUHH (Soviet Union)?"],
    ["YU", "; did you mean YUCS (Yugoslavia)?"],
    ["CS", "; did you mean CSHH (Czechoslovakia) or CSXX (Serbia and Montenegro)?"],
    ["BU", "; did you mean BUMM (Burma)?"],
    ["UK", "; did you mean GB (United Kingdom)?"],
    ["QQ", "."],
  ])("A request is told that %s is no country's code%s", async (code, advice) => {
    const query = "query ($f: MeetingFilter) { meetings(filter: $f) { nodes { slug } } }";
    const told = await toldOf(query, { f: { participantCountries: ["IN", "SUHH", code] } });
    const message = `f.participantCountries: no country has the code "${code}"${advice}`;
    expect(told).toEqual([{ argument: "f.participantCountries", message }]);
    expect(statements).toEqual(["meetings"]);
  });

  it("Unknown slugs and keys of a request are reported, of twenty that are looked up, by a statement for each type", async () => {
    const key = "vientiane-2024-11-20";
    const told = await toldOf(`{
      person(slug: "no-one") { name }
      meetings(filter: { people: ["dong-jun", "nobody"], places: ["vientiane"] }) { nodes { slug } }
      statementByKey(key: "${key}/nothing") { text }
      statements(filter: { documents: ["${key}", "no-document"] }) { nodes { text } } }`);
    expect(told).toEqual(
      [
        ["slug", 'no person has the slug "no-one".'],
        ["filter.people", 'no person has the slug "nobody".'],
        ["key", `no statement has the key "${key}/nothing".`],
        ["filter.documents", 'no document has the key "no-document".'],
      ].map(([argument, message]) => ({ argument, message: `${argument}: ${message}` })),
    );
    expect(statements.slice(0, 4).sort()).toEqual([
      ...["documentsByIds", "peopleBySlugs", "placesBySlugs", "statementsByIds"],
    ]);
    const many = await toldOf(
      "query ($people: [String!]) { meetings(filter: { people: $people }) { totalCount } }",
      { people: Array.from({ length: 90 }, (_, i) => `q${i}${"q".repeat(100)}`) },
    );
    expect(many).toHaveLength(20);
    expect(many![0]!.message).toMatch(/^people: no person has the slug "q0q{58}…"\.$/);
  });

  it("Nothing is reported where everything is known, and nothing is looked up where nobody asked", async () => {
    const query = (who: string) => `{ meetings(filter: { people: ["${who}"] }) { totalCount } }`;
    expect(await toldOf(query("dong-jun"))).toBeUndefined();
    for (const extensions of [undefined, {}, { unknownValues: "yes" }]) {
      expect(await toldOf(query("dong-jung"), {}, extensions ?? {})).toBeUndefined();
      expect(statements).not.toContain("peopleBySlugs");
    }
  });
});

describe("What names slugs in the schema", () => {
  const fields = Object.values(schema.getQueryType()!.getFields());

  it("Whose slugs or keys each field of a filter takes is known", () => {
    const lists = fields.flatMap(({ name, type, args }) => {
      const filter = getNamedType(args.find((arg) => arg.name === "filter")?.type);
      return isInputObjectType(filter) ? [{ name, of: String(type), filter }] : [];
    });
    const taking = lists.flatMap(({ name, of, filter }) =>
      Object.values(filter.getFields())
        .filter(({ description }) => /^(Their )?(slugs|keys)\b/i.test(description ?? ""))
        .map((field) => ({ name, of, filter, field })),
    );
    expect(taking.length).toBeGreaterThan(20);
    for (const { name, of, filter, field } of taking) {
      const query = parse(`query ($f: ${filter.name}) { ${name}(filter: $f) { totalCount } }`);
      const given = slugsGiven(schema, query, { f: { [field.name]: ["x"] } });
      const [, word] = /^\w+ of (\w+)/.exec(field.description!) ?? [];
      const noun = word === "people" ? "Person" : word && NOUN_OF_WORD.get(word);
      const listed = of.replace("Connection", "").replace("!", "");
      expect(given).toEqual([{ argument: `f.${field.name}`, noun: noun ?? listed, slug: "x" }]);
    }
  });

  it("Each type that Query has by slug or key is known, by the field that has it", () => {
    const single = fields.flatMap(({ name, type, args }) =>
      // The history of an item is there without it.
      name !== "recordHistory" && args.some((arg) => arg.name === "slug" || arg.name === "key")
        ? [[getNamedType(type).name, name]]
        : [],
    );
    const known = Object.entries(NOUNS).map(([type, { field }]) => [type, field]);
    expect(single.sort()).toEqual(known.sort());
  });
});

/** The types by the plural of their words. */
const NOUN_OF_WORD = new Map(Object.entries(NOUNS).map(([type, { word }]) => [`${word}s`, type]));
