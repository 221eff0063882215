"use strict";
// A client that costs little, since it runs on the same processors as what it measures: connections that are kept,
// requests that are written beforehand, and answers of which nothing but their length is read.

const { connect } = require("node:net");

/** The bytes of a request with a JSON body. */
function requestOf(path, body) {
  const bytes = Buffer.from(JSON.stringify(body));
  const head = [
    `POST ${path} HTTP/1.1`,
    "host: 127.0.0.1",
    "accept: application/json",
    "content-type: application/json",
    `content-length: ${bytes.length}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`), bytes]);
}

/** One connection, which sends one request at a time. */
class Connection {
  #socket;
  #read = [];
  #length = 0;
  /** How long the whole answer is; null until its head is there. */
  #wanted = null;
  #bodyAt = 0;
  #waiting = null;

  constructor(port) {
    this.#socket = connect({ port, host: "127.0.0.1", noDelay: true });
    this.#socket.on("data", (chunk) => this.#take(chunk));
    this.#socket.on("error", (error) => this.#fail(error));
    this.#socket.on("close", () => this.#fail(new Error("the connection was closed")));
  }

  /** The body of the answer to these bytes; fails where its status is not 200. */
  ask(bytes) {
    return new Promise((done, fail) => {
      this.#waiting = { done, fail };
      this.#socket.write(bytes);
    });
  }

  close() {
    this.#socket.destroy();
  }

  #take(chunk) {
    this.#read.push(chunk);
    this.#length += chunk.length;
    if (this.#wanted === null) this.#readHead();
    if (this.#wanted === null || this.#length < this.#wanted) return;
    const answer = this.#read.length === 1 ? this.#read[0] : Buffer.concat(this.#read);
    const body = answer.subarray(this.#bodyAt);
    this.#read = [];
    this.#length = 0;
    this.#wanted = null;
    const waiting = this.#waiting;
    this.#waiting = null;
    // HTTP/1.1 200
    if (answer[9] === 0x32) waiting.done(body);
    else waiting.fail(new Error(answer.toString()));
  }

  #readHead() {
    const answer = Buffer.concat(this.#read);
    const end = answer.indexOf("\r\n\r\n");
    if (end === -1) return;
    const [, length] = /\r\ncontent-length: *(\d+)/i.exec(answer.latin1Slice(0, end)) ?? [];
    if (length === undefined) throw new Error("a response has no Content-Length");
    this.#bodyAt = end + 4;
    this.#wanted = this.#bodyAt + Number(length);
  }

  #fail(error) {
    this.#waiting?.fail(error);
    this.#waiting = null;
  }
}

/** Sends each request once, with this concurrency; returns the bodies in their order. */
async function askAll(port, requests, concurrency = 4) {
  const bodies = [];
  let next = 0;
  await onConnections(port, concurrency, async (connection) => {
    while (next < requests.length) {
      const at = next++;
      bodies[at] = await connection.ask(requests[at]);
    }
  });
  return bodies;
}

/** Sends requests round-robin for this duration; returns the latencies in ms. */
async function askFor(seconds, port, requests, concurrency) {
  return askWhile((_, passed) => passed < seconds * 1_000, port, requests, concurrency);
}

/** Sends each request once; returns the latencies in ms. */
async function askEach(port, requests, concurrency) {
  return askWhile((asked) => asked < requests.length, port, requests, concurrency);
}

/** Sends requests while the function, given their number and the ms passed, returns true. */
async function askWhile(goesOn, port, requests, concurrency) {
  const latencies = [];
  let next = 0;
  const began = performance.now();
  await onConnections(port, concurrency, async (connection) => {
    for (let asked = performance.now(); goesOn(next, asked - began);) {
      await connection.ask(requests[next++ % requests.length]);
      const answered = performance.now();
      latencies.push(answered - asked);
      asked = answered;
    }
  });
  return { latencies, seconds: (performance.now() - began) / 1_000 };
}

/** Opens this number of connections, and closes them when all are done. */
async function onConnections(port, count, use) {
  const connections = Array.from({ length: count }, () => new Connection(port));
  try {
    await Promise.all(connections.map(use));
  } finally {
    for (const connection of connections) connection.close();
  }
}

module.exports = { Connection, askAll, askEach, askFor, onConnections, requestOf };
