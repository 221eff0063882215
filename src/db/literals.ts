import pg from "pg";

type Scalar = string | number | boolean | null;

/** A statement with its values written into it in place of `$1`, `$2` …, so that it is planned with them. */
export function withValues(text: string, values: readonly unknown[]): string {
  return text.replace(/\$(\d+)/g, (_, number: string) =>
    literal(values[Number(number) - 1] as Scalar | Scalar[]),
  );
}

/** A value as PostgreSQL reads it in the text of a statement: quoted, its type to be told by a cast. */
function literal(value: Scalar | Scalar[] | undefined): string {
  if (value === null || value === undefined) return "NULL";
  return pg.escapeLiteral(Array.isArray(value) ? arrayOf(value) : String(value));
}

/** An array in PostgreSQL's own form: `{"one","other"}`. */
function arrayOf(values: Scalar[]): string {
  const items = values.map((value) =>
    value === null ? "NULL" : `"${String(value).replace(/["\\]/g, "\\$&")}"`,
  );
  return `{${items.join(",")}}`;
}
