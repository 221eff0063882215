import { DatabaseBusy, type DatabaseUnavailable } from "./db.errors.js";

/** Where it is told that the database is lost, or found again. */
export interface AvailabilityLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
}

/** How long nothing may fail until the database counts as available again: some answers may come while others don't. */
const QUIET_MS = 2_000;

/** While it is unavailable, so many different reasons are told. */
const MOST_REASONS = 5;

/** Tells the log when and why answers become UNAVAILABLE, and when they no longer are; not for each request. */
export class Availability {
  private lastFailure = 0;
  /** Why the database is unavailable, as far as that has been told; empty: it is available. */
  private readonly reasons = new Set<string>();

  constructor(private readonly log: AvailabilityLog) {}

  /** Notes that a statement was not answered by any server. */
  isFailing(error: DatabaseUnavailable): void {
    this.lastFailure = performance.now();
    const reason = reasonOf(error);
    if (this.reasons.has(reason) || this.reasons.size >= MOST_REASONS) return;
    this.reasons.add(reason);
    this.log.warn({ reason }, "the database is unavailable");
  }

  /** Notes that a statement was answered. */
  isAnswering(): void {
    if (this.reasons.size === 0 || performance.now() - this.lastFailure < QUIET_MS) return;
    this.reasons.clear();
    this.log.info({}, "the database is available again");
  }
}

/** Why, in the words of whoever noticed it. They are for the log: they may have the names of hosts and users. */
function reasonOf(error: DatabaseUnavailable): string {
  const cause = (error.cause ?? error) as Error & { errors?: Error[] };
  // Where a host has several addresses, each failed in its own way.
  return cause.message || (cause.errors ?? []).map(({ message }) => message).join("; ");
}

/** What /ready says of the reasons: SQLSTATEs, and codes of Node.js. Whoever asks it learns no name and no address. */
const WORDS: [code: RegExp, words: string][] = [
  [/^ECONNREFUSED/, "it refuses connections"],
  [/^(ENOTFOUND|EAI_AGAIN)/, "its host name is not known"],
  [/^(57014|ETIMEDOUT|EHOST|ENET)/, "it does not answer in time"],
  [/^08P01/, "it, or a pooler before it, refuses how the service connects"],
  [/^28/, "it refuses the user or the password"],
  [/^3D000/, "it has no database of that name"],
  [/^53300/, "it has no connection to spare"],
  [/^57P/, "it is starting or stopping"],
  [
    /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/,
    "the encryption is not as asked for",
  ],
];

/** Why the database can't be asked, in words that tell no secret. */
export function describeUnavailable(error: unknown): string {
  if (error instanceof DatabaseBusy) return "all connections to the database are busy";
  const { cause = error } = error as { cause?: unknown };
  const { code, message } = cause as { code?: string; message?: string };
  if (code === "42P01") return "the database lacks all migrations";
  if (code === "42501") return "the database's user may not read its tables";
  const [, words] = WORDS.find(([codes]) => codes.test(code ?? "")) ?? [];
  if (words) return `the database can't be reached: ${words}`;
  return /timeout/.test(message ?? "")
    ? "the database can't be reached: it does not answer in time"
    : "the database can't be reached";
}
