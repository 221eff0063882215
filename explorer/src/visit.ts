import type { DocumentDecoration } from "gql.tada";
import { textOf } from "./graphql.js";
import { Refused, Unavailable } from "./outcome.js";

/** Executes a GraphQL document, with the limits that any client has. */
export type Execute = (
  document: string,
  variables: Record<string, unknown>,
) => Promise<{
  data?: unknown;
  errors?: Errors;
}>;

type Errors = readonly { message: string; extensions?: Record<string, unknown> }[];

/** A document with its variables: the question behind what is shown. */
export interface Question {
  document: unknown;
  variables: object;
}

/** The longest key, word or cursor in an address that is passed on. */
const MAX_VALUE_LENGTH = 500;

/** The parameters that say where in its lists a page is. */
const PLACES_IN_LISTS = [
  "after",
  "people",
  "described",
  "rows",
  "peopleRows",
  "describedRows",
  "past",
  "peoplePast",
  "describedPast",
  "skip",
];

/** The codes of errors that a retry may not have. All others are faults of the site or the service. */
const PASSING = new Set(["TIMEOUT", "UNAVAILABLE", "CLIENT_LEFT"]);

/** The client of a page. */
export interface Visitor {
  /** Scheme and host by which the site was reached, before paths in files that are read elsewhere; empty if unknown. */
  origin: string;
  /** Identifies the client, such as its network address; null if unknown. */
  client: string | null;
}

/** A visit to a page: its address, and how the page queries the service. */
export class Visit implements Visitor {
  readonly origin: string;
  readonly client: string | null;
  /** The names of what its lists are narrowed by, by the parameter of the address, where they were read apart. */
  readonly labels = new Map<string, string>();

  constructor(
    /** The path, as in the address. */
    readonly path: string,
    /** What follows the kind in the path, decoded: a slug, code, key or date. */
    readonly key: string,
    private readonly parameters: URLSearchParams,
    private readonly execute: Execute,
    /** The client, and the address of the site that it uses. */
    from: Partial<Visitor> = {},
  ) {
    this.origin = from.origin ?? "";
    this.client = from.client ?? null;
  }

  /** A parameter of the address; null if it is absent or empty. */
  parameter(name: string): string | null {
    const value = this.parameters.get(name)?.trim();
    if (!value) return null;
    if (value.length > MAX_VALUE_LENGTH || value.includes("\0")) throw new Refused(name);
    return value;
  }

  /** The address with these parameters changed; null takes one away. Cursors are for one list only, so lists begin anew. */
  here(changes: Record<string, string | null>): string {
    const anew = Object.fromEntries(PLACES_IN_LISTS.map((name) => [name, null]));
    return this.onward({ ...anew, ...changes });
  }

  /** The same, while all lists stay where they are. */
  onward(changes: Record<string, string | null>): string {
    const parameters = new URLSearchParams(this.parameters);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) parameters.delete(name);
      else parameters.set(name, value);
    }
    const query = parameters.toString();
    return query ? `${this.path}?${query}` : this.path;
  }

  /**
   * Asks the service. A list that could not be read is null in the result, as the schema allows.
   *
   * @throws Refused if the service does not accept a variable, Unavailable if there is no result.
   */
  async ask<Result, Variables extends object>(
    document: DocumentDecoration<Result, Variables>,
    variables: Variables,
  ): Promise<Result> {
    const { data, errors } = await this.send(document, variables);
    if (data === null || data === undefined) throw unavailable(errors);
    return data as Result;
  }

  /**
   * The same, for results that must be whole.
   *
   * @throws Unavailable also if a part of the result could not be read.
   */
  async askAll<Result, Variables extends object>(
    document: DocumentDecoration<Result, Variables>,
    variables: Variables,
  ): Promise<Result> {
    const { data, errors } = await this.send(document, variables);
    if (data === null || data === undefined || errors.length > 0) throw unavailable(errors);
    return data as Result;
  }

  private async send(document: unknown, variables: object) {
    const { data, errors = [] } = await this.execute(textOf(document), { ...variables });
    const isRefused = errors.some(({ extensions }) => extensions?.code === "BAD_USER_INPUT");
    if (isRefused) throw new Refused(errors[0]!.message);
    return { data, errors };
  }
}

function unavailable(errors: Errors): Unavailable {
  const isBusy = errors.every(({ extensions }) => PASSING.has(String(extensions?.code)));
  return new Unavailable(errors.map(({ message }) => message).join("; "), isBusy ? 503 : 500);
}
