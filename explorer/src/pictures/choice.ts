import { html, joined, type Content } from "../html.js";
import type { Visit } from "../visit.js";
import { type Counts, much, type Subject } from "./subject.js";

/** Whether a picture counts statements or meetings, and links to choose: without a choice what there is more of. */
export function choice(visit: Visit, { counts, met }: Subject): { chosen: Counts; links: Content } {
  if (!met) return { chosen: "statements", links: null };
  const asked = visit.parameter("of");
  const more = (counts.statements ?? 0) >= (counts.meetings ?? 0) ? "statements" : "meetings";
  const chosen = asked === "statements" || asked === "meetings" ? asked : more;
  const links = (["statements", "meetings"] as const).map((of) => {
    const count = counts[of];
    const label = count === null ? of : much(count, of);
    return of === chosen
      ? html`<strong>${label}</strong>`
      : html`<a href="${visit.here({ of, from: null })}">${label}</a>`;
  });
  return { chosen, links: html`<p class="narrow">Counted: ${joined(links, " · ")}</p>` };
}
