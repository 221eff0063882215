import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, Int, Query, Resolver } from "type-graphql";
import type { Context } from "../context.js";
import {
  LookAhead,
  LookAheadPage,
  type PageSelection,
  type Selection,
} from "../graphql/look-ahead.js";
import { FromRow } from "../graphql/row-fields.js";
import { connectionType, ForwardPageArgs, PageArgs } from "../query/connection.js";
import { RecordChangeConnection } from "./record-change.connection.js";
import { RecordRevision } from "./record-revision.entity.js";
import { RecordItemType } from "./revision.enums.js";

const RecordRevisionConnection = connectionType("RecordRevision", RecordRevision);

@ArgsType()
class RevisionChangesArgs extends ForwardPageArgs {
  @Field(() => [RecordItemType], {
    nullable: true,
    description: "Only those of items of these types; all when absent, none when empty.",
  })
  types?: RecordItemType[] | null;
}

@Resolver(() => RecordRevision)
export class RecordRevisionResolver {
  @Query(() => RecordRevision, {
    nullable: true,
    description:
      "A revision by number; null if there is none: 0, a negative number, or one not made yet.",
  })
  recordRevision(
    @Arg("number", () => Int, { description: "Its number, from 1." }) number: number,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.recordRevision(number, selected);
  }

  @Query(() => RecordRevisionConnection, {
    nullable: true,
    description: "Every revision of the record, the latest first.",
  })
  recordRevisions(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() { loaders }: Context,
    @LookAheadPage() page: PageSelection,
  ) {
    return loaders.recordRevisions(args, page);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "Who made it, where that was said and the installation shows it (`COMMUNIQUE_PUBLIC_AUTHORS=true`); null otherwise.",
  })
  author(
    @FromRow(RecordRevision, "author") author: string | null,
    @Ctx() { showsAuthors }: Context,
  ) {
    return showsAuthors ? author : null;
  }

  @FieldResolver(() => RecordChangeConnection, {
    nullable: true,
    description:
      "What it changed, in the order of `recordChanges`. As there, `endCursor` of an empty page is `after`.",
  })
  changes(
    @FromRow(RecordRevision, "number") number: number,
    @Args(() => RevisionChangesArgs) args: RevisionChangesArgs,
    @Ctx() { loaders }: Context,
    @LookAheadPage() page: PageSelection,
  ) {
    return loaders.recordChanges(args, page, String(number));
  }
}
