const base = require("./jest.config.cjs");

/** The tests behind a real PgBouncer. */
module.exports = {
  ...base,
  testMatch: ["**/*.pooler.test.ts"],
  testPathIgnorePatterns: ["/node_modules/"],
};
