import { type EntityClass, type Edge, shapeOf } from "./row-shape.js";

/** Fields that a question selects, and what it selects of each. */
export interface Selection {
  [field: string]: Selection;
}

/** Something that a row is read with: a property, or a field that is answered by other rows. */
interface Part {
  name: string;
  sql: string;
}

/** Beyond so many steps from a row its surroundings are read by the loaders, for all rows at once. */
const DEEPEST = 3;

const ALL: Selection = {};
// What is selected is gathered once for a document, so that its SQL is made once too.
const texts = new WeakMap<Selection, Map<string, string>>();

/**
 * The select list that reads rows of the table `alias` in the shape of their entity: `p.sort_name AS "sortName"`. With a
 * selection, the columns that show what is selected, and as JSON under its field's name what the rows point to; without
 * one, all columns but those that are declared with `select: false`, which show nothing.
 */
export function select(entity: EntityClass, alias: string, selected?: Selection): string {
  const known = texts.get(selected ?? ALL) ?? new Map<string, string>();
  texts.set(selected ?? ALL, known);
  const key = `${entity.name} ${alias}`;
  let text = known.get(key);
  if (text === undefined) {
    const parts = partsOf(entity, alias, selected, 1);
    text = parts.map(({ name, sql }) => `${sql} AS "${name}"`).join(", ");
    known.set(key, text);
  }
  return text;
}

/** In the order of the entity, so that who selects the same in another order asks the same of PostgreSQL. */
function partsOf(
  entity: EntityClass,
  alias: string,
  selected: Selection | undefined,
  depth: number,
): Part[] {
  const { columns, keys, edges, shownBy } = shapeOf(entity);
  const joined = edges.filter(({ field }) => selected?.[field] && depth <= DEEPEST);
  const others = Object.keys(selected ?? {}).filter(
    (field) => !field.startsWith("__") && !joined.some((edge) => edge.field === field),
  );
  // What no column shows is asked for by the key.
  const wanted = new Set(others.flatMap((field) => shownBy.get(field) ?? keys));
  if (joined.length + wanted.size === 0) for (const key of keys) wanted.add(key);
  return [
    ...columns
      .filter(({ property, isShown }) => (selected ? wanted.has(property) : isShown))
      .map(({ property, column }) => ({ name: property, sql: `${alias}.${column}` })),
    ...joined.map((edge) => ({
      name: edge.field,
      sql: joinedSql(edge, alias, selected![edge.field]!, depth + 1),
    })),
  ];
}

/** What rows of the table `alias` point to, as JSON: an object or null, or a list. */
function joinedSql(edge: Edge, alias: string, selected: Selection, depth: number): string {
  const inner = `${alias}_${edge.field.toLowerCase()}`;
  const pairs = partsOf(edge.target, inner, selected, depth).map(
    ({ name, sql }) => `'${name}', ${sql}`,
  );
  const object = `json_build_object(${pairs.join(", ")})`;
  if (edge.kind === "one") {
    return `(SELECT ${object} FROM ${edge.table} ${inner} WHERE ${inner}.${edge.key} = ${alias}.${edge.column})`;
  }
  return `(SELECT coalesce(json_agg(listed.row), '[]') FROM (
    SELECT ${object} AS row FROM ${edge.from(inner)}
    WHERE ${edge.parentId(inner)} = ${alias}.id ORDER BY ${edge.order(inner)}) AS listed)`;
}
