import type { GraphQLRequest } from "@apollo/server";
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  isExecutableDefinitionNode,
  type Location,
  parse,
  visit,
} from "graphql";
import type { Context } from "../context.js";
import type { Deadline } from "../db/request-sql.js";
import type { HooksOf } from "../http/apollo.js";
import { type DocumentLimits, checkDocument } from "./document-limits.js";
import { type CostEstimate, CostEstimator } from "./estimate.js";
import { checkTokens, type Excess, QueryTooCostly, checkVariables } from "./request-limits.js";

/** The configurable limits on operations. */
export interface OperationLimits extends DocumentLimits {
  maxCost: number;
  maxTokens: number;
}

/** How many values (fields, scalars too) a response may have per unit of cost: scalars are free, but not unlimited. */
const VALUES_PER_COST = 1 / 2;

/** This many values are always allowed, so that introspection works with a low cost limit too. */
const MIN_VALUE_LIMIT = 100_000;

/** An operation is large if its cost is more than this fraction of the limit: 0.2 s of CPU at worst. */
const LARGE_FRACTION = 1 / 200;

/** A request may hold a third of a server's connections, so two leave the last third to small operations. */
const LARGE_PER_SERVER = 2;

/** Replaces a rejected document, since the error itself can be returned only later. */
const STAND_IN = "{ __typename }";

/**
 * Demand control: rejects requests that exceed a limit, each as early as possible: the text before it is parsed, the document
 * before it is validated, the operation and its variables before execution. Large operations may be queued; `servers` is the
 * number of database servers.
 *
 * Apollo Server returns the error of a plugin only from `didResolveOperation` on; an earlier one counts as an internal
 * failure. So a request that is rejected earlier gets a harmless stand-in, and fails at that hook.
 */
export function demandControl(
  schema: GraphQLSchema,
  limits: OperationLimits,
  servers: number,
): HooksOf<Context> {
  const estimator = new CostEstimator(schema);
  const largeOperations = new LargeOperations(servers);
  // Apollo Server caches the stand-in for the text of the document, so it must be recognized the next time.
  const rejected = new WeakMap<DocumentNode, GraphQLError>();

  return ({ request, contextValue: { state, deadline } }) => {
    const wantsCost = request.extensions?.cost === true;
    const excess =
      checkTokens(request.query ?? "", limits.maxTokens) ?? checkVariables(request.variables);
    if (excess) replace(request);
    return {
      validationDidStart(requestContext) {
        const error = errorOfDocument(requestContext.document, limits);
        if (!error) return removeLocations(requestContext.document, limits.maxTokens);
        const document = parse(STAND_IN);
        rejected.set(document, error);
        Object.assign(requestContext, { document });
      },
      didResolveOperation({ document, operation }) {
        if (excess) throw new QueryTooCostly(excess);
        const error = rejected.get(document);
        if (error) throw error;
        if (!operation) return undefined;
        const estimate = estimator.estimate(document, operation, request.variables);
        state.cost = estimate.cost;
        const tooCostly = checkEstimate(estimate, limits.maxCost);
        if (tooCostly) throw new QueryTooCostly(tooCostly);
        if (sizeOf(estimate) <= limits.maxCost * LARGE_FRACTION) return undefined;
        return largeOperations.begin(deadline, (end) => (state.release = end));
      },
      willSendResponse({ response: { body } }) {
        if (!wantsCost || state.cost === undefined || body.kind !== "single") return;
        const cost = { estimated: state.cost, limit: limits.maxCost };
        body.singleResult.extensions = { ...body.singleResult.extensions, cost };
      },
    };
  };
}

/**
 * The error of a document that is not even validated: it exceeds a limit, or defines types. Validation would reject the
 * latter too, but only after computing the edit distance of every unknown name to the names of all types.
 */
function errorOfDocument(document: DocumentNode, limits: DocumentLimits): GraphQLError | undefined {
  const excess = checkDocument(document, limits);
  if (excess) return new QueryTooCostly(excess);
  const definition = document.definitions.find((each) => !isExecutableDefinitionNode(each));
  if (!definition) return undefined;
  return new GraphQLError("Only queries are supported: a document cannot define types.", {
    nodes: definition,
    extensions: { code: "GRAPHQL_VALIDATION_FAILED", http: { status: 400 } },
  });
}

/**
 * Errors have a location, for which graphql-js counts all lines before it, each time. If a document has more lines than
 * the limit on tokens, its locations are removed.
 */
function removeLocations(document: DocumentNode, maxLines: number): void {
  if (!document.loc || document.loc.endToken.line <= maxLines) return;
  visit(document, { enter: (node) => void delete (node as { loc?: Location }).loc });
}

function replace(request: GraphQLRequest): void {
  request.query = STAND_IN;
  request.variables = undefined;
  request.extensions = undefined; // may hold the hash of the original text
}

/** The size of an operation: its cost or, if larger, what its values take to serialize. */
function sizeOf({ cost, values }: CostEstimate): number {
  return Math.max(cost, values / VALUES_PER_COST);
}

function checkEstimate({ cost, values }: CostEstimate, maxCost: number): Excess | undefined {
  const advice = "Request smaller pages (`first`) or fewer nested lists.";
  if (cost > maxCost) {
    return {
      cost,
      limit: maxCost,
      message: `Query cost ${cost} exceeds the limit of ${maxCost}. ${advice}`,
    };
  }
  const maxValues = Math.max(Math.floor(maxCost * VALUES_PER_COST), MIN_VALUE_LIMIT);
  if (values > maxValues) {
    return {
      exceeded: "values",
      cost,
      limit: maxValues,
      message: `The response may have ${values} values, which exceeds the limit of ${maxValues}. ${advice}`,
    };
  }
}

/**
 * Limits the number of large operations executed concurrently; the others wait, first come, first served. Without the limit
 * they would starve small operations of CPU, and slow each other down until all of them time out.
 */
class LargeOperations {
  private readonly max: number;
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(servers: number) {
    this.max = servers * LARGE_PER_SERVER;
  }

  /**
   * Waits for a slot, or until the request times out; its SQL then fails at once. Passes `whenEnded` the function to call
   * when the operation has ended.
   */
  begin(deadline: Deadline, whenEnded: (end: () => void) => void): Promise<void> | undefined {
    if (this.running < this.max) {
      this.running++;
      whenEnded(() => this.next());
      return undefined;
    }
    return new Promise((done) => {
      let hasBegun = false;
      const start = () => {
        hasBegun = true;
        done();
      };
      this.waiting.push(start);
      whenEnded(() => {
        if (hasBegun) this.next();
        else this.waiting.splice(this.waiting.indexOf(start), 1);
      });
      deadline.whenPassed(() => done());
    });
  }

  /** Passes the slot of an operation that has ended to the one that has waited longest. */
  private next(): void {
    const start = this.waiting.shift();
    if (start) start();
    else this.running--;
  }
}
