import { Arg, Ctx, Extensions, FieldResolver, Resolver } from "type-graphql";
import type { Context } from "../context.js";
import { Country } from "../country/country.entity.js";
import { FromRow, JoinedRow, JoinedRows } from "../graphql/row-fields.js";
import { Participation } from "../meeting/participation.entity.js";
import { Organization } from "../organization/organization.entity.js";
import { PartialDate } from "../scalars/partial-date.js";
import { Citation } from "../source/citation.entity.js";
import { citationsBy } from "../source/citation.sql.js";
import { Speaker } from "../statement/speaker.entity.js";
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
    description:
      "The organization served; of an envoy to a state that ISO 3166 never coded (UNCODED_STATE), that state.",
  })
  organization: Organization | null;

  @JoinedRows(Tenure, Citation, citationsBy("tenure_id"), {
    listSize: 5,
    description: "The passages that prove it; never empty.",
  })
  citations: Citation[];
}

@Resolver(() => Person)
export class PersonTenuresResolver {
  @Extensions({ listSize: 10 })
  @FieldResolver(() => [Tenure], {
    description: "Offices held, newest first; those without a date last.",
  })
  tenures(
    @FromRow(Person, "id") id: string,
    @Arg("on", () => PartialDate, {
      nullable: true,
      description:
        "Only those held on this day, or on any day of this month or year: from the start, else the first attestation, to the end, " +
        "else, unless ongoing, the last attestation. An attestation is the date of a cited document other than a dataset. " +
        "Tenures whose bounds remain unknown are left out. All when absent.",
    })
    on: string | null | undefined,
    @Ctx() { loaders }: Context,
  ) {
    return loaders.tenuresOfPerson(id, on);
  }
}

@Resolver(() => Participation)
export class ParticipationTenuresResolver {
  @Extensions({ listSize: 3 })
  @FieldResolver(() => [Tenure], {
    description:
      "The offices that explain it: those of this person, for this country, that are held (as `on` of Person.tenures says) " +
      "on any day of the meeting. Of a meeting without a date those attested by a document, other than a dataset, which this " +
      "participation cites too. Newest first; those without a date last; empty without a person.",
  })
  tenures(@FromRow(Participation, "id") id: string, @Ctx() { loaders }: Context) {
    return loaders.tenuresOfParticipation.load(id);
  }
}

@Resolver(() => Speaker)
export class SpeakerTenuresResolver {
  @Extensions({ listSize: 3 })
  @FieldResolver(() => [Tenure], {
    description:
      "The offices in which this person speaks: those for this country that are held (as `on` of Person.tenures says) on any " +
      "day of the statement's date, at a meeting of several days on any of them. Of a statement without a date those attested by " +
      "a document, other than a dataset, which the statement cites too. Newest first; those without a date last; empty without a person.",
  })
  tenures(@FromRow(Speaker, "id") id: string, @Ctx() { loaders }: Context) {
    return loaders.tenuresOfSpeaker.load(id);
  }
}
