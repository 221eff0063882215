import { GraphQLError, Lexer, Source, type Token, TokenKind } from "graphql";

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
    // Marks a client error; http/response.ts decides the final status.
    super(message, { extensions: { code: "QUERY_TOO_COSTLY", ...facts, http: { status: 400 } } });
  }
}

/** How deep brackets of any kind may be nested: parsers recurse for each level. */
const MAX_BRACKET_DEPTH = 150;

/** How many directives a document may have; each is validated and evaluated separately. */
const MAX_DIRECTIVES = 500;

const OPENING: readonly TokenKind[] = [TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L];
const CLOSING: readonly TokenKind[] = [TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R];

/** Checks the text of a document against the limits, before any recursive parser reads it. */
export function checkTokens(text: string, maxTokens: number): Excess | undefined {
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

/** How deep the values of variables may be nested; filters and representations need five levels. */
const MAX_VALUE_DEPTH = 50;

/** Checks the nesting depth of variables, before any recursive code processes them. */
export function checkVariables(variables: unknown): Excess | undefined {
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
