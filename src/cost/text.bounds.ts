import { Lexer, Source, type Token, TokenKind } from "graphql";
import type { Excess } from "./too-costly.js";

/** How deep brackets of any kind may be nested: what reads a document calls itself for each. */
const DEEPEST_BRACKETS = 150;

/** How many directives a document may have; each is checked and evaluated one by one. */
const MOST_DIRECTIVES = 500;

const OPENING: readonly TokenKind[] = [TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L];
const CLOSING: readonly TokenKind[] = [TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R];

/** What is too much about a document's text, before anything that calls itself reads it. */
export function excessOfText(text: string, maxTokens: number): Excess | undefined {
  if (isModest(text, maxTokens)) return undefined;
  let [tokens, depth, directives] = [0, 0, 0];
  for (const { kind } of tokensOf(text)) {
    if (++tokens > maxTokens) {
      return {
        exceeded: "tokens",
        limit: maxTokens,
        message: `The document has more than ${maxTokens} tokens. Ask in several requests, and pass long lists as variables.`,
      };
    }
    if (OPENING.includes(kind) && ++depth > DEEPEST_BRACKETS) {
      return {
        exceeded: "brackets",
        limit: DEEPEST_BRACKETS,
        message: `The document nests brackets more than ${DEEPEST_BRACKETS} deep. Ask in several requests.`,
      };
    }
    if (CLOSING.includes(kind)) depth--;
    if (kind === TokenKind.AT && ++directives > MOST_DIRECTIVES) {
      return {
        exceeded: "directives",
        limit: MOST_DIRECTIVES,
        message: `The document has more than ${MOST_DIRECTIVES} directives. Put one on a fragment instead of on each of its fields.`,
      };
    }
  }
}

/** Whether nothing can be too much, for its characters are too few. So it is of most, whose tokens need not be read. */
function isModest(text: string, maxTokens: number): boolean {
  if (text.length > maxTokens) return false;
  let [brackets, directives] = [0, 0];
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === "{" || character === "[" || character === "(") brackets++;
    else if (character === "@") directives++;
  }
  return brackets <= DEEPEST_BRACKETS && directives <= MOST_DIRECTIVES;
}

/** The tokens up to the first fault, at which the parser will stop and tell. */
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
