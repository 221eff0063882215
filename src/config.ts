import { z } from "zod";
import type { Limits, LogSettings } from "./settings.js";

/** What the process may be told by its environment, checked. */
export interface Config {
  host: string;
  port: number;
  /** The PostgreSQL to use, 15 or newer; null: the embedded one. */
  databaseUrl: string | null;
  /** Where the embedded PostgreSQL keeps its data. */
  dataDirectory: string;
  production: boolean;
  log: LogSettings;
  limits: Limits;
  /** Whether traces are sent, to where the standard OTEL_ variables say. */
  tracing: boolean;
}

const LEVELS = ["debug", "info", "warn", "error", "silent"] as const;

const integer = (least: number, most: number, example: number) => {
  const expected = `a whole number from ${least} to ${most}, for example ${example}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, expected)
    .transform(Number)
    .refine((value) => value >= least && value <= most, expected);
};

const choice = <const T extends readonly string[]>(values: T) =>
  z.enum(values, { error: `one of ${values.join(", ")}` });

const VARIABLES = {
  PORT: integer(0, 65_535, 4000).default(4000),
  HOST: z
    .string()
    .regex(/^\S+$/, "a host name or address, for example 127.0.0.1")
    .default("127.0.0.1"),
  NODE_ENV: choice(["production", "development", "test"]).default("development"),
  DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      error: "a PostgreSQL URL, for example postgres://user:password@localhost:5432/communique",
    })
    .optional(),
  COMMUNIQUE_DATA_DIR: z.string().default(".data"),
  COMMUNIQUE_LOG_LEVEL: choice(LEVELS).optional(),
  COMMUNIQUE_LOG_VARIABLES: choice(["true", "false"]).default("false"),
  COMMUNIQUE_SLOW_SQL_MS: integer(1, 600_000, 500).default(500),
  COMMUNIQUE_POOL_SIZE: integer(1, 500, 10).default(10),
  COMMUNIQUE_POOL_QUEUE: integer(0, 100_000, 2_000).default(2_000),
  COMMUNIQUE_STATEMENT_TIMEOUT_MS: integer(10, 600_000, 5_000).default(5_000),
  COMMUNIQUE_REQUEST_TIMEOUT_MS: integer(10, 600_000, 10_000).default(10_000),
  COMMUNIQUE_BODY_LIMIT: integer(1_024, 100_000_000, 1_048_576).default(1_048_576),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.string().optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: z.string().optional(),
  OTEL_SDK_DISABLED: z.string().optional(),
};

const OUR_PREFIX = "COMMUNIQUE_";

/** Thrown with every fault of the environment at once: the variable and what is expected, never its value. */
export class ConfigError extends Error {}

/** Reads the environment. Empty variables count as absent; unknown ones with our prefix are typing errors. */
export function parseConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const { data, error } = z.object(VARIABLES).safeParse(given);
  const unknown = Object.keys(given).filter(
    (name) => name.startsWith(OUR_PREFIX) && !Object.hasOwn(VARIABLES, name),
  );
  const faults = [
    ...(error?.issues ?? []).map(({ path, message }) => `${String(path[0])}: expected ${message}`),
    ...unknown.map(
      (name) => `${name}: there is no such setting; docs/operations.md lists them all`,
    ),
  ];
  if (!data || faults.length > 0) {
    throw new ConfigError(["The environment has faults:", ...faults].join("\n  "));
  }
  const production = data.NODE_ENV === "production";
  return {
    host: data.HOST,
    port: data.PORT,
    databaseUrl: data.DATABASE_URL ?? null,
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
      statementTimeoutMs: data.COMMUNIQUE_STATEMENT_TIMEOUT_MS,
      requestTimeoutMs: data.COMMUNIQUE_REQUEST_TIMEOUT_MS,
      bodyLimit: data.COMMUNIQUE_BODY_LIMIT,
    },
    tracing:
      data.OTEL_SDK_DISABLED !== "true" &&
      Boolean(data.OTEL_EXPORTER_OTLP_ENDPOINT ?? data.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT),
  };
}
