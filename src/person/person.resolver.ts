import { Arg, Args, Ctx, FieldResolver, Query, Resolver } from "type-graphql";
import type { Context } from "../context.js";
import { Country } from "../country/country.entity.js";
import {
  LookAhead,
  LookAheadPage,
  type PageSelection,
  type Selection,
} from "../graphql/look-ahead.js";
import { FromRow } from "../graphql/row-fields.js";
import { connectionType, ForwardPageArgs } from "../query/connection.js";
import { SourceDocument } from "../source/source-document.entity.js";
import { Person } from "./person.entity.js";
import { PersonOrder } from "./person.order.js";
import { PersonListArgs } from "./person.filter.js";

const PersonConnection = connectionType("Person", Person);

@Resolver(() => Person)
export class PersonResolver {
  @Query(() => Person, {
    nullable: true,
    description: "A person by slug, present or former; null when unknown.",
  })
  person(
    @Arg("slug", () => String, { description: "Such as `rajnath-singh`." }) slug: string,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.byKey("Person", "slug", slug, selected);
  }

  @Query(() => PersonConnection, { nullable: true, description: "Everyone on record." })
  people(
    @Args(() => PersonListArgs) args: PersonListArgs,
    @Ctx() { loaders }: Context,
    @LookAheadPage() page: PageSelection,
  ) {
    return loaders.people(args, page);
  }
}

@Resolver(() => Country)
export class CountryPeopleResolver {
  @FieldResolver(() => PersonConnection, {
    nullable: true,
    description: "Who spoke, met or held office for this country.",
  })
  people(
    @FromRow(Country, "code") code: string,
    @Args(() => PersonListArgs) args: PersonListArgs,
    @Ctx() { loaders }: Context,
    @LookAheadPage() page: PageSelection,
  ) {
    return loaders.people(args, page, "Country", code);
  }
}

@Resolver(() => SourceDocument)
export class DocumentPeopleResolver {
  @FieldResolver(() => PersonConnection, {
    nullable: true,
    description:
      "Whom its facts are about, in the order of their `sortName`: the speakers and addressees of statements, the participants and the " +
      "holders of offices for whom a citation is of this document.",
  })
  people(
    @FromRow(SourceDocument, "id") id: string,
    @Args(() => ForwardPageArgs) args: ForwardPageArgs,
    @Ctx() { loaders }: Context,
    @LookAheadPage() page: PageSelection,
  ) {
    return loaders.people({ ...args, orderBy: PersonOrder.NAME_ASC }, page, "SourceDocument", id);
  }
}
