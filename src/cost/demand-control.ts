import type { GraphQLRequest } from "@apollo/server";
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  isExecutableDefinitionNode,
  Lexer,
  type Location,
  parse,
  Source,
  type Token,
  TokenKind,
  visit,
} from "graphql";
import type { Context } from "../context.js";
import type { HooksOf } from "../http/apollo.js";
import {
  checkDocument,
  type DocumentLimits,
  type Excess,
  QueryTooCostly,
} from "./document-limits.js";
import { type CostEstimate, CostEstimator } from "./estimate.js";
import { LARGE_FRACTION, LargeOperations } from "./large-operations.js";

/** The configurable limits on operations. */
export interface OperationLimits extends DocumentLimits {
  maxCost: number;
  maxTokens: number;
}

/** The maximum number of values (fields, scalars too) in a response per unit of cost: scalars are free, but not unlimited. */
const VALUES_PER_COST = 1 / 2;

/** This many values are always allowed, so that introspection works with a low cost limit too. */
const MIN_VALUE_LIMIT = 100_000;

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

/** The size of an operation: its cost or, if larger, the cost of serializing its values. */
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

/** The maximum nesting depth of brackets of any kind: parsers recurse for each level. */
const MAX_BRACKET_DEPTH = 150;

/** The maximum number of directives in a document; each is validated and evaluated separately. */
const MAX_DIRECTIVES = 500;

const OPENING: readonly TokenKind[] = [TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L];
const CLOSING: readonly TokenKind[] = [TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R];

/** Checks the text of a document against the limits, before any recursive parser reads it. */
function checkTokens(text: string, maxTokens: number): Excess | undefined {
  if (isTooShortToExceed(text, maxTokens)) return undefined;
  let [tokens, depth, directives] = [0, 0, 0];
  for (const { kind } of tokensOf(text)) {
    if (++tokens > maxTokens) {
      return {
        exceeded: "tokens",
        limit: maxTokens,
        message: `The document has more than ${maxTokens} tokens. Split it into several requests, and pass long lists as variables.`,
      };
    }
    if (OPENING.includes(kind) && ++depth > MAX_BRACKET_DEPTH) {
      return {
        exceeded: "brackets",
        limit: MAX_BRACKET_DEPTH,
        message: `The document nests brackets more than ${MAX_BRACKET_DEPTH} levels deep. Split it into several requests.`,
      };
    }
    if (CLOSING.includes(kind)) depth--;
    if (kind === TokenKind.AT && ++directives > MAX_DIRECTIVES) {
      return {
        exceeded: "directives",
        limit: MAX_DIRECTIVES,
        message: `The document has more than ${MAX_DIRECTIVES} directives. Use one on a fragment instead of one on each field.`,
      };
    }
  }
}

/** Whether the text has too few characters to exceed any limit. That is true of most documents, and skips the lexer. */
function isTooShortToExceed(text: string, maxTokens: number): boolean {
  if (text.length > maxTokens) return false;
  let [brackets, directives] = [0, 0];
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === "{" || character === "[" || character === "(") brackets++;
    else if (character === "@") directives++;
  }
  return brackets <= MAX_BRACKET_DEPTH && directives <= MAX_DIRECTIVES;
}

/** The tokens up to the first syntax error, which the parser will report. */
function* tokensOf(text: string): Generator<Token> {
  const lexer = new Lexer(new Source(text));
  for (;;) {
    let token: Token;
    try {
      token = lexer.advance();
    } catch {
      return;
    }
    if (token.kind === TokenKind.EOF) return;
    yield token;
  }
}

/** The maximum nesting depth of the values of variables; filters and representations need five levels. */
const MAX_VALUE_DEPTH = 50;

/** Checks the nesting depth of variables, before any recursive code processes them. */
function checkVariables(variables: unknown): Excess | undefined {
  let level = isComposite(variables) ? [variables] : [];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > MAX_VALUE_DEPTH) {
      return {
        exceeded: "variables",
        limit: MAX_VALUE_DEPTH,
        message: `The variables are nested more than ${MAX_VALUE_DEPTH} levels deep. No argument needs that.`,
      };
    }
    level = compositesIn(level);
  }
}

/** Plain loops for speed: a router's request can have a thousand representations. */
function compositesIn(level: object[]): object[] {
  const inside: object[] = [];
  for (const value of level) {
    for (const key in value) {
      const item: unknown = value[key as keyof typeof value];
      if (isComposite(item)) inside.push(item);
    }
  }
  return inside;
}

function isComposite(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
