const { existsSync } = require("node:fs");
const { resolve } = require("node:path");
const base = require("./jest.config.cjs");

/** Whether there are copies of the open datasets and volumes beside the project (docs/showcase.md tells where to get them). */
const hasRealData = ["us-travels.ndjson", "frus"].every((name) =>
  existsSync(resolve(__dirname, "../shared/data", name)),
);

/** The tests of the pages, in a real Chromium; the tasks on real data only where there is some. */
module.exports = {
  ...base,
  setupFilesAfterEnv: ["<rootDir>/tests/harness/retry-once.cjs"],
  testMatch: ["**/*.browser.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", ...(hasRealData ? [] : ["/explorer-tasks\\."])],
};
