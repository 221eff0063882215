import { referenceToCountry } from "../country/country.linked.js";
import { referenceTo } from "../records/linked/record.linked.columns.js";
import { term } from "../records/linked/record.linked.context.js";
import { NAMED, namedNode } from "../records/linked/record.linked.names.js";
import { linkedNoun } from "../records/linked/record.linked.noun.js";
import { Organization } from "./organization.entity.js";

const TYPE = "schema:Organization";

/** A reference to the organization with this id. */
export const referenceToOrganization = referenceTo(Organization, TYPE);

/** How an organization is written as JSON-LD. */
export const linkedOrganization = linkedNoun(Organization, {
  columns: {
    ...NAMED,
    country: referenceToCountry("x.country_code"),
    parent: referenceToOrganization("x.parent_id"),
  },
  node: (organization) => ({
    ...namedNode(TYPE, organization),
    "cq:kind": term(organization.kind),
    "schema:location": organization.country,
    "schema:parentOrganization": organization.parent,
  }),
});
