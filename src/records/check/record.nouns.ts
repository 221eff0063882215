import { countryRules, countryWarnings } from "../../country/country.rules.js";
import { meetingRules, meetingWarnings } from "../../meeting/meeting.rules.js";
import { CollectedPeople } from "../../person/person.collected.js";
import { personWarnings } from "../../person/person.rules.js";
import { tenureWarnings } from "../../person/tenure.rules.js";
import { placeWarnings } from "../../place/place.rules.js";
import { correctionRules, correctionWarnings } from "../../statement/correction.rules.js";
import { CollectedStatements } from "../../statement/statement.collected.js";
import { statementRules, statementWarnings } from "../../statement/statement.rules.js";
import { statementTextRules } from "../../statement/statement.text.rules.js";
import { CollectedNames } from "./record.collected-names.js";
import type { CollectedClass } from "./record.names.js";
import type { FaultRule, Rule, WarningRule } from "./record.rule.js";
import type { TextContext } from "./record.text.js";

/** The rules of nouns that a load applies. */
export const NOUN_RULES: readonly FaultRule[] = [
  ...countryRules,
  ...meetingRules,
  ...statementRules,
  ...correctionRules,
];
/** Those that only warn. */
export const NOUN_WARNINGS: readonly WarningRule[] = [
  ...statementWarnings,
  ...correctionWarnings,
  ...countryWarnings,
  ...tenureWarnings,
  ...meetingWarnings,
  ...personWarnings,
  ...placeWarnings,
];
/** Those that need the source text. */
export const NOUN_TEXT_RULES: readonly Rule<TextContext>[] = statementTextRules;

/** What the rules that a load applies need to know of all records that are checked together. */
export const COLLECTED_FOR_LOAD: readonly CollectedClass[] = [CollectedStatements];
/** What all rules need to know of them. */
export const COLLECTED: readonly CollectedClass[] = [
  ...COLLECTED_FOR_LOAD,
  CollectedPeople,
  CollectedNames,
];
