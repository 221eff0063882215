import { Args, Ctx, FieldResolver, Resolver } from "type-graphql";
import { FromRow } from "../graphql/row-fields.js";
import type { Context } from "../context.js";
import { LookAhead, type Selection } from "../graphql/look-ahead.js";
import { Country } from "../country/country.entity.js";
import { Meeting } from "../meeting/meeting.entity.js";
import { Organization } from "../organization/organization.entity.js";
import { Person } from "../person/person.entity.js";
import { Place } from "../place/place.entity.js";
import { SourceDocument } from "../source/source-document.entity.js";
import {
  NewestStatementsArgs,
  type StatementListArgs,
  StatementsAsToldArgs,
} from "./statement.args.js";
import { StatementConnection } from "./statement.connection.js";

@Resolver(() => Person)
export class PersonStatementsResolver {
  @FieldResolver(() => StatementConnection, {
    nullable: true,
    description:
      "What this person said, alone or jointly. `statedOnly` asks that the document names the person.",
  })
  statements(
    @FromRow(Person, "id") id: string,
    @Args(() => NewestStatementsArgs) args: StatementListArgs,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.statements("Person", id, args, selected);
  }
}

@Resolver(() => Country)
export class CountryStatementsResolver {
  @FieldResolver(() => StatementConnection, {
    nullable: true,
    description:
      "What was said on this country's behalf. `statedOnly` asks that the document says for whom the speaker acts.",
  })
  statements(
    @FromRow(Country, "code") code: string,
    @Args(() => NewestStatementsArgs) args: StatementListArgs,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.statements("Country", code, args, selected);
  }
}

@Resolver(() => Place)
export class PlaceStatementsResolver {
  @FieldResolver(() => StatementConnection, {
    nullable: true,
    description: "What was said here. `statedOnly` asks that the document names the place.",
  })
  statements(
    @FromRow(Place, "id") id: string,
    @Args(() => NewestStatementsArgs) args: StatementListArgs,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.statements("Place", id, args, selected);
  }
}

@Resolver(() => Organization)
export class OrganizationStatementsResolver {
  @FieldResolver(() => StatementConnection, {
    nullable: true,
    description:
      "What was said on its behalf. `statedOnly` asks that the document says for whom the speaker acts.",
  })
  statements(
    @FromRow(Organization, "id") id: string,
    @Args(() => NewestStatementsArgs) args: StatementListArgs,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.statements("Organization", id, args, selected);
  }
}

@Resolver(() => Meeting)
export class MeetingStatementsResolver {
  @FieldResolver(() => StatementConnection, {
    nullable: true,
    description: "What was said at this meeting itself, not at those under it.",
  })
  statements(
    @FromRow(Meeting, "id") id: string,
    @Args(() => StatementsAsToldArgs) args: StatementListArgs,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.statements("Meeting", id, args, selected);
  }
}

@Resolver(() => SourceDocument)
export class SourceDocumentStatementsResolver {
  @FieldResolver(() => StatementConnection, {
    nullable: true,
    description: "The statements that cite this document.",
  })
  statements(
    @FromRow(SourceDocument, "id") id: string,
    @Args(() => StatementsAsToldArgs) args: StatementListArgs,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.statements("SourceDocument", id, args, selected);
  }
}
