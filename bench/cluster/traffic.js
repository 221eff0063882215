"use strict";
// What clients of a cluster do all the while: readers behind the one address, and a writer that loads a record after the other.
// Every answer is held against what was acknowledged when it was asked for.

const { writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { setTimeout: sleep } = require("node:timers/promises");

/** COMMUNIQUE_REPLICA_LAG_MS as it comes: no answer may be older. */
const LAG_MS = 5_000;

/** The writer aborts a load after this time and retries it: a command has no timeout, and a primary may hang. */
const GIVE_UP_MS = 10_000;

const QUERY = `{
  statements(filter: { topics: ["load-of-the-cluster"] }) { totalCount }
  person(slug: "rajnath-singh") { statements(filter: { places: ["vientiane"] }) { totalCount } }
}`;

/** How many statements the shipped records have for that query. */
const HEADLINE = 14;

/** Loads one record after the other, each until it is acknowledged. */
class Writer {
  /** When each record was acknowledged. */
  acknowledged = [];
  /** The longest time between two acknowledgements since `mark()`, in ms. */
  longestGap = 0;
  #last = 0;
  #isOver = false;

  constructor(url, directory) {
    this.url = url;
    this.file = join(directory, "record.json");
  }

  async start() {
    this.mark();
    this.done = this.#write();
  }

  mark() {
    this.#last = performance.now();
    this.longestGap = 0;
  }

  /** The same as of now, also if nothing was acknowledged since. */
  get gap() {
    return Math.max(this.longestGap, performance.now() - this.#last);
  }

  async #write() {
    const { LoadRefused } = require("../../dist/src/records/load/record.load.refusal.js");
    for (let i = 0; !this.#isOver;) {
      writeFileSync(this.file, JSON.stringify(recordOf(i)));
      try {
        await Promise.race([this.#load(), sleep(GIVE_UP_MS).then(gaveUp)]);
      } catch (error) {
        // A record that is refused would never be loaded.
        if (error instanceof LoadRefused) throw error;
        if (error.message !== this.lastError) console.error(`  a load failed: ${error.message}`);
        this.lastError = error.message;
        void this.#disconnect();
        await sleep(100);
        continue;
      }
      const now = performance.now();
      this.longestGap = Math.max(this.longestGap, now - this.#last);
      this.#last = now;
      this.acknowledged.push(now);
      i++;
      await sleep(50);
    }
  }

  async #load() {
    const { createDataSource } = require("../../dist/src/db/data-source.js");
    const { loadAll } = require("../../dist/src/records/load/record.load.js");
    const dataSource = (this.dataSource ??= createDataSource(this.url));
    if (!dataSource.isInitialized) await dataSource.initialize();
    await loadAll(dataSource, [this.file]);
  }

  /** After a failure, as a command that is run again: a PgBouncer keeps connections to a node that is a standby now. */
  async #disconnect() {
    const { dataSource } = this;
    this.dataSource = undefined;
    if (dataSource?.isInitialized) await dataSource.destroy().catch(() => {});
  }

  async stop() {
    this.#isOver = true;
    await this.done;
    await this.#disconnect();
  }
}

function gaveUp() {
  throw new Error(`no answer in ${GIVE_UP_MS / 1_000} s`);
}

/** A record with one statement of a person that is on record anyway. */
function recordOf(i) {
  return {
    format: "communique-record/1",
    document: { key: `cluster/${i}`, kind: "NEWS", language: "en", licence: "CC0-1.0" },
    topics: [{ slug: "load-of-the-cluster", label: "Load of the cluster" }],
    people: [{ slug: "ada-example", name: "Ada Example", sortName: "Example, Ada" }],
    statements: [
      {
        key: `cluster/${i}/only`,
        language: "en",
        text: `The ${i}th word.`,
        form: "REPORTED",
        topics: ["load-of-the-cluster"],
        speakers: [{ person: "ada-example" }],
        citations: [{ start: 0, end: 10 }],
      },
    ],
  };
}

/** Clients that send one query after the other, through the one address. */
class Readers {
  #isOver = false;

  constructor(port, writer, clients) {
    Object.assign(this, { port, writer, clients });
    this.mark();
  }

  /** Counts from nothing. */
  mark() {
    this.counts = {
      answers: 0,
      failed: {},
      wrong: 0,
      stale: 0,
      older: 0,
      firstFailure: 0,
      lastFailure: 0,
    };
    this.newest = 0;
  }

  start() {
    this.done = Promise.all(Array.from({ length: this.clients }, () => this.#read()));
  }

  async #read() {
    while (!this.#isOver) {
      const { counts } = this;
      const asked = performance.now();
      const newest = this.newest;
      const result = await this.#ask();
      counts.answers++;
      if (result.code) {
        counts.failed[result.code] = (counts.failed[result.code] ?? 0) + 1;
        counts.firstFailure ||= asked;
        counts.lastFailure = performance.now();
        await sleep(20);
        continue;
      }
      this.#judge(result.data, asked, newest, counts);
    }
  }

  #judge({ statements, person }, asked, newest, counts) {
    const { acknowledged } = this.writer;
    const count = statements.totalCount;
    // One more than acknowledged may be there: the next, on its way.
    if (person.statements.totalCount !== HEADLINE || count > acknowledged.length + 1)
      counts.wrong++;
    // The first record that is missing must not have been acknowledged before the documented lag.
    if (acknowledged[count] !== undefined && acknowledged[count] < asked - LAG_MS) counts.stale++;
    // Older than the response to another query that ended before this one was sent: allowed within the lag.
    if (count < newest) counts.older++;
    this.newest = Math.max(this.newest, count);
  }

  async #ask() {
    try {
      const response = await fetch(`http://127.0.0.1:${this.port}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query: QUERY }),
        signal: AbortSignal.timeout(15_000),
      });
      const text = await response.text();
      if (!text.startsWith("{")) return { code: `HTTP ${response.status}` };
      const { data, errors } = JSON.parse(text);
      return errors ? { code: errors[0].extensions.code } : { data };
    } catch (error) {
      return { code: error.cause?.code ?? error.name };
    }
  }

  async stop() {
    this.#isOver = true;
    await this.done;
  }
}

module.exports = { Readers, Writer };
