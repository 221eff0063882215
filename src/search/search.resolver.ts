import { Args, Ctx, Query, Resolver } from "type-graphql";
import type { Context } from "../context.js";
import { LookAhead, type Selection } from "../graphql/look-ahead.js";
import { withTypename } from "../graphql/edges.js";
import type { Loaders } from "../loaders.js";
import { RecordSearchArgs } from "./search.args.js";
import { type FoundRecord, RecordSearchConnection } from "./search.connection.js";
import { RecordKind } from "./search.enums.js";

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
    return loaders.search(args, (kind, id) => RECORDS[kind](loaders, id, selected));
  }
}

type Find = (loaders: Loaders, id: string, selected: Selection) => Promise<FoundRecord | null>;

const RECORDS: Record<RecordKind, Find> = {
  PERSON: (loaders, id, selected) => withTypename("Person", loaders.personById(selected).load(id)),
  COUNTRY: (loaders, code, selected) =>
    withTypename("Country", loaders.countryByCode(selected).load(code)),
  MEETING: (loaders, id, selected) =>
    withTypename("Meeting", loaders.meetingById(selected).load(id)),
  STATEMENT: (loaders, id, selected) =>
    withTypename("Statement", loaders.statementById(selected).load(id)),
  PLACE: (loaders, id, selected) => withTypename("Place", loaders.placeById(selected).load(id)),
  ORGANIZATION: (loaders, id, selected) =>
    withTypename("Organization", loaders.organizationById(selected).load(id)),
  AGREEMENT: (loaders, id, selected) =>
    withTypename("Agreement", loaders.agreementById(selected).load(id)),
};
