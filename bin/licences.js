"use strict";
// `npm run licences`: the packages that come with an installation, and their licences. Exits 1 where one is
// unknown or is not among those below. npm has noted the licences in the lock file, also those of packages
// for other operating systems, so that the list is the same everywhere.

const { packages } = require("../package-lock.json");

/** Licences that ask for no more than their text to be kept. */
const PERMISSIVE = [
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "MIT",
];

/** What we have read and take all the same, with the reason. */
const ACCEPTED = {
  // May be used and passed on, but not be sold itself as a hosted service. @apollo/subgraph (MIT) needs it.
  "@apollo/federation-internals": "Elastic-2.0",
};

/** Whether an SPDX expression holds for us: every side of an AND, some side of an OR. */
function isPermissive(expression) {
  const all = expression.replace(/[()]/g, "").split(" AND ");
  return all.every((part) => part.split(" OR ").some((licence) => PERMISSIVE.includes(licence)));
}

let refused = 0;
const installed = Object.entries(packages).filter(([path, { dev }]) => path && !dev);
for (const [path, { version, license = "unknown" }] of installed) {
  const name = path.replace(/^.*node_modules\//, "");
  const isTaken = isPermissive(license) || ACCEPTED[name] === license;
  if (!isTaken) refused++;
  console.log(`${name} ${version} ${license}${isTaken ? "" : "  <- not accepted"}`);
}
console.error(`${installed.length} packages, ${refused} with a licence that is not accepted.`);
if (refused > 0) process.exitCode = 1;
