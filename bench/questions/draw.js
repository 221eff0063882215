"use strict";
// The values that a query is run with: frequent ones more often, and the rest too.

const { Chance } = require("../world.js");

/**
 * A number of the rows: the most frequent, as many by how often they occur (`times`) as make up half, and the others each
 * as likely as the next. In an order that means nothing, and the same each time.
 */
function drawn(rows, count, seed) {
  const chance = new Chance(seed);
  const top = rows.reduce((most, row) => (row.times > most.times ? row : most), rows[0]);
  const byTimes = weighted(rows, chance);
  const some = Array.from({ length: count }, (_, i) => {
    if (i === 0) return top;
    return i < count / 2 ? byTimes() : rows[chance.below(rows.length)];
  });
  return shuffled(some, chance);
}

/** Draws rows, each as often as it occurs. */
function weighted(rows, chance) {
  let sum = 0;
  const sums = rows.map(({ times }) => (sum += times));
  return () => {
    const wanted = chance.next() * sum;
    let [low, high] = [0, sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle] > wanted) high = middle;
      else low = middle + 1;
    }
    return rows[low];
  };
}

function shuffled(items, chance) {
  const all = [...items];
  for (let i = all.length - 1; i > 0; i--) {
    const j = chance.below(i + 1);
    [all[i], all[j]] = [all[j], all[i]];
  }
  return all;
}

/** Who has said how much. */
const SPEAKERS = `SELECT person, count(*)::int AS times FROM floor.said_by GROUP BY 1 ORDER BY 1`;

module.exports = { drawn, shuffled, SPEAKERS, weighted };
