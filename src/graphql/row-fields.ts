import { defaultFieldResolver, type GraphQLSchema, isObjectType } from "graphql";
import { getMetadataArgsStorage } from "typeorm";
import { type EntityClass, shapeOf } from "../query/row-shape.js";
import { partialDateOf } from "../scalars/partial-date.js";

type Row = Record<string, unknown>;

/**
 * Answers fields from their row where it has what they show: dates between two days, and the rows that came with it
 * (query/rows.ts). Resolvers are asked for what did not come.
 */
export function answerFromRows(schema: GraphQLSchema): void {
  for (const { target } of getMetadataArgsStorage().tables) {
    const entity = target as EntityClass;
    const type = schema.getType(entity.name);
    if (!isObjectType(type)) continue;
    const fields = type.getFields();
    for (const { field, from, to } of shapeOf(entity).dates) {
      fields[field]!.resolve = (row: Row) =>
        partialDateOf(row[from] as string | null, row[to] as string | null);
    }
    for (const { field } of shapeOf(entity).edges) {
      const shown = fields[field];
      if (!shown) continue;
      const { resolve = defaultFieldResolver } = shown;
      shown.resolve = (row: Row, args, context, info) =>
        row[field] === undefined ? resolve(row, args, context, info) : row[field];
    }
  }
}
