/** The conditions of one statement, and the values they refer to. */
export class Where {
  readonly values: unknown[];
  private readonly conditions: string[] = [];

  /** @param values those that the statement's text already refers to, from $1 on */
  constructor(values: readonly unknown[] = []) {
    this.values = [...values];
  }

  /** Keeps a value and gives the placeholder that stands for it in the text. */
  value(value: unknown, type: string): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }

  and(condition: string): void {
    this.conditions.push(condition);
  }

  /** The conditions as SQL; `true` where there are none. */
  toString(): string {
    return this.conditions.length === 0 ? "true" : this.conditions.join(" AND ");
  }
}

/** A subselect of the ids behind slugs, present or former; `slugs` is a placeholder of text[]. */
export function idsOfSlugs(
  table: "person" | "place" | "organization" | "meeting" | "agreement",
  slugs: string,
): string {
  return `SELECT id FROM ${table} WHERE slug = ANY (${slugs}) OR former_slugs && ${slugs}`;
}
