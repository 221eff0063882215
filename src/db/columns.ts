import { getMetadataArgsStorage } from "typeorm";

type EntityClass<T> = abstract new (...args: never[]) => T;

/** An entity's properties with the names of their columns, in the order of the class. */
function columnsOf<T>(entity: EntityClass<T>): { property: string; column: string }[] {
  return getMetadataArgsStorage()
    .filterColumns(withParents(entity))
    .map(({ propertyName, options }) => ({
      property: propertyName,
      column: options.name ?? propertyName,
    }));
}

/** The select list that reads rows of the table `alias` in the shape of the entity: `p.sort_name AS "sortName"`. */
export function select<T>(entity: EntityClass<T>, alias: string): string {
  return columnsOf(entity)
    .map(({ property, column }) => `${alias}.${column} AS "${property}"`)
    .join(", ");
}

/** The class and those it extends, which may hold columns too. */
function withParents(entity: object): (() => void)[] {
  const parent: unknown = Object.getPrototypeOf(entity);
  const parents = parent && parent !== Function.prototype ? withParents(parent) : [];
  return [entity as () => void, ...parents];
}
