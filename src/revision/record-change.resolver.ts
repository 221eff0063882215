import {
  Args,
  ArgsType,
  Ctx,
  Extensions,
  Field,
  FieldResolver,
  ID,
  Query,
  Resolver,
} from "type-graphql";
import type { Context } from "../context.js";
import {
  LookAhead,
  LookAheadPage,
  type PageSelection,
  type Selection,
} from "../graphql/look-ahead.js";
import { AllFromRow, JoinedRow } from "../graphql/row-fields.js";
import { withTypename } from "../graphql/typename.js";
import { ForwardPageArgs } from "../query/connection.js";
import { DateTime } from "../scalars/date-time.js";
import { RecordChangeConnection } from "./record-change.connection.js";
import { RecordChange, STORED_CHANGE, type StoredChange } from "./record-change.entity.js";
import { RecordFieldChange } from "./record-field-change.js";
import { RecordItem } from "./record-item.js";
import { idOfItem, TYPENAMES } from "./record-item.types.js";
import { RecordRevision } from "./record-revision.entity.js";
import { RecordChangeKind, RecordItemType } from "./revision.enums.js";

@ArgsType()
class RecordChangesArgs extends ForwardPageArgs {
  @Field(() => [RecordItemType], {
    nullable: true,
    description: "Only those of items of these types; all when absent, none when empty.",
  })
  types?: RecordItemType[] | null;

  @Field(() => [RecordChangeKind], {
    nullable: true,
    description:
      "Only those of these kinds; all when absent, none when empty. Anyone who keeps a copy must ask for REDACTED too.",
  })
  kinds?: RecordChangeKind[] | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      "Only those of revisions made at this moment or later. To go on from one page to the next, and from one day to the next, give `after`.",
  })
  since?: string | null;
}

@ArgsType()
class RecordHistoryArgs extends ForwardPageArgs {
  @Field(() => RecordItemType, { description: "The type of the item." })
  type: RecordItemType;

  @Field(() => String, {
    description:
      "The `key` of the item in changes: its key, or the first slug it had. Later slugs do not lead to what is gone.",
  })
  key: string;
}

@Resolver(() => RecordChange)
export class RecordChangeResolver {
  @Query(() => RecordChangeConnection, {
    nullable: true,
    description:
      "The feed of changes: every change of every revision, the oldest first, in the order of commits, which is the order in which they " +
      "become visible: nothing ever appears before a cursor. A cursor stays valid for ever. Where nothing follows yet, `endCursor` is " +
      "`after`, so that asking with `endCursor` again and again misses nothing and repeats nothing.",
  })
  recordChanges(
    @Args(() => RecordChangesArgs) args: RecordChangesArgs,
    @Ctx() { loaders }: Context,
    @LookAheadPage() page: PageSelection,
  ) {
    return loaders.recordChanges(args, page);
  }

  @Query(() => RecordChangeConnection, {
    nullable: true,
    description:
      "What revisions did to an item, the latest first, whether it is still on record or not: the same list as its `history`, with the " +
      "same cursors. Empty where nothing was ever on record by this type and key.",
  })
  recordHistory(
    @Args(() => RecordHistoryArgs) { type, key, ...args }: RecordHistoryArgs,
    @Ctx() { loaders }: Context,
    @LookAheadPage() page: PageSelection,
  ) {
    return loaders.history(args, page, TYPENAMES[type], idOfItem(type, key));
  }

  @FieldResolver(() => ID)
  id(
    @AllFromRow(RecordChange, ["revisionNumber", "ordinal"])
    { revisionNumber, ordinal }: Pick<RecordChange, "revisionNumber" | "ordinal">,
  ) {
    return `${revisionNumber}.${ordinal}`;
  }

  @FieldResolver(() => RecordItem, {
    nullable: true,
    description:
      "The item as it is now, which later revisions may have changed; null once it is gone, merged into another included.",
  })
  currentItem(
    @AllFromRow(RecordChange, ["type", "itemId"])
    { type, itemId }: Pick<RecordChange, "type" | "itemId">,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return withTypename(TYPENAMES[type], loaders.item(TYPENAMES[type], itemId, selected));
  }

  @Extensions({ listSize: 10 })
  @FieldResolver(() => [RecordFieldChange], {
    description:
      "What it changed, by name of the field: of CHANGED the fields that have other values, of ADDED and UNMERGED all that the item had then, " +
      "of REMOVED and MERGED all that it had before. Empty for REDACTED, and for all changes before it of the same item.",
  })
  fields(
    @AllFromRow(RecordChange, STORED_CHANGE) change: StoredChange,
    @Ctx() { loaders }: Context,
  ) {
    return loaders.fieldsOfChange(change);
  }

  @JoinedRow(RecordChange, "revisionNumber", RecordRevision, {
    description: "The revision that made it.",
  })
  revision: RecordRevision;
}
