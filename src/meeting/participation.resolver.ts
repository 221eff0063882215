import { Resolver } from "type-graphql";
import { Country } from "../country/country.entity.js";
import { JoinedRow, JoinedRows } from "../graphql/row-fields.js";
import { Organization } from "../organization/organization.entity.js";
import { Person } from "../person/person.entity.js";
import { Citation } from "../source/citation.entity.js";
import { citationsBy } from "../source/citation.sql.js";
import { Participation } from "./participation.entity.js";

@Resolver(() => Participation)
export class ParticipationResolver {
  @JoinedRow(Participation, "personId", Person, {
    nullable: true,
    description: "Who takes part; null when not known by name.",
  })
  person: Person | null;

  @JoinedRow(Participation, "countryCode", Country, {
    nullable: true,
    description: "The country on whose behalf.",
  })
  country: Country | null;

  @JoinedRow(Participation, "organizationId", Organization, {
    nullable: true,
    description: "The organization on whose behalf.",
  })
  organization: Organization | null;

  @JoinedRows(Participation, Citation, citationsBy("participation_id"), {
    listSize: 5,
    description: "The passages that prove it; never empty.",
  })
  citations: Citation[];
}
