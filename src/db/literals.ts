import pg from "pg";

type Scalar = string | number | boolean | null;

/** Replaces `$1`, `$2` … in a statement by literal values, so that PostgreSQL plans it for these values. */
export function inlineValues(text: string, values: readonly unknown[]): string {
  return text.replace(/\$(\d+)/g, (_, number: string) =>
    literal(values[Number(number) - 1] as Scalar | Scalar[]),
  );
}

/** A quoted SQL literal; a cast in the statement gives its type. */
function literal(value: Scalar | Scalar[] | undefined): string {
  if (value === null || value === undefined) return "NULL";
  return pg.escapeLiteral(Array.isArray(value) ? arrayOf(value) : String(value));
}

/** A PostgreSQL array literal: `{"one","other"}`. */
function arrayOf(values: Scalar[]): string {
  const items = values.map((value) =>
    value === null ? "NULL" : `"${String(value).replace(/["\\]/g, "\\$&")}"`,
  );
  return `{${items.join(",")}}`;
}
