const { readFileSync } = require("node:fs");
const Sequencer = require("@jest/test-sequencer").default;

/**
 * Runs the longest files first, so that at the end no worker waits for another. jest knows the longest from the last run; in a
 * fresh clone it goes by size, but the most time is taken by those that allow themselves the most.
 */
module.exports = class extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    if (sorted.some(({ duration }) => duration)) return sorted;
    const allowed = new Map(sorted.map((test) => [test, longestTimeout(test.path)]));
    return sorted.sort((a, b) => allowed.get(b) - allowed.get(a));
  }
};

/** The longest timeout in milliseconds that a file sets, for all of its tests or for one. */
function longestTimeout(path) {
  const source = readFileSync(path, "utf8");
  const timeouts = [...source.matchAll(/^(?:jest\.setTimeout\(|\s*\}, )([\d_]+)\);/gm)];
  return Math.max(0, ...timeouts.map(([, number]) => Number(number.replaceAll("_", ""))));
}
