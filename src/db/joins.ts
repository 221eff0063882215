import { getMetadataArgsStorage } from "typeorm";
import { select } from "./columns.js";

type EntityClass = abstract new (...args: never[]) => object;

/** Fields that are selected of rows, and what is selected of each. */
export interface Selection {
  [field: string]: Selection;
}

/** What is read together with rows of an entity: those rows of others that it points to and that are selected. */
export interface Joined {
  selected: Selection;
  /** Takes each of them, by its key. */
  found: (entity: object, key: string, row: object) => void;
}

/** A column that points to one row of another table, and the field under which that is shown. */
interface Edge {
  field: string;
  /** Property and column that hold the key. */
  property: string;
  column: string;
  target: EntityClass;
  table: string;
  keyColumn: string;
}

/** Beyond so many steps from a row its surroundings are read by the loaders, for all rows at once. */
const DEEPEST = 3;

const edges = new Map<object, Edge[]>();

const joinable = new WeakMap<Selection, Selection>();

/** Of what is selected of an entity's rows, what can be read together with them: the same for many selections. */
export function joinableOf(entity: object, selected: Selection, depth = 1): Selection {
  const known = joinable.get(selected);
  if (known) return known;
  const some: Selection = {};
  for (const { field, target } of depth > DEEPEST ? [] : edgesOf(entity)) {
    const inside = selected[field];
    if (inside) some[field] = joinableOf(target, inside, depth + 1);
  }
  joinable.set(selected, some);
  return some;
}

/** The select list of the selected rows that those of table `alias` point to, each as JSON under its field's name. */
export function joins(entity: object, alias: string, selected: Selection): string {
  return edgesOf(entity)
    .filter(({ field }) => selected[field])
    .map(({ field, column, target, table, keyColumn }) => {
      const inner = `${alias}_${field.toLowerCase()}`;
      return `, (SELECT to_json(joined) FROM (SELECT ${select(target, inner)}${joins(target, inner, selected[field]!)}
        FROM ${table} ${inner} WHERE ${inner}.${keyColumn} = ${alias}.${column}) AS joined) AS "${field}"`;
    })
    .join("");
}

/** Hands on the rows that came with others. */
export function takeJoined(
  entity: object,
  rows: readonly object[],
  { selected, found }: Joined,
): void {
  for (const { field, property, target } of edgesOf(entity)) {
    const inside = selected[field];
    if (!inside) continue;
    for (const row of rows as readonly Record<string, unknown>[]) {
      const other = row[field] as object | null | undefined;
      if (!other) continue;
      found(target, row[property] as string, other);
      takeJoined(target, [other], { selected: inside, found });
    }
  }
}

/** What an entity points to: its foreign keys, `meetingId` being shown as `meeting`, `placeCountryCode` as `placeCountry`. */
function edgesOf(entity: object): Edge[] {
  let known = edges.get(entity);
  if (!known) {
    const storage = getMetadataArgsStorage();
    const classes = [entity, ...parentsOf(entity)] as (() => void)[];
    known = storage.foreignKeys
      .filter(({ target, propertyName }) => propertyName && classes.includes(target as () => void))
      .map(({ propertyName, type }) => {
        // Where two entities point to each other, one names the other by its class.
        const target = (
          typeof type === "string"
            ? storage.tables.find(({ target }) => (target as EntityClass).name === type)!.target
            : (type as () => EntityClass)()
        ) as EntityClass;
        const column = storage.columns.find(
          (one) => classes.includes(one.target as () => void) && one.propertyName === propertyName,
        )!;
        const key = storage.columns.find((one) => one.target === target && one.options.primary)!;
        return {
          field: propertyName!.replace(/(?:Id|Code)$/, ""),
          property: propertyName!,
          column: column.options.name ?? propertyName!,
          target,
          table: storage.tables.find((one) => one.target === target)!.name!,
          keyColumn: key.options.name ?? key.propertyName,
        };
      });
    edges.set(entity, known);
  }
  return known;
}

function parentsOf(entity: object): object[] {
  const parent: unknown = Object.getPrototypeOf(entity);
  return parent && parent !== Function.prototype ? [parent, ...parentsOf(parent)] : [];
}
