import { counted } from "../records/record.counted.js";
import { escapeHtml } from "./html.js";

interface Named {
  name: string;
}

interface Side {
  person: Named | null;
  personCertainty: string | null;
  country: Named | null;
  countryCertainty: string | null;
  organization: Named | null;
  organizationCertainty: string | null;
  description: string | null;
}

interface Passage {
  start: number | null;
  end: number | null;
  locator: string | null;
  document: {
    title: string | null;
    publisher: string | null;
    url: string | null;
    dateline: string | null;
    datePublished: string | null;
  };
}

interface StatementNode {
  text: string;
  form: string;
  joint: boolean;
  standing: string;
  date: string | null;
  dateCertainty: string | null;
  place: Named | null;
  placeCertainty: string | null;
  meeting: { title: string } | null;
  speakers: Side[];
  citations: Passage[];
}

/** A page of statements, as selected by the headline query. */
export interface StatementsPage {
  totalCount: number;
  nodes: StatementNode[];
}

const FORMS: Record<string, string> = {
  VERBATIM: "verbatim",
  REPORTED: "as reported",
  RECORDED: "as the note-taker recorded it",
};

const MONTHS = Array.from({ length: 12 }, (_, month) =>
  new Date(2000, month).toLocaleString("en", { month: "long" }),
);

/** How many are shown at once; the others on demand, so that what follows is not far away on a phone. */
const FIRST = 15;

/** A page of statements as HTML: the count, and each statement with its speakers, date, place, form and passages. */
export function statementsHtml({ totalCount, nodes }: StatementsPage): string {
  const inferred = nodes.some(isInferred)
    ? " <i>Italics</i> mark inferred facts: the source does not state them explicitly."
    : "";
  return `<p class="count">${countHtml(totalCount, nodes)}${inferred}</p>
${listHtml(nodes.slice(0, FIRST))}${
    nodes.length > FIRST
      ? `
<details><summary>${nodes.length - FIRST} more</summary>
${listHtml(nodes.slice(FIRST))}
</details>`
      : ""
  }`;
}

function listHtml(nodes: StatementNode[]): string {
  return `<ol class="statements">
${nodes.map(statementHtml).join("\n")}
</ol>`;
}

function countHtml(total: number, nodes: StatementNode[]): string {
  const count = `<strong>${counted(total, "statement")}</strong>`;
  if (nodes.length < total) return `${count}; the latest ${nodes.length} are shown.`;
  const joint = nodes.filter((said) => said.joint).length;
  return joint > 0 ? `${count}, ${joint} of them joint.` : `${count}.`;
}

function statementHtml(said: StatementNode): string {
  const { text, form, standing, date, place, meeting, speakers, citations } = said;
  const facts = [
    FORMS[form] ?? words(form),
    standing === "CURRENT" ? "" : `<strong>${words(standing)}</strong>`,
    date === null ? "" : marked(said.dateCertainty, dateHtml(date)),
    place === null ? "" : marked(said.placeCertainty, escapeHtml(place.name)),
    meeting === null ? "" : `at “${escapeHtml(meeting.title)}”`,
  ];
  const shown = escapeHtml(shortened(text));
  return `<li><blockquote>${form === "VERBATIM" ? `“${shown}”` : shown}</blockquote>
<p>${speakers.map(sideHtml).join(" together with ")}, ${facts.filter(Boolean).join(", ")}</p>
<p class="proof">${passagesHtml(citations)}</p></li>`;
}

/** The maximum length of a text on a page. */
const LONGEST_SHOWN = 1_000;

/** Cuts a long text between two words: a note-taker's account may be many pages long. */
function shortened(text: string): string {
  if (text.length <= LONGEST_SHOWN) return text;
  const beginning = text.slice(0, LONGEST_SHOWN);
  return `${/^.*(?=\s)/s.exec(beginning)?.[0] ?? beginning.slice(0, -1)} …`;
}

function sideHtml(side: Side): string {
  const who = side.person?.name ?? side.description;
  const forWhom = [
    side.country && marked(side.countryCertainty, escapeHtml(side.country.name)),
    side.organization && marked(side.organizationCertainty, escapeHtml(side.organization.name)),
  ].filter((one) => one !== null);
  if (who === null) return `<b>${forWhom.join(" and ")}</b>`;
  const whom = forWhom.length > 0 ? ` for ${forWhom.join(" and ")}` : "";
  return `<b>${marked(side.personCertainty, escapeHtml(who))}</b>${whom}`;
}

/** The positions of the passages, grouped by document. */
function passagesHtml(citations: Passage[]): string {
  const passages = new Map<string, string[]>();
  for (const { start, end, locator, document } of citations) {
    const passage =
      start === null || end === null
        ? escapeHtml(locator ?? "the whole")
        : `characters ${start.toLocaleString("en")} to ${end.toLocaleString("en")}`;
    const source = documentHtml(document);
    passages.set(source, [...(passages.get(source) ?? []), passage]);
  }
  const proved = [...passages].map(([source, parts]) => `${parts.join(" and ")} of ${source}`);
  return `Proof: ${proved.join("; ")}`;
}

function documentHtml({ title, publisher, url, dateline, datePublished }: Passage["document"]) {
  const names = [title && `“${title}”`, publisher].filter((name) => name !== null);
  const fallback = dateline === null ? "the source" : `the text from “${dateline}”`;
  const name = escapeHtml(names.join(", ") || fallback);
  const isOnTheWeb = url !== null && /^https?:\/\//i.test(url);
  const linked = isOnTheWeb ? `<a href="${escapeHtml(url)}">${name}</a>` : name;
  const isDated = datePublished !== null && (names.length > 0 || dateline === null);
  return isDated ? `${linked}, ${dateHtml(datePublished)}` : linked;
}

/** A partial date: a day, a month or a year. */
function dateHtml(date: string): string {
  const [year, month, day] = date.split("-").map(Number);
  const shown = [day, month && MONTHS[month - 1], year].filter(Boolean).join(" ");
  return `<time datetime="${escapeHtml(date)}">${shown}</time>`;
}

function isInferred(said: StatementNode): boolean {
  const sides = said.speakers.flatMap((side) => [
    side.personCertainty,
    side.countryCertainty,
    side.organizationCertainty,
  ]);
  return [said.dateCertainty, said.placeCertainty, ...sides].includes("INFERRED");
}

function marked(certainty: string | null, html: string): string {
  return certainty === "INFERRED" ? `<i>${html}</i>` : html;
}

/** An enum value in words. */
function words(value: string): string {
  return value.toLowerCase().replaceAll("_", " ");
}
