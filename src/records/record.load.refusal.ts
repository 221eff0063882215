import { faultOfFile, type RecordFault } from "./record.faults.js";

/** Thrown where a record is refused. Nothing of the load is stored. */
export class LoadRefused extends Error {
  constructor(readonly faults: RecordFault[]) {
    super("The records were refused.");
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
export function refusalOf(error: unknown, file: string): LoadRefused | null {
  const { code: state, constraint, message } = error as Partial<Record<string, unknown>>;
  if (typeof state !== "string" || !BLAMES_RECORD.test(state)) return null;
  const said = String(message);
  const [code, text] = RULES[String(constraint)] ?? [
    CYCLES.find(([, ending]) => said.endsWith(ending))?.[0] ?? "refused-by-rule",
    said,
  ];
  return new LoadRefused([faultOfFile(file, code, text)]);
}
