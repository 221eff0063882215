import { Args, Ctx, FieldResolver, Resolver } from "type-graphql";
import type { Context } from "../context.js";
import { implement } from "../graphql/implement.js";
import { LookAheadPage, type PageSelection } from "../graphql/look-ahead.js";
import { FromRow } from "../graphql/row-fields.js";
import { ForwardPageArgs } from "../query/connection.js";
import { DateTime } from "../scalars/date-time.js";
import { RecordChangeConnection } from "./record-change.connection.js";
import { ITEM_ENTITIES } from "./record-item.entities.js";
import { ITEM_FIELDS, RecordItem } from "./record-item.js";
import type { ItemTypename } from "./record-item.types.js";

const ITEMS = Object.values(ITEM_ENTITIES);

implement(RecordItem, ITEMS);

type ItemClass = new () => { id: string; recordedIn: number; changedIn: number };

/** Makes the resolver of the fields of RecordItem for a type. */
function itemFieldsOf(entity: ItemClass) {
  @Resolver(() => entity)
  class RecordItemResolver {
    @FieldResolver(() => DateTime, ITEM_FIELDS.recordedAt)
    recordedAt(@FromRow(entity, "recordedIn") revision: number, @Ctx() { loaders }: Context) {
      return loaders.timeOfRevision.load(String(revision));
    }

    @FieldResolver(() => DateTime, ITEM_FIELDS.changedAt)
    changedAt(@FromRow(entity, "changedIn") revision: number, @Ctx() { loaders }: Context) {
      return loaders.timeOfRevision.load(String(revision));
    }

    @FieldResolver(() => RecordChangeConnection, ITEM_FIELDS.history)
    history(
      @FromRow(entity, "id") id: string,
      @Args(() => ForwardPageArgs) args: ForwardPageArgs,
      @Ctx() { loaders }: Context,
      @LookAheadPage() page: PageSelection,
    ) {
      return loaders.history(args, page, entity.name as ItemTypename, id);
    }
  }
  return RecordItemResolver;
}

export const itemFields = ITEMS.map(itemFieldsOf);
