const base = require("./jest.config.cjs");

/** `npm test`: all but what jest.slow.config.cjs has. */
module.exports = {
  ...base,
  testPathIgnorePatterns: ["/node_modules/", "\\.(browser|pooler|property|slow)\\.test\\.ts$"],
};
