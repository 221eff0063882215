import { Ctx, Extensions, FieldResolver, Resolver } from "type-graphql";
import type { Context } from "../context.js";
import { FromRow } from "../graphql/row-fields.js";
import { Agreement } from "../agreement/agreement.entity.js";
import { Meeting } from "../meeting/meeting.entity.js";
import { Organization } from "../organization/organization.entity.js";
import { Person } from "../person/person.entity.js";
import { Place } from "../place/place.entity.js";
import { NULL_ON_ERROR } from "../query/connection.js";
import { Statement } from "../statement/statement.entity.js";
import { StatementTopic } from "../topic/statement-topic.entity.js";
import { RecordMerge } from "./record-merge.js";

/** The options of every field `merges`. */
const MERGES = {
  nullable: true,
  description: `What was merged into it, directly or through others; by key. At most 100. ${NULL_ON_ERROR}`,
};

/** Makes the resolver of `merges` of a type. */
function mergesOf(entity: new () => { id: string }) {
  @Resolver(() => entity)
  class MergesResolver {
    @Extensions({ listSize: 5 })
    @FieldResolver(() => [RecordMerge], MERGES)
    merges(@FromRow(entity, "id") id: string, @Ctx() { loaders }: Context) {
      return loaders.mergesOf.load(id);
    }
  }
  return MergesResolver;
}

export const merges = [
  Person,
  Place,
  Organization,
  Meeting,
  Agreement,
  Statement,
  StatementTopic,
].map(mergesOf);
