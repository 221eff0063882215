import { countryRules, countryWarnings } from "../../country/country.rules.js";
import { meetingRules, meetingWarnings } from "../../meeting/meeting.rules.js";
import { KnownPeople } from "../../person/known-people.js";
import { personWarnings } from "../../person/person.rules.js";
import { tenureWarnings } from "../../person/tenure.rules.js";
import { placeWarnings } from "../../place/place.rules.js";
import { correctionRules } from "../../statement/correction.rules.js";
import { KnownStatements } from "../../statement/known-statements.js";
import { statementRules } from "../../statement/statement.rules.js";
import { statementTextRules } from "../../statement/statement.text.rules.js";
import type { Rule, WarningRule } from "./record.rule.js";
import type { TextContext } from "./record.text.js";

/** The rules of nouns that a load applies. */
export const NOUN_RULES: readonly Rule[] = [
  ...countryRules,
  ...meetingRules,
  ...statementRules,
  ...correctionRules,
];
/** Those that only warn. */
export const NOUN_WARNINGS: readonly WarningRule[] = [
  ...countryWarnings,
  ...tenureWarnings,
  ...meetingWarnings,
  ...personWarnings,
  ...placeWarnings,
];
/** Those that need the source text. */
export const NOUN_TEXT_RULES: readonly Rule<TextContext>[] = statementTextRules;

/** What they need to know of all records that are checked together. */
export const COLLECTORS = [KnownPeople, KnownStatements];
