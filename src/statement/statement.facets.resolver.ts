import { Args, ArgsType, Field, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { FacetedConnection } from "../query/batched-lists.js";
import { DEFAULT_FACET_SIZE, RecordFacetCount } from "../query/facet.js";
import { StatementConnection } from "./statement.connection.js";
import type { Statement } from "./statement.entity.js";
import { StatementFacet } from "./statement.facets.js";

@ArgsType()
class StatementFacetArgs {
  @Field(() => StatementFacet, { description: "By what." })
  by: StatementFacet;

  @Field(() => Int, {
    nullable: true,
    defaultValue: DEFAULT_FACET_SIZE,
    description: "How many values, the most frequent: 1 to 100; null means the default.",
  })
  first?: number | null;
}

@Resolver(() => StatementConnection)
export class StatementFacetsResolver {
  @FieldResolver(() => [RecordFacetCount], {
    nullable: true,
    description:
      "How many statements of the whole list, filter applied, have which value: most first, then by value. One without the " +
      "value counts nowhere, one with several counts under each. Costs a statement of its own when selected.",
  })
  facets(
    @Root() list: FacetedConnection<Statement, StatementFacet>,
    @Args(() => StatementFacetArgs) { by, first }: StatementFacetArgs,
  ) {
    return list.facets(by, first);
  }
}
