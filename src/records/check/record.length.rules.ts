import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Kind, parse } from "graphql";
import { PROJECT } from "../../pages/project.js";
import { type RecordPath, type Warning, warning } from "../record.faults.js";
import { RECORD_LISTS } from "../record.items.js";
import { partsOf } from "../record.walk.js";
import type { CheckContext, WarningRule } from "./record.rule.js";

let assumedSizes: ReadonlyMap<string, number> | undefined;

/** Returns the assumed size of a list that is not paged, which the GraphQL schema declares (@listSize). */
export function assumedSize(type: string, field: string): number | undefined {
  assumedSizes ??= readAssumedSizes();
  return assumedSizes.get(`${type}.${field}`);
}

/**
 * Reads the assumed size of each `Type.field` from schema.graphql. Building the schema instead would take most of the time of a check, and
 * load the whole service.
 */
function readAssumedSizes(): Map<string, number> {
  const sizes = new Map<string, number>();
  const text = readFileSync(join(PROJECT, "schema.graphql"), "utf8");
  for (const definition of parse(text, { noLocation: true }).definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    for (const { name, directives = [] } of definition.fields ?? []) {
      const listSize = directives.find((directive) => directive.name.value === "listSize");
      const given = new Map(listSize?.arguments?.map((one) => [one.name.value, one.value]));
      const size = given.get("assumedSize");
      if (size?.kind === Kind.INT && !given.has("slicingArguments"))
        sizes.set(`${definition.name.value}.${name.value}`, Number(size.value));
    }
  }
  return sizes;
}

/** Warns of a list that is longer than its assumed size in the schema, from which routers estimate query cost. */
export function longList(path: RecordPath, type: string, field: string, length: number): Warning[] {
  const assumed = assumedSize(type, field);
  if (assumed === undefined || length <= assumed) return [];
  const message = `${length} entries: the cost of ${type}.${field} is estimated for ${assumed}`;
  return [warning("list-longer-than-assumed", path, message)];
}

/** Lists that the schema returns as the record gives them are not longer than it assumes. */
function* longLists({ record }: CheckContext): Generator<Warning> {
  for (const [list] of RECORD_LISTS) yield* longList([list], "Query", list, record[list].length);
  for (const { format, given, path } of partsOf(record)) {
    const typename = format?.options.typename;
    if (!typename) continue;
    for (const [property, value] of Object.entries(given))
      if (Array.isArray(value))
        yield* longList([...path, property], typename, property, value.length);
  }
}

/** Rules about the length of lists. */
export const lengthWarnings: WarningRule[] = [longLists];
