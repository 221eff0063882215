const { sep } = require("node:path");
const { Script } = require("node:vm");
const Runtime = require("jest-runtime").default;

/** Module cache shared by a worker's test files; jest by itself loads some 2,000 modules again for each file. */
const modules = new Map();
const scripts = new Map();
const paths = new Map();

/** The runtime of the test file that runs. */
let current;

/**
 * Test files share the modules of the service and of packages, which are loaded once for each worker; only those of `tests/` are
 * loaded by each file anew. A file that begins with `@jest-environment node` has all modules to itself. Methods inside jest-runtime are
 * replaced, which is therefore pinned.
 */
module.exports = class extends Runtime {
  constructor(...args) {
    super(...args);
    current = this;
    const { executor, registries, _resolution: resolution } = this;
    if (this._environment.isShared)
      for (const [path, module] of modules) registries.getActiveCjsRegistry().set(path, module);
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

  /** A shared module may require another one only when it is used, after the file that loaded it has ended. */
  requireModuleOrMock(from, name) {
    return this === current
      ? super.requireModuleOrMock(from, name)
      : current.requireModuleOrMock(from, name);
  }

  teardown() {
    if (this._environment.isShared)
      for (const [path, module] of this.registries.getActiveCjsRegistry())
        if (module.loaded && !path.includes(OF_TESTS)) modules.set(path, module);
    super.teardown();
  }
};

const OF_TESTS = `${sep}tests${sep}`;
