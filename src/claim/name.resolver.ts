import { Args, Ctx, Extensions, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.js";
import { LookAheadPage, type PageSelection } from "../graphql/look-ahead.js";
import { FromRow } from "../graphql/row-fields.js";
import { Organization } from "../organization/organization.entity.js";
import { Person } from "../person/person.entity.js";
import { Place } from "../place/place.entity.js";
import { ForwardPageArgs } from "../query/connection.js";
import { SourceDocumentConnection } from "../source/source-document.connection.js";
import { keyOfName, RecordedName } from "./recorded-name.js";

/** The options of every field `names`. */
const NAMES = {
  nullable: true,
  description:
    "Every spelling that a document gives, the shown one first and then by text; search and filters find all of them. At most 100.",
};

@Resolver(() => Person)
export class PersonNamesResolver {
  @Extensions({ listSize: 10 })
  @FieldResolver(() => [RecordedName], NAMES)
  names(@FromRow(Person, "id") id: string, @Ctx() { loaders }: Context) {
    return loaders.namesOf("person", id);
  }
}

@Resolver(() => Place)
export class PlaceNamesResolver {
  @Extensions({ listSize: 10 })
  @FieldResolver(() => [RecordedName], NAMES)
  names(@FromRow(Place, "id") id: string, @Ctx() { loaders }: Context) {
    return loaders.namesOf("place", id);
  }
}

@Resolver(() => Organization)
export class OrganizationNamesResolver {
  @Extensions({ listSize: 10 })
  @FieldResolver(() => [RecordedName], NAMES)
  names(@FromRow(Organization, "id") id: string, @Ctx() { loaders }: Context) {
    return loaders.namesOf("organization", id);
  }
}

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
