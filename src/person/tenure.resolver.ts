import { Resolver } from "type-graphql";
import { Country } from "../country/country.entity.js";
import { JoinedRow, JoinedRows } from "../graphql/row-fields.js";
import { Organization } from "../organization/organization.entity.js";
import { Citation } from "../source/citation.entity.js";
import { citationsBy } from "../source/citation.sql.js";
import { Person } from "./person.entity.js";
import { Tenure } from "./tenure.entity.js";

@Resolver(() => Tenure)
export class TenureResolver {
  @JoinedRow(Tenure, "personId", Person, { description: "Who holds it." })
  person: Person;

  @JoinedRow(Tenure, "countryCode", Country, { nullable: true, description: "The country served." })
  country: Country | null;

  @JoinedRow(Tenure, "accreditedToCode", Country, {
    nullable: true,
    description: "The receiving country of an ambassador.",
  })
  accreditedTo: Country | null;

  @JoinedRow(Tenure, "organizationId", Organization, {
    nullable: true,
    description: "The organization served.",
  })
  organization: Organization | null;

  @JoinedRows(Tenure, Citation, citationsBy("tenure_id"), {
    description: "The passages that prove it; never empty.",
  })
  citations: Citation[];
}
