import type { NounInLoad } from "../records/load/record.noun-in-load.js";
import { addQuotedElsewhere, needsQuotedElsewhere } from "./quotation.store.js";
import { BATCH_RULES, checkQuotations, licencesInUse } from "./statement.batch-rules.js";
import { readJudgedCiting, storePositions } from "./statement.positions.store.js";
import { statement } from "./statement.record.js";

/** What statements add to a load. */
export const statementInLoad: NounInLoad = {
  format: statement,
  batchRules: BATCH_RULES,
  quotations: {
    check: checkQuotations,
    needsElsewhere: needsQuotedElsewhere,
    addElsewhere: addQuotedElsewhere,
    licencesInUse,
  },
  order: { readJudged: readJudgedCiting, update: storePositions },
};
