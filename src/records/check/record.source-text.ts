/** A source text: its words, and the hash of its bytes. */
export interface SourceText {
  words: string;
  sha256: string;
  /** How many characters statements on record quote of it, other than those that are checked; by default none. */
  quotedElsewhere?: number;
}
