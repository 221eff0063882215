import { custom, generic, joinSql, raw, SQL, type SqlPart, type SqlText } from "../db/sql-text.js";
import type { FilterTerms } from "./filter-terms.js";
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
  condition: SqlText;
}

/** Up to so many slugs are visible to the planner; it assumes as many for a list that it can't see. */
const MAX_VISIBLE_SLUGS = 10;

/** Up to so many alternatives (`or`) of a search text are visible to the planner: each costs it more than the rest of the query. */
const MAX_VISIBLE_ALTERNATIVES = 3;

/** How many child tables may become joins; the first one is likely to have the fewest rows. */
const MAX_JOINED = 1;

/** The conditions of one SQL statement. */
export class Where {
  /** Set if an index has the rows in the order of the list, so that a page reads only a few. */
  isReadInIndexOrder = false;
  private readonly conditions: SqlText[] = [];
  private readonly children: ExistsCondition[] = [];

  constructor(private readonly terms: FilterTerms = {}) {}

  /** Returns the number of the first revision since a moment of the filter. */
  firstRevisionSince(moment: string): number {
    return this.terms.revisions!.get(moment)!;
  }

  /** Adds a condition. */
  and(condition: SqlText): void {
    this.conditions.push(condition);
  }

  /** Adds the condition that a column has one of the values, if there is a list; an empty one matches nothing. */
  isOneOf(column: string, values: readonly unknown[] | null | undefined, type: string): void {
    if (values) this.and(SQL`${raw(column)} = ANY (${generic(values, `${type}[]`)})`);
  }

  /** Adds the condition that a listed row has a row in a child table that meets `condition`. */
  exists(child: ChildTable, condition: (x: string) => SqlText): void {
    const x = `x${this.children.length}`;
    this.children.push({ ...child, x, condition: condition(x) });
  }

  /**
   * Returns the tsquery of a text in web-search syntax, unstemmed and stemmed for each language: a match in any of them
   * counts, for wanted and for excluded words. Not a subselect: the planner must see the words to estimate how rare they are.
   */
  words(text: string): SqlText {
    return this.tsqueryOf(text, custom);
  }

  /** Returns the tsquery as a subselect, for statements with the same plan however rare the words are. */
  boundWords(text: string): SqlText {
    return SQL`(SELECT ${this.tsqueryOf(text, generic)})`;
  }

  private tsqueryOf(text: string, bind: typeof generic): SqlText {
    const toTsquery = (plain: string) => this.inEachLanguage(SQL`folded(${bind(plain, "text")})`);
    const alternatives = alternativesIn(text);
    if (alternatives.length > MAX_VISIBLE_ALTERNATIVES) {
      return this.tsqueryAtExecution(alternatives);
    }
    const queries = alternatives.map(({ wanted, unwanted }) =>
      unwanted === "" ? toTsquery(wanted) : SQL`(${toTsquery(wanted)} && !!${toTsquery(unwanted)})`,
    );
    return SQL`(${joinSql(queries, " || ")})`;
  }

  /** Returns a tsquery that is built when the statement runs, so that the planning time does not grow with the alternatives. */
  private tsqueryAtExecution(alternatives: readonly Alternative[]): SqlText {
    const given = (words: keyof Alternative) =>
      generic(
        alternatives.map((one) => one[words]),
        "text[]",
      );
    const tsquery = (words: keyof Alternative) =>
      this.inEachLanguage(SQL`folded(alternative.${raw(words)})`);
    return SQL`(SELECT string_agg('(' || query::text || ')', ' | ')::tsquery
      FROM unnest(${given("wanted")}, ${given("unwanted")}) AS alternative (wanted, unwanted),
        LATERAL (SELECT ${tsquery("wanted")} && !!${tsquery("unwanted")}) AS one (query)
      WHERE numnode(query) > 0)`;
  }

  private inEachLanguage(plain: SqlText): SqlText {
    const queries = ["simple", ...(this.terms.languages ?? [])].map(
      (language) => SQL`websearch_to_tsquery(${raw(`'${language}'`)}, ${plain})`,
    );
    return SQL`(${joinSql(queries, " || ")})`;
  }

  /** Returns the conditions as SQL; `true` if there are none. */
  toSql(): SqlText {
    return joinConditions([...this.conditions, ...this.childConditions()]);
  }

  /**
   * Returns the conditions for a statement that reads every matching row. Those on child tables are nested, so that the
   * indexes of these tables are joined first, and only rows that meet all of them are read. This would slow down a page,
   * which stops after a few rows.
   */
  toAggregateSql(): SqlText {
    const [first, ...others] = this.children;
    if (!first) return this.toSql();
    const inside = others.map((child) => existsSql(child, `${first.x}.${first.foreignKey}`));
    return joinConditions([...this.conditions, existsSql(first, first.rowId, inside)]);
  }

  /**
   * Returns the conditions on child tables. If the list is read in index order, they are subselects that PostgreSQL can't
   * turn into joins: it assumes an average parent, and would read all rows of it and sort them. Otherwise the first becomes
   * a join; with more of them, comparing all join orders would take longer than most queries.
   */
  private childConditions(): SqlText[] {
    const joined = this.isReadInIndexOrder ? 0 : MAX_JOINED;
    return this.children.map((child, i) =>
      i < joined ? existsSql(child, child.rowId) : SQL`(${subselectSql(child)})`,
    );
  }
}

function existsSql(child: ExistsCondition, rowId: string, more: SqlText[] = []): SqlText {
  return SQL`EXISTS (SELECT FROM ${tableSql(child)} WHERE ${joinConditions([...ofRow(child, rowId), ...more])})`;
}

function subselectSql(child: ExistsCondition): SqlText {
  return SQL`SELECT true FROM ${tableSql(child)} WHERE ${joinConditions(ofRow(child, child.rowId))} LIMIT 1`;
}

function tableSql({ table, x }: ExistsCondition): SqlText {
  return raw(`${table} ${x}`);
}

function ofRow({ foreignKey, x, condition }: ExistsCondition, rowId: string): SqlText[] {
  return [raw(`${x}.${foreignKey} = ${rowId}`), condition];
}

function joinConditions(conditions: SqlText[]): SqlText {
  return conditions.length === 0 ? raw("true") : joinSql(conditions, " AND ");
}

/**
 * A parameter for slugs. A long list is hidden from the planner, which would compare each slug with the predicate of every
 * partial index: 2 ms for a hundred slugs.
 */
export function slugsSql(slugs: readonly string[]): SqlPart {
  const list = generic(slugs, "text[]");
  return slugs.length > MAX_VISIBLE_SLUGS ? SQL`ARRAY(SELECT unnest(${list}))` : list;
}

/** Tables of items with slugs. */
export type SluggedTable = "person" | "place" | "organization" | "meeting" | "agreement";

/** Returns a subselect of the ids of present or former slugs. */
export function idsOfSlugs(table: SluggedTable, slugs: readonly string[]): SqlText {
  return SQL`SELECT id FROM ${raw(table)} WHERE ${hasSlug(slugsSql(slugs))}`;
}

/** Returns a subselect of the ids of items that have any of these identifiers. */
export function idsOfIdentifiers(
  table: "person" | "place" | "organization",
  identifiers: readonly { scheme: string; value: string }[],
): SqlText {
  const given = generic(
    identifiers.map(({ scheme, value }) => JSON.stringify([{ scheme, value }])),
    "jsonb[]",
  );
  return SQL`SELECT x.id FROM unnest(${given}) AS given (identifier) JOIN ${raw(table)} x ON x.identifiers @> given.identifier`;
}

/**
 * Returns the condition that a row has one of these slugs, now or formerly. Few rows have former slugs, and a partial index
 * has only those: without `<> '{}'` the planner expects many matches and scans the table.
 */
export function hasSlug(slugs: SqlPart, alias = ""): SqlText {
  const column = (name: string) => raw(alias ? `${alias}.${name}` : name);
  const former = column("former_slugs");
  return SQL`(${column("slug")} = ANY (${slugs}) OR (${former} <> '{}' AND ${former} && ${slugs}))`;
}

/** Returns a subselect of the ids of items whose name has these words. */
export function idsOfNames(kind: string, query: SqlText, type: "uuid" | "text"): SqlText {
  return SQL`SELECT item_id::${raw(type)} FROM record_name WHERE kind = ${raw(`'${kind}'`)} AND words @@ ${query}`;
}
