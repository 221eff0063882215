import { z } from "zod";
import { country } from "../country/country.field.js";
import { optional, reference, value } from "../records/record.fields.js";
import { recordedDepth } from "../records/record.depth.js";
import { recordItem } from "../records/record.item.js";
import { identifiers, otherNames, slugs } from "../records/record.naming.js";
import { name } from "../records/record.values.js";
import type { Organization } from "./organization.entity.js";
import { RecordOrganizationKind } from "./organization.enums.js";

/** The record format of an organization. */
export const organization = recordItem<Organization>()({
  noun: "organization",
  type: "ORGANIZATION",
  typename: "Organization",
  table: "organization",
  fields: {
    ...slugs("Names the organization in this and other records: `asean`."),
    name: value("name", name(), "As most readers know it."),
    otherNames: otherNames(),
    kind: optional("kind", z.enum(RecordOrganizationKind), "What it is, where the document says."),
    country: country("countryCode", "The country that it is a body or a party of."),
    parent: reference(
      "organization",
      "parentId",
      "Slug of the organization that it is a part of: of a ministry's department, the ministry.",
    ),
    identifiers: identifiers("organization"),
  },
  computed: ["lineage", "recordedIn", "changedIn"],
  depth: recordedDepth("organization"),
  // The issuer comes first, so that it is in the line of the document that it issued.
  sortedBy: "t.id IS DISTINCT FROM d.issuer_id",
});
