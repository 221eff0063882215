import { type ParseError, printParseErrorCode } from "jsonc-parser";
import { rootOf } from "./record.positions.js";

/** Where a text stops being JSON, and what was expected there. */
export interface SyntaxFault {
  offset: number;
  message: string;
}

const LONGEST_EXCERPT = 20;

const EXPECTED: Record<string, string> = {
  InvalidSymbol: "expected a value",
  InvalidNumberFormat: "expected a number as JSON writes it",
  PropertyNameExpected: "expected a property name in double quotes",
  ValueExpected: "expected a value",
  ColonExpected: "expected a colon",
  CommaExpected: "expected a comma",
  CloseBraceExpected: 'expected "}"',
  CloseBracketExpected: 'expected "]"',
  EndOfFileExpected: "expected nothing after the record",
  InvalidCommentToken: "JSON has no comments",
  UnexpectedEndOfComment: "JSON has no comments",
  UnexpectedEndOfString: "expected the text to end on its line, in a double quote",
  InvalidUnicode: "expected four hexadecimal digits after \\u",
  InvalidEscapeCharacter: "expected one of JSON's escapes after the backslash",
  InvalidCharacter: "expected control characters to be escaped",
};

/** The first fault of a text that JSON.parse refused. Those after it would mostly be its echoes. */
export function syntaxFaultIn(json: string, refusal: unknown): SyntaxFault {
  const errors: ParseError[] = [];
  rootOf(json, errors);
  const [first] = errors;
  // The two parsers may disagree on what is not JSON; then the one that refused it says why.
  if (!first) return { offset: 0, message: `not JSON: ${(refusal as Error).message}` };
  const { error, offset, length } = first;
  const found = json.slice(offset, offset + Math.min(length, LONGEST_EXCERPT)).trim();
  const where = found === "" ? "the file ends" : `found ${found}`;
  const expected = EXPECTED[printParseErrorCode(error)] ?? "malformed";
  return { offset, message: `not JSON: ${expected}, ${where}` };
}
