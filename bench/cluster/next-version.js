"use strict";
// A later version of the service, for a rolling upgrade: this one, and one migration more.

const {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} = require("node:fs");
const { join } = require("node:path");
const { ROOT } = require("../database.js");

const MIGRATION = `"use strict";
class Next {
  name = "Next0000000009999";
  async up(runner) {
    await runner.query("ALTER TABLE person ADD COLUMN of_the_next_version text");
    await runner.query("CREATE INDEX person_of_the_next_version ON person (of_the_next_version)");
  }
  async down() {}
}
module.exports = { Next };
`;

/** Makes it in the directory, once. The path of its command. */
function nextVersion(directory) {
  const root = join(directory, "next-version");
  const command = join(root, "bin", "communique.js");
  if (existsSync(command)) return command;
  mkdirSync(root);
  // Without src/, nothing is compiled anew.
  const { files } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const tops = new Set(["bin", "dist", "package.json", ...files.map((path) => path.split("/")[0])]);
  for (const name of tops) {
    if (existsSync(join(ROOT, name)))
      cpSync(join(ROOT, name), join(root, name), { recursive: true });
  }
  symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"));
  writeFileSync(join(root, "dist", "src", "db", "next.js"), MIGRATION);
  const source = join(root, "dist", "src", "db", "data-source.js");
  const text = readFileSync(source, "utf8");
  const changed = text.replace("migrations: [", 'migrations: [require("./next.js").Next, ');
  if (changed === text) throw new Error(`no list of migrations in ${source}`);
  writeFileSync(source, changed);
  return command;
}

module.exports = { nextVersion };
