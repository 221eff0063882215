import { rowsByKey, rowsBySlug } from "../query/lookups.js";
import { Organization } from "./organization.entity.js";

/** Organizations by id. */
export const organizationsByIds = rowsByKey("organizationsByIds", Organization, "id");

/** Organizations by present or former slug. */
export const organizationsBySlugs = rowsBySlug("organizationsBySlugs", Organization);
