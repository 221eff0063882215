import { type Field, optional, value } from "../records/record.fields.js";
import { columnOf } from "../records/record.row.js";
import * as values from "../records/record.values.js";
import { dateTimeOf } from "../scalars/date-time.js";

/** Declares a moment, stored as `DateTime` has it, whatever time zone it is given in. */
export function moment<const Column extends string>(property: Column, described: string) {
  const field = optional(property, values.dateTime(), described);
  const column = columnOf(property);
  const write: Field["write"] = (row, given) =>
    void (row[column] = given ? dateTimeOf(given as string) : null);
  return { ...field, write };
}

/**
 * Declares the sha256 of the text that the offsets of a citation are of. A record only gives it where it is not that of the document's
 * text: what is stored is the text as it was when the record was loaded, so that a later edition takes nothing away.
 */
export function textOfOffsets<const Column extends string>(property: Column, described: string) {
  const column = columnOf(property);
  const field = value(property, values.sha256().optional(), described);
  const write: Field["write"] = (row, given, { document, start }, ids) => {
    const own = () => ids.sha256Of((document as string | undefined) ?? ids.documentKey);
    row[column] = given ?? (start === undefined ? null : own());
  };
  const read: Field["read"] = (row, keys) =>
    row[column] === keys.sha256Of(row.document_id) ? undefined : row[column];
  return { ...field, write, read };
}
