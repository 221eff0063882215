import { Args, Ctx, Extensions, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.js";
import { LookAheadPage, type PageSelection } from "../graphql/look-ahead.js";
import { FromRow } from "../graphql/row-fields.js";
import { Organization } from "../organization/organization.entity.js";
import { Person } from "../person/person.entity.js";
import { Place } from "../place/place.entity.js";
import { ForwardPageArgs, NULL_ON_ERROR } from "../query/connection.js";
import { SourceDocumentConnection } from "../source/source-document.connection.js";
import { keyOfName, RecordedName } from "./recorded-name.js";

/** The options of every field `names`. */
const NAMES = {
  nullable: true,
  description: `Every spelling that a document gives, the shown one first and then by text; search and filters find all of them. At most 100. ${NULL_ON_ERROR}`,
};

/** Makes the resolver of `names` of a type, by its table. */
function namesOf(
  entity: new () => { id: string },
  table: Parameters<Context["loaders"]["namesOf"]>[0],
) {
  @Resolver(() => entity)
  class NamesResolver {
    @Extensions({ listSize: 10 })
    @FieldResolver(() => [RecordedName], NAMES)
    names(@FromRow(entity, "id") id: string, @Ctx() { loaders }: Context) {
      return loaders.namesOf(table, id);
    }
  }
  return NamesResolver;
}

export const names = [
  namesOf(Person, "person"),
  namesOf(Place, "place"),
  namesOf(Organization, "organization"),
];

@Resolver(() => RecordedName)
export class RecordedNameResolver {
  @FieldResolver(() => SourceDocumentConnection, {
    nullable: true,
    description: "The documents that give it, copies included; newest first, undated last.",
  })
  sources(
    @Root() name: RecordedName,
    @Args(() => ForwardPageArgs) args: ForwardPageArgs,
    @Ctx() { loaders }: Context,
    @LookAheadPage() page: PageSelection,
  ) {
    return loaders.sourceDocuments(args, page, "RecordedName", keyOfName(name));
  }
}
