import type { Collected, CollectedItem, RecordNames } from "../records/check/record.names.js";
import { fullKey } from "../records/record.fields.js";
import { asList, asObject, textOrNull } from "../records/record.unchecked.js";
import { StatementForm, StatementRelationKind } from "./statement.enums.js";

/** What the statements of all records checked together quote and correct. */
export class CollectedStatements implements Collected {
  /** How many characters of a document's text they quote to the letter, by document key. */
  readonly quoted = new Map<string, number>();
  /** How many more are quoted on record, of the documents for which that was read. */
  readonly quotedElsewhere = new Map<string, number>();
  /** The statements that a statement corrects, by full keys. */
  readonly corrections = new Map<string, string[]>();

  add({ noun, given, key, documentKey }: CollectedItem, names: RecordNames): void {
    if (noun !== "statement" || key === null || documentKey === null) return;
    // A repeated line quotes nothing more.
    if (given.form === StatementForm.VERBATIM && !names.has(noun, key)) {
      const { length } = textOrNull(given.text) ?? "";
      this.quoted.set(documentKey, (this.quoted.get(documentKey) ?? 0) + length);
    }
    const corrected = asList(given.relations)
      .map(asObject)
      .flatMap(({ kind, statement }) =>
        kind === StatementRelationKind.CORRECTS && typeof statement === "string"
          ? fullKey(documentKey, statement)
          : [],
      );
    if (corrected.length > 0)
      this.corrections.set(key, [...(this.corrections.get(key) ?? []), ...corrected]);
  }
}
