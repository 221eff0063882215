import { oneEach } from "../db/batch.js";
import { select } from "../db/columns.js";
import type { Sql } from "../db/sql.js";
import { hasSlug } from "../db/where.js";
import { Organization } from "./organization.entity.js";

/** Organizations by id. */
export async function organizationsByIds(sql: Sql, ids: readonly string[]) {
  const rows = await sql.query<Organization>(
    "organizationsByIds",
    `SELECT ${select(Organization, "o")} FROM organization o WHERE o.id = ANY ($1::uuid[])`,
    [ids],
  );
  return oneEach(ids, rows, (row) => [row.id]);
}

/** Organizations by present or former slug. */
export async function organizationsBySlugs(sql: Sql, slugs: readonly string[]) {
  const rows = await sql.query<Organization>(
    "organizationsBySlugs",
    `SELECT ${select(Organization, "o")}, o.former_slugs AS "formerSlugs" FROM organization o
     WHERE ${hasSlug("$1::text[]", "o")}`,
    [slugs],
  );
  return oneEach(slugs, rows, (row) => [...row.formerSlugs, row.slug]);
}
