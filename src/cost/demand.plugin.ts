import type { ApolloServerPlugin, GraphQLRequest } from "@apollo/server";
import { type DocumentNode, type GraphQLSchema, parse } from "graphql";
import type { Context } from "../context.js";
import { type DocumentLimits, excessOfDocument } from "./document.bounds.js";
import { type Estimate, Estimator } from "./estimate.js";
import { excessOfText } from "./text.bounds.js";
import { type Excess, QueryTooCostly } from "./too-costly.js";
import { excessOfVariables } from "./variables.bounds.js";

/** What an operator may bound of requests. */
export interface DemandLimits extends DocumentLimits {
  maxCost: number;
  maxTokens: number;
}

/** How many fields an answer may have for each unit of cost: scalars are free, but not in any number. */
const VALUES_PER_COST = 10;

/** So many it may always have, or a low limit would keep tools from reading the schema. */
const VALUES_FOR_ALL = 100_000;

/** Asked instead of what is refused, since the refusal itself can be told only later. */
const STAND_IN = "{ __typename }";

/**
 * Refuses what is too much, each thing before anything that would suffer from it: the text before it is parsed, the
 * document before it is validated, the operation with its variables before it is executed.
 *
 * Apollo Server answers an error of a plugin only from `didResolveOperation` on; an earlier one ends as its own
 * failure. So what is refused earlier is replaced by a harmless question, and refused there.
 */
export function demandControl(
  schema: GraphQLSchema,
  limits: DemandLimits,
): ApolloServerPlugin<Context> {
  const estimator = new Estimator(schema);
  // The stand-in of a document is what Apollo Server keeps for its text, so it must be known again.
  const refused = new WeakMap<DocumentNode, Excess>();

  return {
    async requestDidStart({ request, contextValue: { notes } }) {
      const wantsCost = request.extensions?.cost === true;
      const excess =
        excessOfText(request.query ?? "", limits.maxTokens) ?? excessOfVariables(request.variables);
      if (excess) replace(request);
      return {
        async validationDidStart(requestContext) {
          const tooMuch = excessOfDocument(requestContext.document, limits);
          if (!tooMuch) return;
          const document = parse(STAND_IN);
          refused.set(document, tooMuch);
          Object.assign(requestContext, { document });
        },
        async didResolveOperation({ document, operation }) {
          const early = excess ?? refused.get(document);
          if (early) throw new QueryTooCostly(early);
          if (!operation) return;
          const estimate = estimator.estimate(document, operation, request.variables);
          notes.cost = estimate.cost;
          const over = excessOfEstimate(estimate, limits.maxCost);
          if (over) throw new QueryTooCostly(over);
        },
        async willSendResponse({ response: { body } }) {
          if (!wantsCost || notes.cost === undefined || body.kind !== "single") return;
          const cost = { estimated: notes.cost, limit: limits.maxCost };
          body.singleResult.extensions = { ...body.singleResult.extensions, cost };
        },
      };
    },
  };
}

function replace(request: GraphQLRequest): void {
  request.query = STAND_IN;
  request.variables = undefined;
  request.extensions = undefined; // the hash of another text
}

function excessOfEstimate({ cost, values }: Estimate, maxCost: number): Excess | undefined {
  const advice = "Ask for smaller pages (`first`), or for fewer lists inside lists.";
  if (cost > maxCost) {
    return {
      cost,
      limit: maxCost,
      message: `This may cost ${cost}, and ${maxCost} is the limit. ${advice}`,
    };
  }
  const maxValues = Math.max(maxCost * VALUES_PER_COST, VALUES_FOR_ALL);
  if (values > maxValues) {
    return {
      exceeded: "values",
      cost,
      limit: maxValues,
      message: `The answer may have ${values} values, and ${maxValues} is the limit. ${advice}`,
    };
  }
}
