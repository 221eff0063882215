import { createHash } from "node:crypto";

/** How far a load has come in what it reads: the number of records, of all files together, and the SHA-256 of their bytes. */
export interface InputPosition {
  records: number;
  sha256: string;
}

/** Follows what a load reads. Blank lines do not count, so that a file to which lines are appended still begins as before. */
export class InputDigest {
  private readonly hash = createHash("sha256");
  /** How many records were added. */
  records = 0;

  /** Adds a record as it stands in its file; null for one that is too large to be read. */
  add(bytes: Buffer | null): void {
    if (bytes?.length === 0) return;
    this.records++;
    this.hash.update(bytes ?? "").update("\n");
  }

  position(): InputPosition {
    return { records: this.records, sha256: this.hash.copy().digest("hex") };
  }
}
