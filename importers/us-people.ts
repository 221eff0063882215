import { type Person, slugOf } from "./records.js";
import { required, type Row } from "./rows.js";

/** Generation suffixes from us-officials, which the other files omit, so that each person has one name. */
const GENERATION: Readonly<Record<string, string>> = {
  "baker-james-addison": "III",
  "haig-alexander-meigs": "Jr.",
  "stettinius-edward-reilly": "Jr.",
};

/**
 * Slugs of presidents whose id cannot be used: Taft's is also that of an official born in 1915, and Van Buren has another id
 * as an official.
 */
const PRESIDENTS: Readonly<Record<string, string>> = {
  "buren-martin-van": "van-buren-martin",
  "taft-william-howard": "taft-william-howard-1857",
};

/** Returns the slug of a president, for both files that name presidents. */
export function presidentSlug(id: string): string {
  return PRESIDENTS[id] ?? id;
}

/** Builds a person from a row; ids begin with the surname, which gives the name for sorting. */
export function personOf(id: string, name: string, slug = id): Person {
  const generation = GENERATION[id];
  const words = name.split(" ");
  const at = words.findIndex(
    (_, i) => i > 0 && `${slug}-`.startsWith(`${slugOf(words.slice(i).join(" "))}-`),
  );
  const sorted = at < 0 ? [name] : [words.slice(at).join(" "), words.slice(0, at).join(" ")];
  return {
    slug,
    name: generation ? `${name} ${generation}` : name,
    sortName: [...sorted, generation].filter(Boolean).join(", "),
  };
}

/** Returns the traveller of a row of us-travels. */
export function travellerOf(row: Row): Person {
  const id = required(row, "person_id");
  const slug = row.role === "president" ? presidentSlug(id) : id;
  return personOf(id, required(row, "person_name"), slug);
}
