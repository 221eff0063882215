"use strict";
// What processes take of the machine, as Linux reports in /proc.

const { readdirSync, readFileSync } = require("node:fs");

/** A process of which nothing is known has ended. */
function read(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}

/** All processes: their parent, and the CPU time of their children that have ended, in ms. */
function processes() {
  const all = new Map();
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    // pid (name) state ppid …: the name may hold anything, blanks and brackets too.
    const stat = read(pid, "stat");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields.length < 16) continue;
    // A tick is 10 ms on every Linux that Node.js runs on.
    const ended = (Number(fields[13]) + Number(fields[14])) * 10;
    all.set(Number(pid), { parent: Number(fields[1]), ended });
  }
  return all;
}

/** A process and all below it. */
function treeOf(root, all) {
  const tree = [root];
  for (const pid of tree) {
    for (const [child, { parent }] of all) if (parent === pid) tree.push(child);
  }
  return tree;
}

/** The CPU time, in ms, that a process and all below it have taken till now. */
function cpuOf(root) {
  const all = processes();
  return treeOf(root, all).reduce(
    (sum, pid) => sum + cpuOfThreads(pid) + (all.get(pid)?.ended ?? 0),
    0,
  );
}

/** In nanoseconds: a tick is a sixth of what the floor takes in a round of slow queries. */
function cpuOfThreads(pid) {
  const ns = threadsOf(pid).map((thread) => read(pid, `task/${thread}/schedstat`).split(" ")[0]);
  return ns.reduce((sum, each) => sum + Number(each), 0) / 1e6;
}

function threadsOf(pid) {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** The resident memory of a process and all below it, in MB. */
function memoryOf(root) {
  const of = (pid) => Number(/^VmRSS:\s+(\d+)/m.exec(read(pid, "status"))?.[1] ?? 0);
  return treeOf(root, processes()).reduce((sum, pid) => sum + of(pid), 0) / 1_024;
}

/** Looks ten times a second at what a process has; what it returns stops that and gives the most there was. */
function watch(root, read) {
  let most = 0;
  const look = () => (most = Math.max(most, read(root)));
  const timer = setInterval(look, 100);
  return () => {
    clearInterval(timer);
    look();
    return most;
  };
}

/** Watches the resident memory of a process and all below it, in MB. */
const watchMemory = (root) => watch(root, memoryOf);

/** Watches the CPU time in ms that a process and all below it took: once it has ended, it can't be read. */
const watchCpu = (root) => watch(root, cpuOf);

/** Sends a signal to a process and all below it. */
function signalTree(root, signal) {
  for (const pid of treeOf(root, processes())) process.kill(pid, signal);
}

/** The process that started this one. */
function parentOf(pid) {
  return processes().get(pid)?.parent;
}

/** The processes that a process has started, with their command lines. */
function childrenOf(pid) {
  return [...processes()]
    .filter(([, { parent }]) => parent === pid)
    .map(([child]) => ({ pid: child, command: read(child, "cmdline").replaceAll("\0", " ") }));
}

module.exports = { childrenOf, cpuOf, parentOf, signalTree, watchCpu, watchMemory };
