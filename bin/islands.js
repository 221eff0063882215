"use strict";
// Builds the explorer's scripts for browsers (explorer/islands/) with Vite into dist/explorer/islands/, so that an installed
// package has them without Vite.

const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const { createRequire } = require("node:module");
const path = require("node:path");

const root = path.dirname(__dirname);
const CONFIG = path.join("explorer", "vite.config.mjs");
const SOURCES = path.join("explorer", "islands");

/** Finds the packages of the explorer, whose dev dependency Vite is. */
const explorer = createRequire(path.join(root, "explorer", "package.json"));

/** What the scripts are made of: paths below the checkout. */
function islandSources() {
  if (!fs.existsSync(path.join(root, SOURCES))) return [];
  const names = fs.readdirSync(path.join(root, SOURCES));
  return [CONFIG, ...names.map((name) => path.join(SOURCES, name))];
}

/** Writes the scripts and their style sheets anew. Throws if Vite, a dev dependency, is not installed or finds an error. */
function buildIslands(dist) {
  const vite = findVite();
  if (!vite) throw new Error("Vite is not installed: run npm ci first.");
  const args = [vite, "build", "--config", CONFIG, "--outDir", folderIn(dist), "--emptyOutDir"];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}

/** Whether dist/ has scripts. True if they cannot be built here. */
function areIslandsBuilt(dist) {
  if (!findVite()) return true;
  const folder = folderIn(dist);
  return fs.existsSync(folder) && fs.readdirSync(folder).some((name) => name.endsWith(".js"));
}

function findVite() {
  try {
    return path.join(path.dirname(explorer.resolve("vite/package.json")), "bin/vite.js");
  } catch {
    return undefined;
  }
}

function folderIn(dist) {
  return path.join(dist, SOURCES);
}

module.exports = { areIslandsBuilt, buildIslands, islandSources };
