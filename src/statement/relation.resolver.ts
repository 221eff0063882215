import { Ctx, Extensions, FieldResolver, Resolver } from "type-graphql";
import type { Context } from "../context.js";
import { FromRow, JoinedRow, JoinedRows } from "../graphql/row-fields.js";
import { Citation } from "../source/citation.entity.js";
import { citationsBy } from "../source/citation.sql.js";
import { StatementRelation } from "./statement-relation.entity.js";
import { Statement } from "./statement.entity.js";

@Resolver(() => Statement)
export class StatementRelationsResolver {
  @Extensions({ listSize: 3 })
  @FieldResolver(() => [StatementRelation], {
    description:
      "What it is to other statements, retracted ones included; by kind, then by the other's id.",
  })
  relations(@FromRow(Statement, "id") id: string, @Ctx() { loaders }: Context) {
    return loaders.relationsOfStatement.load(id);
  }
}

@Resolver(() => StatementRelation)
export class StatementRelationResolver {
  @JoinedRow(StatementRelation, "otherId", Statement, { description: "The other statement." })
  statement: Statement;

  @JoinedRows(StatementRelation, Citation, citationsBy("relation_id"), {
    listSize: 5,
    description:
      "The passages that say what the one is to the other; empty where that is plain from the two alone.",
  })
  citations: Citation[];
}
