import { getMetadataArgsStorage } from "typeorm";
import { type DateField, datesOf, shownIn } from "./shown.js";
import { groupBy } from "./batch.js";

export type EntityClass<Row extends object = object> = abstract new (...args: never[]) => Row;

/** A column, and the property that holds it. */
interface Column {
  property: string;
  column: string;
  /** Whether any field shows it. */
  isShown: boolean;
}

/** A field that is answered by other rows: by one that a column points to, or by a list of them. */
export type Edge = { field: string; target: EntityClass } & (One | Many);

interface One {
  kind: "one";
  column: string;
  table: string;
  key: string;
}

/** Rows that belong to one of another table, as SQL for an alias of theirs. */
export interface ManyRows {
  /** The table, and what it is joined to. */
  from: (alias: string) => string;
  /** The id of the row they belong to. */
  parentId: (alias: string) => string;
  order: (alias: string) => string;
}

interface Many extends ManyRows {
  kind: "many";
}

/** How the rows of an entity are read, and what its fields need of them. */
export interface RowShape {
  columns: Column[];
  /** The properties of the primary key. */
  keys: string[];
  edges: Edge[];
  dates: DateField[];
  /** Which properties a field needs; those of the key where it is not among them. */
  shownBy: Map<string, string[]>;
}

/** Lists of rows, by the class of those they belong to. */
const lists = new Map<object, Edge[]>();

const shapes = new Map<object, RowShape>();

/** Declares that rows of an entity have a list of others under a field. */
export function declareList(
  parent: EntityClass,
  field: string,
  target: EntityClass,
  rows: ManyRows,
): void {
  const list: Edge = { kind: "many", field, target, ...rows };
  lists.set(parent, [...(lists.get(parent) ?? []), list]);
}

/** The name of an entity's table. */
export function tableOf(entity: EntityClass): string {
  return getMetadataArgsStorage().tables.find(({ target }) => target === entity)!.name!;
}

export function shapeOf(entity: EntityClass): RowShape {
  let shape = shapes.get(entity);
  if (!shape) shapes.set(entity, (shape = readShape(entity)));
  return shape;
}

function readShape(entity: EntityClass): RowShape {
  const classes = withParents(entity);
  const declared = getMetadataArgsStorage().filterColumns(classes);
  const columns = declared.map(({ propertyName, options }) => ({
    property: propertyName,
    column: options.name ?? propertyName,
    isShown: options.select !== false,
  }));
  const keys = declared.filter(({ options }) => options.primary).map((key) => key.propertyName);
  const ones = onesOf(classes, columns);
  const dateFields = classes.flatMap((one) => datesOf(one));
  const shownBy = groupBy(
    [
      ...columns.map(({ property }) => ({ field: property, property })),
      ...ones,
      ...classes.flatMap((one) => shownIn(one)),
      ...dateFields.flatMap(({ field, from, to }) =>
        [from, to].map((property) => ({ field, property })),
      ),
    ],
    ({ field }) => field,
  );
  return {
    columns,
    keys,
    edges: [...ones, ...(lists.get(entity) ?? [])],
    dates: dateFields,
    shownBy: new Map(
      [...shownBy].map(([field, needs]) => [field, needs.map(({ property }) => property)]),
    ),
  };
}

/** What an entity points to: its foreign keys, `meetingId` being shown as `meeting`, `placeCountryCode` as `placeCountry`. */
function onesOf(classes: object[], columns: Column[]): (Edge & { property: string })[] {
  const storage = getMetadataArgsStorage();
  return storage.foreignKeys
    .filter(({ target, propertyName }) => propertyName && classes.includes(target as () => void))
    .map(({ propertyName, type }) => {
      // Where two entities point to each other, one names the other by its class.
      const target = (
        typeof type === "string"
          ? storage.tables.find((one) => (one.target as () => void).name === type)!.target
          : (type as () => unknown)()
      ) as EntityClass;
      const key = storage.columns.find((one) => one.target === target && one.options.primary)!;
      return {
        kind: "one",
        field: propertyName!.replace(/(?:Id|Code)$/, ""),
        property: propertyName!,
        column: columns.find(({ property }) => property === propertyName)!.column,
        target,
        table: tableOf(target),
        key: key.options.name ?? key.propertyName,
      };
    });
}

/** The class and those it extends, which may hold columns too. */
function withParents(entity: object): (() => void)[] {
  const parent: unknown = Object.getPrototypeOf(entity);
  const parents = parent && parent !== Function.prototype ? withParents(parent) : [];
  return [entity as () => void, ...parents];
}
