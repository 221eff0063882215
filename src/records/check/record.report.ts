import type { CheckReport, RecordFault } from "../record.faults.js";

/** The widest column of places that others are aligned to. */
const WIDEST_PLACE = 72;

/** What the terminal shows: a line for each fault, `file:line:column  /pointer  code  message`, and a line that sums up. */
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

/** One fault in a line of its own, for where they come one at a time. */
export function describeFault(fault: RecordFault): string {
  return printable(
    [placeOf(fault), fault.pointer, fault.code, fault.message].filter(Boolean).join("  "),
  );
}

/** The same for machines: one JSON document. */
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

/** A line stays a line, and can't steer the terminal, whatever the file holds. */
function printable(line: string): string {
  return line.replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
}

function widest(texts: string[], limit: number): number {
  return Math.min(
    limit,
    texts.reduce((width, text) => Math.max(width, text.length), 0),
  );
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}
