import { type Explorer, theCountry } from "../../explorer/src/explorer.js";
import { counted } from "../records/record.counted.js";
import { escapeHtml } from "./html.js";

interface Named {
  slug: string;
  name: string;
}

interface Side {
  person: Named | null;
  personCertainty: string | null;
  country: { code: string; name: string } | null;
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
  key: string;
  text: string;
  form: string;
  joint: boolean;
  standing: string;
  date: string | null;
  dateCertainty: string | null;
  place: Named | null;
  placeCertainty: string | null;
  meeting: { slug: string; title: string } | null;
  speakers: Side[];
  citations: Passage[];
}

/** A page of statements, as selected by the headline query. */
export interface StatementsPage {
  totalCount: number;
  nodes: StatementNode[];
}

/** The address of the page of an item; null if the items have no pages here. */
export type PathOf = Explorer["pathOf"] | null;

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

/**
 * A page of statements as HTML: the count, and each statement with its speakers, date, place, form and passages. What it names is
 * linked to its page.
 */
export function statementsHtml({ totalCount, nodes }: StatementsPage, pathOf: PathOf): string {
  const inferred = nodes.some(isInferred)
    ? " <i>Italics</i> mark inferred facts: the source does not state them explicitly."
    : "";
  return `<p class="count">${countHtml(totalCount, nodes)}${inferred}</p>
${listHtml(nodes.slice(0, FIRST), pathOf)}${
    nodes.length > FIRST
      ? `
<details><summary>${nodes.length - FIRST} more</summary>
${listHtml(nodes.slice(FIRST), pathOf)}
</details>`
      : ""
  }`;
}

function listHtml(nodes: StatementNode[], pathOf: PathOf): string {
  return `<ol class="statements">
${nodes.map((said) => statementHtml(said, pathOf)).join("\n")}
</ol>`;
}

function countHtml(total: number, nodes: StatementNode[]): string {
  const count = `<strong>${counted(total, "statement")}</strong>`;
  if (nodes.length < total) return `${count}; the latest ${nodes.length} are shown.`;
  const joint = nodes.filter((said) => said.joint).length;
  return joint > 0 ? `${count}, ${joint} of them joint.` : `${count}.`;
}

function statementHtml(said: StatementNode, pathOf: PathOf): string {
  const { key, text, form, standing, date, place, meeting, speakers, citations } = said;
  const toPlace = place && linked(pathOf, "place", place.slug, place.name, said.placeCertainty);
  const toMeeting = meeting && linked(pathOf, "meeting", meeting.slug, meeting.title);
  const facts = [
    FORMS[form] ?? words(form),
    standing === "CURRENT" ? "" : `<strong>${words(standing)}</strong>`,
    date === null ? "" : marked(said.dateCertainty, dateHtml(date)),
    toPlace,
    toMeeting && `at “${toMeeting}”`,
  ];
  const part = shortened(text);
  const shown = linked(pathOf, "statement", key, form === "VERBATIM" ? `“${part}”` : part);
  const sides = speakers.map((side) => sideHtml(side, pathOf));
  return `<li><blockquote>${shown}</blockquote>
<p>${sides.join(" together with ")}, ${facts.filter(Boolean).join(", ")}</p>
<p class="proof">${passagesHtml(citations)}</p></li>`;
}

/** A name as a link to its page, if there are pages; marked if it is inferred. */
function linked(
  pathOf: PathOf,
  kind: Parameters<Explorer["pathOf"]>[0],
  key: string,
  name: string,
  certainty: string | null = null,
): string {
  const shown = marked(certainty, escapeHtml(name));
  return pathOf === null ? shown : `<a href="${escapeHtml(pathOf(kind, key))}">${shown}</a>`;
}

/** The maximum length of a text on a page. */
const LONGEST_SHOWN = 1_000;

/** Cuts a long text between two words: a note-taker's account may be many pages long. */
function shortened(text: string): string {
  if (text.length <= LONGEST_SHOWN) return text;
  const beginning = text.slice(0, LONGEST_SHOWN);
  return `${/^.*(?=\s)/s.exec(beginning)?.[0] ?? beginning.slice(0, -1)} …`;
}

function sideHtml(side: Side, pathOf: PathOf): string {
  const { person, country, organization, description } = side;
  const isSomebody = person !== null || description !== null;
  const of = [
    country &&
      linked(
        pathOf,
        "country",
        country.code,
        isSomebody ? theCountry(country.name) : country.name,
        side.countryCertainty,
      ),
    organization &&
      linked(
        pathOf,
        "organization",
        organization.slug,
        organization.name,
        side.organizationCertainty,
      ),
  ];
  const forWhom = of.filter((one) => one !== null).join(" and ");
  const who = person
    ? linked(pathOf, "person", person.slug, person.name, side.personCertainty)
    : description !== null && marked(side.personCertainty, escapeHtml(description));
  if (!who) return `<b>${forWhom}</b>`;
  return `<b>${who}</b>${forWhom && ` for ${forWhom}`}`;
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
