import { Resolver } from "type-graphql";
import { Country } from "../country/country.entity.js";
import { JoinedRow } from "../graphql/row-fields.js";
import { Organization } from "../organization/organization.entity.js";
import { Person } from "../person/person.entity.js";
import { Addressee } from "./addressee.entity.js";
import { Speaker } from "./speaker.entity.js";

@Resolver(() => Speaker)
export class SpeakerResolver {
  @JoinedRow(Speaker, "personId", Person, {
    nullable: true,
    description: "Who speaks; null when not known by name.",
  })
  person: Person | null;

  @JoinedRow(Speaker, "countryCode", Country, {
    nullable: true,
    description: "The country on whose behalf.",
  })
  country: Country | null;

  @JoinedRow(Speaker, "organizationId", Organization, {
    nullable: true,
    description: "The organization on whose behalf.",
  })
  organization: Organization | null;
}

@Resolver(() => Addressee)
export class AddresseeResolver {
  @JoinedRow(Addressee, "personId", Person, {
    nullable: true,
    description: "The person spoken to.",
  })
  person: Person | null;

  @JoinedRow(Addressee, "countryCode", Country, {
    nullable: true,
    description: "The country spoken to.",
  })
  country: Country | null;

  @JoinedRow(Addressee, "organizationId", Organization, {
    nullable: true,
    description: "The organization spoken to.",
  })
  organization: Organization | null;
}
