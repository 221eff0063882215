import { Args, Ctx, FieldResolver, Resolver } from "type-graphql";
import { FromRow } from "../graphql/row-fields.js";
import type { Context } from "../context.js";
import { LookAhead, type Selection } from "../graphql/look-ahead.js";
import { Country } from "../country/country.entity.js";
import { Organization } from "../organization/organization.entity.js";
import { Person } from "../person/person.entity.js";
import { Place } from "../place/place.entity.js";
import { SourceDocument } from "../source/source-document.entity.js";
import { MeetingListArgs } from "./meeting.args.js";
import { MeetingConnection } from "./meeting.connection.js";

@Resolver(() => Person)
export class PersonMeetingsResolver {
  @FieldResolver(() => MeetingConnection, {
    nullable: true,
    description:
      "The meetings this person takes part in. `statedOnly` asks that the document names the person.",
  })
  meetings(
    @FromRow(Person, "id") id: string,
    @Args(() => MeetingListArgs) args: MeetingListArgs,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.meetings("Person", id, args, selected);
  }
}

@Resolver(() => Country)
export class CountryMeetingsResolver {
  @FieldResolver(() => MeetingConnection, {
    nullable: true,
    description:
      "The meetings somebody takes part in on its behalf. `statedOnly` asks that the document says so.",
  })
  meetings(
    @FromRow(Country, "code") code: string,
    @Args(() => MeetingListArgs) args: MeetingListArgs,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.meetings("Country", code, args, selected);
  }
}

@Resolver(() => Place)
export class PlaceMeetingsResolver {
  @FieldResolver(() => MeetingConnection, {
    nullable: true,
    description: "The meetings held here. `statedOnly` asks that the document names the place.",
  })
  meetings(
    @FromRow(Place, "id") id: string,
    @Args(() => MeetingListArgs) args: MeetingListArgs,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.meetings("Place", id, args, selected);
  }
}

@Resolver(() => Organization)
export class OrganizationMeetingsResolver {
  @FieldResolver(() => MeetingConnection, {
    nullable: true,
    description:
      "The meetings it convenes, or takes part in. `statedOnly` asks that the document says who took part for it.",
  })
  meetings(
    @FromRow(Organization, "id") id: string,
    @Args(() => MeetingListArgs) args: MeetingListArgs,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.meetings("Organization", id, args, selected);
  }
}

@Resolver(() => SourceDocument)
export class SourceDocumentMeetingsResolver {
  @FieldResolver(() => MeetingConnection, {
    nullable: true,
    description: "The meetings that cite this document.",
  })
  meetings(
    @FromRow(SourceDocument, "id") id: string,
    @Args(() => MeetingListArgs) args: MeetingListArgs,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.meetings("SourceDocument", id, args, selected);
  }
}
