import { statementInLoad } from "../../statement/statement.load.js";
import type { NounInLoad } from "./record.noun-in-load.js";

/** The nouns that add something to a load. */
export const NOUNS_IN_LOAD: readonly NounInLoad[] = [statementInLoad];
