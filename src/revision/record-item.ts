import { Args, Field, ID, InterfaceType } from "type-graphql";
import { ForwardPageArgs } from "../query/connection.js";
import { DateTime } from "../scalars/date-time.js";
import { RecordChangeConnection } from "./record-change.connection.js";

/** The options of the fields that every item has. */
export const ITEM_FIELDS = {
  recordedAt: { description: "When it came on record: the `recordedAt` of that revision." },
  changedAt: {
    description:
      "When it last changed on record: the `recordedAt` of the last revision that added or changed it.",
  },
  history: {
    nullable: true,
    description:
      "What revisions did to it, the latest first. What was merged into it has a history of its own.",
  },
};

@InterfaceType({
  // All of its types are reached from Query, in their own order.
  autoRegisterImplementations: false,
  description:
    "What is on record by itself. The parts of an item, such as participations, speakers and citations, change with it.",
})
export abstract class RecordItem {
  @Field(() => ID, { description: "UUID, the same on every installation of the same record." })
  id: string;

  @Field(() => DateTime, ITEM_FIELDS.recordedAt)
  recordedAt: string;

  @Field(() => DateTime, ITEM_FIELDS.changedAt)
  changedAt: string;

  @Field(() => RecordChangeConnection, ITEM_FIELDS.history)
  history: object | null;
}
// Called as a function, since there is no method to decorate: each type has its own.
Args(() => ForwardPageArgs)(RecordItem.prototype, "history", 0);
