"use strict";
// `npm run licences`: the packages of an installation and their licences. Exits 1 if one is unknown or not listed below.
// The licences come from the lock file, which includes packages for other operating systems, so the list is the same
// everywhere.

const { packages } = require("../package-lock.json");

/** Permissive licences: they require no more than to keep their text. */
const PERMISSIVE = [
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "MIT",
];

/** Other licences that we have read and accept, with the reason. */
const ACCEPTED = {
  // May be used and redistributed, but not offered as a hosted service. @apollo/subgraph (MIT) depends on it.
  "@apollo/federation-internals": "Elastic-2.0",
};

/** Whether an SPDX expression is acceptable: every side of an AND, at least one side of an OR. */
function isPermissive(expression) {
  const all = expression.replace(/[()]/g, "").split(" AND ");
  return all.every((part) => part.split(" OR ").some((licence) => PERMISSIVE.includes(licence)));
}

let rejected = 0;
// A workspace is listed as itself, and once more as a link to it.
const installed = Object.entries(packages).filter(([path, { dev, link }]) => path && !dev && !link);
for (const [path, { version, license = "unknown" }] of installed) {
  const name = path.replace(/^.*node_modules\//, "");
  const isAccepted = isPermissive(license) || ACCEPTED[name] === license;
  if (!isAccepted) rejected++;
  console.log(`${name} ${version} ${license}${isAccepted ? "" : "  <- not accepted"}`);
}
console.error(`${installed.length} packages, ${rejected} with a licence that is not accepted.`);
if (rejected > 0) process.exitCode = 1;
