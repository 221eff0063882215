"use strict";
// How long a command takes, from its start to its end.

const { spawn } = require("node:child_process");
const { join } = require("node:path");

/** Runs `communique` a few times; returns the median of the seconds. */
async function communiqueTimed(args, times = 3) {
  const taken = [];
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    await new Promise((done, fail) =>
      spawn(process.execPath, [join(__dirname, "..", "bin", "communique.js"), ...args], {
        stdio: "ignore",
      })
        .on("error", fail)
        .on("exit", (code) => (code === 0 ? done() : fail(new Error(`ended with ${code}`)))),
    );
    taken.push((performance.now() - start) / 1000);
  }
  return taken.sort((a, b) => a - b)[Math.floor(times / 2)];
}

module.exports = { communiqueTimed };
