import type { Importer } from "./importer.js";
import { unSpeakers } from "./un-speakers.js";
import { usAppointments } from "./us-appointments.js";
import { usOfficials } from "./us-officials.js";
import { usPresidents } from "./us-presidents.js";
import { usTravels } from "./us-travels.js";
import { usVisits } from "./us-visits.js";

export type Dataset = Importer;

/**
 * All datasets, in the order in which they are imported: those with ids and offices of people first, then those that say for
 * whom each person acts, and last the one whose rows need both.
 */
export const DATASETS: readonly Dataset[] = [
  usOfficials,
  usPresidents,
  usAppointments,
  usVisits,
  unSpeakers,
  usTravels,
];
