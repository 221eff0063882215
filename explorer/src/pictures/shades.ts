import { html, type Html } from "../html.js";

/** How many shades of one hue style.css has, from the fewest to the most. */
const SHADES = 5;

/** The upper bounds of at most five classes of counts: each count if there are few, else each several times the one before. */
export function classesOf(counts: readonly number[]): number[] {
  const all = [...new Set(counts)].sort((a, b) => a - b);
  const most = all.at(-1);
  if (most === undefined || all.length <= SHADES) return all;
  const bounds = Array.from({ length: SHADES - 1 }, (_, i) => rounded(most ** ((i + 1) / SHADES)));
  return [...new Set([...bounds.filter((bound) => bound < most), most])];
}

/** To one digit and zeros. */
function rounded(bound: number): number {
  const unit = 10 ** Math.floor(Math.log10(bound));
  return Math.round(bound / unit) * unit;
}

/** The class of style.css for a count of at least 1. */
export function shadeOf(count: number, bounds: readonly number[]): string {
  const found = bounds.findIndex((bound) => count <= bound);
  const index = found < 0 ? bounds.length - 1 : found;
  // Few classes are as far apart as can be.
  const shade =
    bounds.length < 2 ? 4 : 1 + Math.round((index * (SHADES - 1)) / (bounds.length - 1));
  return `shade-${shade}`;
}

/** What the shades mean: of each the counts that have it, from the least to the most. */
export function legendOf(counts: readonly number[], bounds: readonly number[], what: string): Html {
  const classes = bounds.map((bound, i) => {
    const within = counts.filter((count) => count <= bound && count > (bounds[i - 1] ?? 0));
    return { bound, ends: [...new Set([Math.min(...within), Math.max(...within)])] };
  });
  return html`<ul class="legend" aria-label="${what}">
${classes
  .filter(({ ends }) => ends.every(Number.isFinite))
  .map(({ bound, ends }) => {
    const swatch = html`<svg width="18" height="18" aria-hidden="true"><rect x="1" y="1" width="16" height="16" rx="3" class="shade ${shadeOf(bound, bounds)}"/></svg>`;
    return html`<li>${swatch} ${ends.map((end) => end.toLocaleString("en")).join("–")}</li>`;
  })}
<li class="soft">${what}</li></ul>`;
}
