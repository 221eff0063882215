/** What the API says of all that is on record. */
export interface OnRecord {
  counts: Record<(typeof LISTS)[number], { totalCount: number | null } | null>;
  /** The people with the most statements. */
  speakers: { name: string; statements: { totalCount: number } }[];
  /** The first and the last date of lists that have dates; null where none is known. */
  dates: Record<string, readonly [string | null, string | null]>;
}

const LISTS = [
  "people",
  "countries",
  "places",
  "organizations",
  "meetings",
  "statements",
  "agreements",
  "sourceDocuments",
] as const;

const QUERY = `query Showcase {
  ${LISTS.map((list) => `${list} { totalCount }`).join("\n  ")}
  speakers: people(first: 3, orderBy: STATEMENTS_DESC) { nodes { name statements { totalCount } } }
  firstMeeting: meetings(first: 1, orderBy: DATE_ASC) { nodes { date: startDate } }
  lastMeeting: meetings(first: 1, orderBy: DATE_DESC) { nodes { date: startDate } }
  firstStatement: statements(first: 1, orderBy: DATE_ASC) { nodes { date } }
  lastStatement: statements(first: 1, orderBy: DATE_DESC) { nodes { date } }
}`;

/** Reads from the public API what is on record, with the router's secret if it is needed. Rejects if the service refuses the query. */
export async function readRecord(address: string, secret?: string): Promise<OnRecord> {
  const response = await fetch(`${address}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(secret ? { "router-authorization": secret } : {}),
    },
    body: JSON.stringify({ query: QUERY }),
  });
  const { data, errors } = (await response.json()) as {
    data?: Record<string, unknown> | null;
    errors?: { message: string }[];
  };
  if (!data) throw new Error(errors?.[0]?.message ?? `status ${response.status}`);
  const nodesOf = <Node>(list: string) => (data[list] as { nodes: Node[] } | null)?.nodes ?? [];
  const dateOf = (list: string) => nodesOf<{ date: string | null }>(list)[0]?.date ?? null;
  return {
    counts: data as OnRecord["counts"],
    speakers: nodesOf("speakers"),
    dates: {
      meetings: [dateOf("firstMeeting"), dateOf("lastMeeting")],
      statements: [dateOf("firstStatement"), dateOf("lastStatement")],
    },
  };
}

/** A table of what is on record, for a terminal. */
export function describeRecord({ counts, speakers, dates }: OnRecord): string {
  const rows = LISTS.filter((list) => counts[list]?.totalCount !== 0).map(
    (list) => [labelOf(list), counted(counts[list]?.totalCount)] as const,
  );
  if (rows.length === 0) return "\nNothing is on record.\n";
  const width = Math.max(...rows.map(([, count]) => count.length));
  const lines = rows.map(
    ([label, count]) => `  ${label.padEnd(18)}${count.padStart(width)}${spanOf(dates[label])}`,
  );
  const most = speakers
    .filter(({ statements }) => statements.totalCount > 0)
    .map(({ name, statements }) => `${name} (${counted(statements.totalCount)})`);
  return [
    "",
    "On record:",
    ...lines,
    most.length > 0 ? `\nMost statements: ${most.join(", ")}` : "",
  ]
    .join("\n")
    .concat("\n");
}

/** `sourceDocuments` as `source documents`. */
function labelOf(list: string): string {
  return list.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function counted(count: number | null | undefined): string {
  return count === null || count === undefined ? "?" : count.toLocaleString("en");
}

function spanOf([first, last]: readonly (string | null)[] = []): string {
  return first && last ? `   ${first} to ${last}` : "";
}
