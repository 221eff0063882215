"use strict";
// The programs of a cluster, from the system's packages, and the user that runs those that refuse root.

const { spawn, spawnSync } = require("node:child_process");
const { openSync } = require("node:fs");
const { join } = require("node:path");
const { once } = require("node:events");

/** What has to be installed, and Debian's package for it. */
const PROGRAMS = {
  etcd: "etcd-server",
  patroni: "patroni python3-etcd",
  haproxy: "haproxy",
  pgbouncer: "pgbouncer",
};

/** Where systems have them, beside the PATH of users other than root. */
const PATH = `${process.env.PATH}:/usr/sbin:/usr/local/sbin`;

/** Exits with what to install, if a program is missing. */
function requirePrograms() {
  const missing = Object.entries(PROGRAMS).filter(
    ([name]) => spawnSync("which", [name], { env: { ...process.env, PATH } }).status !== 0,
  );
  if (missing.length === 0) return;
  const packages = missing.map(([, name]) => name).join(" ");
  console.error(`A cluster needs programs that are not installed: apt-get install ${packages}`);
  process.exit(2);
}

/** A program in the background, which logs to a file of its name in the directory. */
class Program {
  #child;

  constructor(name, directory, options = {}) {
    Object.assign(this, { name, directory, options });
  }

  get pid() {
    return this.#child.pid;
  }

  get isRunning() {
    return this.#child?.exitCode === null && this.#child.signalCode === null;
  }

  start(command, args) {
    this.command = [command, args];
    const log = openSync(join(this.directory, `${this.name}.log`), "a");
    this.#child = spawn(command, args, {
      cwd: this.directory,
      stdio: ["ignore", log, log],
      ...this.options,
      env: { ...process.env, PATH, ...this.options.env },
    });
    return this;
  }

  /** Sends a signal and waits for the end. */
  async stop(signal = "SIGTERM") {
    if (!this.isRunning) return;
    this.#child.kill(signal);
    await once(this.#child, "exit");
  }

  async restart(signal) {
    await this.stop(signal);
    this.start(...this.command);
  }

  kill() {
    if (this.isRunning) this.#child.kill("SIGKILL");
  }
}

module.exports = { Program, requirePrograms };
