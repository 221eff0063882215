const { TestEnvironment } = require("jest-environment-node");

/** What jest-circus and expect leave on the global object for the file that has ended. */
const OF_JEST =
  /^(?:\$\$jest|EVENT_HANDLERS|LOG_ERRORS_|RETRY_|TEST_TIMEOUT_|WAIT_BEFORE_|JEST_STATE_)/;

/** The environment of a worker. */
let kept;

/**
 * One environment for all test files of a worker, so that modules need be loaded only once (runtime.cjs): jest makes one for each.
 * Environment variables and listeners of the process are as before when a file has ended.
 */
module.exports = class {
  constructor(...args) {
    kept ??= new KeptEnvironment(...args);
    return kept;
  }
};

class KeptEnvironment extends TestEnvironment {
  /** Whether files that have it share modules. */
  isShared = true;
  variables = { ...this.global.process.env };

  async teardown() {
    const { process } = this.global;
    this.fakeTimers.useRealTimers();
    this.fakeTimersModern.useRealTimers();
    process.removeAllListeners();
    for (const name of Object.keys(process.env))
      if (!(name in this.variables)) delete process.env[name];
    Object.assign(process.env, this.variables);
    for (const symbol of Object.getOwnPropertySymbols(this.global))
      if (OF_JEST.test(symbol.description ?? "")) Reflect.deleteProperty(this.global, symbol);
  }
}
