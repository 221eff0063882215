/**
 * All tests but those of the pages and behind PgBouncer. `npm test` leaves out more (jest.quick.config.cjs).
 * @type {import("jest").Config}
 */
module.exports = {
  // By default each configuration would compile everything anew.
  id: __dirname.replaceAll(/\W/g, "_"),
  // The test files of a worker share its modules.
  testEnvironment: "<rootDir>/tests/harness/environment.cjs",
  roots: ["<rootDir>/tests"],
  // These need a browser or PgBouncer, which not everybody has: npm run test:browser, npm run test:pooler.
  testPathIgnorePatterns: ["/node_modules/", "\\.(browser|pooler)\\.test\\.ts$"],
  moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": "$1" },
  transform: {
    "/examples/frontends/relay/\\w+\\.ts$": "<rootDir>/tests/harness/relay-transform.cjs",
    "^.+\\.ts$": "<rootDir>/tests/harness/typescript-transform.cjs",
    // ES modules, which jest on Node.js 20 can't require as they are.
    "node_modules/(iso-3166|any-ascii|d3-[a-z]+|internmap)/.+\\.m?js$":
      "<rootDir>/tests/harness/typescript-transform.cjs",
  },
  transformIgnorePatterns: ["/node_modules/(?!(iso-3166|any-ascii|d3-[a-z]+|internmap)/)"],
  setupFiles: ["<rootDir>/tests/harness/graphql-production.cjs"],
  globalSetup: "<rootDir>/tests/harness/global-setup.cjs",
  globalTeardown: "<rootDir>/tests/harness/global-teardown.cjs",
  // Of a slow machine, where the first tests of a run also make the databases that the others copy.
  testTimeout: 60_000,
  // By default jest leaves a processor idle: of two, half the machine.
  maxWorkers: "100%",
  // What files leave behind in modules that they share is bounded: beyond this a worker is started anew.
  workerIdleMemoryLimit: "1500MB",
  runtime: "<rootDir>/tests/harness/runtime.cjs",
  testSequencer: "<rootDir>/tests/harness/sequencer.cjs",
};
