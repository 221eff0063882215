import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.js";
import { LookAhead, type Selection } from "../graphql/look-ahead.js";
import { Citation } from "../source/citation.entity.js";
import { StatementRelation } from "./statement-relation.entity.js";
import { Statement } from "./statement.entity.js";

@Resolver(() => Statement)
export class StatementRelationsResolver {
  @FieldResolver(() => [StatementRelation], {
    description:
      "What it is to other statements, retracted ones included; by kind, then by the other's id.",
  })
  relations(@Root() statement: Statement, @Ctx() { loaders }: Context) {
    return loaders.relationsOfStatement.load(statement.id);
  }
}

@Resolver(() => StatementRelation)
export class StatementRelationResolver {
  @FieldResolver(() => Statement, { description: "The other statement." })
  statement(@Root() relation: StatementRelation, @Ctx() { loaders }: Context) {
    return loaders.statementById().load(relation.otherId);
  }

  @FieldResolver(() => [Citation], {
    description:
      "The passages that say what the one is to the other; empty where that is plain from the two alone.",
  })
  citations(
    @Root() relation: StatementRelation,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.citationsOfRelation(selected).load(relation.id);
  }
}
