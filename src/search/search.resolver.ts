import { Args, Ctx, Query, Resolver } from "type-graphql";
import type { Context } from "../context.js";
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
  PERSON: (loaders, id) => named("Person", loaders.personById.load(id)),
  COUNTRY: (loaders, code) => named("Country", loaders.countryByCode.load(code)),
  MEETING: (loaders, id) => named("Meeting", loaders.meetingById.load(id)),
  STATEMENT: (loaders, id) => named("Statement", loaders.statementById.load(id)),
  PLACE: (loaders, id) => named("Place", loaders.placeById.load(id)),
  ORGANIZATION: (loaders, id) => named("Organization", loaders.organizationById.load(id)),
  AGREEMENT: (loaders, id) => named("Agreement", loaders.agreementById.load(id)),
};

/** The name goes onto a copy: the loader's row may be shared with other fields. */
async function named(type: string, row: Promise<object | null>): Promise<FoundRecord | null> {
  const found = await row;
  return found && { ...found, __typename: type };
}
