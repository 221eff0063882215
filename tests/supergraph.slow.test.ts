import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createDataSource } from "../src/db/data-source.js";
import { loadAll } from "../src/records/load/record.load.js";
import { freshDatabase } from "./harness/database.js";
import { SHIPPED_RECORD } from "./harness/service.js";
import { ask, servingService } from "./harness/serving.js";
import { composeApollo, composeCosmo, composeGuild, type Subgraph } from "./harness/composition.js";
import {
  type Answer,
  apolloGateway,
  type Fault,
  type Gateway,
  hiveGateway,
  relayTo,
  startAtlas,
  startProgram,
  SUPERGRAPH,
} from "./harness/supergraph.js";

jest.setTimeout(60_000);

const communique: Subgraph = {
  name: "communique",
  url: "http://communique.test",
  sdl: readFileSync(resolve(__dirname, "../schema.graphql"), "utf8"),
};
const atlas: Subgraph = {
  name: "atlas",
  url: "http://atlas.test",
  sdl: readFileSync(join(SUPERGRAPH, "atlas.graphql"), "utf8"),
};

describe("Composition with neighbours", () => {
  it.each([
    ["alone", [communique]],
    ["with atlas", [communique, atlas]],
  ])("Composition %s succeeds in all three libraries, without a hint", (_, subgraphs) => {
    expect(composeApollo(subgraphs)).toMatchObject({ errors: [], hints: [] });
    expect(composeGuild(subgraphs)).toMatchObject({ errors: [] });
    expect(composeCosmo(subgraphs)).toMatchObject({ messages: [], warnings: [] });
  });

  const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@override", "@shareable"])`;
  const country = (fields: string) =>
    `scalar CountryCode type Country @key(fields: "code") { code: CountryCode! ${fields} }`;
  const root = (field: string) => `${country("area: Int")} type Query { ${field} }`;
  const pageInfo = (directive: string, fields: string) =>
    `type PageInfo ${directive} { ${fields} } type Rivers { pageInfo: PageInfo! } type Query { rivers: Rivers }`;
  const PAGE_INFO =
    "hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String";

  it.each<[neighbour: string, sdl: string, hints: string[]]>([
    ["knows countries by code", country("area: Int"), []],
    ["knows countries by id", `type Country @key(fields: "id") { id: ID! area: Int }`, []],
    ["names countries too", country("name: String! @shareable"), []],
    [
      "names countries in our place",
      country(`name: String! @override(from: "communique")`),
      ["OVERRIDDEN_FIELD_CAN_BE_REMOVED"],
    ],
    ["looks up countries too", root("country(code: CountryCode!): Country @shareable"), []],
    [
      "looks up countries and always finds one",
      root("country(code: CountryCode!): Country! @shareable"),
      ["INCONSISTENT_BUT_COMPATIBLE_FIELD_TYPE"],
    ],
    [
      "looks up countries at a date",
      root("country(code: CountryCode!, on: String): Country @shareable"),
      ["INCONSISTENT_ARGUMENT_PRESENCE"],
    ],
    [
      "describes CountryCode in other words",
      `"A code." ${country("area: Int")}`,
      ["INCONSISTENT_DESCRIPTION"],
    ],
    ["has pages", pageInfo("@shareable", PAGE_INFO), []],
    [
      "has pages of open ends",
      pageInfo("@shareable", PAGE_INFO.replaceAll("!", "")),
      ["INCONSISTENT_BUT_COMPATIBLE_FIELD_TYPE", "INCONSISTENT_BUT_COMPATIBLE_FIELD_TYPE"],
    ],
    ["knows places by slug", `type Place @key(fields: "slug") { slug: String! altitude: Int }`, []],
  ])("Composition succeeds with a neighbour that %s", (_, sdl, hints) => {
    const subgraphs = [communique, { ...atlas, sdl: `${LINK} ${sdl}` }];
    expect(composeApollo(subgraphs)).toMatchObject({ errors: [], hints });
    expect(composeGuild(subgraphs)).toMatchObject({ errors: [] });
    expect(composeCosmo(subgraphs)).toMatchObject({ messages: [], warnings: [] });
  });

  const NOT_SHARED = `without the "@shareable" directive`;

  it.each<[neighbour: string, sdl: string, error: string, cosmo: string]>([
    [
      "has codes that are strings",
      `type Country @key(fields: "code") { code: String! area: Int }`,
      "FIELD_TYPE_MISMATCH",
      "incompatible types across subgraphs",
    ],
    ["names countries for itself", country("name: String!"), "INVALID_FIELD_SHARING", NOT_SHARED],
    [
      "looks up countries for itself",
      root("country(code: CountryCode!): Country"),
      "INVALID_FIELD_SHARING",
      NOT_SHARED,
    ],
    [
      "looks up countries by a string",
      root("country(code: String!): Country @shareable"),
      "FIELD_ARGUMENT_TYPE_MISMATCH",
      "Incompatible types when merging two instances of field argument",
    ],
    [
      "looks up countries by another argument",
      root("country(iso: CountryCode!): Country @shareable"),
      "REQUIRED_ARGUMENT_MISSING_IN_SOME_SUBGRAPH",
      `The argument "code" is required`,
    ],
    ["has pages of its own", pageInfo("", PAGE_INFO), "INVALID_FIELD_SHARING", NOT_SHARED],
    [
      "has pages that tell less",
      pageInfo("@shareable", "hasNextPage: Boolean! endCursor: String"),
      "SATISFIABILITY_ERROR",
      "is unresolvable",
    ],
    [
      "has pages that tell more",
      pageInfo("@shareable", `${PAGE_INFO} total: Int`),
      "SATISFIABILITY_ERROR",
      "is unresolvable",
    ],
    [
      "names places",
      `type Place @key(fields: "slug") { slug: String! name: String! @shareable }`,
      "INVALID_FIELD_SHARING",
      NOT_SHARED,
    ],
  ])("Composition fails with a neighbour that %s", (_, sdl, error, cosmo) => {
    const subgraphs = [communique, { ...atlas, sdl: `${LINK} ${sdl}` }];
    expect(composeApollo(subgraphs).errors).toContain(error);
    expect(composeGuild(subgraphs).errors).toContain(error);
    expect(composeCosmo(subgraphs).messages).toContainEqual(expect.stringContaining(cosmo));
  });

  it("Composition with a federation 2.10 neighbour works in Apollo's and Cosmo's libraries only", () => {
    const sdl = `${LINK.replace("v2.9", "v2.10")} ${country("area: Int")}`;
    const subgraphs = [communique, { ...atlas, sdl }];
    expect(composeApollo(subgraphs)).toMatchObject({ errors: [], hints: [] });
    expect(composeCosmo(subgraphs)).toMatchObject({ messages: [], warnings: [] });
    expect(composeGuild(subgraphs).errors).toEqual(["UNKNOWN_FEDERATION_LINK_VERSION"]);
  });
});

describe("A supergraph of communique and atlas", () => {
  const closers: (() => unknown)[] = [];
  const gateways = {} as Record<"Apollo's gateway" | "Hive's gateway", Gateway>;
  const relays = {} as Record<"communique" | "atlas", Awaited<ReturnType<typeof relayTo>>>;
  let address: string;

  beforeAll(async () => {
    const database = await freshDatabase();
    const dataSource = await createDataSource(database).initialize();
    await loadAll(dataSource, [SHIPPED_RECORD]);
    await dataSource.destroy();
    const service = await servingService(database);
    closers.push(() => service.close());
    address = service.address;
    const neighbour = await startAtlas();
    closers.push(() => neighbour.close());

    relays.communique = await relayTo(`${address}/graphql`);
    relays.atlas = await relayTo(neighbour.url);
    closers.push(relays.communique.close, relays.atlas.close);
    const subgraphs = [
      { ...communique, url: relays.communique.url },
      { ...atlas, url: relays.atlas.url },
    ];
    gateways["Apollo's gateway"] = await apolloGateway(subgraphs);
    gateways["Hive's gateway"] = await hiveGateway(subgraphs);
    closers.push(...Object.values(gateways).map((gateway) => gateway.close));
  });
  afterAll(async () => {
    for (const close of closers.toReversed()) await close();
  });
  afterEach(() => {
    relays.communique.fault = undefined;
    relays.atlas.fault = undefined;
  });

  const GATEWAYS = ["Apollo's gateway", "Hive's gateway"] as const;
  const QUESTIONS = readdirSync(SUPERGRAPH).filter((name) => /^\d.*\.graphql$/.test(name));
  const questionIn = (file: string) => readFileSync(join(SUPERGRAPH, file), "utf8");
  const answerTo = (file: string) =>
    JSON.parse(questionIn(file.replace(/graphql$/, "json"))) as Record<string, unknown>;

  it("The composed schema of communique is what _service returns", async () => {
    const { data } = await ask(address, "{ _service { sdl } }");
    expect(`${data._service.sdl}`.trimEnd()).toBe(communique.sdl.trimEnd());
  });

  describe.each(GATEWAYS)("through %s", (name) => {
    const asked = (query: string, variables?: Record<string, unknown>) =>
      gateways[name].ask(query, variables);

    it.each(QUESTIONS)("The answer to %s is the one in the file beside it", async (file) => {
      expect(await asked(questionIn(file))).toEqual({ data: answerTo(file) });
    });

    it.each(["IN", "XK", "SUHH", "XX"])(
      "The country %s is found or null in both subgraphs alike",
      async (code) => {
        const country = (fields: string) => `country(code: "${code}") { code ${fields} }`;
        const { data, errors } = await asked(`{ ours: ${country("withdrawn")} }`);
        const theirs = await asked(`{ theirs: ${country("capital")} }`);
        const both = await asked(`{ both: ${country("withdrawn capital")} }`);
        expect([errors, theirs.errors, both.errors]).toEqual([undefined, undefined, undefined]);
        const found = both.data.both;
        expect(found === null).toBe(code === "XX");
        expect(found && { ...data.ours, ...theirs.data.theirs }).toEqual(found);
        expect([data.ours, theirs.data.theirs].map(Boolean)).toEqual([found, found].map(Boolean));
      },
    );

    it.each([
      ["ours", "withdrawn"],
      ["theirs", "capital"],
    ])("A value that is no country code is refused by both subgraphs: %s", async (_, field) => {
      const { data, errors } = await asked(`{ country(code: "in") { ${field} } }`);
      expect(data).toEqual({ country: null });
      expect(errors?.map(({ extensions }) => extensions)).toEqual([
        expect.objectContaining({ code: "BAD_USER_INPUT", argument: "code" }),
      ]);
    });

    it.each<[mistake: string, query: string, variables: Record<string, unknown>, argument: string]>(
      [
        [
          "in a filter",
          `{ statements(filter: { date: { from: "soon" } }) { totalCount } countriesOf(region: "Central Asia") { code } }`,
          {},
          "filter.date.from",
        ],
        [
          "in a page's size",
          `{ person(slug: "xi-jinping") { statements(first: 101) { totalCount } } countriesOf(region: "Central Asia") { code } }`,
          {},
          "first",
        ],
        [
          "in an entity's list",
          `{ country(code: "LA") { capital statements(first: -1) { totalCount } } countriesOf(region: "Central Asia") { code } }`,
          {},
          "first",
        ],
        [
          "in a variable's type",
          `query ($from: PartialDate) { statements(filter: { date: { from: $from } }) { totalCount } countriesOf(region: "Central Asia") { code } }`,
          { from: 5 },
          "from",
        ],
      ],
    )(
      "A mistake %s is reported by the gateway, and the rest is answered",
      async (_, query, variables, argument) => {
        const { data, errors } = await asked(query, variables);
        expect(data.countriesOf).toHaveLength(5);
        expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(["BAD_USER_INPUT"]);
        expect(errors![0]!.extensions!.argument).toContain(argument);
      },
    );

    const FAULTS: Fault[] = ["hangs up", "answers 500", "is silent", "answers null"];

    it.each(FAULTS)("The fields of communique are answered when atlas %s", async (fault) => {
      relays.atlas.fault = fault;
      const { data, errors } = await asked(questionIn("1-where-he-spoke.graphql"));
      const without = (key: string, value: unknown) =>
        ["location", "capital"].includes(key) ? null : value;
      expect(data).toEqual(
        JSON.parse(JSON.stringify(answerTo("1-where-he-spoke.graphql"), without)),
      );
      expect(errors).not.toHaveLength(0);
    });

    const COUNTRIES = `{
      countriesOf(region: "South-eastern Asia") { code capital statements { totalCount } }
      person(slug: "xi-jinping") { name }
    }`;
    const oursMissing = () => ({
      countriesOf: theCountries().map(({ code, capital }) => ({ code, capital, statements: null })),
      person: null,
    });
    const theCountries = () =>
      answerTo("2-for-a-region.graphql").countriesOf as { code: string; capital: string }[];

    it.each(FAULTS)("The fields of atlas are answered when communique %s", async (fault) => {
      relays.communique.fault = fault;
      const { data, errors } = await asked(COUNTRIES);
      expect(data).toEqual(oursMissing());
      expect(errors).not.toHaveLength(0);
    });

    it("An entity that one subgraph does not know has null fields without an error", async () => {
      relays.atlas.fault = "knows none";
      const ours = await asked(`{ place(slug: "vientiane") { name location { latitude } } }`);
      expect(ours).toEqual({ data: { place: { name: "Vientiane", location: null } } });
      relays.atlas.fault = undefined;
      relays.communique.fault = "knows none";
      const { data, errors } = await asked(COUNTRIES);
      expect(errors).toBeUndefined();
      expect(data.countriesOf).toEqual(oursMissing().countriesOf);
    });

    // Why a list of another subgraph's entities has nullable items: a name can't be null.
    it("When communique fails, atlas's list stays and only its items become null", async () => {
      relays.communique.fault = "answers 500";
      const { data } = await asked(`{ countriesOf(region: "Central Asia") { code name } }`);
      expect(data).toEqual({ countriesOf: [null, null, null, null, null] });
    });
  });

  it("Both gateways give equal answers", async () => {
    for (const file of QUESTIONS) {
      const [apollos, hives] = await Promise.all(
        GATEWAYS.map((name) => gateways[name].ask(questionIn(file))),
      );
      expect(hives).toEqual(apollos);
    }
  });

  describe("The supergraph example", () => {
    const program = join(SUPERGRAPH, "supergraph.js");
    const UP = /^The supergraph is up at (\S+)\/$/;

    async function allAnswers(at: string) {
      for (const file of QUESTIONS) {
        expect((await ask(at, questionIn(file))) as Answer).toEqual({ data: answerTo(file) });
      }
    }

    it("The example uses a communique that runs already, and leaves it running", async () => {
      const {
        child,
        address: at,
        ended,
      } = await startProgram([program, address], UP, { PORT: "0" });
      await allAnswers(at);
      child.kill("SIGTERM");
      expect(await ended).toBe(0);
      await expect(fetch(at)).rejects.toThrow();
      expect((await fetch(`${address}/ready`)).status).toBe(200);
    });

    it("The example starts its own communique, and stops it when it ends", async () => {
      const environment = { PORT: "0", DATABASE_URL: await freshDatabase() };
      const supergraph = await startProgram([program], UP, environment);
      await allAnswers(supergraph.address);
      const [, its] = /communique +(\S+)/.exec(supergraph.lines.join())!;
      expect((await fetch(new URL("/ready", its))).status).toBe(200);
      supergraph.child.kill("SIGINT");
      expect(await supergraph.ended).toBe(0);
      await expect(fetch(supergraph.address)).rejects.toThrow();
      await expect(fetch(new URL("/ready", its))).rejects.toThrow();
    });

    it.each([
      ["a port that is taken", () => [address], () => new URL(address).port, /EADDRINUSE/],
      [
        "an address without a service",
        () => ["http://127.0.0.1:9"],
        () => "0",
        /No subgraph answers/,
      ],
    ])("The example ends with an error for %s", async (_, args, port, message) => {
      const started = startProgram([program, ...args()], UP, { PORT: port() });
      await expect(started).rejects.toThrow(message);
      await expect(started).rejects.toThrow("ended with 1");
    });
  });
});
