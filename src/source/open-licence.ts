import { generic } from "../db/sql-text.js";

/**
 * The licences of SPDX's list under which anyone may reuse and change texts or data, also commercially, and `public-domain`.
 * Creative Commons licences with NC or ND are not open.
 */
const OPEN = `
  public-domain CC-PDDC CC-PDM-1.0 CC0-1.0
  CC-BY-1.0 CC-BY-2.0 CC-BY-2.5 CC-BY-2.5-AU CC-BY-3.0 CC-BY-3.0-AT CC-BY-3.0-AU CC-BY-3.0-DE CC-BY-3.0-IGO CC-BY-3.0-NL
  CC-BY-3.0-US CC-BY-4.0
  CC-BY-SA-1.0 CC-BY-SA-2.0 CC-BY-SA-2.0-UK CC-BY-SA-2.1-JP CC-BY-SA-2.5 CC-BY-SA-3.0 CC-BY-SA-3.0-AT CC-BY-SA-3.0-DE
  CC-BY-SA-3.0-IGO CC-BY-SA-4.0
  PDDL-1.0 ODC-By-1.0 ODbL-1.0
  CDLA-Permissive-1.0 CDLA-Permissive-2.0 CDLA-Sharing-1.0
  OGL-UK-1.0 OGL-UK-2.0 OGL-UK-3.0 OGL-Canada-2.0 OGDL-Taiwan-1.0
  etalab-2.0 DL-DE-BY-2.0 DL-DE-ZERO-2.0 NLOD-1.0 NLOD-2.0
  LAL-1.2 LAL-1.3
`;

// SPDX ids ignore case.
const ids = new Set(OPEN.trim().toLowerCase().split(/\s+/));

/** The licences that are known to be open, in lower case, for conditions in SQL: `lower(d.licence) = ANY (${OPEN_LICENCES})`. */
export const OPEN_LICENCES = generic([...ids], "text[]");

/**
 * Returns whether a licence is known to be open: only then may a document's words be stored and shown beyond short quotations.
 * False for any text that is not the id of an open licence.
 */
export function isOpenLicence(licence: string | null | undefined): boolean {
  return ids.has(licence?.toLowerCase() ?? "");
}
