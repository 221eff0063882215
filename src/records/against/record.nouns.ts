import { findNamesakes } from "../../person/namesakes.store.js";
import { corrections } from "../../statement/correction.store.js";
import { originals } from "./record.against.store.js";
import type { Chain } from "./record.steps.js";

/** Chains that records and what is on record form together. */
export const CHAINS: readonly Chain[] = [originals, corrections];

/** Find what only shows beside what is on record. */
export const FINDERS = [findNamesakes];
