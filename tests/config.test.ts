import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { ConfigError, parseConfig } from "../src/config.js";

const EXAMPLE = readFileSync(resolve(__dirname, "../.env.example"), "utf8");
const OPERATIONS = readFileSync(resolve(__dirname, "../docs/operations.md"), "utf8");

/** The variables of .env.example: as set, and as offered in comments. */
function variables(line: RegExp): Record<string, string> {
  return Object.fromEntries([...EXAMPLE.matchAll(line)].map(([, name, value]) => [name, value]));
}
const SET = variables(/^([A-Z_]+)=(.*)$/gm);
const OFFERED = variables(/^# ([A-Z_]+)=(.*)$/gm);

/** What parsing an environment is refused with, line by line. */
function faultsOf(environment: Record<string, string>): string[] {
  try {
    parseConfig(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message.split("\n  ").slice(1);
  }
  return [];
}

describe("The settings", () => {
  it("An empty environment gives the defaults", () => {
    expect(parseConfig({})).toMatchObject({ port: 4000, host: "127.0.0.1", databaseUrl: null });
  });

  it("The example environment file shows the default of every setting", () => {
    expect(parseConfig(SET)).toEqual(parseConfig({}));
    expect(() => parseConfig({ ...SET, ...OFFERED })).not.toThrow();
  });

  it("The example environment file contains every setting that the code reads", () => {
    const source = readFileSync(resolve(__dirname, "../src/config.ts"), "utf8");
    const read = [...source.matchAll(/^ {2}([A-Z]+(?:_[A-Z]+)*): /gm)].map(([, name]) => name!);
    expect(read.length).toBeGreaterThan(10);
    const told = Object.keys({ ...SET, ...OFFERED });
    expect(told).toEqual(expect.arrayContaining(read.filter((name) => !name.startsWith("OTEL_"))));
  });

  it("docs/operations.md describes every setting", () => {
    for (const name of Object.keys({ ...SET, ...OFFERED }))
      expect(OPERATIONS).toContain(`\`${name}\``);
  });

  it("An empty environment variable counts as absent", () => {
    expect(parseConfig({ PORT: "", DATABASE_URL: "", COMMUNIQUE_POOL_SIZE: "" })).toEqual(
      parseConfig({}),
    );
  });

  it.each([
    ["PORT", "65536", "an integer from 0 to 65535, for example 4000"],
    ["PORT", "1e3", "an integer from 0 to 65535, for example 4000"],
    ["PORT", " ", "an integer from 0 to 65535, for example 4000"],
    ["HOST", "no where", "a host name or address, for example 127.0.0.1"],
    ["NODE_ENV", "prod", "one of production, development, test"],
    [
      "DATABASE_URL",
      "mysql://root:hunter2@db/x",
      "a PostgreSQL URL, for example postgres://user:password@localhost:5432/communique",
    ],
    [
      "DATABASE_URL",
      "postgres://one,two/x?target_session_attrs=standby",
      "target_session_attrs: any, read-write or primary",
    ],
    [
      "DATABASE_URL",
      `postgres://${"host,".repeat(8)}host/x`,
      "a PostgreSQL URL, for example postgres://user:password@localhost:5432/communique",
    ],
    ["COMMUNIQUE_REPLICA_LAG_MS", "-1", "an integer from 0 to 600000, for example 5000"],
    ["COMMUNIQUE_LOG_LEVEL", "loud", "one of debug, info, warn, error, silent"],
    ["COMMUNIQUE_LOG_VARIABLES", "yes", "one of true, false"],
    ["COMMUNIQUE_SLOW_SQL_MS", "-1", "an integer from 1 to 600000, for example 500"],
    ["COMMUNIQUE_POOL_SIZE", "0", "an integer from 1 to 500, for example 10"],
    ["COMMUNIQUE_POOL_QUEUE", "many", "an integer from 0 to 100000, for example 2000"],
    ["COMMUNIQUE_STATEMENT_TIMEOUT_MS", "0", "an integer from 10 to 600000, for example 5000"],
    ["COMMUNIQUE_REQUEST_TIMEOUT_MS", "1.5", "an integer from 10 to 600000, for example 10000"],
    ["COMMUNIQUE_BODY_LIMIT", "1MB", "an integer from 1024 to 100000000, for example 1048576"],
    ...[
      "short",
      "with a space in it, and long enough",
      "ünicode-ünicode-ünicode-ünicode",
      `${"a".repeat(32)},short`,
      `${"a".repeat(32)},`,
      `,${"a".repeat(32)}`,
      `${"a".repeat(32)}, ${"b".repeat(32)}`,
      [1, 2, 3].map((digit) => String(digit).repeat(32)).join(),
    ].map((secret): [string, string, string] => [
      "COMMUNIQUE_ROUTER_SECRET",
      secret,
      "32 or more ASCII characters without spaces and commas, for example what `openssl rand -base64 32` prints, " +
        "or two such secrets with a comma between them",
    ]),
    ["COMMUNIQUE_INTROSPECTION", "on", "one of true, false"],
    ["COMMUNIQUE_PAGES", "1", "one of true, false"],
    ["COMMUNIQUE_EXPLORER", "on", "one of true, false"],
    ...[
      "app.example",
      "https://app.example/",
      "https://*.example",
      "*,http://localhost",
      "null",
    ].map((origins): [string, string, string] => [
      "COMMUNIQUE_CORS_ORIGINS",
      origins,
      "comma-separated origins, or *, for example https://app.example,http://localhost:*",
    ]),
    ...["60", "public; max-age=60", "public\r\nx: y"].map((value): [string, string, string] => [
      "COMMUNIQUE_CACHE_CONTROL",
      value,
      "the value of a Cache-Control header, for example public, max-age=60",
    ]),
    ["COMMUNIQUE_TRUSTED_DOCUMENTS_ONLY", "yes", "one of true, false"],
  ])(
    "An invalid setting is refused without its value in the message: %s is %j",
    (name, value, expected) => {
      expect(faultsOf({ [name]: value })).toEqual([`${name}: expected ${expected}`]);
    },
  );

  it("The router's secret is one or two, with a comma between them", () => {
    const [one, other] = ["!+-~".repeat(8), "b".repeat(1_024)];
    const secretsOf = (text: string) =>
      parseConfig({ COMMUNIQUE_ROUTER_SECRET: text }).http.routerSecrets;
    expect(secretsOf(one)).toEqual([one]);
    expect(secretsOf(`${one},${other}`)).toEqual([one, other]);
  });

  it("All invalid settings are reported at once, also misspelt ones", () => {
    const environment = { PORT: "x", HOST: "a b", COMMUNIQUE_POOLSIZE: "5", OTHER_POOLSIZE: "5" };
    expect(faultsOf(environment).map((fault) => fault.split(":")[0])).toEqual([
      "PORT",
      "HOST",
      "COMMUNIQUE_POOLSIZE",
    ]);
  });

  it("COMMUNIQUE_TRUSTED_DOCUMENTS_ONLY is refused without a folder of documents", () => {
    expect(faultsOf({ COMMUNIQUE_TRUSTED_DOCUMENTS_ONLY: "true" })).toEqual([
      "COMMUNIQUE_TRUSTED_DOCUMENTS: expected the folder of the documents to accept",
    ]);
  });

  it("Development enables introspection, pages and CORS for localhost, and production does not", () => {
    expect(parseConfig({}).http).toMatchObject({
      introspection: true,
      pages: true,
      explorer: true,
    });
    expect(parseConfig({}).http.corsOrigins).toContain("http://localhost:*");
    expect(parseConfig({ NODE_ENV: "production" }).http).toEqual({
      clientTimeoutMs: 25_000,
      drainMs: 0,
      routerSecrets: null,
      introspection: false,
      pages: false,
      explorer: false,
      feeds: null,
      mcp: false,
      corsOrigins: [],
      cacheControl: "no-cache",
      trustedDocuments: null,
    });
    const opened = { COMMUNIQUE_INTROSPECTION: "true", COMMUNIQUE_PAGES: "true" };
    expect(parseConfig({ NODE_ENV: "production", ...opened }).http).toMatchObject({
      introspection: true,
      pages: true,
    });
  });

  it("The default log level is warn in development and info in production", () => {
    expect(parseConfig({}).log.level).toBe("warn");
    expect(parseConfig({ NODE_ENV: "production" }).log.level).toBe("info");
    expect(parseConfig({ NODE_ENV: "production", COMMUNIQUE_LOG_LEVEL: "error" }).log.level).toBe(
      "error",
    );
  });

  it.each([
    [{}, false],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: "http://localhost:4318" }, true],
    [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://localhost:4318/v1/traces" }, true],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: "http://localhost:4318", OTEL_SDK_DISABLED: "true" }, false],
  ])("The environment %j makes tracing %s", (environment, tracing) => {
    expect(parseConfig(environment as Record<string, string>).tracing).toBe(tracing);
  });
});
