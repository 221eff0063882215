import type { Counted } from "../counts.js";
import type { Question } from "../visit.js";
import { counted, listed } from "../words.js";

/** What all that is in a picture has in common: the values of these fields of StatementFilter and MeetingFilter. */
export interface Common {
  speakers?: string[];
  speakerCountries?: string[];
  people?: string[];
  participantCountries?: string[];
  places?: string[];
  topics?: string[];
}

/** Which of the two a picture counts. */
export type Counts = "statements" | "meetings";

/** What pictures are about: a person, country, place or topic. */
export interface Subject {
  name: string;
  /** The path of its page. */
  path: string;
  /** Which statements are its own. */
  said: Common;
  /** Which meetings are its own; null if it has none. */
  met: Common | null;
  /** How many there are; null if they could not be counted. */
  counts: Record<Counts, number | null>;
  /** How many by year; null if that could not be read. */
  years: Record<Counts, readonly Counted[] | null>;
  /** The query by which all of this was read. */
  question: Question;
  /** `on behalf of India`: how its statements belong to it. */
  saidHow: string;
  /** `with India`: how its meetings belong to it. */
  metHow: string;
}

/** The address of the list that a picture counts, narrowed. */
export function listAddress(
  { path }: Subject,
  of: Counts,
  narrowed: Record<string, string>,
): string {
  const query = new URLSearchParams(of === "meetings" ? { tab: "met", ...narrowed } : narrowed);
  return `${path}?${query.toString()}`;
}

/** The noun of what is counted, with its count. */
export function much(count: number, of: Counts): string {
  return counted(count, of === "meetings" ? "meeting" : "statement");
}

/** `1973: 60 statements and 59 meetings`. */
export function says(when: string, counts: readonly (readonly [number, Counts])[]): string {
  return `${when}: ${listed(counts.map(([count, of]) => much(count, of)))}`;
}

/** How many rows a facet has counted. */
export function sum(counts: readonly Pick<Counted, "count">[]): number {
  return counts.reduce((total, { count }) => total + count, 0);
}
