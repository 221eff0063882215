"use strict";
// How much a question costs each server: rounds in which they take turns on the same database.

const { setTimeout: sleep } = require("node:timers/promises");
const { askFor } = require("./client.js");
const { cpuOf, watchMemory } = require("./processes.js");

/**
 * How much is asked before anything is timed, since V8 compiles what has become hot: so many requests, and five seconds
 * at least. Slow questions are asked for half a minute at most.
 */
const WARM_UP = { requests: 5_000, step: 5, most: 30 };

/** Has every server answer a question until it does so as fast as it can. */
async function warmUp(sides) {
  const { step, most, requests: enough } = WARM_UP;
  for (const { server, requests } of sides) {
    let asked = 0;
    for (let seconds = 0; seconds < most && asked < enough; seconds += step) {
      asked += (await askFor(step, server.port, requests, 16)).latencies.length;
    }
  }
}

/**
 * Measures one question at one concurrency. `sides` are servers with the requests that they are asked; the result has
 * what each took, by the server's name.
 */
async function measure(sides, postmaster, { concurrency, rounds, seconds }) {
  const rates = [];
  for (const { server, requests } of sides) {
    const warm = await askFor(Math.min(1, seconds), server.port, requests, concurrency);
    rates.push(warm.latencies.length / warm.seconds);
  }
  // In a round all are asked the same: as many requests as the slowest can answer, and these again where there is time.
  const count = Math.max(1, Math.floor(Math.min(...rates) * seconds));
  const measured = sides.map(() => []);
  for (let round = 0; round < rounds; round++) {
    // Each goes first in turn.
    for (let turn = 0; turn < sides.length; turn++) {
      const at = (round + turn) % sides.length;
      const { server, requests } = sides[at];
      const some = slice(requests, round * count, count);
      measured[at].push(await measureRound(server, some, postmaster, seconds, concurrency));
    }
  }
  return Object.fromEntries(sides.map(({ server }, at) => [server.name, summary(measured[at])]));
}

/** So many of the requests from one on, from the beginning again after the last; all where there are no more. */
function slice(requests, from, count) {
  const length = Math.min(count, requests.length);
  return Array.from({ length }, (_, i) => requests[(from + i) % requests.length]);
}

async function measureRound(server, requests, postmaster, seconds, concurrency) {
  // What the one before has left to be written and cleared away is not this one's.
  await sleep(50);
  const memory = watchMemory(server.pid);
  const before = { own: cpuOf(server.pid), postgres: cpuOf(postmaster) };
  const asked = await askFor(seconds, server.port, requests, concurrency);
  const count = asked.latencies.length;
  return {
    latencies: asked.latencies,
    throughput: count / asked.seconds,
    own: (cpuOf(server.pid) - before.own) / count,
    postgres: (cpuOf(postmaster) - before.postgres) / count,
    memory: memory(),
  };
}

/** The medians of the rounds, the latencies of all requests, and each round for ratios. */
function summary(rounds) {
  const of = (what) => median(rounds.map((round) => round[what]));
  const latencies = Float64Array.from(rounds.flatMap((round) => round.latencies)).sort();
  return {
    requests: latencies.length,
    throughput: of("throughput"),
    own: of("own"),
    postgres: of("postgres"),
    p50: latencies[Math.floor(latencies.length * 0.5)],
    p99: latencies[Math.floor(latencies.length * 0.99)],
    memory: Math.max(...rounds.map((round) => round.memory)),
    rounds: rounds.map(({ throughput, own, postgres }) => ({ throughput, own, postgres })),
  };
}

/** How many times what the other takes one takes: the median of the rounds, in each of which both were asked the same. */
function ratio(one, other, of) {
  return median(one.rounds.map((round, i) => of(round) / of(other.rounds[i])));
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

module.exports = { measure, ratio, warmUp };
