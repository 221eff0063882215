import { value } from "../records/record.fields.js";
import { recordItem } from "../records/record.item.js";
import { identifiers, slugs } from "../records/record.naming.js";
import { name } from "../records/record.values.js";
import type { Organization } from "./organization.entity.js";

/** What a record says of an organization. */
export const organization = recordItem<Organization>()({
  noun: "organization",
  table: "organization",
  fields: {
    ...slugs("Names the organization in this and other records: `asean`."),
    name: value("name", name(), "As most readers know it."),
    identifiers: identifiers("organization"),
  },
  // A document may be issued by an organization of its own, which has to stand in the same record.
  sortedBy: "t.id IS DISTINCT FROM d.issuer_id",
});
