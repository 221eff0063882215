import { referenceToCountry } from "../country/country.linked.js";
import { referenceToOrganization } from "../organization/organization.linked.js";
import { citationsOf } from "../records/linked/record.linked.citations.js";
import { dateValue, factsOf, term } from "../records/linked/record.linked.context.js";
import { linkedNoun } from "../records/linked/record.linked.noun.js";
import { referenceToPerson } from "./person.linked.js";
import { Tenure } from "./tenure.entity.js";

/** How a tenure, an office that somebody held, is written as JSON-LD. */
export const linkedTenure = linkedNoun(Tenure, {
  citedBy: "tenure_id",
  columns: {
    person: referenceToPerson("x.person_id"),
    country: referenceToCountry("x.country_code"),
    accreditedTo: referenceToCountry("x.accredited_to_code"),
    organization: referenceToOrganization("x.organization_id"),
    citations: citationsOf("tenure_id", "x.id"),
  },
  node: async ({ id, certainty, ...tenure }, citations) => ({
    type: ["schema:Role", "cq:Tenure", "prov:Entity"],
    "cq:certainty": term(certainty),
    "cq:ongoing": tenure.ongoing || null,
    ...(await citations.proof(tenure.citations)),
    ...factsOf(id, [
      ["schema:roleName", tenure.title, certainty],
      ["cq:heldBy", tenure.person, certainty],
      ["cq:onBehalfOf", tenure.country, certainty],
      ["cq:onBehalfOf", tenure.organization, certainty],
      ["cq:accreditedTo", tenure.accreditedTo, certainty],
      ["schema:startDate", dateValue(tenure.startDate), certainty],
      ["schema:endDate", dateValue(tenure.endDate), certainty],
    ]),
  }),
});
