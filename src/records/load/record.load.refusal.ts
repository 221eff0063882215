import { fault, faultsIn, type RecordFault, type RecordSource } from "../record.faults.js";
import { ITEMS } from "../record.format.js";
import { RuleViolation } from "./record.rule-violation.js";
import { describeFault } from "../check/record.report.js";

/** Thrown by `loadAll` if any record is rejected. */
export class LoadRefused extends Error {
  constructor(readonly faults: RecordFault[]) {
    super(["Records were refused:", ...faults.map(describeFault)].join("\n"));
  }
}

/** Thrown if an all-or-nothing operation can't be completed. */
export class OperationRefused extends Error {
  /** `reasons` are lines for the terminal; refused records are reported by their faults. */
  constructor(readonly reasons: readonly string[]) {
    super(["Nothing was changed.", ...reasons].join("\n"));
  }
}

/** SQLSTATE classes that the data causes: cardinality, data exception, constraint violation, program limit. */
const DATA_ERRORS = /^(?:21|22|23|54)...$/;

/** Constraints that a record can satisfy alone, but violate once merged with the database. */
const CONSTRAINTS = Object.assign({}, ...ITEMS.map(({ options }) => options.constraints)) as Record<
  string,
  readonly [code: string, message: string]
>;

/**
 * The endings of the messages of triggers that reject cycles. New items with a parent are stored after it, so that only those in a cycle
 * lack theirs.
 */
const CYCLES = [
  ["parent-cycle", "would be above itself"],
  ["parent-cycle", "must be stored before it"],
  ["syndication-cycle", "would be a copy of itself"],
  ["merge-circle", "would be one of a circle of merges"],
] as const;

/** Converts a constraint violation to a fault of the record; returns null for other errors. */
export function faultOfDatabaseError(error: unknown, source: RecordSource): RecordFault | null {
  if (error instanceof RuleViolation)
    return faultsIn(source, [fault(error.fault, error.path, error.message)])[0]!;
  const { code: state, constraint, message } = error as Partial<Record<string, unknown>>;
  if (typeof state !== "string" || !DATA_ERRORS.test(state)) return null;
  const said = String(message);
  const [code, text] = CONSTRAINTS[String(constraint)] ?? [
    CYCLES.find(([, ending]) => said.endsWith(ending))?.[0] ?? "refused-by-rule",
    said,
  ];
  return faultsIn(source, [fault(code, [], text)])[0]!;
}
