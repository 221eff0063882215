import { findNamesakes } from "../../person/namesakes.store.js";
import { corrections } from "../../statement/correction.store.js";
import { originals } from "./record.against.store.js";
import type { Finder } from "./record.finder.js";
import type { Chain } from "./record.steps.js";

/** Chains that records and what is on record form together. */
export const CHAINS: readonly Chain[] = [originals, corrections];

/** Find what can only be seen by comparison with what is on record. */
export const FINDERS: readonly Finder[] = [findNamesakes];
