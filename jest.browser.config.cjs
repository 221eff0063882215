const base = require("./jest.config.cjs");

/** The tests of the pages, in a real Chromium. */
module.exports = {
  ...base,
  testMatch: ["**/*.browser.test.ts"],
  testPathIgnorePatterns: ["/node_modules/"],
};
