import { DatabaseBusy, type DatabaseUnavailable } from "./db.errors.js";

/** The log for changes in the availability of the database. */
export interface AvailabilityLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
}

/** The database counts as available again after this long without failures: some statements may succeed while others fail. */
const QUIET_MS = 2_000;

/** How many different reasons are logged during one outage. */
const MAX_REASONS = 5;

/** Logs when and why the database becomes unavailable, and when it is available again; once, not for each request. */
export class Availability {
  private lastFailure = 0;
  /** The logged reasons why the database is unavailable; empty if it is available. */
  private readonly reasons = new Set<string>();

  constructor(private readonly log: AvailabilityLog) {}

  /** Call when no server could execute a statement. */
  failed(error: DatabaseUnavailable): void {
    this.lastFailure = performance.now();
    const reason = reasonOf(error);
    if (this.reasons.has(reason) || this.reasons.size >= MAX_REASONS) return;
    this.reasons.add(reason);
    this.log.warn({ reason }, "the database is unavailable");
  }

  /** Call when a statement has been executed. */
  succeeded(): void {
    if (this.reasons.size === 0 || performance.now() - this.lastFailure < QUIET_MS) return;
    this.reasons.clear();
    this.log.info({}, "the database is available again");
  }
}

/** The reason in the error's own words, for the log only: it may contain names of hosts and users. */
function reasonOf(error: DatabaseUnavailable): string {
  const cause = (error.cause ?? error) as Error & { errors?: Error[] };
  // If a host has several addresses, there is an error for each.
  return cause.message || (cause.errors ?? []).map(({ message }) => message).join("; ");
}

/** What /ready says, by SQLSTATE or Node.js error code. It reveals no names or addresses. */
const REASONS: [code: RegExp, reason: string][] = [
  [/^ECONNREFUSED/, "it refuses connections"],
  [/^(ENOTFOUND|EAI_AGAIN)/, "its host name cannot be resolved"],
  [/^(57014|ETIMEDOUT|EHOST|ENET)/, "it does not respond in time"],
  [/^08P01/, "it, or a pooler in front of it, rejects the connection parameters"],
  [/^28/, "it rejects the user or the password"],
  [/^3D000/, "the database does not exist"],
  [/^53300/, "it has too many connections"],
  [/^57P/, "it is starting up or shutting down"],
  [/^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/, "the TLS connection failed"],
];

/** Why the database is unavailable, without any secrets. */
export function describeUnavailable(error: unknown): string {
  if (error instanceof DatabaseBusy) return "all connections to the database are busy";
  const { cause = error } = error as { cause?: unknown };
  const { code, message } = cause as { code?: string; message?: string };
  if (code === "42P01") return "the database has not been migrated";
  if (code === "42501") return "the database user may not read the tables";
  const [, reason] = REASONS.find(([codes]) => codes.test(code ?? "")) ?? [];
  if (reason) return `the database can't be reached: ${reason}`;
  return /timeout/.test(message ?? "")
    ? "the database can't be reached: it does not respond in time"
    : "the database can't be reached";
}
