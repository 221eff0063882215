import { GraphQLError } from "graphql";

/** What of a request is over a bound of the service, and the bound. */
export interface Excess {
  /** Tells the client what there is too much of, and what to do about it. */
  message: string;
  /** What there is too much of, for programs; the cost itself when absent. */
  exceeded?: string;
  cost?: number;
  limit: number;
}

/** A request that asks for more than the service is willing to answer at once. */
export class QueryTooCostly extends GraphQLError {
  constructor({ message, ...facts }: Excess) {
    // The status tells the answers' plugin that it is the client's; how the client is told is decided there.
    super(message, { extensions: { code: "QUERY_TOO_COSTLY", ...facts, http: { status: 400 } } });
  }
}
