/** Monitoring keeps labels for as long as it keeps figures, so that they are short. */
const LONGEST_LABEL = 80;

/**
 * What metrics, the log and spans call an operation: at most 80 characters, and of these only letters, digits and
 * underscores; `anonymous` where it has no name.
 */
export function operationLabel(name: string | null | undefined): string {
  const label = name?.slice(0, LONGEST_LABEL).replace(/[^_A-Za-z0-9]/g, "");
  // A copy: a slice would keep the whole document for as long as the label is kept.
  return label ? Buffer.from(label, "latin1").toString("latin1") : "anonymous";
}
