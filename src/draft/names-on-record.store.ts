import type { Sql } from "../db/sql.js";
import { generic, SQL } from "../db/sql-text.js";

/** An item on record that a text may name. */
export interface NamedItem {
  kind: "PERSON" | "PLACE" | "ORGANIZATION";
  slug: string;
  name: string;
  sortName: string | null;
  otherNames: string[];
  /** Of a place. */
  country: string | null;
  /** The index of the words that are one of its names. */
  at: number;
}

/** The maximum number of items read per name. */
const MAX_NAMESAKES = 10;

/** Finds the people, places and organizations on record that have one of these names; accents and case don't matter. */
export function readNamedItems(sql: Sql, words: readonly string[]): Promise<NamedItem[]> {
  return sql.query(
    "namesInText",
    SQL`SELECT sought.at::int - 1 AS at, found.*
     FROM unnest(${generic(words, "text[]")}) WITH ORDINALITY AS sought (words, at)
     CROSS JOIN LATERAL (
       SELECT n.kind, coalesce(p.slug, l.slug, o.slug) AS slug, coalesce(p.name, l.name, o.name) AS name,
         p.sort_name AS "sortName", coalesce(p.other_names, l.other_names, o.other_names) AS "otherNames",
         l.country_code AS country
       FROM (SELECT DISTINCT kind, item_id FROM record_name
             WHERE folded = folded(sought.words) AND kind IN ('PERSON', 'PLACE', 'ORGANIZATION') LIMIT ${generic(MAX_NAMESAKES, "int")}) AS n
       LEFT JOIN person p ON n.kind = 'PERSON' AND p.id = n.item_id::uuid
       LEFT JOIN place l ON n.kind = 'PLACE' AND l.id = n.item_id::uuid
       LEFT JOIN organization o ON n.kind = 'ORGANIZATION' AND o.id = n.item_id::uuid
     ) AS found
     WHERE found.slug IS NOT NULL
     ORDER BY 1, found.kind, found.slug`,
  );
}
