import type { Plan } from "../db/sql.js";
import { type Alternative, alternativesIn } from "../search/web-search.js";

/** Rows of another table that belong to a listed row: `speaker` by `statement_id`, which is `s.id`. */
export interface Own {
  table: string;
  key: string;
  of: string;
}

/** That there is one of them of which this holds; x is its name. */
interface Having extends Own {
  x: string;
  condition: string;
}

/** How many slugs the planner may see: as many as it takes a list for that it doesn't see. */
const SEEN = 10;

/** How many alternatives of a text, where some exclude words, the planner may see: reading one takes it longer than all else. */
const WRITTEN_OUT = 3;

/** How many tables a list without an index of its own is joined to: the first listing is likely to have the fewest rows. */
const JOINED = 1;

/** The conditions of one statement, and the values they refer to. */
export class Where {
  readonly values: unknown[];
  /** How its statement is planned: with the values of a filter, where the best plan depends on them. */
  planned: Plan = "generic";
  /** Whether each row is asked for its own in turn: set for a list that an index gives in its order. */
  isAskedInTurn = false;
  private readonly conditions: string[] = [];
  private readonly owned: Having[] = [];

  /**
   * @param values those that the statement's text already refers to, from $1 on
   * @param languages how words are read besides as they stand: text search configurations (search/languages.ts)
   */
  constructor(
    values: readonly unknown[] = [],
    private readonly languages: readonly string[] = [],
  ) {
    this.values = [...values];
  }

  /** Keeps a filter's value and gives the placeholder that stands for it in the text. */
  value(value: unknown, type: string): string {
    this.planned = "custom";
    return this.bound(value, type);
  }

  /**
   * The same for a value that is no matter for the plan: where a page begins, or slugs, which a subselect turns into
   * ids, so that the planner can't tell how much each of them has to do with anyway.
   */
  bound(value: unknown, type: string): string {
    // The planner takes a list in a parameter for ten items. Most often it is one, and it can see that.
    if (Array.isArray(value) && value.length === 1 && type.endsWith("[]")) {
      return `ARRAY[${this.bound(value[0], type.slice(0, -2))}]`;
    }
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }

  /**
   * The same for slugs. Where the planner saw many, it would ask of each whether it rules out the rows that each partial
   * index is without: two milliseconds for a hundred.
   */
  slugs(slugs: readonly string[]): string {
    const list = this.bound(slugs, "text[]");
    return slugs.length > SEEN ? `ARRAY(SELECT unnest(${list}))` : list;
  }

  /** A subselect of the ids behind slugs, present or former. */
  idsOfSlugs(
    table: "person" | "place" | "organization" | "meeting" | "agreement",
    slugs: readonly string[],
  ): string {
    return `SELECT id FROM ${table} WHERE ${hasSlug(this.slugs(slugs))}`;
  }

  and(condition: string): void {
    this.conditions.push(condition);
  }

  /** Adds that a column has one of a filter's values, where the filter names any; an empty list matches nothing. */
  isOneOf(column: string, values: readonly unknown[] | null | undefined, type: string): void {
    if (values) this.and(`${column} = ANY (${this.bound(values, `${type}[]`)})`);
  }

  /** Adds that a listed row has one of its own in another table, of which this holds. */
  has(own: Own, condition: (x: string) => string): void {
    const x = `x${this.owned.length}`;
    this.owned.push({ ...own, x, condition: condition(x) });
  }

  /**
   * The tsquery of a text in web-search syntax, read as it stands and in each language: any reading finds what is
   * wanted, and any excludes what is not. Written out, not looked up by a subselect: the planner knows how rare
   * the words are only where it sees them.
   */
  words(text: string): string {
    return this.readingsOf(text, (plain) => this.value(plain, "text"));
  }

  /** The same made once by a subselect, for where there is one way to look for words, however rare they are. */
  boundWords(text: string): string {
    return `(SELECT ${this.readingsOf(text, (plain) => this.bound(plain, "text"))})`;
  }

  private readingsOf(text: string, place: (plain: string) => string): string {
    const readings = (plain: string) => this.readings(`folded(${place(plain)})`);
    const alternatives = alternativesIn(text);
    if (alternatives.length > WRITTEN_OUT) return this.readWhenRun(alternatives);
    const queries = alternatives.map(({ wanted, unwanted }) =>
      unwanted === "" ? readings(wanted) : `(${readings(wanted)} && !!${readings(unwanted)})`,
    );
    return `(${queries.join(" || ")})`;
  }

  /** The tsquery of any number of alternatives, made when the statement runs: planning takes the same time for all. */
  private readWhenRun(alternatives: readonly Alternative[]): string {
    const [wanted, unwanted] = (["wanted", "unwanted"] as const).map((words) => ({
      given: this.bound(
        alternatives.map((one) => one[words]),
        "text[]",
      ),
      readings: this.readings(`folded(alternative.${words})`),
    }));
    return `(SELECT string_agg('(' || query::text || ')', ' | ')::tsquery
      FROM unnest(${wanted!.given}, ${unwanted!.given}) AS alternative (wanted, unwanted),
        LATERAL (SELECT ${wanted!.readings} && !!${unwanted!.readings}) AS one (query)
      WHERE numnode(query) > 0)`;
  }

  private readings(plain: string): string {
    const readings = ["simple", ...this.languages].map(
      (language) => `websearch_to_tsquery('${language}', ${plain})`,
    );
    return `(${readings.join(" || ")})`;
  }

  /** The conditions as SQL; `true` where there are none. */
  toString(): string {
    return anded([...this.conditions, ...this.ofEach()]);
  }

  /**
   * The same for what reads every row that matches. What a row must have in other tables is one condition, so that these
   * are compared with one another by their indexes, and of the rows themselves only those are read that have all of it.
   * A page, which stops after a few rows, is better off without.
   */
  toAggregateSql(): string {
    const [first, ...others] = this.owned;
    if (!first) return this.toString();
    const inside = others.map((own) => has(own, `${first.x}.${first.key}`));
    return anded([...this.conditions, has(first, first.of, inside)]);
  }

  /**
   * Of a list that an index gives in its order, subselects that PostgreSQL can't turn into joins: it takes every parent
   * for an average one, of which it would read all that there is and put it into order. Elsewhere the first is joined; with
   * more, planning would take longer than most questions, since it compares all orders of joins.
   */
  private ofEach(): string[] {
    const joined = this.isAskedInTurn ? 0 : JOINED;
    return this.owned.map((own, i) => (i < joined ? has(own, own.of) : `(${one(own, own.of)})`));
  }
}

function has({ table, key, x, condition }: Having, of: string, more: string[] = []): string {
  return `EXISTS (SELECT FROM ${table} ${x} WHERE ${anded([`${x}.${key} = ${of}`, condition, ...more])})`;
}

function one({ table, key, x, condition }: Having, of: string): string {
  return `SELECT true FROM ${table} ${x} WHERE ${anded([`${x}.${key} = ${of}`, condition])} LIMIT 1`;
}

function anded(conditions: string[]): string {
  return conditions.length === 0 ? "true" : conditions.join(" AND ");
}

/**
 * That a row has one of these slugs, now or formerly; `slugs` is a placeholder of text[]. Few have former ones, and
 * their index holds no others: without that being said, the planner takes many to match and reads the whole table.
 */
export function hasSlug(slugs: string, alias = ""): string {
  const column = (name: string) => (alias ? `${alias}.${name}` : name);
  const former = column("former_slugs");
  return `(${column("slug")} = ANY (${slugs}) OR (${former} <> '{}' AND ${former} && ${slugs}))`;
}

/** A subselect of the ids of what has a name with these words. */
export function idsOfNames(kind: string, query: string, type: "uuid" | "text"): string {
  return `SELECT item_id::${type} FROM record_name WHERE kind = '${kind}' AND words @@ ${query}`;
}
