import type { List } from "../query/list.js";
import { onlyOrder } from "../query/ordering.js";
import { Organization } from "./organization.entity.js";
import {
  ORGANIZATION_CRITERIA,
  type OrganizationFilter,
  whereOrganization,
} from "./organization.filter.js";

/** All organizations, by name. */
export const ORGANIZATIONS: List<Organization, never, OrganizationFilter> = {
  field: "organizations",
  entity: Organization,
  item: { table: "organization", alias: "o" },
  orderings: onlyOrder(
    "NAME_ASC",
    { sql: `o.name COLLATE "und-x-icu"`, type: "text" },
    { sql: "o.id", type: "uuid" },
  ),
  criteria: ORGANIZATION_CRITERIA,
  conditions: whereOrganization,
};
