import { type ParseError, printParseErrorCode } from "jsonc-parser";
import { rootOf } from "./record.positions.js";

/** The offset of a JSON syntax error, and what was expected there. */
export interface SyntaxFault {
  offset: number;
  message: string;
}

const LONGEST_EXCERPT = 20;

const ENDS = {
  file: "the file ends",
  line: "the line ends; in JSON Lines a record is on one line",
};

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

/** Returns the first syntax error of a text that JSON.parse rejected. Later ones mostly follow from it. */
export function syntaxFaultIn(
  json: string,
  parseError: unknown,
  what: keyof typeof ENDS = "file",
): SyntaxFault {
  const errors: ParseError[] = [];
  rootOf(json, errors);
  const [first] = errors;
  // The parsers may disagree; then use the message of JSON.parse.
  if (!first) return { offset: 0, message: `not JSON: ${(parseError as Error).message}` };
  const { error, offset, length } = first;
  const found = json.slice(offset, offset + Math.min(length, LONGEST_EXCERPT)).trim();
  const where = found === "" ? ENDS[what] : `found ${found}`;
  const expected = EXPECTED[printParseErrorCode(error)] ?? "malformed";
  return { offset, message: `not JSON: ${expected}, ${where}` };
}
