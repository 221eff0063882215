/** A source text: its words, and the hash of its bytes. */
export interface SourceText {
  words: string;
  sha256: string;
  /** How many of its characters are quoted on record, other than by what is checked; by default none. */
  quotedElsewhere?: number;
}
