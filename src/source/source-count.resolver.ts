import { Ctx, FieldResolver, Int, Resolver } from "type-graphql";
import { FromRow } from "../graphql/row-fields.js";
import type { Context } from "../context.js";
import { Statement } from "../statement/statement.entity.js";

@Resolver(() => Statement)
export class StatementSourceCountResolver {
  @FieldResolver(() => Int, {
    description:
      "How many independent sources tell it: a text and all copies of it (`syndicatedFrom`) count once. At least 1.",
  })
  sourceCount(@FromRow(Statement, "id") id: string, @Ctx() { loaders }: Context) {
    return loaders.sourceCountOfStatement.load(id);
  }
}
