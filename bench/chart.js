"use strict";
// The chart of a run: CPU per request of each server relative to the floor, by query.

const { ratio } = require("./measure.js");

const ROW = 50;
const BAR = 16;
const THIN = 7;
/** What takes more is cut off here, and has its number. */
const MOST = 12;
const LEFT = 130;
const WIDTH = 820;
const TOP = 92;
const PLOT = WIDTH - LEFT - 70;

const STYLE = `
  .paper { fill: #ffffff } .ink { fill: #1f2328 } .soft { fill: #59636e } .rule { stroke: #d1d9e0 }
  .one { stroke: #1f2328 } .own { fill: #2f6fde } .postgres { fill: #9dc1f7 }
  .postgraphile { fill: #8250df } .tutorial { fill: #b7bdc4 }
  .target { stroke: #bc4c00; stroke-width: 2.5 }
  text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif } .title { font-size: 17px; font-weight: 600 }
  .small { font-size: 11.5px } .value { font-weight: 600; font-variant-numeric: tabular-nums; paint-order: stroke; stroke: #ffffff; stroke-width: 5px }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #0d1117 } .ink { fill: #f0f6fc } .soft { fill: #9198a1 } .rule { stroke: #3d444d }
    .one { stroke: #f0f6fc } .own { fill: #4f8ff7 } .postgres { fill: #264a82 }
    .postgraphile { fill: #a371f7 } .tutorial { fill: #59636e }
    .value { stroke: #0d1117 } .target { stroke: #f0883e }
  }`;

/** An SVG of the cost of each query at the highest concurrency. */
function chartOf({ statements, questions }) {
  const concurrency = Object.keys(questions[0].measured).at(-1);
  const rows = questions.map(({ name, targets, measured }) => {
    const { service, floor, ...others } = measured[concurrency];
    const times = (server) => ratio(server, floor, ({ own, postgres }) => own + postgres);
    const total = times(service);
    const share = service.postgres / (service.own + service.postgres);
    const beside = Object.entries(others).map(([other, server]) => [other, times(server)]);
    return { name, target: targets.total, postgres: total * share, total, beside };
  });
  const all = rows.flatMap(({ total, beside }) => [total, ...beside.map(([, value]) => value)]);
  const most = Math.min(MOST, Math.ceil(Math.max(3, ...all) * 1.02));
  const x = (value) => LEFT + (Math.min(value, most) / most) * PLOT;
  const height = TOP + rows.length * ROW + 34;
  const bottom = TOP + rows.length * ROW;
  const said = `CPU of a request at ${statements.toLocaleString("en")} statements, ${concurrency} at a time`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${said}">
<style>${STYLE}
</style>
<rect class="paper" width="${WIDTH}" height="${height}" rx="8"/>
<text class="ink title" x="20" y="32">${said}</text>
<text class="soft" x="20" y="52">Times what the floor takes, itself and its PostgreSQL together. Shorter is better.</text>
${legend()}
${ticks(most)
  .map((value) => tick(value, x(value), bottom))
  .join("\n")}
${rows.map((row, i) => bar(row, x, TOP + i * ROW)).join("\n")}
</svg>
`;
}

function legend() {
  const entry = (at, mark, text) =>
    `${mark}<text class="soft small" x="${at + 17}" y="74">${text}</text>`;
  const box = (at, name) =>
    `<rect class="${name}" x="${at}" y="64" width="11" height="11" rx="2"/>`;
  return [
    entry(20, box(20, "postgres"), "PostgreSQL, for the service"),
    entry(212, box(212, "own"), "the service itself"),
    entry(345, `<path class="target" d="M351 63v13"/>`, "at most"),
    entry(430, box(430, "postgraphile"), "PostGraphile"),
    entry(535, box(535, "tutorial"), "tutorial"),
  ].join("\n");
}

/** Whole numbers, not too many, and the floor. */
function ticks(most) {
  const step = Math.ceil(most / 10);
  const all = Array.from({ length: Math.floor(most / step) + 1 }, (_, i) => i * step);
  return step === 1 ? all : [0, 1, ...all.slice(1)];
}

function tick(value, x, bottom) {
  const mark = value === 1 ? "one" : "rule";
  const label = value === 1 ? "1 = floor" : value;
  return `<path class="${mark}" d="M${x} ${TOP - 6}V${bottom}"/><text class="soft small" text-anchor="middle" x="${x}" y="${bottom + 17}">${label}</text>`;
}

function bar({ name, target, postgres, total, beside }, x, y) {
  const top = y + 4;
  const to = (value) => x(value).toFixed(1);
  const width = (from, till) => Math.max(0, x(till) - x(from)).toFixed(1);
  const thin = beside.map(([server, value], i) => {
    const at = top + BAR + 2 + i * (THIN + 2);
    return `<rect class="${server}" x="${to(0)}" y="${at}" width="${width(0, value)}" height="${THIN}"/>
<text class="soft small" x="${(x(value) + 7).toFixed(1)}" y="${at + THIN}">${value.toFixed(1)}</text>`;
  });
  return `<text class="ink" text-anchor="end" x="${LEFT - 10}" y="${top + BAR - 4}">${name}</text>
<rect class="postgres" x="${to(0)}" y="${top}" width="${width(0, postgres)}" height="${BAR}"/>
<rect class="own" x="${to(postgres)}" y="${top}" width="${width(postgres, total)}" height="${BAR}"/>
<path class="target" d="M${to(target)} ${top - 4}v${BAR + 8}"/>
<text class="ink value" x="${(x(total) + 7).toFixed(1)}" y="${top + BAR - 3}">${total.toFixed(2)}</text>
${thin.join("\n")}`;
}

module.exports = { chartOf };
