import { html, type Content } from "../html.js";
import { panel, type Site } from "../layout.js";
import type { Visit } from "../visit.js";
import { type Column, columnChart } from "./columns.js";
import { byValue, type Counted } from "../counts.js";
import { listAddress, much, type Subject, sum } from "./subject.js";
import { figureOf } from "./svg.js";
import { notShown, unreadable } from "./notices.js";

/** Past this many years those without anything are left out, so that the columns stay wide enough to see. */
const MAX_SPAN = 300;

/** The years from the first to the last that was counted; only those that were if they are too far apart. */
export function yearsOf(...counted: readonly (readonly Counted[])[]): string[] {
  const years = [...new Set(counted.flat().map(({ value }) => value))].sort();
  const [first, last] = [Number(years[0]), Number(years.at(-1))];
  if (years.length === 0 || last - first >= MAX_SPAN) return years;
  return Array.from({ length: last - first + 1 }, (_, i) => String(first + i).padStart(4, "0"));
}

/** How many statements were made each year. Each year links to its list. */
export function years(_visit: Visit, site: Site, subject: Subject): Content {
  const counts = subject.years.statements;
  return panel(site, {
    id: "picture",
    title: "Statements by year",
    question: subject.question,
    content: counts ? picture(subject, counts) : unreadable,
  });
}

function picture(subject: Subject, counts: readonly Counted[]): Content {
  if (counts.length === 0) return html`<p class="none">No statement with a date is on record.</p>`;
  const said = byValue(counts);
  const shown = yearsOf(counts);
  const columns = shown.map((year): Column => {
    const up = said.get(year) ?? 0;
    const href = listAddress(subject, "statements", { year });
    return { label: year, says: `${year}: ${much(up, "statements")}`, href, up };
  });
  const counted = columns.filter(({ up }) => up > 0);
  return figureOf({
    begins: "timed",
    drawing: columnChart(columns, {
      title: `Statements ${subject.saidHow} by year`,
      description: `${columns.length} columns, one a year from ${shown[0]} to ${shown.at(-1)}. Each is a link to the statements of its year.`,
      up: "statements a year",
    }),
    caption: html`Each column is a link to what was said that year. ${notShown(
      "without a date or in years with the fewest",
      [{ of: "statements", total: subject.counts.statements, shown: sum(counts) }],
    )}`,
    table: {
      caption: `Statements ${subject.saidHow} by year`,
      columns: ["Year", "Statements"],
      rows: counted.map(({ label, href, up }) => [
        label,
        html`<a href="${href}">${much(up, "statements")}</a>`,
      ]),
    },
  });
}
