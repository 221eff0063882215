import { isDeepStrictEqual } from "node:util";
import { type ItemFormat, propertiesOf } from "../records/record.item.js";
import type { Row } from "../records/record.row.js";
import type { FactCertainty } from "../source/source.enums.js";
import { RecordClaimRank } from "./record-claim.js";

/** What the record of a document gives of an item, as columns. */
export interface Given {
  documentId: string;
  given: Row;
}

/** A value that documents give for a field. */
export interface ClaimedValue {
  field: string;
  value: string;
  rank: RecordClaimRank;
  certainty: FactCertainty | null;
  documentIds: string[];
}

/** Properties that identify an item: they make no claim. */
const IDENTITY = new Set(["slug", "formerSlugs", "key"]);

/** Returns the values of an item's fields, equal ones of several documents as one: by field, what is shown first. */
export function valuesOf({
  format,
  row,
  givers,
  keys,
  isRetracted,
}: {
  format: ItemFormat;
  /** The item as it is shown. */
  row: Row;
  /** The preferred document first. */
  givers: readonly Given[];
  /** The keys of items by id. */
  keys: ReadonlyMap<string, string>;
  isRetracted: (documentId: string) => boolean;
}): ClaimedValue[] {
  const read = (columns: Row) =>
    propertiesOf(
      format,
      columns,
      { keyOf: (_, id) => keys.get(String(id)), label: String },
      () => [],
    );
  const shown = read(row);
  const claims = new Map<string, ClaimedValue[]>();
  for (const { documentId, given } of givers) {
    const item = read(given);
    for (const [field, value] of Object.entries(item)) {
      if (IDENTITY.has(field) || isCertainty(format, field)) continue;
      const text = typeof value === "string" ? value : JSON.stringify(value);
      const known = claims.get(field) ?? [];
      claims.set(field, known);
      const same = known.find((one) => one.value === text);
      if (same) same.documentIds.push(documentId);
      else
        known.push({
          field,
          value: text,
          rank: isDeepStrictEqual(value, shown[field])
            ? RecordClaimRank.PREFERRED
            : RecordClaimRank.NORMAL,
          certainty: certaintyOf(format, field, given),
          documentIds: [documentId],
        });
    }
  }
  return format.fields.flatMap(([field]) => inOrder(claims.get(field) ?? [], isRetracted));
}

function inOrder(
  claims: ClaimedValue[],
  isRetracted: (documentId: string) => boolean,
): ClaimedValue[] {
  const isShown = ({ rank }: ClaimedValue) => rank === RecordClaimRank.PREFERRED;
  for (const claim of claims)
    if (!isShown(claim) && claim.documentIds.every(isRetracted))
      claim.rank = RecordClaimRank.DEPRECATED;
  return [...claims.filter(isShown), ...claims.filter((claim) => !isShown(claim))];
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
