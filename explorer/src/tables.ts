import { theCountry } from "./articles.js";
import { type Citation, nameOf, positionOf } from "./citations.js";
import type { Cell } from "./csv.js";
import { pathOf } from "./links.js";
import { inferredOf as inferredOfMeeting, type Meeting } from "./meetings.js";
import { inferredOf, type Statement } from "./statements.js";
import { words } from "./words.js";

/** A column of a list as a table: its heading, and the cell of a row. `at` makes the whole address of a path. */
export type Column<Row> = readonly [
  heading: string,
  cell: (row: Row, at: (path: string) => string) => Cell,
];

interface Named {
  name: string;
}

/** A side of a statement or meeting. */
interface Side {
  person: Named | null;
  country: Named | null;
  organization: Named | null;
  description?: string | null;
}

export const STATEMENT_COLUMNS: readonly Column<Statement>[] = [
  ["Key", ({ key }) => key],
  ["Address", ({ key }, at) => at(pathOf("statement", key))],
  ["Date", ({ date }) => date],
  ["Speakers", ({ speakers }) => several(speakers.map(speakerText))],
  ["To", ({ addressees, audience }) => several(addressees.map(sideText)) || audience],
  ["Place", ({ place }) => place?.name],
  ["Country", ({ placeCountry }) => placeCountry?.name],
  ["Meeting", ({ meeting }) => meeting?.title],
  ["Form", ({ form }) => words(form)],
  ["Joint", ({ joint }) => joint],
  ["Standing", ({ standing }) => words(standing)],
  ["Certainty", (said) => certainty(inferredOf(said))],
  ["Language", ({ language }) => language],
  ["Text", ({ text }) => text],
  ...proof<Statement>(),
];

export const MEETING_COLUMNS: readonly Column<Meeting>[] = [
  ["Key", ({ slug }) => slug],
  ["Address", ({ slug }, at) => at(pathOf("meeting", slug))],
  ["Title", ({ title }) => title],
  ["Kind", ({ kind }) => words(kind)],
  ["Status", ({ status }) => status && words(status)],
  ["On record as", ({ coverage }) => words(coverage)],
  ["Begins", ({ startDate }) => startDate],
  ["Ends", ({ endDate }) => endDate],
  ["Place", ({ place }) => place?.name],
  ["Country", ({ placeCountry }) => placeCountry?.name],
  ["Countries taking part", ({ countries }) => several((countries ?? []).map(({ name }) => name))],
  ["Certainty", (met) => (hasFacts(met) ? certainty(inferredOfMeeting(met)) : null)],
  ...proof<Meeting>(),
];

/** Whether anything is on record that could be inferred. */
function hasFacts({ dateCertainty, placeCertainty }: Meeting): boolean {
  return dateCertainty !== null || placeCertainty !== null;
}

/** The documents that prove a row, their addresses, and where in each: in the same order. */
function proof<Row extends { citations?: readonly Citation[] }>(): Column<Row>[] {
  return [
    ["Documents", ({ citations }) => perDocument(citations, ([{ document }]) => nameOf(document))],
    ["Sources", ({ citations }) => perDocument(citations, ([{ document }]) => document.url ?? "")],
    [
      "Passages",
      ({ citations }) =>
        perDocument(citations, (ofIt) => ofIt.map(positionOf).filter(Boolean).join(" and ")),
    ],
  ];
}

/** A text for each document that is cited. */
function perDocument(
  citations: readonly Citation[] = [],
  text: (ofIt: readonly [Citation, ...Citation[]]) => string,
): string {
  const groups = new Map<string, [Citation, ...Citation[]]>();
  for (const citation of citations) {
    const group = groups.get(citation.document.key);
    if (group) group.push(citation);
    else groups.set(citation.document.key, [citation]);
  }
  return several([...groups.values()].map(text));
}

/** Several values in one cell. */
export function several(texts: readonly string[]): string {
  return texts.some(Boolean) ? texts.join("; ") : "";
}

/** `speaker, place inferred`, or `stated` if a document states all of it. */
export function certainty(inferred: readonly string[]): string {
  return inferred.length > 0 ? `${inferred.join(", ")} inferred` : "stated";
}

/** `Rajnath Singh for India`. */
function speakerText({ person, country, organization, description }: Side): string {
  const who = person?.name ?? description ?? null;
  const side = country && (who === null ? country.name : theCountry(country.name));
  const forWhom = [side, organization?.name].filter(Boolean).join(" and ");
  return [who, forWhom].filter(Boolean).join(" for ");
}

/** The name of a side. */
export function sideText({ person, country, organization }: Partial<Side>): string {
  return (person ?? country ?? organization)?.name ?? "";
}
