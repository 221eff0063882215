import { Args, Ctx, Query, Resolver } from "type-graphql";
import type { Context } from "../context.js";
import { LookAhead, type Selection } from "../graphql/look-ahead.js";
import { withTypename } from "../graphql/edges.js";
import type { KeyedType } from "../loaders.js";
import { RecordSearchArgs } from "./search.args.js";
import { RecordSearchConnection } from "./search.connection.js";
import type { RecordKind } from "./search.enums.js";

@Resolver()
export class SearchResolver {
  @Query(() => RecordSearchConnection, {
    nullable: true,
    description:
      "Finds anything by its words: names in any spelling on record, titles, statement texts; retracted statements and countries not on record are left out. " +
      "Whole names come first, then words, then names that are spelt nearly so (not where the query has quotes or -words); what fits equally well by kind, then by id. " +
      "At most 1,000 are found: of the statements that have the words the newest, of the titles that have a name spelt nearly so any, of all others the best.",
  })
  searchRecord(
    @Args(() => RecordSearchArgs) args: RecordSearchArgs,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.search(args, (kind, id) =>
      withTypename(TYPES[kind], loaders.byKey(TYPES[kind], "id", id, selected)!),
    );
  }
}

/** The type that each kind names. */
const TYPES = {
  PERSON: "Person",
  COUNTRY: "Country",
  MEETING: "Meeting",
  STATEMENT: "Statement",
  PLACE: "Place",
  ORGANIZATION: "Organization",
  AGREEMENT: "Agreement",
} as const satisfies Record<RecordKind, KeyedType>;
