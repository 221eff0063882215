import { Args, ArgsType, Field, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { FacetedConnection } from "../query/batched-lists.js";
import { DEFAULT_FACET_SIZE, RecordFacetCount } from "../query/facet.js";
import { MeetingConnection } from "./meeting.connection.js";
import type { Meeting } from "./meeting.entity.js";
import { MeetingFacet } from "./meeting.facets.js";

@ArgsType()
class MeetingFacetArgs {
  @Field(() => MeetingFacet, { description: "By what." })
  by: MeetingFacet;

  @Field(() => Int, {
    nullable: true,
    defaultValue: DEFAULT_FACET_SIZE,
    description: "How many values, the most frequent: 1 to 100; null means the default.",
  })
  first?: number | null;
}

@Resolver(() => MeetingConnection)
export class MeetingFacetsResolver {
  @FieldResolver(() => [RecordFacetCount], {
    nullable: true,
    description:
      "How many meetings of the whole list, filter applied, have which value: most first, then by value. One without the " +
      "value counts nowhere, one with several counts under each. Costs a statement of its own when selected.",
  })
  facets(
    @Root() list: FacetedConnection<Meeting, MeetingFacet>,
    @Args(() => MeetingFacetArgs) { by, first }: MeetingFacetArgs,
  ) {
    return list.facets(by, first);
  }
}
