import { Arg, Ctx, Extensions, Query, Resolver } from "type-graphql";
import type { Context } from "../context.js";
import { LookAhead, type Selection } from "../graphql/look-ahead.js";
import { StatementTopic } from "./statement-topic.entity.js";

@Resolver(() => StatementTopic)
export class TopicResolver {
  @Query(() => StatementTopic, {
    nullable: true,
    description: "A topic by slug; null when unknown.",
  })
  topic(
    @Arg("slug", () => String, { description: "Such as `border-peace`." }) slug: string,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.byKey("StatementTopic", "slug", slug, selected);
  }

  @Extensions({ listSize: 100 })
  @Query(() => [StatementTopic], { description: "Every topic on record, by label." })
  topics(@Ctx() { loaders }: Context) {
    return loaders.topics();
  }
}
