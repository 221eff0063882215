import { linkedAgreement } from "../../agreement/agreement.linked.js";
import { linkedCountry } from "../../country/country.linked.js";
import { linkedMeeting } from "../../meeting/meeting.linked.js";
import { linkedOrganization } from "../../organization/organization.linked.js";
import { linkedPerson } from "../../person/person.linked.js";
import { linkedTenure } from "../../person/tenure.linked.js";
import { linkedPlace } from "../../place/place.linked.js";
import { linkedDocument } from "../../source/source-document.linked.js";
import { linkedStatement } from "../../statement/statement.linked.js";
import { linkedTopic } from "../../topic/topic.linked.js";
import type { LinkedNoun } from "./record.linked.noun.js";

/** The nouns in the order of the export: each after those that it mostly refers to. */
export const LINKED_NOUNS: readonly LinkedNoun[] = [
  linkedCountry,
  linkedOrganization,
  linkedPerson,
  linkedPlace,
  linkedTopic,
  linkedDocument,
  linkedTenure,
  linkedMeeting,
  linkedAgreement,
  linkedStatement,
];
