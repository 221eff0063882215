import { type ExecutionResult, GraphQLError, type GraphQLFormattedError } from "graphql";

/** How many errors of an answer are told in full; as many are looked for in variables and in a document. */
export const MOST_TOLD = 10;

/** The most bytes that the errors of an answer take. */
const MOST_BYTES = 100_000;

/** So many errors take more than that, however short they are: what comes of more need not be worked out. */
export const MOST_ERRORS = MOST_BYTES / 100;

const NOT_TOLD = `There are more errors: only the first ${MOST_TOLD} are told in full.`;

/** The part of an answer that holds its errors. */
interface Answer {
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLFormattedError[];
}

/**
 * Bounds what the errors of an answer take: the first ten are told in full, of the others path and code. Where even
 * that is too much, since there are very many or their paths are very long, one error says so, and the data, of which
 * nobody could tell what is missing, is not answered either.
 */
export function boundErrors(answer: Answer): void {
  const { errors } = answer;
  if (!errors?.length) return;
  const told = errors.map((error, i) => (i < MOST_TOLD ? error : brief(error, errors[i - 1]!)));
  if (isWithin(MOST_BYTES, told)) {
    answer.errors = told;
    return;
  }
  answer.errors = [tooManyErrors().toJSON()];
  if (answer.data !== undefined) answer.data = null;
}

/** The result of an execution without its errors, where there are so many that they can't be told. */
export function withoutCountless(result: ExecutionResult): ExecutionResult {
  const count = result.errors?.length ?? 0;
  return count > MOST_ERRORS ? { data: null, errors: [tooManyErrors()] } : result;
}

/** What is answered in place of errors that are too many, or too long, to be told. */
export function tooManyErrors(): GraphQLError {
  return new GraphQLError(
    `The errors alone would take more than ${MOST_BYTES} bytes. ` +
      "Ask for less at once, and by shorter aliases.",
    { extensions: { code: "ANSWER_TOO_LARGE", limit: MOST_BYTES } },
  );
}

/**
 * An error without its message. Where it is about a variable, the argument is its place; graphql-js gives up without
 * saying at which, but has named one just before.
 */
function brief({ path, extensions = {} }: GraphQLFormattedError, before: GraphQLFormattedError) {
  const { code } = extensions;
  if (path) return { message: NOT_TOLD, path, extensions: { code } };
  const last = String(before.extensions?.argument);
  const { argument = code === "BAD_USER_INPUT" ? variableOf(last) : undefined } = extensions;
  return { message: NOT_TOLD, extensions: { code, argument } };
}

/** The variable that a place is in: `filter` of `filter.places[1]`. */
function variableOf(place: string): string {
  return place.split(/[.[]/, 1)[0]!;
}

/** Stops counting where it is too much. */
function isWithin(bytes: number, errors: readonly GraphQLFormattedError[]): boolean {
  let left = bytes - 2;
  return errors.every((error) => (left -= Buffer.byteLength(JSON.stringify(error)) + 1) >= 0);
}
