import type { Plan } from "../db/sql.js";
import { type Alternative, alternativesIn } from "../search/web-search.js";

/** A table with rows that belong to a listed row: `speaker`, whose `statement_id` is `s.id`. */
export interface ChildTable {
  table: string;
  foreignKey: string;
  /** The id of the listed row, as SQL. */
  rowId: string;
}

/** The condition that such a row exists; `x` is its alias. */
interface ExistsCondition extends ChildTable {
  x: string;
  condition: string;
}

/** Up to so many slugs are visible to the planner; it assumes as many for a list that it can't see. */
const MAX_VISIBLE_SLUGS = 10;

/** Up to so many alternatives (`or`) of a search text are visible to the planner: each costs it more than the rest of the query. */
const MAX_VISIBLE_ALTERNATIVES = 3;

/** How many child tables may become joins; the first one is likely to have the fewest rows. */
const MAX_JOINED = 1;

/** The conditions of one SQL statement, and the values of its parameters. */
export class Where {
  readonly values: unknown[];
  /** Becomes `custom` once a condition has a value that the best plan depends on. */
  plan: Plan = "generic";
  /** Set if an index has the rows in the order of the list, so that a page reads only a few. */
  isReadInIndexOrder = false;
  private readonly conditions: string[] = [];
  private readonly children: ExistsCondition[] = [];

  /**
   * @param values the first parameters, which the text of the statement already uses: $1, $2 …
   * @param languages text search configurations for the words of a filter, besides `simple` (search/languages.ts)
   */
  constructor(
    values: readonly unknown[] = [],
    private readonly languages: readonly string[] = [],
  ) {
    this.values = [...values];
  }

  /** Adds a parameter whose value the best plan depends on, and returns its placeholder. */
  boundCustom(value: unknown, type: string): string {
    this.plan = "custom";
    return this.bound(value, type);
  }

  /**
   * Adds a parameter for a generic plan, and returns its placeholder. For values that the plan does not depend on: cursors,
   * or slugs, which a subselect turns into ids that the planner can't see anyway.
   */
  bound(value: unknown, type: string): string {
    // The planner assumes that an array parameter has ten items. Most have one, which this form shows.
    if (Array.isArray(value) && value.length === 1 && type.endsWith("[]")) {
      return `ARRAY[${this.bound(value[0], type.slice(0, -2))}]`;
    }
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }

  /**
   * Adds a parameter for slugs. A long list is hidden from the planner, which would compare each slug with the predicate of
   * every partial index: 2 ms for a hundred slugs.
   */
  slugs(slugs: readonly string[]): string {
    const list = this.bound(slugs, "text[]");
    return slugs.length > MAX_VISIBLE_SLUGS ? `ARRAY(SELECT unnest(${list}))` : list;
  }

  /** Returns a subselect of the ids of present or former slugs. */
  idsOfSlugs(
    table: "person" | "place" | "organization" | "meeting" | "agreement",
    slugs: readonly string[],
  ): string {
    return `SELECT id FROM ${table} WHERE ${hasSlug(this.slugs(slugs))}`;
  }

  /** Returns a subselect of the ids of items that have any of these identifiers. */
  idsOfIdentifiers(
    table: "person" | "place" | "organization",
    identifiers: readonly { scheme: string; value: string }[],
  ): string {
    const given = this.bound(
      identifiers.map(({ scheme, value }) => JSON.stringify([{ scheme, value }])),
      "jsonb[]",
    );
    return `SELECT x.id FROM unnest(${given}) AS given (identifier) JOIN ${table} x ON x.identifiers @> given.identifier`;
  }

  /** Adds a condition. */
  and(condition: string): void {
    this.conditions.push(condition);
  }

  /** Adds the condition that a column has one of the values, if there is a list; an empty one matches nothing. */
  isOneOf(column: string, values: readonly unknown[] | null | undefined, type: string): void {
    if (values) this.and(`${column} = ANY (${this.bound(values, `${type}[]`)})`);
  }

  /** Adds the condition that a listed row has a row in a child table that meets `condition`. */
  exists(child: ChildTable, condition: (x: string) => string): void {
    const x = `x${this.children.length}`;
    this.children.push({ ...child, x, condition: condition(x) });
  }

  /**
   * Returns the tsquery of a text in web-search syntax, unstemmed and stemmed for each language: a match in any of them
   * counts, for wanted and for excluded words. Not a subselect: the planner must see the words to estimate how rare they are.
   */
  words(text: string): string {
    return this.tsqueryOf(text, (plain) => this.boundCustom(plain, "text"));
  }

  /** Returns the tsquery as a subselect, for statements with the same plan however rare the words are. */
  boundWords(text: string): string {
    return `(SELECT ${this.tsqueryOf(text, (plain) => this.bound(plain, "text"))})`;
  }

  private tsqueryOf(text: string, bind: (plain: string) => string): string {
    const toTsquery = (plain: string) => this.inEachLanguage(`folded(${bind(plain)})`);
    const alternatives = alternativesIn(text);
    if (alternatives.length > MAX_VISIBLE_ALTERNATIVES) {
      return this.tsqueryAtExecution(alternatives);
    }
    const queries = alternatives.map(({ wanted, unwanted }) =>
      unwanted === "" ? toTsquery(wanted) : `(${toTsquery(wanted)} && !!${toTsquery(unwanted)})`,
    );
    return `(${queries.join(" || ")})`;
  }

  /** Returns a tsquery that is built when the statement runs, so that the planning time does not grow with the alternatives. */
  private tsqueryAtExecution(alternatives: readonly Alternative[]): string {
    const [wanted, unwanted] = (["wanted", "unwanted"] as const).map((words) => ({
      given: this.bound(
        alternatives.map((one) => one[words]),
        "text[]",
      ),
      tsquery: this.inEachLanguage(`folded(alternative.${words})`),
    }));
    return `(SELECT string_agg('(' || query::text || ')', ' | ')::tsquery
      FROM unnest(${wanted!.given}, ${unwanted!.given}) AS alternative (wanted, unwanted),
        LATERAL (SELECT ${wanted!.tsquery} && !!${unwanted!.tsquery}) AS one (query)
      WHERE numnode(query) > 0)`;
  }

  private inEachLanguage(plain: string): string {
    const queries = ["simple", ...this.languages].map(
      (language) => `websearch_to_tsquery('${language}', ${plain})`,
    );
    return `(${queries.join(" || ")})`;
  }

  /** Returns the conditions as SQL; `true` if there are none. */
  toString(): string {
    return joinConditions([...this.conditions, ...this.childConditions()]);
  }

  /**
   * Returns the conditions for a statement that reads every matching row. Those on child tables are nested, so that the
   * indexes of these tables are joined first, and only rows that meet all of them are read. This would slow down a page,
   * which stops after a few rows.
   */
  toAggregateSql(): string {
    const [first, ...others] = this.children;
    if (!first) return this.toString();
    const inside = others.map((child) => existsSql(child, `${first.x}.${first.foreignKey}`));
    return joinConditions([...this.conditions, existsSql(first, first.rowId, inside)]);
  }

  /**
   * Returns the conditions on child tables. If the list is read in index order, they are subselects that PostgreSQL can't
   * turn into joins: it assumes an average parent, and would read all rows of it and sort them. Otherwise the first becomes
   * a join; with more of them, comparing all join orders would take longer than most queries.
   */
  private childConditions(): string[] {
    const joined = this.isReadInIndexOrder ? 0 : MAX_JOINED;
    return this.children.map((child, i) =>
      i < joined ? existsSql(child, child.rowId) : `(${subselectSql(child)})`,
    );
  }
}

function existsSql(
  { table, foreignKey, x, condition }: ExistsCondition,
  rowId: string,
  more: string[] = [],
): string {
  return `EXISTS (SELECT FROM ${table} ${x} WHERE ${joinConditions([`${x}.${foreignKey} = ${rowId}`, condition, ...more])})`;
}

function subselectSql({ table, foreignKey, rowId, x, condition }: ExistsCondition): string {
  return `SELECT true FROM ${table} ${x} WHERE ${joinConditions([`${x}.${foreignKey} = ${rowId}`, condition])} LIMIT 1`;
}

function joinConditions(conditions: string[]): string {
  return conditions.length === 0 ? "true" : conditions.join(" AND ");
}

/**
 * Returns the condition that a row has one of these slugs, now or formerly; `slugs` is a placeholder of text[]. Few rows have
 * former slugs, and a partial index has only those: without `<> '{}'` the planner expects many matches and scans the table.
 */
export function hasSlug(slugs: string, alias = ""): string {
  const column = (name: string) => (alias ? `${alias}.${name}` : name);
  const former = column("former_slugs");
  return `(${column("slug")} = ANY (${slugs}) OR (${former} <> '{}' AND ${former} && ${slugs}))`;
}

/** Returns a subselect of the ids of items whose name has these words. */
export function idsOfNames(kind: string, query: string, type: "uuid" | "text"): string {
  return `SELECT item_id::${type} FROM record_name WHERE kind = '${kind}' AND words @@ ${query}`;
}
