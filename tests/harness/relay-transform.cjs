/** What a bundler does to a module with Relay's graphql tags: babel-plugin-relay puts what relay-compiler has written in their place. */
module.exports = {
  process(text, filename) {
    // Every worker loads this file, but few transform by it.
    const { transformSync } = require("@babel/core");
    const ts = require("typescript");
    const { code } = transformSync(text, {
      ...{ filename, babelrc: false, configFile: false, retainLines: true },
      parserOpts: { plugins: ["typescript"] },
      plugins: [["relay", { eagerEsModules: true }]],
    });
    const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
    return { code: ts.transpileModule(code, { compilerOptions }).outputText };
  },
};
