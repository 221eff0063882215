import { agreementParties, agreements } from "../../agreement/agreement.tables.js";
import { countries } from "../../country/country.tables.js";
import { meetingPlaces, meetings, participations } from "../../meeting/meeting.tables.js";
import { organizations } from "../../organization/organization.tables.js";
import { people } from "../../person/person.tables.js";
import { tenures } from "../../person/tenure.tables.js";
import { places } from "../../place/place.tables.js";
import { citations } from "../../source/citation.tables.js";
import { documents } from "../../source/source-document.tables.js";
import {
  addressees,
  speakers,
  statementRelations,
  statements,
  statementTopics,
} from "../../statement/statement.tables.js";
import { topics } from "../../topic/topic.tables.js";
import type { NounTable } from "./record.table.js";
import { identifiersOf, otherNamesOf } from "./record.tables.names.js";

const NAMED = [people, places, organizations];

/** The CSV files in order: items first, then what is in them, and what proves them. */
export const NOUN_TABLES: readonly NounTable[] = [
  countries,
  organizations,
  people,
  places,
  topics,
  documents,
  tenures,
  meetings,
  agreements,
  statements,
  otherNamesOf(NAMED, "Other names of people, places and organizations: one of the three is set."),
  identifiersOf(
    [...NAMED, countries],
    "What other authorities call people, places, organizations and countries: one of the four is set.",
  ),
  meetingPlaces,
  participations,
  agreementParties,
  speakers,
  addressees,
  statementTopics,
  statementRelations,
  citations,
];
