import { GraphQLError } from "graphql";

/** The limit that a request exceeds. */
export interface Excess {
  /** For the client: what exceeds the limit, and what to do about it. */
  message: string;
  /** What exceeds the limit, for programs; the cost if absent. */
  exceeded?: string;
  cost?: number;
  limit: number;
}

/** The error of a request that exceeds a limit on cost or size. */
export class QueryTooCostly extends GraphQLError {
  constructor({ message, ...facts }: Excess) {
    // Marks a client error; response-headers.ts decides the final status.
    super(message, { extensions: { code: "QUERY_TOO_COSTLY", ...facts, http: { status: 400 } } });
  }
}
