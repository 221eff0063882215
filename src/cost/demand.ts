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
import type { HooksOf } from "../http/request-hooks.js";
import { type DocumentLimits, excessOfDocument } from "./document.bounds.js";
import { type Estimate, Estimator } from "./estimate.js";
import { isLarge, type LargeOperations } from "./large-operations.js";
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
 * document before it is validated, the operation with its variables before it is executed. A large one may have to wait for
 * others.
 *
 * Apollo Server answers an error of a plugin only from `didResolveOperation` on; an earlier one ends as its own
 * failure. So what is refused earlier is replaced by a harmless question, and refused there.
 */
export function demandControl(
  schema: GraphQLSchema,
  limits: DemandLimits,
  largeOperations: LargeOperations,
): HooksOf<Context> {
  const estimator = new Estimator(schema);
  // The stand-in of a document is what Apollo Server keeps for its text, so it must be known again.
  const refused = new WeakMap<DocumentNode, GraphQLError>();

  return ({ request, contextValue: { notes, deadline } }) => {
    const wantsCost = request.extensions?.cost === true;
    const excess =
      excessOfText(request.query ?? "", limits.maxTokens) ?? excessOfVariables(request.variables);
    if (excess) replace(request);
    return {
      validationDidStart(requestContext) {
        const refusal = refusalOf(requestContext.document, limits);
        if (!refusal) return forgetLines(requestContext.document, limits.maxTokens);
        const document = parse(STAND_IN);
        refused.set(document, refusal);
        Object.assign(requestContext, { document });
      },
      didResolveOperation({ document, operation }) {
        if (excess) throw new QueryTooCostly(excess);
        const refusal = refused.get(document);
        if (refusal) throw refusal;
        if (!operation) return undefined;
        const estimate = estimator.estimate(document, operation, request.variables);
        notes.cost = estimate.cost;
        const over = excessOfEstimate(estimate, limits.maxCost);
        if (over) throw new QueryTooCostly(over);
        if (!isLarge(sizeOf(estimate), limits.maxCost)) return undefined;
        return largeOperations.begin(deadline, (end) => (notes.ended = end));
      },
      willSendResponse({ response: { body } }) {
        if (!wantsCost || notes.cost === undefined || body.kind !== "single") return;
        const cost = { estimated: notes.cost, limit: limits.maxCost };
        body.singleResult.extensions = { ...body.singleResult.extensions, cost };
      },
    };
  };
}

/**
 * Why a document is not even validated: it is too much, or it defines types, which validation refuses too, but not before it
 * has compared each name that is not known with those of all types, letter by letter.
 */
function refusalOf(document: DocumentNode, limits: DocumentLimits): GraphQLError | undefined {
  const tooMuch = excessOfDocument(document, limits);
  if (tooMuch) return new QueryTooCostly(tooMuch);
  const definition = document.definitions.find((each) => !isExecutableDefinitionNode(each));
  if (!definition) return undefined;
  return new GraphQLError("Only queries are answered here: a document can't define types.", {
    nodes: definition,
    extensions: { code: "GRAPHQL_VALIDATION_FAILED", http: { status: 400 } },
  });
}

/**
 * Whatever is wrong is told by its line, and all lines before it are counted for that, each time. So it is told without
 * where there are more lines than there may be tokens.
 */
function forgetLines(document: DocumentNode, most: number): void {
  if (!document.loc || document.loc.endToken.line <= most) return;
  visit(document, { enter: (node) => void delete (node as { loc?: Location }).loc });
}

function replace(request: GraphQLRequest): void {
  request.query = STAND_IN;
  request.variables = undefined;
  request.extensions = undefined; // the hash of another text
}

/** What an operation costs the database or, where that is more, the service: a field is little, but there may be many. */
function sizeOf({ cost, values }: Estimate): number {
  return Math.max(cost, values / VALUES_PER_COST);
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
