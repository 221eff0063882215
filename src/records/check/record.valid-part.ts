import type { Finding, RecordPath } from "../record.faults.js";
import type { SourceRecord } from "../record.format.js";
import { documentKeyIn } from "./record.names.js";
import { parseRecord } from "./record.schema-faults.js";

/** A record without its invalid items, and a mapping back to original paths. */
export interface ValidPart {
  record: SourceRecord;
  originalPath: (path: RecordPath) => RecordPath;
}

/**
 * Removes the items that the schema rejects, so that the rules can check the rest in the same run. Returns null if nothing
 * can be checked.
 */
export function validPartOf(value: unknown, refused: Finding[]): ValidPart | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const rest: Record<string, unknown> = { ...value, format: "communique-record/1" };
  const kept = new Map<string, number[]>();
  for (const [property, content] of Object.entries(value)) {
    const faulty = refused.map(({ path }) => path).filter(([first]) => first === property);
    if (faulty.length === 0 || property === "format") continue;
    const whole = faulty.some((path) => path.length === 1);
    if (property === "document") rest.document = documentKeyIn(value);
    else if (Array.isArray(content) && !whole) {
      const indices = [...content.keys()].filter((i) => faulty.every(([, index]) => index !== i));
      rest[property] = indices.map((i) => content[i] as unknown);
      kept.set(property, indices);
    } else delete rest[property];
  }
  const { record } = parseRecord(rest);
  return record && { record, originalPath: (path) => restored(path, kept) };
}

function restored([list, index, ...inside]: RecordPath, kept: Map<string, number[]>): RecordPath {
  if (typeof index !== "number")
    return [list, index, ...inside].filter((part) => part !== undefined);
  return [list!, kept.get(String(list))?.[index] ?? index, ...inside];
}
