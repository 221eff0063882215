import type { CounterpartSide } from "./counterpart.enums.js";

/** The number of meetings listed for each. */
export const LATEST_MEETINGS = 5;

/** A described counterpart: participations with the same description, country and organization. */
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
