import type { CounterpartSide } from "./counterpart.enums.js";

/** How many meetings come with each. */
export const LATEST_MEETINGS = 5;

/** Somebody met whom documents describe in the same words, for the same country and organization. */
export interface DescribedRow {
  description: string;
  countryCode: string | null;
  organizationId: string | null;
  side: CounterpartSide;
  meetingCount: number;
  /** The ids of the latest meetings, newest first. */
  meetingIds: string[];
  lastMet: string | null;
}
