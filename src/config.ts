import { z } from "zod";
import { databaseAddress } from "./db/database-address.js";
import { hostUrls, MAX_HOSTS, targetOf } from "./db/hosts.js";
import type { HttpSettings, Limits, LogSettings } from "./http/settings.js";

/** The configuration from the environment, validated. */
export interface Config {
  host: string;
  port: number;
  /** URL of the PostgreSQL to use, 15 or newer; null: the embedded one. */
  databaseUrl: string | null;
  /** URLs of its replicas, used for queries instead of it. */
  replicaUrls: string[];
  /** The data directory of the embedded PostgreSQL. */
  dataDirectory: string;
  production: boolean;
  log: LogSettings;
  limits: Limits;
  http: HttpSettings;
  /** Whether clients are told who made a revision of the record. */
  showsAuthors: boolean;
  /** Whether traces are sent, to the endpoint in the standard OTEL_ variables. */
  tracing: boolean;
}

const LEVELS = ["debug", "info", "warn", "error", "silent"] as const;

const integer = (min: number, max: number, example: number) => {
  const expected = `an integer from ${min} to ${max}, for example ${example}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, expected)
    .transform(Number)
    .refine((value) => value >= min && value <= max, expected);
};

const choice = <const T extends readonly string[]>(values: T) =>
  z.enum(values, { error: `one of ${values.join(", ")}` });

const BOOLEAN = ["true", "false"] as const;

/** CORS origins in development: Apollo Sandbox, and pages served on the same machine. */
const DEVELOPMENT_ORIGINS =
  "https://studio.apollographql.com,http://localhost:*,http://127.0.0.1:*";

const ORIGIN = /^https?:\/\/[a-z\d.-]+(:(\d{1,5}|\*))?$/i;

const origins = z
  .string()
  .transform((text) => text.split(",").map((origin) => origin.trim()))
  .refine(
    (all) => all.every((origin) => ORIGIN.test(origin)) || all.join() === "*",
    "comma-separated origins, or *, for example https://app.example,http://localhost:*",
  );

const oneHostUrl = z.url({ protocol: /^postgres(ql)?$/ });

function isPostgresUrl(url: string): boolean {
  const urls = hostUrls(url);
  return urls.length <= MAX_HOSTS && urls.every((each) => oneHostUrl.safeParse(each).success);
}

const databaseUrl = z
  .string()
  .refine(
    isPostgresUrl,
    "a PostgreSQL URL, for example postgres://user:password@localhost:5432/communique",
  )
  .superRefine((url, context) => {
    const target = isPostgresUrl(url) ? targetOf(url) : null;
    if (target && typeof target === "object") context.addIssue(target.error);
  });

const replicaUrls = z
  .string()
  // A URL with several hosts has commas too.
  .transform((text) => text.split(/,(?=\s*[a-z]*:\/\/)/).map((url) => url.trim()))
  .refine(
    (all) =>
      all.every((url) => isPostgresUrl(url) && !new URL(hostUrls(url)[0]!).pathname.includes(",")),
    "comma-separated PostgreSQL URLs, for example postgres://user:password@replica:5432/communique",
  );

/** One or two secrets: shorter ones can be guessed, and other characters may change in a header. */
const routerSecrets = z
  .string()
  .regex(
    /^[!-+\--~]{32,1024}(,[!-+\--~]{32,1024})?$/,
    "32 or more ASCII characters without spaces and commas, for example what `openssl rand -base64 32` prints, " +
      "or two such secrets with a comma between them",
  )
  .transform((text) => text.split(","));

const VARIABLES = {
  PORT: integer(0, 65_535, 4000).default(4000),
  HOST: z
    .string()
    .regex(/^\S+$/, "a host name or address, for example 127.0.0.1")
    .default("127.0.0.1"),
  NODE_ENV: choice(["production", "development", "test"]).default("development"),
  DATABASE_URL: databaseUrl.optional(),
  DATABASE_REPLICA_URLS: replicaUrls.optional(),
  COMMUNIQUE_DATA_DIR: z.string().default(".data"),
  COMMUNIQUE_LOG_LEVEL: choice(LEVELS).optional(),
  COMMUNIQUE_LOG_VARIABLES: choice(BOOLEAN).default("false"),
  COMMUNIQUE_SLOW_SQL_MS: integer(1, 600_000, 500).default(500),
  COMMUNIQUE_POOL_SIZE: integer(1, 500, 10).default(10),
  COMMUNIQUE_POOL_QUEUE: integer(0, 100_000, 2_000).default(2_000),
  COMMUNIQUE_REPLICA_LAG_MS: integer(0, 600_000, 5_000).default(5_000),
  COMMUNIQUE_STATEMENT_TIMEOUT_MS: integer(10, 600_000, 5_000).default(5_000),
  COMMUNIQUE_REQUEST_TIMEOUT_MS: integer(10, 600_000, 10_000).default(10_000),
  COMMUNIQUE_BODY_LIMIT: integer(1_024, 100_000_000, 1_048_576).default(1_048_576),
  COMMUNIQUE_ANSWER_LIMIT: integer(1_024, 200_000_000, 20_000_000).default(20_000_000),
  COMMUNIQUE_CLIENT_TIMEOUT_MS: integer(100, 600_000, 25_000).default(25_000),
  COMMUNIQUE_DRAIN_MS: integer(0, 600_000, 5_000).default(0),
  COMMUNIQUE_MAX_COST: integer(100, 100_000_000, 1_000_000).default(1_000_000),
  COMMUNIQUE_MAX_DEPTH: integer(5, 100, 25).default(25),
  COMMUNIQUE_MAX_ALIASES: integer(0, 100_000, 500).default(500),
  COMMUNIQUE_MAX_TOKENS: integer(500, 100_000, 10_000).default(10_000),
  COMMUNIQUE_ROUTER_SECRET: routerSecrets.optional(),
  COMMUNIQUE_INTROSPECTION: choice(BOOLEAN).optional(),
  COMMUNIQUE_PAGES: choice(BOOLEAN).optional(),
  COMMUNIQUE_EXPLORER: choice(BOOLEAN).optional(),
  COMMUNIQUE_FEEDS: z.string().optional(),
  COMMUNIQUE_MCP: choice(BOOLEAN).optional(),
  // Of commands that change the record (records/record.options.ts).
  COMMUNIQUE_AUTHOR: z.string().optional(),
  COMMUNIQUE_PUBLIC_AUTHORS: choice(BOOLEAN).default("false"),
  COMMUNIQUE_CORS_ORIGINS: origins.optional(),
  COMMUNIQUE_CACHE_CONTROL: z
    .string()
    .regex(
      /^[a-z-]+(=\d+)?(, ?[a-z-]+(=\d+)?)*$/,
      "the value of a Cache-Control header, for example public, max-age=60",
    )
    .default("no-cache"),
  COMMUNIQUE_TRUSTED_DOCUMENTS: z.string().optional(),
  COMMUNIQUE_TRUSTED_DOCUMENTS_ONLY: choice(BOOLEAN).default("false"),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.string().optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: z.string().optional(),
  OTEL_SDK_DISABLED: z.string().optional(),
};

/** The variables once they are valid. */
type Values = z.infer<z.ZodObject<typeof VARIABLES>>;

const OUR_PREFIX = "COMMUNIQUE_";

/** Every invalid setting at once: the variable and what is expected, never its value. */
export class ConfigError extends Error {}

/** Reads the environment. Empty variables count as absent; unknown ones with our prefix are errors. */
export function parseConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const { data, error } = z.object(VARIABLES).safeParse(given);
  const unknown = Object.keys(given).filter(
    (name) => name.startsWith(OUR_PREFIX) && !Object.hasOwn(VARIABLES, name),
  );
  const errors = [
    ...(error?.issues ?? []).map(({ path, message }) => `${String(path[0])}: expected ${message}`),
    ...(given.COMMUNIQUE_TRUSTED_DOCUMENTS_ONLY === "true" && !given.COMMUNIQUE_TRUSTED_DOCUMENTS
      ? ["COMMUNIQUE_TRUSTED_DOCUMENTS: expected the folder of the documents to accept"]
      : []),
    ...(error ? [] : replicaErrors(data)),
    ...unknown.map((name) => `${name}: unknown setting; docs/operations.md lists them all`),
  ];
  if (!data || errors.length > 0) {
    throw new ConfigError(["Invalid settings:", ...errors].join("\n  "));
  }
  const production = data.NODE_ENV === "production";
  return {
    host: data.HOST,
    port: data.PORT,
    databaseUrl: data.DATABASE_URL ?? null,
    replicaUrls: data.DATABASE_REPLICA_URLS ?? [],
    dataDirectory: data.COMMUNIQUE_DATA_DIR,
    production,
    log: {
      level: data.COMMUNIQUE_LOG_LEVEL ?? (production ? "info" : "warn"),
      variables: data.COMMUNIQUE_LOG_VARIABLES === "true",
      slowSqlMs: data.COMMUNIQUE_SLOW_SQL_MS,
    },
    limits: {
      poolSize: data.COMMUNIQUE_POOL_SIZE,
      poolQueue: data.COMMUNIQUE_POOL_QUEUE,
      replicaLagMs: data.COMMUNIQUE_REPLICA_LAG_MS,
      statementTimeoutMs: data.COMMUNIQUE_STATEMENT_TIMEOUT_MS,
      requestTimeoutMs: data.COMMUNIQUE_REQUEST_TIMEOUT_MS,
      bodyLimit: data.COMMUNIQUE_BODY_LIMIT,
      answerLimit: data.COMMUNIQUE_ANSWER_LIMIT,
      maxCost: data.COMMUNIQUE_MAX_COST,
      maxDepth: data.COMMUNIQUE_MAX_DEPTH,
      maxAliases: data.COMMUNIQUE_MAX_ALIASES,
      maxTokens: data.COMMUNIQUE_MAX_TOKENS,
    },
    http: httpOf(data, production),
    showsAuthors: data.COMMUNIQUE_PUBLIC_AUTHORS === "true",
    tracing:
      data.OTEL_SDK_DISABLED !== "true" &&
      Boolean(data.OTEL_EXPORTER_OTLP_ENDPOINT ?? data.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT),
  };
}

/** The settings of HTTP. What is on by default is so in development alone. */
function httpOf(data: Values, production: boolean): HttpSettings {
  const isOn = (choice: "true" | "false" | undefined, otherwise = !production) =>
    choice === undefined ? otherwise : choice === "true";
  // The explorer would show anybody what the service answers to its router or to trusted documents only.
  const isPublic =
    !data.COMMUNIQUE_ROUTER_SECRET && data.COMMUNIQUE_TRUSTED_DOCUMENTS_ONLY !== "true";
  return {
    clientTimeoutMs: data.COMMUNIQUE_CLIENT_TIMEOUT_MS,
    drainMs: data.COMMUNIQUE_DRAIN_MS,
    routerSecrets: data.COMMUNIQUE_ROUTER_SECRET ?? null,
    introspection: isOn(data.COMMUNIQUE_INTROSPECTION),
    pages: isOn(data.COMMUNIQUE_PAGES),
    explorer: isOn(
      data.COMMUNIQUE_EXPLORER,
      !production && isPublic && data.COMMUNIQUE_PAGES !== "false",
    ),
    feeds: data.COMMUNIQUE_FEEDS ?? null,
    mcp: isOn(data.COMMUNIQUE_MCP, !production && isPublic),
    corsOrigins: data.COMMUNIQUE_CORS_ORIGINS ?? (production ? [] : DEVELOPMENT_ORIGINS.split(",")),
    cacheControl: data.COMMUNIQUE_CACHE_CONTROL,
    trustedDocuments: data.COMMUNIQUE_TRUSTED_DOCUMENTS
      ? {
          folder: data.COMMUNIQUE_TRUSTED_DOCUMENTS,
          only: data.COMMUNIQUE_TRUSTED_DOCUMENTS_ONLY === "true",
        }
      : null,
  };
}

function replicaErrors(data: Values): string[] {
  const { DATABASE_URL: primary, DATABASE_REPLICA_URLS: replicas } = data;
  if (!replicas) return [];
  if (!primary) {
    return ["DATABASE_REPLICA_URLS: expected DATABASE_URL too, the primary of these replicas"];
  }
  // Any host of several can be the primary, so each can be listed as a replica too.
  const hosts = hostUrls(primary);
  const addresses = [...(hosts.length === 1 ? hosts : []), ...replicas.flatMap(hostUrls)].map(
    databaseAddress,
  );
  return new Set(addresses).size === addresses.length
    ? []
    : ["DATABASE_REPLICA_URLS: expected databases other than DATABASE_URL, each only once"];
}
