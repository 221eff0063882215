"use strict";
// A cluster on one machine: etcd, PostgreSQL nodes under Patroni, a PgBouncer for each, services, and HAProxy before these.
// docs/cluster.md says what it is for. One machine is enough to try it and to see what failures do, not to survive one.

const { chmodSync, chownSync, mkdirSync, readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { setTimeout: sleep } = require("node:timers/promises");
const { ROOT, rowsOf } = require("../database.js");
const { signalTree } = require("../processes.js");
const { freePort } = require("../servers.js");
const { nobody, programs } = require("../system-postgres.js");
const { DRAIN_MS, etcd, haproxy, patroni, pgbouncer } = require("./config.js");
const { Program } = require("./programs.js");

/** How long a step of starting or healing may take. */
const PATIENCE_MS = 120_000;

class Cluster {
  nodes = [];
  services = [];
  #user = process.getuid() === 0 ? nobody() : {};
  #started = [];

  constructor(directory) {
    this.directory = directory;
    chmodSync(directory, 0o711);
    process.once("exit", this.#kill);
  }

  /** Starts all of it; `say` gets a line for each step. */
  async start({ nodes = 3, services = 2, say = () => {} } = {}) {
    say("etcd…");
    this.etcdPort = await freePort();
    const peerPort = await freePort();
    const args = etcd(this.#place("etcd"), this.etcdPort, peerPort);
    this.#program("etcd", this.#user).start("etcd", args);
    await until("etcd answers", () => answers(`http://127.0.0.1:${this.etcdPort}/health`));
    for (let i = 1; i <= nodes; i++) {
      say(`PostgreSQL node ${i} of ${nodes}…`);
      await this.addNode();
    }
    await rowsOf(this.nodes[0].superuserUrl, "CREATE ROLE communique LOGIN IN ROLE pg_monitor");
    await rowsOf(this.nodes[0].superuserUrl, "CREATE DATABASE communique OWNER communique");
    for (let i = 1; i <= services; i++) {
      say(`service ${i} of ${services}…`);
      await this.#addService();
    }
    say("HAProxy…");
    this.port = await freePort();
    const file = join(this.directory, "haproxy.cfg");
    writeFileSync(file, haproxy(this.port, this.services));
    this.haproxy = this.#program("haproxy", {}).start("haproxy", ["-f", file, "-db"]);
    await until("the service answers", () => answers(`http://127.0.0.1:${this.port}/ready`));
  }

  /** The URL of the primary, by way of the PgBouncers: for loads and whatever else connects often. */
  get pooledUrl() {
    return `${urlOf(this.nodes.map(({ bouncerPort }) => bouncerPort))}?target_session_attrs=primary`;
  }

  /**
   * The URL of all nodes. The services have pools of their own, and see a promotion with the first response of a node, which a PgBouncer does
   * not pass on.
   */
  get directUrl() {
    return urlOf(this.nodes.map(({ port }) => port));
  }

  async addNode() {
    const name = `node-${this.nodes.length + 1}`;
    const data = this.#place(name);
    const [port, apiPort, bouncerPort] = [await freePort(), await freePort(), await freePort()];
    const node = {
      name,
      port,
      apiPort,
      bouncerPort,
      data,
      superuserUrl: `postgres://postgres@127.0.0.1:${port}/postgres`,
    };
    const file = join(this.directory, `${name}.yml`);
    writeFileSync(file, patroni(node, this.etcdPort, programs()));
    node.patroni = this.#program(name, this.#user).start("patroni", [file]);
    await until(`${name} is up`, () => answers(`http://127.0.0.1:${apiPort}/health`));
    if (this.nodes.length === 0) {
      await until("there is a primary", () => answers(`http://127.0.0.1:${apiPort}/primary`));
    }
    const users = join(this.directory, "users.txt");
    writeFileSync(users, '"communique" ""\n"postgres" ""\n');
    const ini = join(this.directory, `${name}.ini`);
    writeFileSync(ini, pgbouncer(node, users));
    node.bouncer = this.#program(`${name}-pgbouncer`, this.#user).start("pgbouncer", [ini]);
    this.nodes.push(node);
    return node;
  }

  async #addService() {
    const port = await freePort();
    const name = `service-${this.services.length + 1}`;
    const program = this.#program(name, {
      env: {
        NODE_ENV: "production",
        PORT: String(port),
        DATABASE_URL: `${this.directUrl}?target_session_attrs=primary`,
        DATABASE_REPLICA_URLS: this.directUrl,
        COMMUNIQUE_DRAIN_MS: String(DRAIN_MS),
        COMMUNIQUE_PAGES: "true",
        COMMUNIQUE_EXPLORER: "true",
      },
    });
    program.start(process.execPath, [join(ROOT, "bin", "communique.js"), "start"]);
    const service = { name, port, program };
    await this.ready(service);
    this.services.push(service);
  }

  ready({ name, port }) {
    return until(`${name} is ready`, () => answers(`http://127.0.0.1:${port}/ready`));
  }

  /** The node that is the primary, as Patroni says. */
  async primary() {
    for (const node of this.nodes) {
      if (await answers(`http://127.0.0.1:${node.apiPort}/primary`)) return node;
    }
    return undefined;
  }

  /** The nodes that are not. */
  async standbys() {
    const primary = await this.primary();
    return this.nodes.filter((node) => node !== primary);
  }

  /** Waits until one node is the primary, and all others stream from it. */
  async healed() {
    await until("all nodes are in order", async () => {
      const primary = await this.primary();
      if (!primary) return false;
      const response = await fetch(`http://127.0.0.1:${primary.apiPort}/cluster`);
      const { members } = await response.json();
      const states = members.map(({ role, state }) => (role === "leader" ? "leader" : state));
      return (
        members.length === this.nodes.length &&
        states.filter((state) => state === "leader").length === 1 &&
        states.every((state) => state === "leader" || state === "streaming")
      );
    });
  }

  /** Sends a signal to PostgreSQL on a node, all its processes. */
  signalPostgres(node, signal) {
    signalTree(this.postmaster(node), signal);
  }

  /** The process id of PostgreSQL on a node. */
  postmaster(node) {
    const file = join(node.data, "pgdata", "postmaster.pid");
    return Number(readFileSync(file, "utf8").split("\n")[0]);
  }

  /** A planned failover, as `patronictl switchover` asks for it. */
  async switchover() {
    const primary = await this.primary();
    const response = await fetch(`http://127.0.0.1:${primary.apiPort}/switchover`, {
      method: "POST",
      body: JSON.stringify({ leader: primary.name }),
    });
    if (!response.ok) throw new Error(`Patroni refuses a switchover: ${await response.text()}`);
  }

  /** Ends everything; the data stays in the directory. */
  async stop() {
    for (const { program } of this.services) program.kill();
    for (const node of this.nodes) this.#tryToSignal(node, "SIGCONT");
    await Promise.all(this.nodes.map(({ patroni }) => patroni.stop()));
    this.#kill();
  }

  /** At once, for a process that is about to end. */
  #kill = () => {
    for (const program of this.#started) program.kill();
    for (const node of this.nodes) this.#tryToSignal(node, "SIGKILL");
  };

  #tryToSignal(node, signal) {
    try {
      this.signalPostgres(node, signal);
    } catch {
      // It is not running.
    }
  }

  #program(name, options) {
    const program = new Program(name, this.directory, options);
    this.#started.push(program);
    return program;
  }

  #place(name) {
    const data = join(this.directory, name);
    mkdirSync(data, { mode: 0o700 });
    if (this.#user.uid !== undefined) chownSync(data, this.#user.uid, this.#user.gid);
    return data;
  }
}

function urlOf(ports) {
  return `postgres://communique@${ports.map((port) => `127.0.0.1:${port}`).join()}/communique`;
}

/** Whether something answers with 200 within a second. */
async function answers(url) {
  return fetch(url, { signal: AbortSignal.timeout(1_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function until(what, isSo) {
  for (const began = performance.now(); !(await isSo()); await sleep(100)) {
    if (performance.now() - began > PATIENCE_MS)
      throw new Error(`${what}: not within ${PATIENCE_MS / 1_000} s`);
  }
}

module.exports = { Cluster, urlOf };
