import { Arg, Ctx, Extensions, FieldResolver, Resolver } from "type-graphql";
import type { Context } from "../context.js";
import { FromRow } from "../graphql/row-fields.js";
import { Agreement } from "../agreement/agreement.entity.js";
import { Meeting } from "../meeting/meeting.entity.js";
import { Organization } from "../organization/organization.entity.js";
import { Person } from "../person/person.entity.js";
import { Tenure } from "../person/tenure.entity.js";
import { Place } from "../place/place.entity.js";
import { Statement } from "../statement/statement.entity.js";
import { RecordClaim } from "./record-claim.js";

/** The options of every field `claims`. */
const CLAIMS = {
  nullable: true,
  description:
    "The values that documents give, by field, with what the field shows first. At most 100 documents are considered.",
};
const FIELD = {
  nullable: true,
  description:
    "Only claims for this property of the record format, such as `birthDate`; all if absent.",
};

@Resolver(() => Person)
export class PersonClaimsResolver {
  @Extensions({ listSize: 20 })
  @FieldResolver(() => [RecordClaim], CLAIMS)
  claims(
    @FromRow(Person, "id") id: string,
    @Arg("field", () => String, FIELD) field: string | null | undefined,
    @Ctx() { loaders }: Context,
  ) {
    return loaders.claimsOf("person", id, field);
  }
}

@Resolver(() => Place)
export class PlaceClaimsResolver {
  @Extensions({ listSize: 20 })
  @FieldResolver(() => [RecordClaim], CLAIMS)
  claims(
    @FromRow(Place, "id") id: string,
    @Arg("field", () => String, FIELD) field: string | null | undefined,
    @Ctx() { loaders }: Context,
  ) {
    return loaders.claimsOf("place", id, field);
  }
}

@Resolver(() => Organization)
export class OrganizationClaimsResolver {
  @Extensions({ listSize: 20 })
  @FieldResolver(() => [RecordClaim], CLAIMS)
  claims(
    @FromRow(Organization, "id") id: string,
    @Arg("field", () => String, FIELD) field: string | null | undefined,
    @Ctx() { loaders }: Context,
  ) {
    return loaders.claimsOf("organization", id, field);
  }
}

@Resolver(() => Meeting)
export class MeetingClaimsResolver {
  @Extensions({ listSize: 20 })
  @FieldResolver(() => [RecordClaim], CLAIMS)
  claims(
    @FromRow(Meeting, "id") id: string,
    @Arg("field", () => String, FIELD) field: string | null | undefined,
    @Ctx() { loaders }: Context,
  ) {
    return loaders.claimsOf("meeting", id, field);
  }
}

@Resolver(() => Agreement)
export class AgreementClaimsResolver {
  @Extensions({ listSize: 20 })
  @FieldResolver(() => [RecordClaim], CLAIMS)
  claims(
    @FromRow(Agreement, "id") id: string,
    @Arg("field", () => String, FIELD) field: string | null | undefined,
    @Ctx() { loaders }: Context,
  ) {
    return loaders.claimsOf("agreement", id, field);
  }
}

@Resolver(() => Statement)
export class StatementClaimsResolver {
  @Extensions({ listSize: 20 })
  @FieldResolver(() => [RecordClaim], CLAIMS)
  claims(
    @FromRow(Statement, "id") id: string,
    @Arg("field", () => String, FIELD) field: string | null | undefined,
    @Ctx() { loaders }: Context,
  ) {
    return loaders.claimsOf("statement", id, field);
  }
}

@Resolver(() => Tenure)
export class TenureClaimsResolver {
  @Extensions({ listSize: 20 })
  @FieldResolver(() => [RecordClaim], CLAIMS)
  claims(
    @FromRow(Tenure, "id") id: string,
    @Arg("field", () => String, FIELD) field: string | null | undefined,
    @Ctx() { loaders }: Context,
  ) {
    return loaders.claimsOf("tenure", id, field);
  }
}
