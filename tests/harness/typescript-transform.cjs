const { createHash } = require("node:crypto");
const { readFileSync } = require("node:fs");
const { join, relative, sep } = require("node:path");

const root = join(__dirname, "../..");

/** What a worker has found out about a file: each of its test files asks anew. */
const keys = new Map();

/**
 * Runs the service as it was compiled (global-setup.cjs sees to it that dist/ is up to date), and compiles what is left: tests,
 * examples, and packages that are ES modules. TypeScript is loaded only if jest has not kept the result.
 */
module.exports = {
  getCacheKey(source, filename) {
    const kept = keys.get(filename);
    if (kept?.source === source) return kept.key;
    const parts = [source, filename, compiledFile(filename) ?? "", readFileSync(__filename)];
    const hash = createHash("sha1");
    for (const part of parts) hash.update(part).update("\0");
    const key = hash.digest("hex");
    keys.set(filename, { source, key });
    return key;
  },

  process(source, filename) {
    const compiled = compiledFile(filename);
    if (compiled === undefined) return transpile(source, filename);
    const map = JSON.parse(readFileSync(`${compiledPath(filename)}.map`, "utf8"));
    const code = compiled.replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n");
    return { code, map: { ...map, sourceRoot: "", sources: [filename] } };
  },
};

/** Where bin/compile.js writes a file, or undefined if it does not compile it. */
function compiledPath(filename) {
  const path = relative(root, filename).split(sep).join("/");
  if (!/^(src|migrations|importers|explorer\/src)\/.*\.ts$/.test(path)) return undefined;
  return join(root, "dist", path.replace(/\.ts$/, ".js"));
}

function compiledFile(filename) {
  const path = compiledPath(filename);
  return path && readFileSync(path, "utf8");
}

function transpile(source, fileName) {
  const ts = require("typescript");
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  // Also ES modules become CommonJS: jest on Node.js 20 can't require them as they are.
  const changed = { module: "commonjs", allowJs: true, noEmit: false, sourceMap: true };
  const settings = { ...config.compilerOptions, ...changed };
  const { options: compilerOptions } = ts.convertCompilerOptionsFromJson(settings, root);
  const { outputText, sourceMapText, diagnostics } = ts.transpileModule(source, {
    // TypeScript leaves the modules of a file that is named `.mjs` as they are.
    fileName: fileName.replace(/\.mjs$/, ".js"),
    compilerOptions,
    reportDiagnostics: fileName.endsWith(".ts"),
  });
  if (diagnostics.length > 0) {
    const host = { getCurrentDirectory: () => root, getCanonicalFileName: String };
    throw new Error(ts.formatDiagnostics(diagnostics, { ...host, getNewLine: () => "\n" }));
  }
  const map = { ...JSON.parse(sourceMapText), sourceRoot: "", sources: [fileName] };
  return { code: outputText.replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n"), map };
}
