import { z } from "zod";

/** What the process may be told by its environment, checked. */
export interface Config {
  host: string;
  port: number;
  /** The PostgreSQL to use, 15 or newer; null: the embedded one. */
  databaseUrl: string | null;
  /** Where the embedded PostgreSQL keeps its data. */
  dataDirectory: string;
}

const SCHEMA = z.object({
  PORT: z.coerce
    .number("a port number, for example 4000")
    .int("a port number, for example 4000")
    .min(0, "a port number, for example 4000")
    .max(65_535, "a port number, for example 4000")
    .default(4000),
  HOST: z.string().default("127.0.0.1"),
  DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      error: "a URL such as postgres://user:password@host:5432/name",
    })
    .optional(),
  COMMUNIQUE_DATA_DIR: z.string().default(".data"),
});

/** Thrown with every fault of the environment at once: the variable and what is expected, never its value. */
export class ConfigError extends Error {}

/** Reads the environment. Empty variables count as absent. */
export function parseConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.entries(environment).filter(([, value]) => value !== "");
  const { data, error } = SCHEMA.safeParse(Object.fromEntries(given));
  if (error) {
    const faults = error.issues.map(
      ({ path, message }) => `  ${String(path[0])}: expected ${message}`,
    );
    throw new ConfigError(["The environment has faults:", ...faults].join("\n"));
  }
  return {
    host: data.HOST,
    port: data.PORT,
    databaseUrl: data.DATABASE_URL ?? null,
    dataDirectory: data.COMMUNIQUE_DATA_DIR,
  };
}
