import { nameOf, wordsOf } from "./names.js";
import type { Participant } from "./participant.js";

/** For which countries the lists of participants of a volume say that people act. */
export class Elsewhere {
  /** By id in the list of persons, and by full name, in folded words. */
  private readonly countries = new Map<string, Set<string>>();

  /** Adds what a list says; what is only inferred there is left out. */
  learn(participants: readonly Participant[]): void {
    for (const { name, listed, side } of participants) {
      if (name === null || side?.certainty !== "STATED") continue;
      for (const key of keysOf(name, listed?.id ?? null)) {
        const all = this.countries.get(key) ?? new Set();
        this.countries.set(key, all.add(side.country));
      }
    }
  }

  /** Returns the country for which someone acts by these lists; null if they give none, or several. */
  countryOf(name: string, listed: string | null): string | null {
    const found = new Set(
      keysOf(name, listed).flatMap((key) => [...(this.countries.get(key) ?? [])]),
    );
    return found.size === 1 ? [...found][0]! : null;
  }
}

function keysOf(name: string, listed: string | null): string[] {
  return [
    ...(listed === null ? [] : [`#${listed}`]),
    ...(nameOf(name).isFull ? [wordsOf(name).join(" ")] : []),
  ];
}
