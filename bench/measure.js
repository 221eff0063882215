"use strict";
// How much a query costs each server: rounds in which they take turns on the same database.

const { setTimeout: sleep } = require("node:timers/promises");
const { askEach, askFor } = require("./client.js");
const { cpuOf, watchMemory } = require("./processes.js");

/**
 * The warm-up before anything is timed, since V8 compiles hot code: this number of requests, and five seconds
 * at least. Slow queries are repeated for half a minute at most. Where rounds are shorter than three seconds all of it is less:
 * quick to see, but not what it costs in the end.
 */
const WARM_UP = { requests: 5_000, step: 5, most: 30, whenRoundsTake: 3 };

/** Repeats a query on every server until its code is compiled. */
async function warmUp(sides, seconds) {
  const share = Math.min(1, seconds / WARM_UP.whenRoundsTake);
  const [step, most, enough] = [WARM_UP.step, WARM_UP.most, WARM_UP.requests].map(
    (each) => each * share,
  );
  for (const { server, requests } of sides) {
    let asked = 0;
    for (let passed = 0; passed < most && asked < enough; passed += step) {
      asked += (await askFor(step, server.port, requests, 16)).latencies.length;
    }
  }
}

/**
 * Measures one query at one concurrency. `sides` are servers with the requests that they are asked; the result has
 * what each took, by the server's name. The first two are compared in all; any others are too slow for that.
 */
async function measure(sides, postmaster, { concurrency, rounds, seconds }) {
  const two = sides.slice(0, 2);
  const rates = [];
  for (const { server, requests } of two) {
    const warm = await askFor(Math.min(1, seconds), server.port, requests, concurrency);
    rates.push(warm.latencies.length / warm.seconds);
  }
  // In a round both are asked the very same, as much as the slower can answer in that time; in the next what follows.
  const count = Math.max(1, Math.floor(Math.min(...rates) * seconds));
  const measured = Object.fromEntries(sides.map(({ server }) => [server.name, []]));
  for (let round = 0; round < rounds; round++) {
    const from = round * count;
    // Who goes first finds less in memory, so that both do in turn.
    for (const { server, requests } of round % 2 === 0 ? two : two.toReversed()) {
      const some = slice(requests, from, count);
      const ask = () => askEach(server.port, some, concurrency);
      measured[server.name].push(await measureRound(server, ask, postmaster));
    }
    // The others as many of these as they can answer.
    for (const { server, requests } of sides.slice(2)) {
      const some = slice(requests, from, count);
      const ask = () => askFor(seconds, server.port, some, concurrency);
      measured[server.name].push(await measureRound(server, ask, postmaster));
    }
  }
  return Object.fromEntries(
    Object.entries(measured).map(([name, rounds]) => [name, summary(rounds)]),
  );
}

/** A number of the requests, from one on and from the beginning again after the last. */
function slice(requests, from, count) {
  return Array.from({ length: count }, (_, i) => requests[(from + i) % requests.length]);
}

async function measureRound(server, ask, postmaster) {
  // What the one before has left to be written and cleared away is not this one's.
  await sleep(50);
  const memory = watchMemory(server.pid);
  const before = { own: cpuOf(server.pid), postgres: cpuOf(postmaster) };
  const asked = await ask();
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

/** How many times what the other takes one takes: the median of the rounds. */
function ratio(one, other, of) {
  return median(one.rounds.map((round, i) => of(round) / of(other.rounds[i])));
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

module.exports = { measure, ratio, warmUp };
