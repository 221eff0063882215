import { fault, faultsIn, type RecordFault, type RecordSource } from "../record.faults.js";
import { describeFault } from "../check/record.report.js";
import type { ItemConflict } from "./record.take-in.js";
import { labelOf, type Labels, propertyOf, valueOf } from "./record.wording.js";

/** Thrown where records have to be loaded and one is refused. */
export class LoadRefused extends Error {
  constructor(readonly faults: RecordFault[]) {
    super(["Records were refused:", ...faults.map(describeFault)].join("\n"));
  }
}

/**
 * The classes of SQLSTATE that blame what is stored and not the database: too many rows for one, data, a rule,
 * and more than PostgreSQL can hold.
 */
const BLAMES_RECORD = /^(?:21|22|23|54)...$/;

/** Rules that a record can keep by itself and break together with what is on record. */
const RULES: Record<string, [code: string, message: string]> = {
  meeting_dates: [
    "reversed-dates",
    "with the dates on record, a meeting would end before it starts",
  ],
  tenure_dates: ["reversed-dates", "with the dates on record, a tenure would end before it starts"],
};

/** What the database's triggers say of what leads back to itself. */
const CYCLES = [
  ["parent-cycle", "would be above itself"],
  ["syndication-cycle", "would be a copy of itself"],
] as const;

/** What the database refused by one of its own rules is the record's fault, not ours; null for anything else. */
export function refusalOf(error: unknown, source: RecordSource): RecordFault | null {
  const { code: state, constraint, message } = error as Partial<Record<string, unknown>>;
  if (typeof state !== "string" || !BLAMES_RECORD.test(state)) return null;
  const said = String(message);
  const [code, text] = RULES[String(constraint)] ?? [
    CYCLES.find(([, ending]) => said.endsWith(ending))?.[0] ?? "refused-by-rule",
    said,
  ];
  return faultsIn(source, [fault(code, [], text)])[0]!;
}

/** Two records that contradict each other: both sides are named, and by whom. */
export function conflictFaults(
  source: RecordSource,
  conflicts: ItemConflict[],
  labels: Labels,
): RecordFault[] {
  const findings = conflicts.map(({ path, item, given, conflict }) => {
    const { column, givers } = conflict;
    const { format, now: held } = item;
    const property = propertyOf(format, column);
    const [before, now] =
      typeof conflict.before === "number"
        ? [String(conflict.before), String(conflict.now)]
        : [valueOf(format, held.row, column, labels), valueOf(format, given, column, labels)];
    const whose = givers.map((giver) => labels.get(giver) ?? giver).join(" and ");
    const message = `${format.noun} ${labelOf(format, held.row, labels)}: ${property.join(".")} is ${before} on record and ${now} here (given by the record of ${whose})`;
    return fault("conflict", [...path, ...property], message);
  });
  const faults = faultsIn(source, findings);
  return faults.filter(
    ({ message }, i) => faults.findIndex((one) => one.message === message) === i,
  );
}
