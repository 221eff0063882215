const base = require("./jest.config.cjs");

/** Properties, and the files that take longest: most start processes or servers of their own. */
module.exports = {
  ...base,
  testMatch: ["**/*.{property,slow}.test.ts"],
  testPathIgnorePatterns: ["/node_modules/"],
};
