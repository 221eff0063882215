import { html, type Content, type Html } from "../html.js";
import type { Visit } from "../visit.js";
import { listed } from "../words.js";
import { type Counts, much } from "./subject.js";

/** Instead of a picture whose counts could not be read. */
export const unreadable: Html = html`<p class="notice">This picture can’t be drawn at the moment. Try again shortly.</p>`;

/** How many are on record, and how many of them are in the picture. */
interface Share {
  of: Counts;
  total: number | null;
  shown: number;
}

/** What is not in the picture, and why; nothing if everything is. */
export function notShown(why: string, shares: readonly Share[]): string {
  const missing = shares
    .map(({ of, total, shown }) => ({ of, count: (total ?? shown) - shown }))
    .filter(({ count }) => count > 0)
    .map(({ of, count }) => much(count, of));
  return missing.length === 0 ? "" : `Not in it, ${why}: ${listed(missing)}.`;
}

/** Links to the wider views. */
export function backTo(
  visit: Visit,
  steps: readonly (readonly [at: string | null, label: string])[],
): Content {
  return html`<p class="narrow steps">${steps.map(
    ([at, label]) => html`<a href="${visit.here({ at })}">← ${label}</a>`,
  )}</p>`;
}
