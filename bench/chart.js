"use strict";
// The chart of a run: how many times the floor's CPU a request takes, by question.

const { ratio } = require("./measure.js");

const ROW = 34;
const BAR = 16;
const LEFT = 130;
const WIDTH = 820;
const TOP = 92;
const PLOT = WIDTH - LEFT - 70;

const STYLE = `
  .paper { fill: #ffffff } .ink { fill: #1f2328 } .soft { fill: #59636e } .rule { stroke: #d1d9e0 }
  .one { stroke: #1f2328 } .own { fill: #2f6fde } .postgres { fill: #9dc1f7 }
  .target { stroke: #bc4c00; stroke-width: 2.5 }
  text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif } .title { font-size: 17px; font-weight: 600 }
  .small { font-size: 11.5px } .value { font-weight: 600; font-variant-numeric: tabular-nums; paint-order: stroke; stroke: #ffffff; stroke-width: 5px }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #0d1117 } .ink { fill: #f0f6fc } .soft { fill: #9198a1 } .rule { stroke: #3d444d }
    .one { stroke: #f0f6fc } .own { fill: #4f8ff7 } .postgres { fill: #264a82 }
    .value { stroke: #0d1117 } .target { stroke: #f0883e }
  }`;

/** An SVG of what each question costs when most are asked at a time. */
function chartOf({ statements, questions }) {
  const concurrency = Object.keys(questions[0].measured).at(-1);
  const rows = questions.map(({ name, targets, measured }) => {
    const { service, floor } = measured[concurrency];
    const total = ratio(service, floor, ({ own, postgres }) => own + postgres);
    const share = service.postgres / (service.own + service.postgres);
    return { name, target: targets.total, postgres: total * share, total };
  });
  const most = Math.ceil(Math.max(3, ...rows.map(({ total }) => total)) * 1.02);
  const x = (value) => LEFT + (value / most) * PLOT;
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
  ].join("\n");
}

/** Whole numbers, not too many. */
function ticks(most) {
  const step = Math.ceil(most / 10);
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, i) => i * step);
}

function tick(value, x, bottom) {
  const mark = value === 1 ? "one" : "rule";
  const label = value === 1 ? "1 = floor" : value;
  return `<path class="${mark}" d="M${x} ${TOP - 6}V${bottom}"/><text class="soft small" text-anchor="middle" x="${x}" y="${bottom + 17}">${label}</text>`;
}

function bar({ name, target, postgres, total }, x, y) {
  const middle = y + ROW / 2;
  const top = middle - BAR / 2;
  const to = (value) => x(value).toFixed(1);
  const width = (from, till) => Math.max(0, x(till) - x(from)).toFixed(1);
  return `<text class="ink" text-anchor="end" x="${LEFT - 10}" y="${middle + 4}">${name}</text>
<rect class="postgres" x="${to(0)}" y="${top}" width="${width(0, postgres)}" height="${BAR}"/>
<rect class="own" x="${to(postgres)}" y="${top}" width="${width(postgres, total)}" height="${BAR}"/>
<path class="target" d="M${to(target)} ${top - 4}v${BAR + 8}"/>
<text class="ink value" x="${(x(Math.max(total, 0)) + 7).toFixed(1)}" y="${middle + 4}">${total.toFixed(2)}</text>`;
}

module.exports = { chartOf };
