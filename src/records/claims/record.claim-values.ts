import { isDeepStrictEqual } from "node:util";
import type { Given } from "../load/record.claims.js";
import type { ItemFormat } from "../record.item.js";
import { propertiesOf } from "../record.item-properties.js";
import type { Row } from "../record.row.js";
import type { FactCertainty } from "../../source/source.enums.js";

/** A value that documents give for a field. */
export interface ClaimedValue {
  /** The property of the record format. */
  field: string;
  /** As the record format writes it: text as it is, everything else as JSON. */
  value: string;
  /** Whether the item shows it. */
  isShown: boolean;
  /** Of the preferred document that gives it; null if the field has no certainty. */
  certainty: FactCertainty | null;
  /** The documents that give it, the preferred one first. */
  documentIds: string[];
  /** Why it is right, if a record settled that; else null. */
  reason: string | null;
}

/** Properties that identify an item: they make no claim. */
const IDENTITY = new Set(["slug", "formerSlugs", "key"]);

/** Returns the values of an item's fields: by field, the shown one first. Equal values of several documents are one. */
export function claimedValuesOf(
  format: ItemFormat,
  row: Row,
  /** The preferred document first; at the end what records have settled, and why. */
  givers: readonly (Given & { because?: string })[],
  /** The keys of items by id. */
  keys: ReadonlyMap<string, string>,
): ClaimedValue[] {
  const context = {
    keyOf: (_: string, id: unknown) => keys.get(String(id)),
    sha256Of: () => null,
    label: String,
    valueIn: () => undefined,
  };
  const read = (columns: Row) => propertiesOf(format, columns, context, () => []);
  const shown = read(row);
  const claims = new Map<string, ClaimedValue[]>();
  for (const { documentId, given, because = null } of givers) {
    for (const [field, value] of Object.entries(read(given))) {
      if (IDENTITY.has(field) || isCertainty(format, field)) continue;
      const text = typeof value === "string" ? value : JSON.stringify(value);
      const known = claims.get(field) ?? [];
      claims.set(field, known);
      const same = known.find((one) => one.value === text);
      if (same) {
        if (!same.documentIds.includes(documentId)) same.documentIds.push(documentId);
        same.reason ??= because;
      } else {
        const isShown = isDeepStrictEqual(value, shown[field]);
        const certainty = certaintyOf(format, field, given);
        const documentIds = [documentId];
        known.push({ field, value: text, isShown, certainty, documentIds, reason: because });
      }
    }
  }
  return format.fields.flatMap(([field]) => {
    const all = claims.get(field) ?? [];
    return [...all.filter(({ isShown }) => isShown), ...all.filter(({ isShown }) => !isShown)];
  });
}

function isCertainty({ fields }: ItemFormat, property: string): boolean {
  return fields.some(([name, { isCertainty = false }]) => name === property && isCertainty);
}

/** Returns the certainty of a property, or of the whole item. */
function certaintyOf({ fields }: ItemFormat, property: string, given: Row): FactCertainty | null {
  const certainties = fields.filter(([, { isCertainty }]) => isCertainty);
  const found =
    certainties.find(([, { facts }]) => facts?.includes(property)) ??
    certainties.find(([, { facts }]) => facts?.length === 0);
  return ((found && given[found[1].columns[0]!]) ?? null) as FactCertainty | null;
}
