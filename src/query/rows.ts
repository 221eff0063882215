import { columnOf, type EntityClass, type Joined, shapeOf, tableOf } from "./row-shape.js";

/** Fields that a question selects, and what it selects of each. */
export interface Selection {
  [field: string]: Selection;
}

/** Something that a row is read with: a property, or a field that is answered by rows of another table. */
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
  const { columns, keys, joined, needs } = shapeOf(entity);
  const comes = [...joined].filter(([field]) => selected?.[field] && depth <= DEEPEST);
  const others = Object.keys(selected ?? {}).filter(
    (field) => !comes.some(([joinedField]) => joinedField === field),
  );
  // A search selects fields of several types at once: those that this one lacks get its key.
  const wanted = new Set(others.flatMap((field) => needs.get(field) ?? keys));
  if (comes.length + wanted.size === 0) for (const key of keys) wanted.add(key);
  return [
    ...columns
      .filter(({ property, isShown }) => (selected ? wanted.has(property) : isShown))
      .map(({ property, column }) => ({ name: property, sql: `${alias}.${column}` })),
    ...comes.map(([field, rows]) => {
      const inner = `${alias}_${field.toLowerCase()}`;
      const parts = partsOf(rows.target, inner, selected![field], depth + 1);
      return { name: field, sql: joinedSql(rows, inner, parts, entity, alias) };
    }),
  ];
}

/** What rows of the table `alias` point to, or what belongs to them, as JSON: an object or null, or a list. */
function joinedSql(
  joined: Joined,
  inner: string,
  parts: Part[],
  entity: EntityClass,
  alias: string,
): string {
  const object = `json_build_object(${parts.map(({ name, sql }) => `'${name}', ${sql}`).join(", ")})`;
  if (joined.kind === "one") {
    const { target, property } = joined;
    return `(SELECT ${object} FROM ${tableOf(target)} ${inner}
      WHERE ${inner}.${columnOf(target)} = ${alias}.${columnOf(entity, property)})`;
  }
  return `(SELECT coalesce(json_agg(listed.row), '[]') FROM (
    SELECT ${object} AS row FROM ${joined.from(inner)}
    WHERE ${joined.parentId(inner)} = ${alias}.id ORDER BY ${joined.order(inner)}) AS listed)`;
}
