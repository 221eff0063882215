import { Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { Context } from "../context.js";
import { Statement } from "../statement/statement.entity.js";

@Resolver(() => Statement)
export class StatementSourceCountResolver {
  @FieldResolver(() => Int, {
    description:
      "How many independent sources tell it: a text and all copies of it (`syndicatedFrom`) count once. At least 1.",
  })
  sourceCount(@Root() statement: Statement, @Ctx() { loaders }: Context) {
    return loaders.sourceCountOfStatement.load(statement.id);
  }
}
