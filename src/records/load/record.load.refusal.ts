import { fault, faultsIn, type RecordFault, type RecordSource } from "../record.faults.js";
import { describeFault } from "../check/record.report.js";
import type { ItemConflict } from "./record.merge-record.js";
import { labelOf, type Labels, propertyOf, valueOf } from "./record.labels.js";

/** Thrown by `loadAll` if any record is rejected. */
export class LoadRefused extends Error {
  constructor(readonly faults: RecordFault[]) {
    super(["Records were refused:", ...faults.map(describeFault)].join("\n"));
  }
}

/** SQLSTATE classes that the data causes: cardinality, data exception, constraint violation, program limit. */
const DATA_ERRORS = /^(?:21|22|23|54)...$/;

/** Constraints that a record can satisfy alone, but violate once merged with the database. */
const RULES: Record<string, [code: string, message: string]> = {
  meeting_dates: [
    "reversed-dates",
    "with the dates on record, a meeting would end before it starts",
  ],
  tenure_dates: ["reversed-dates", "with the dates on record, a tenure would end before it starts"],
};

/** The endings of the messages of triggers that reject cycles. */
const CYCLES = [
  ["parent-cycle", "would be above itself"],
  ["syndication-cycle", "would be a copy of itself"],
] as const;

/** Converts a constraint violation to a fault of the record; returns null for other errors. */
export function faultOfDatabaseError(error: unknown, source: RecordSource): RecordFault | null {
  const { code: state, constraint, message } = error as Partial<Record<string, unknown>>;
  if (typeof state !== "string" || !DATA_ERRORS.test(state)) return null;
  const said = String(message);
  const [code, text] = RULES[String(constraint)] ?? [
    CYCLES.find(([, ending]) => said.endsWith(ending))?.[0] ?? "refused-by-rule",
    said,
  ];
  return faultsIn(source, [fault(code, [], text)])[0]!;
}

/** Describes conflicts: both values, and whose record gave the stored one. */
export function conflictFaults(
  source: RecordSource,
  conflicts: ItemConflict[],
  labels: Labels,
): RecordFault[] {
  const findings = conflicts.map(({ path, item, given, conflict }) => {
    const { column, documentIds } = conflict;
    const { format, now: state } = item;
    const property = propertyOf(format, column);
    const [before, now] =
      typeof conflict.before === "number"
        ? [String(conflict.before), String(conflict.now)]
        : [valueOf(format, state.row, column, labels), valueOf(format, given, column, labels)];
    const whose = documentIds
      .map((documentId) => labels.get(documentId) ?? documentId)
      .join(" and ");
    const message = `${format.noun} ${labelOf(format, state.row, labels)}: ${property.join(".")} is ${before} on record and ${now} here (given by the record of ${whose})`;
    return fault("conflict", [...path, ...property], message);
  });
  const faults = faultsIn(source, findings);
  return faults.filter(
    ({ message }, i) => faults.findIndex((one) => one.message === message) === i,
  );
}
