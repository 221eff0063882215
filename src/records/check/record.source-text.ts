/** A source text: its words, and the hash of its bytes. */
export interface SourceText {
  words: string;
  sha256: string;
}
