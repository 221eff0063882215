import { Ctx, Extensions, Query, Resolver } from "type-graphql";
import type { Context } from "../context.js";
import { StatementTopic } from "./statement-topic.entity.js";

@Resolver(() => StatementTopic)
export class TopicResolver {
  @Extensions({ listSize: 100 })
  @Query(() => [StatementTopic], { description: "Every topic on record, by label." })
  topics(@Ctx() { loaders }: Context) {
    return loaders.topics();
  }
}
