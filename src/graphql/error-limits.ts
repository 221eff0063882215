import { type ExecutionResult, GraphQLError, type GraphQLFormattedError } from "graphql";

/** How many errors of a response have a message; validation of documents and variables stops after as many. */
export const MAX_DETAILED_ERRORS = 10;

/** The maximum size of the errors of a response, in bytes. */
const MAX_ERROR_BYTES = 100_000;

/** More errors than this exceed the size limit however short they are, so they need not be serialized. */
export const MAX_ERRORS = MAX_ERROR_BYTES / 100;

const MESSAGE_OMITTED = `There are more errors: only the first ${MAX_DETAILED_ERRORS} are shown in full.`;

/** A response, as far as its errors matter. */
interface Response {
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLFormattedError[];
}

/**
 * Limits the size of the errors of a response: the first ten are complete, the others have only path and code. If that is
 * still too large, because there are very many or their paths are very long, one error replaces them, and the data is left
 * out too, since clients could not know what is missing from it.
 */
export function limitErrors(response: Response): void {
  const { errors } = response;
  if (!errors?.length) return;
  const limited = errors.map((error, i) =>
    i < MAX_DETAILED_ERRORS ? error : brief(error, errors[i - 1]!),
  );
  if (isWithin(MAX_ERROR_BYTES, limited)) {
    response.errors = limited;
    return;
  }
  response.errors = [tooManyErrors().toJSON()];
  if (response.data !== undefined) response.data = null;
}

/** Returns the result of an execution, or a single error if it has more than {@link MAX_ERRORS}. */
export function limitErrorCount(result: ExecutionResult): ExecutionResult {
  const count = result.errors?.length ?? 0;
  return count > MAX_ERRORS ? { data: null, errors: [tooManyErrors()] } : result;
}

/** Returns the error that replaces errors that are too many or too long. */
export function tooManyErrors(): GraphQLError {
  return new GraphQLError(
    `The errors alone would take more than ${MAX_ERROR_BYTES} bytes. ` +
      "Request less at once, or use shorter aliases.",
    { extensions: { code: "ANSWER_TOO_LARGE", limit: MAX_ERROR_BYTES } },
  );
}

/**
 * Returns an error without its message. For a variable it keeps `argument`; the last error of graphql-js, which says only that
 * it stops, takes the variable from the error before it.
 */
function brief({ path, extensions = {} }: GraphQLFormattedError, before: GraphQLFormattedError) {
  const { code } = extensions;
  if (path) return { message: MESSAGE_OMITTED, path, extensions: { code } };
  const last = String(before.extensions?.argument);
  const { argument = code === "BAD_USER_INPUT" ? variableOf(last) : undefined } = extensions;
  return { message: MESSAGE_OMITTED, extensions: { code, argument } };
}

/** Returns the variable of a path: `filter` for `filter.places[1]`. */
function variableOf(place: string): string {
  return place.split(/[.[]/, 1)[0]!;
}

/** Whether the serialized errors fit into this size; stops at the first that does not. */
function isWithin(bytes: number, errors: readonly GraphQLFormattedError[]): boolean {
  let left = bytes - 2;
  return errors.every((error) => (left -= Buffer.byteLength(JSON.stringify(error)) + 1) >= 0);
}
