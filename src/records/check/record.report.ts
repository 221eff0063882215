import type { CheckReport, RecordFault } from "../record.faults.js";
import { counted } from "../record.counted.js";

/** The maximum width of aligned columns. */
const WIDEST_PLACE = 72;

/** Formats a report for the terminal: `file:line:column  /pointer  code  message` per fault, and a summary. */
export function describeReport(report: CheckReport): string {
  const places = report.faults.map(placeOf);
  const placeWidth = widest(places, WIDEST_PLACE);
  const pointerWidth = widest(
    report.faults.map(({ pointer }) => pointer),
    WIDEST_PLACE,
  );
  const codeWidth = widest(
    report.faults.map(({ code }) => code),
    Infinity,
  );
  const lines = report.faults.map(({ pointer, code, severity, message }, i) => {
    const text = severity === "warning" ? `warning: ${message}` : message;
    const columns = [places[i]!.padEnd(placeWidth), pointer.padEnd(pointerWidth)];
    return printable([...columns, code.padEnd(codeWidth), text].filter(Boolean).join("  "));
  });
  return [...lines, ...(lines.length > 0 ? [""] : []), summaryOf(report)].join("\n");
}

/** Formats a single fault as one line. */
export function describeFault(fault: RecordFault): string {
  return printable(
    [placeOf(fault), fault.pointer, fault.code, fault.message].filter(Boolean).join("  "),
  );
}

/** Formats a report as JSON. */
export function reportAsJson({ files, records, faults }: CheckReport): string {
  return JSON.stringify({ files, records, faults }, null, 2);
}

function summaryOf({ faults, files, records }: CheckReport): string {
  const warnings = faults.filter(({ severity }) => severity === "warning").length;
  const found = [
    warnings === faults.length ? "no faults" : counted(faults.length - warnings, "fault"),
    ...(warnings > 0 ? [counted(warnings, "warning")] : []),
  ];
  return `${counted(records, "record")} in ${counted(files, "file")}: ${found.join(", ")}.`;
}

function placeOf({ file, line, column }: RecordFault): string {
  return line === null || column === null ? file : `${file}:${line}:${column}`;
}

/** Replaces control characters, so that content of a file cannot break lines or control the terminal. */
export function printable(line: string): string {
  return line.replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
}

function widest(texts: string[], limit: number): number {
  return Math.min(
    limit,
    texts.reduce((width, text) => Math.max(width, text.length), 0),
  );
}
