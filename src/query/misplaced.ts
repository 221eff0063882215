import type { Sql } from "../db/sql.js";
import { generic, raw, SQL } from "../db/sql-text.js";
import { BadUserInput } from "../errors.js";

type Noun = "person" | "organization";

/** The filter fields that take slugs of one noun, and the field to use for slugs of the other. */
export type SlugFields<Filter> = Partial<
  Record<keyof Filter & string, { noun: Noun; instead: keyof Filter & string }>
>;

const NAMES: Record<Noun, string> = { person: "a person", organization: "an organization" };

const isOnRecord = (table: Noun) =>
  SQL`EXISTS (SELECT FROM ${raw(table)} x
    WHERE x.slug = given.slug OR (x.former_slugs <> '{}' AND x.former_slugs @> ARRAY[given.slug]))`;

/**
 * Throws BAD_USER_INPUT for a person's slug given as an organization's, or the reverse. For lists that turn out to be empty, since such a
 * slug matches nothing.
 */
export async function refuseMisplaced<Filter extends object>(
  sql: Sql,
  fields: SlugFields<Filter>,
  filter: Filter,
): Promise<void> {
  const given = (Object.keys(fields) as (keyof Filter & string)[]).flatMap((field) =>
    ((filter[field] ?? []) as readonly string[]).map((slug) => ({ field, slug })),
  );
  if (given.length === 0) return;
  const valuesOf = (column: "field" | "slug") =>
    generic(
      given.map((one) => one[column]),
      "text[]",
    );
  const arePeople = generic(
    given.map(({ field }) => fields[field]!.noun === "person"),
    "boolean[]",
  );
  const [found] = await sql.query<{ field: keyof Filter & string; slug: string }>(
    "misplacedSlugs",
    SQL`SELECT given.field, given.slug FROM unnest(
       ${valuesOf("field")}, ${valuesOf("slug")}, ${arePeople}) AS given (field, slug, is_person)
     WHERE CASE WHEN given.is_person THEN ${isOnRecord("organization")} AND NOT ${isOnRecord("person")}
       ELSE ${isOnRecord("person")} AND NOT ${isOnRecord("organization")} END
     LIMIT 1`,
  );
  if (!found) return;
  const { noun, instead } = fields[found.field]!;
  const other = NAMES[noun === "person" ? "organization" : "person"];
  throw new BadUserInput(
    `filter.${found.field}`,
    `"${found.slug}" is ${other}: give it to \`${instead}\`.`,
  );
}
