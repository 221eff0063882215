/** Labels stay short: monitoring stores them with every time series. */
const MAX_LABEL_LENGTH = 80;

/**
 * The name of an operation in metrics, log and spans: at most 80 characters, only letters, digits and underscores;
 * `anonymous` if it has none.
 */
export function operationLabel(name: string | null | undefined): string {
  const label = name?.slice(0, MAX_LABEL_LENGTH).replace(/[^_A-Za-z0-9]/g, "");
  // A copy: a slice would keep the whole document in memory as long as the label.
  return label ? Buffer.from(label, "latin1").toString("latin1") : "anonymous";
}
