import { value } from "../records/record.fields.js";
import { recordItem } from "../records/record.item.js";
import { identifiers, otherNames, slugs } from "../records/record.naming.js";
import { name } from "../records/record.values.js";
import type { Organization } from "./organization.entity.js";

/** The record format of an organization. */
export const organization = recordItem<Organization>()({
  noun: "organization",
  table: "organization",
  fields: {
    ...slugs("Names the organization in this and other records: `asean`."),
    name: value("name", name(), "As most readers know it."),
    otherNames: otherNames(),
    identifiers: identifiers("organization"),
  },
  // The issuer comes first, so that it is in the same line as the document that it issued.
  sortedBy: "t.id IS DISTINCT FROM d.issuer_id",
});
