"use strict";
// PostgreSQL as the system has it, with the programs that the embedded one comes without: a server, and streaming
// replicas of it. Root hands it to another user, since PostgreSQL refuses to run as root.

const { spawn, spawnSync } = require("node:child_process");
const {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
} = require("node:fs");
const { join } = require("node:path");
const { ended } = require("./database.js");
const { signalTree } = require("./processes.js");
const { freePort } = require("./servers.js");

/** The oldest that the service works with. */
const OLDEST = 15;
const DEBIAN = "/usr/lib/postgresql";
const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  shared_preload_libraries: "pg_stat_statements",
  timezone: "UTC",
};

/** Where the programs of the newest PostgreSQL are. */
function programs() {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).map(Number) : [];
  const places = [
    ...versions.sort((a, b) => b - a).map((version) => join(DEBIAN, String(version), "bin")),
    ...process.env.PATH.split(":"),
  ];
  const found = places.find((place) =>
    ["initdb", "pg_ctl", "pg_basebackup"].every((name) => existsSync(join(place, name))),
  );
  const version = found && spawnSync(join(found, "pg_ctl"), ["--version"], { encoding: "utf8" });
  if (!version || Number(/(\d+)/.exec(version.stdout)[1]) < OLDEST) {
    throw new Error(
      `There is no PostgreSQL ${OLDEST} or newer with initdb, pg_ctl and pg_basebackup: ` +
        "on Debian, apt-get install postgresql",
    );
  }
  return found;
}

/** Servers in a directory: the first that is made, and what it is copied to. */
class Servers {
  #bin = programs();
  #directory;
  #user = process.getuid() === 0 ? nobody() : null;
  #running = new Set();

  constructor(directory) {
    this.#directory = directory;
    chmodSync(directory, 0o711);
  }

  /** A server without anything in it, durable as servers are. */
  async primary() {
    const server = await this.#place("primary");
    await this.#run("initdb", [
      "-D",
      server.data,
      "-U",
      "postgres",
      "-A",
      "trust",
      "-E",
      "UTF8",
      "-N",
    ]);
    await this.start(server);
    return server;
  }

  /** A hot standby that follows a server. */
  async replicaOf(primary, name) {
    const server = await this.#place(name);
    const from = `host=127.0.0.1 port=${primary.port} user=postgres application_name=${name}`;
    const args = ["-d", from, "-D", server.data, "-R", "-X", "stream", "-c", "fast", "-N"];
    await this.#run("pg_basebackup", args);
    await this.start(server);
    return server;
  }

  /** Starts a server and waits until it answers. */
  async start({ data, port }) {
    const settings = Object.entries({ ...SETTINGS, port }).map(
      ([key, value]) => `-c ${key}='${value}'`,
    );
    const log = join(data, "server.log");
    await this.#run("pg_ctl", [
      "start",
      "-D",
      data,
      "-w",
      "-s",
      "-l",
      log,
      "-o",
      settings.join(" "),
    ]);
    this.#running.add(data);
  }

  /** Sends a signal to all processes of a server. */
  signal({ data }, signal) {
    signalTree(Number(readFileSync(join(data, "postmaster.pid"), "utf8").split("\n")[0]), signal);
    if (signal === "SIGKILL") this.#running.delete(data);
  }

  /** At once, for a process that is about to end. */
  stop() {
    for (const data of this.#running) {
      const args = ["stop", "-D", data, "-m", "immediate", "-s"];
      spawnSync(join(this.#bin, "pg_ctl"), args, this.#options());
    }
  }

  async #place(name) {
    const data = join(this.#directory, name);
    mkdirSync(data, { mode: 0o700 });
    if (this.#user) chownSync(data, this.#user.uid, this.#user.gid);
    const port = await freePort();
    return { name, data, port, url: `postgres://postgres@127.0.0.1:${port}/postgres` };
  }

  async #run(program, args) {
    const result = await ended(spawn(join(this.#bin, program), args, this.#options()));
    if (result !== 0) throw new Error(`${program} ended with ${result}`);
  }

  #options() {
    return { ...this.#user, cwd: this.#directory, stdio: ["ignore", "ignore", "inherit"] };
  }
}

/** Who runs what root must not. */
function nobody() {
  const known = readFileSync("/etc/passwd", "utf8").split("\n");
  const line =
    known.find((each) => each.startsWith("postgres:")) ??
    known.find((each) => each.startsWith("nobody:"));
  const [, , uid, gid] = line.split(":").map(Number);
  return { uid, gid };
}

module.exports = { nobody, programs, Servers };
