/**
 * How PostgreSQL plans a statement. A `generic` plan is made once per connection for any values, which saves most of the cost
 * of a small statement. A `custom` plan is made for each execution, with the values inlined, where the best plan depends on
 * them: for example on how rare the words of a text filter are.
 */
export type Plan = "generic" | "custom";

/** The value of a parameter, with its PostgreSQL type and the plan that it asks for. */
export class SqlValue {
  constructor(
    readonly value: unknown,
    readonly type: string,
    readonly plan: Plan,
  ) {}
}

/** What a piece of SQL consists of. */
export type SqlPart = SqlText | SqlValue;

/** A piece of SQL with the values of its parameters: made by {@link SQL}, nested at will, numbered by {@link compileSql}. */
export class SqlText {
  constructor(
    readonly strings: readonly string[],
    readonly parts: readonly SqlPart[],
  ) {}
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether the text is a UUID in lower case, as in our ids. */
export function isUuid(value: string): boolean {
  return UUID.test(value);
}

/**
 * A piece of SQL as a tagged template. Takes values as {@link generic} or {@link custom}, and other pieces; a string must be
 * marked as SQL by {@link raw}, so that no text of a client becomes SQL by mistake.
 */
export function SQL(strings: TemplateStringsArray, ...parts: SqlPart[]): SqlText {
  return new SqlText(strings, parts);
}

/** A string that is SQL: the name of a table or column, or SQL without values. Never anything that a client gave. */
export function raw(sql: string): SqlText {
  return new SqlText([sql], []);
}

/**
 * A parameter for a generic plan, which PostgreSQL makes once for all values. For values that the plan does not depend on:
 * cursors, or slugs, which a subselect turns into ids that the planner can't see anyway.
 */
export function generic(value: unknown, type: string): SqlPart {
  // The planner assumes that an array parameter has ten items. Most have one, which this form shows.
  if (Array.isArray(value) && value.length === 1 && type.endsWith("[]")) {
    return SQL`ARRAY[${generic(value[0], type.slice(0, -2))}]`;
  }
  return new SqlValue(value, type, "generic");
}

/** A value that the best plan depends on: the whole statement is planned for each execution, with all values inlined. */
export function custom(value: unknown, type: string): SqlValue {
  return new SqlValue(value, type, "custom");
}

/** Joins pieces of SQL. */
export function joinSql(parts: readonly SqlPart[], separator: string): SqlText {
  if (parts.length === 0) return raw("");
  return new SqlText(["", ...Array<string>(parts.length - 1).fill(separator), ""], parts);
}

/**
 * Rows as a table, with an array as the parameter of each column: `unnest($1::uuid[], $2::text[])`. Its columns are those of `types`, in
 * that order.
 */
export function unnestSql<Row>(
  rows: readonly Row[],
  types: { readonly [column in keyof Row]?: string },
): SqlText {
  const columns = Object.entries<string>(types as Record<string, string>).map(([column, type]) =>
    generic(
      rows.map((row) => row[column as keyof Row]),
      `${type}[]`,
    ),
  );
  return SQL`unnest(${joinSql(columns, ", ")})`;
}

/** Nested pieces as one, whose parts are all values. */
export function flatSql({ strings: [first, ...rest], parts }: SqlText): SqlText {
  const strings = [first!];
  const values: SqlPart[] = [];
  for (const [i, part] of parts.entries()) {
    const own = part instanceof SqlText ? flatSql(part) : { strings: ["", ""], parts: [part] };
    const [start, ...others] = own.strings;
    strings.push(strings.pop()! + start!, ...others);
    strings.push(strings.pop()! + rest[i]!);
    values.push(...own.parts);
  }
  return new SqlText(strings, values);
}

/** A statement with numbered parameters. */
export interface CompiledSql {
  text: string;
  values: unknown[];
  plan: Plan;
}

/** The text of a statement, with its name as a comment. */
export function nameStatement(name: string, text: string): string {
  return `/* ${name} */ ${text}`;
}

/** Numbers the parameters; a value that occurs twice is one parameter. A string is a statement without any. */
export function compileSql(sql: SqlText | string): CompiledSql {
  if (typeof sql === "string") return { text: sql, values: [], plan: "generic" };
  const compiled: CompiledSql = { text: "", values: [], plan: "generic" };
  const numbers = new Map<SqlValue, number>();
  append(sql, compiled, numbers);
  return compiled;
}

function append(sql: SqlText, compiled: CompiledSql, numbers: Map<SqlValue, number>): void {
  const { strings, parts } = sql;
  compiled.text += strings[0]!;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    if (part instanceof SqlText) append(part, compiled, numbers);
    else compiled.text += placeholder(part, compiled, numbers);
    compiled.text += strings[i + 1]!;
  }
}

function placeholder(value: SqlValue, compiled: CompiledSql, numbers: Map<SqlValue, number>) {
  let number = numbers.get(value);
  if (number === undefined) {
    number = compiled.values.push(value.value);
    numbers.set(value, number);
    if (value.plan === "custom") compiled.plan = "custom";
  }
  return `$${number}::${value.type}`;
}
