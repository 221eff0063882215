"use strict";
// The example of a mirror as a process beside the service, and what is to be known of it.

const { spawn, spawnSync } = require("node:child_process");
const { join } = require("node:path");
const { setTimeout: sleep } = require("node:timers/promises");
const { connected, ended, ROOT, rowsOf } = require("./database.js");

function compileMirror() {
  const tsc = require.resolve("typescript/bin/tsc");
  const args = [tsc, "-p", join(ROOT, "examples/mirror"), "--noCheck"];
  return spawnSync(process.execPath, args, { stdio: "inherit" }).status === 0;
}

/** The example, killed and started again. */
class Mirror {
  kills = 0;
  #child = null;

  constructor(...addresses) {
    this.addresses = addresses;
  }

  start() {
    const args = [join(ROOT, "dist/mirror/mirror.js"), ...this.addresses, "--every", "0.2"];
    this.#child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
  }

  async kill() {
    if (!this.#child) return;
    const end = ended(this.#child);
    this.#child.kill("SIGKILL");
    this.#child = null;
    await end;
  }

  async restart() {
    await this.kill();
    this.kills += 1;
    this.start();
  }
}

/** Looks how far the mirror is behind, twice a second. */
class Watch {
  lag = [];
  #isOver = false;

  constructor(url, mirrorUrl) {
    this.urls = [url, mirrorUrl];
    this.watching = this.#watch();
  }

  async #watch() {
    await connected(this.urls[0], (record) =>
      connected(this.urls[1], async (mirror) => {
        for (; !this.#isOver; await sleep(500)) {
          const found = await mirror
            .query("SELECT revision FROM mirror_position")
            .catch(() => null);
          if (!found?.rows[0]) continue;
          const { rows } = await record.query(
            `SELECT coalesce(extract(epoch FROM clock_timestamp() - min(recorded_at)), 0)::float8 AS seconds, count(*)::int AS revisions
             FROM record_revision WHERE number > $1`,
            [found.rows[0].revision],
          );
          this.lag.push(rows[0]);
        }
      }),
    );
  }

  /** Waits until the mirror has everything, and gives how many seconds that took. */
  async caughtUp() {
    const began = performance.now();
    do await sleep(500);
    while (this.lag.at(-1).revisions > 0);
    this.#isOver = true;
    await this.watching;
    return (performance.now() - began) / 1_000;
  }
}

/** The types of which the mirror has other items than the record, or statements with other words. */
async function unlike(url, mirrorUrl) {
  const types = {
    PERSON: "person",
    PLACE: "place",
    MEETING: "meeting",
    TENURE: "tenure",
    STATEMENT: "statement",
  };
  const found = [];
  for (const [type, table] of Object.entries(types)) {
    const [words, text] = table === "statement" ? ["text", "(fields->>'text')"] : ["''", "''"];
    const key = table === "statement" || table === "tenure" ? "key" : "slug";
    const digest = (keys, said, from) =>
      `SELECT count(*), md5(string_agg(md5(${keys} || ${said}), '' ORDER BY ${keys} COLLATE "C")) FROM ${from}`;
    const [here] = await rowsOf(url, digest(key, words, table));
    const [there] = await rowsOf(
      mirrorUrl,
      digest("key", text, `mirror_item WHERE type = '${type}' AND fields IS NOT NULL`),
    );
    if (JSON.stringify(here) !== JSON.stringify(there)) found.push(type);
  }
  return found;
}

module.exports = { compileMirror, Mirror, unlike, Watch };
