import { getMetadataArgsStorage } from "typeorm";
import { entities } from "../src/db/entities.js";
import { ITEMS } from "../src/records/record.format.js";

/** The columns of each table, as its entity names them. */
const columnsByTable = new Map(
  entities.map((entity) => {
    const { tables, columns } = getMetadataArgsStorage();
    const { name } = tables.find(({ target }) => target === entity)!;
    const own = columns.filter(
      ({ target }) => entity === target || entity.prototype instanceof (target as never),
    );
    return [name, own.map(({ propertyName, options }) => options.name ?? propertyName)];
  }),
);

it.each([
  ...ITEMS.map(({ table, fields }) => [table, fields] as const),
  ...ITEMS.flatMap(({ parts }) => parts.map(([, { table, fields }]) => [table, fields] as const)),
])("The table %s has a column for each property of its records", (table, fields) => {
  const columns = fields.flatMap(([, field]) => field.columns);
  expect(columns.length).toBeGreaterThan(0);
  expect(columnsByTable.get(table)).toEqual(expect.arrayContaining(columns));
});

it.each(ITEMS.map((format) => [format.table, format] as const))(
  "A load reads every column of the table %s but those that triggers set",
  (table, { columns, computed }) => {
    expect([...columns, ...computed].sort()).toEqual(columnsByTable.get(table)!.toSorted());
  },
);
