import type { LoadReport } from "./record.load.js";

/** What the terminal shows of a load: a line for each table it changed, and a line that sums up. */
export function describeLoad(
  { records, rows, changes }: LoadReport,
  { dryRun = false }: { dryRun?: boolean } = {},
): string {
  const what = `${counted(records, "record")} of ${counted(rows, "row")}`;
  if (changes.size === 0) return `${what}: everything is there already, nothing to change.`;
  const lines = [...changes].map(
    ([table, { inserted, updated, deleted }]) =>
      `  ${table.padEnd(20)}${told(inserted, "new")}${told(updated, "changed")}${told(deleted, "deleted")}`,
  );
  const verb = dryRun ? "would change" : "changed";
  return [`${what} ${verb}:`, ...lines.map((line) => line.trimEnd())].join("\n");
}

function told(count: number, what: string): string {
  return (count > 0 ? `${count.toLocaleString("en")} ${what}` : "").padEnd(16);
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}
