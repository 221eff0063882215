import { Args, Ctx, Query, Resolver } from "type-graphql";
import type { Context } from "../context.js";
import { withTypename } from "../edges.js";
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
  searchRecord(@Args(() => RecordSearchArgs) args: RecordSearchArgs, @Ctx() { loaders }: Context) {
    return loaders.search(args, (kind, id) => RECORDS[kind](loaders, id));
  }
}

const RECORDS: Record<RecordKind, (loaders: Loaders, id: string) => Promise<FoundRecord | null>> = {
  PERSON: (loaders, id) => withTypename("Person", loaders.personById.load(id)),
  COUNTRY: (loaders, code) => withTypename("Country", loaders.countryByCode.load(code)),
  MEETING: (loaders, id) => withTypename("Meeting", loaders.meetingById.load(id)),
  STATEMENT: (loaders, id) => withTypename("Statement", loaders.statementById.load(id)),
  PLACE: (loaders, id) => withTypename("Place", loaders.placeById.load(id)),
  ORGANIZATION: (loaders, id) => withTypename("Organization", loaders.organizationById.load(id)),
  AGREEMENT: (loaders, id) => withTypename("Agreement", loaders.agreementById.load(id)),
};
