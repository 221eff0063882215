const { Script } = require("node:vm");
const Runtime = require("jest-runtime").default;

/** What a worker has compiled and found: for all of its test files, where jest does both anew for each of some 2,000 modules. */
const scripts = new Map();
const paths = new Map();

/**
 * Every test file still gets modules of its own, run in its own context: only their compiled code is kept. It replaces three
 * methods inside jest-runtime, which is therefore pinned.
 */
module.exports = class extends Runtime {
  constructor(...args) {
    super(...args);
    const { executor, _resolution: resolution } = this;
    const head = `(function (${executor.injectedModuleParameters.join()}) {`;

    executor.compile = (source, filename) => {
      const context = this._environment.getVmContext();
      if (context == null) return null; // the test has ended
      let kept = scripts.get(filename);
      if (kept?.source !== source) {
        const options = { filename, columnOffset: -head.length };
        kept = { source, script: new Script(`${head}${source}\n})`, options) };
        scripts.set(filename, kept);
      }
      return kept.script.runInContext(context);
    };

    for (const name of ["resolveCjs", "getCjsMockModule"]) {
      const find = resolution[name].bind(resolution);
      resolution[name] = (from, to) => {
        const key = `${name}\0${from}\0${to}`;
        let path = paths.get(key);
        if (path === undefined) paths.set(key, (path = find(from, to)));
        return path;
      };
    }
  }
};
