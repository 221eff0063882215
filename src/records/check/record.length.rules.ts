import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Kind, parse } from "graphql";
import { PROJECT } from "../../pages/project.js";
import { type RecordPath, type Warning, warning } from "../record.faults.js";
import type { SourceRecord } from "../record.format.js";
import type { CheckContext, WarningRule } from "./record.rule.js";

/** A list of the record, the GraphQL type and field that return it, and its length. */
type RecordList = [path: RecordPath, type: string, field: string, length: number];

let assumedSizes: ReadonlyMap<string, number> | undefined;

/** Returns the assumed size that the GraphQL schema declares (@listSize). */
function assumedSize(type: string, field: string): number {
  assumedSizes ??= readAssumedSizes();
  const size = assumedSizes.get(`${type}.${field}`);
  if (size === undefined) throw new Error(`schema.graphql has no list size for ${type}.${field}`);
  return size;
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
      const size = listSize?.arguments?.find((argument) => argument.name.value === "assumedSize");
      if (size?.value.kind === Kind.INT)
        sizes.set(`${definition.name.value}.${name.value}`, Number(size.value.value));
    }
  }
  return sizes;
}

/** Lists are not longer than their assumed size in the schema, from which routers estimate query cost. */
function* longLists({ record }: CheckContext): Generator<Warning> {
  for (const [path, type, field, length] of listsOf(record)) {
    const assumed = assumedSize(type, field);
    if (length > assumed)
      yield warning(
        "list-longer-than-assumed",
        path,
        `${length} entries: questions for ${type}.${field} are reckoned with ${assumed} and will cost more than estimated`,
      );
  }
}

function* listsOf(record: SourceRecord): Generator<RecordList> {
  yield [["topics"], "Query", "topics", record.topics.length];
  yield* ofItems(record.people, ["people"], "Person", ["otherNames", "identifiers"]);
  yield* ofItems(record.places, ["places"], "Place", ["identifiers"]);
  yield* ofItems(record.organizations, ["organizations"], "Organization", ["identifiers"]);
  yield* ofItems(record.tenures, ["tenures"], "Tenure", ["citations"]);
  yield* tenuresOfPeople(record);
  yield* ofMeetings(record);
  yield* ofItems(record.agreements, ["agreements"], "Agreement", ["parties", "citations"]);
  yield* ofItems(record.statements, ["statements"], "Statement", [
    "speakers",
    "addressees",
    "topics",
    "relations",
    "citations",
  ]);
  for (const [i, { relations }] of record.statements.entries())
    yield* ofItems(relations, ["statements", i, "relations"], "StatementRelation", ["citations"]);
}

function* ofMeetings({ meetings, agreements }: SourceRecord): Generator<RecordList> {
  yield* ofItems(meetings, ["meetings"], "Meeting", ["places", "citations"]);
  const agreed = countsOf(agreements.flatMap((it) => [...new Set([it.signedAt, it.exchangedAt])]));
  for (const [i, { slug, participations }] of meetings.entries()) {
    const path = ["meetings", i, "participations"];
    yield* ofItems(participations, path, "Participation", ["citations"]);
    const countries = new Set(participations.map(({ country }) => country).filter(Boolean));
    yield [path, "Meeting", "countries", countries.size];
    yield [["meetings", i], "Meeting", "agreements", agreed.get(slug) ?? 0];
  }
}

/** Yields a person's tenures at the first one beyond the assumed size. */
function* tenuresOfPeople({ tenures }: SourceRecord): Generator<RecordList> {
  const held = countsOf(tenures.map(({ person }) => person));
  const sofar = new Map<string, number>();
  for (const [i, { person }] of tenures.entries()) {
    const count = (sofar.get(person) ?? 0) + 1;
    sofar.set(person, count);
    if (count === assumedSize("Person", "tenures") + 1)
      yield [["tenures", i], "Person", "tenures", held.get(person)!];
  }
}

function* ofItems<Field extends string>(
  items: readonly Record<Field, readonly unknown[]>[],
  path: RecordPath,
  type: string,
  fields: readonly Field[],
): Generator<RecordList> {
  for (const [i, item] of items.entries())
    for (const field of fields) yield [[...path, i, field], type, field, item[field].length];
}

function countsOf<T>(values: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** Rules about the length of lists. */
export const lengthRules: WarningRule[] = [longLists];
