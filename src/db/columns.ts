import { getMetadataArgsStorage } from "typeorm";

type EntityClass<T> = abstract new (...args: never[]) => T;

// Every statement needs one, and they never change.
const lists = new Map<string, string>();

/**
 * The select list that reads rows of the table `alias` in the shape of the entity: `p.sort_name AS "sortName"`. Columns
 * that serve conditions and orders alone are declared with `select: false`, and cost no answer anything.
 */
export function select<T>(entity: EntityClass<T>, alias: string): string {
  const key = `${entity.name} ${alias}`;
  let list = lists.get(key);
  if (list === undefined) {
    list = getMetadataArgsStorage()
      .filterColumns(withParents(entity))
      .filter(({ options }) => options.select !== false)
      .map(
        ({ propertyName, options }) =>
          `${alias}.${options.name ?? propertyName} AS "${propertyName}"`,
      )
      .join(", ");
    lists.set(key, list);
  }
  return list;
}

/** The class and those it extends, which may hold columns too. */
function withParents(entity: object): (() => void)[] {
  const parent: unknown = Object.getPrototypeOf(entity);
  const parents = parent && parent !== Function.prototype ? withParents(parent) : [];
  return [entity as () => void, ...parents];
}
