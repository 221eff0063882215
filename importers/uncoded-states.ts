import { type Organization, slugOf } from "./records.js";

/** Returns the slug of a state that ISO 3166 never coded, by the source's id of it. */
export function uncodedSlug(id: string): string {
  return `uncoded-state-${slugOf(id)}`;
}

/** The states of one dataset that ISO 3166 never coded: organizations, since they are no countries. */
export class UncodedStates {
  private readonly defined = new Set<string>();

  /** Returns the definition of a state the first time; nothing later. */
  define(slug: string, name: string): Organization[] {
    if (this.defined.has(slug)) return [];
    this.defined.add(slug);
    return [{ slug, name, kind: "UNCODED_STATE" }];
  }
}
