import { Arg, Ctx, Extensions, FieldResolver, Resolver } from "type-graphql";
import type { Context } from "../context.js";
import { FromRow } from "../graphql/row-fields.js";
import { Agreement } from "../agreement/agreement.entity.js";
import { Meeting } from "../meeting/meeting.entity.js";
import { Organization } from "../organization/organization.entity.js";
import { Person } from "../person/person.entity.js";
import { Tenure } from "../person/tenure.entity.js";
import { Place } from "../place/place.entity.js";
import { NULL_ON_ERROR } from "../query/connection.js";
import { Statement } from "../statement/statement.entity.js";
import { RecordClaim } from "./record-claim.js";

/** The options of every field `claims`. */
const CLAIMS = {
  nullable: true,
  description: `The values that documents give, by field, with what the field shows first. At most 100 documents are considered. ${NULL_ON_ERROR}`,
};
const FIELD = {
  nullable: true,
  description:
    "Only claims for this property of the record format, as in `RecordClaim.field`: all if absent, none if there is no such property.",
};

type Noun = Parameters<Context["loaders"]["claimsOf"]>[0];

/** Makes the resolver of `claims` of a type, by its noun in the record format. */
function claimsOf(entity: new () => { id: string }, noun: Noun) {
  @Resolver(() => entity)
  class ClaimsResolver {
    @Extensions({ listSize: 20 })
    @FieldResolver(() => [RecordClaim], CLAIMS)
    claims(
      @FromRow(entity, "id") id: string,
      @Arg("field", () => String, FIELD) field: string | null | undefined,
      @Ctx() { loaders }: Context,
    ) {
      return loaders.claimsOf(noun, id, field);
    }
  }
  return ClaimsResolver;
}

export const claims = [
  claimsOf(Person, "person"),
  claimsOf(Place, "place"),
  claimsOf(Organization, "organization"),
  claimsOf(Meeting, "meeting"),
  claimsOf(Agreement, "agreement"),
  claimsOf(Statement, "statement"),
  claimsOf(Tenure, "tenure"),
];
