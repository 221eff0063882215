import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, normalize, resolve } from "node:path";

const ROOT = resolve(__dirname, "..");
const UP = /POST (http:\S+)\/graphql/;
const NEVER = /(?!)/;

jest.setTimeout(60_000);

let directory: string;
/** The package as npm would install it, but for the packages it needs, which are those of this checkout. */
let installed: string;
/** Where somebody runs the command. */
let elsewhere: string;
let files: string[];
let service: ChildProcess | undefined;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "communique-package-"));
  await chmod(directory, 0o755); // when root runs the tests, another user runs PostgreSQL
  elsewhere = join(directory, "elsewhere");
  mkdirSync(elsewhere);
  // What `npm run build` makes is there: the global setup has compiled.
  const pack = ["pack", "--json", "--ignore-scripts", "--pack-destination", directory];
  const said = execFileSync("npm", pack, { cwd: ROOT, encoding: "utf8" });
  const [packed] = JSON.parse(said) as { filename: string; files: { path: string }[] }[];
  files = packed!.files.map(({ path }) => path);
  execFileSync("tar", ["-xzf", join(directory, packed!.filename), "-C", directory]);
  installed = join(directory, "package");
  linkPackages();
});

afterAll(async () => {
  await stop();
  await rm(directory, { recursive: true, force: true });
});

/** Gives it the packages that come with an installation; those for development it has to do without. */
function linkPackages(): void {
  const { packages } = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")) as {
    packages: Record<string, { dev?: boolean }>;
  };
  for (const [path, { dev }] of Object.entries(packages)) {
    // Nested ones come with theirs, and those for other operating systems are not here.
    const isOutermost = path.lastIndexOf("node_modules/") === 0;
    if (dev || !isOutermost || !existsSync(join(ROOT, path))) continue;
    mkdirSync(dirname(join(installed, path)), { recursive: true });
    symlinkSync(join(ROOT, path), join(installed, path));
  }
}

/** Runs the command as somebody who has installed the package, in an environment without settings. */
function communique(args: string[], environment: Record<string, string> = {}): ChildProcess {
  const { bin } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8")) as {
    bin: { communique: string };
  };
  const { PATH = "", HOME = "" } = process.env;
  return spawn(process.execPath, [join(installed, bin.communique), ...args], {
    cwd: elsewhere,
    env: { PATH, HOME, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** What it says until it ends, or until it says something that matches. */
async function says(child: ChildProcess, awaited = NEVER): Promise<string> {
  let said = "";
  child.stdout!.setEncoding("utf8");
  for await (const chunk of child.stdout!.iterator({ destroyOnReturn: false })) {
    said += chunk as string;
    if (awaited.test(said)) break;
  }
  return said;
}

async function stop(): Promise<number | null> {
  if (!service || service.exitCode !== null) return null;
  service.stdout!.resume();
  service.kill("SIGTERM");
  const [code] = (await once(service, "close")) as [number | null];
  return code;
}

describe("The npm package", () => {
  it("The package contains what users run and read, and no sources or tests", () => {
    expect(files).toEqual(
      expect.arrayContaining([
        ...["package.json", "README.md", "CHANGELOG.md", "LICENSE", "SECURITY.md"],
        ...["schema.graphql", "schema.api.graphql"],
        ...["bin/communique.js", "dist/src/cli.js"],
        ...["dist/pages/graphiql.json", "dist/pages/reference.json", ".env.example"],
        ...["dist/explorer/src/explorer.js", "dist/explorer/style.css"],
        expect.stringMatching(/^dist\/explorer\/islands\/search-[\w-]+\.js$/),
        ...readdirSync(join(ROOT, "records")).map((name) => `records/${name}`),
        ...compiled("migrations"),
        ...["docs/records.md", "examples/01-what-he-said-there.graphql"],
      ]),
    );
    const superfluous =
      /^(src|tests|migrations|explorer|node_modules|bench|importers)\/|^bin\/(?!communique\.js$)|\.(ts|map|log|tsbuildinfo)$/;
    expect(files.filter((path) => superfluous.test(path))).toEqual([]);
    // One of each page: no earlier versions.
    expect(files.filter((path) => path.startsWith("dist/pages/"))).toHaveLength(4);
  });

  it("Links of its documentation lead to files of the package, or to what the README says is in the repository", () => {
    const pages = files.filter((path) => path.endsWith(".md"));
    expect(pages.length).toBeGreaterThan(30);
    const links = pages.flatMap((page) =>
      linksOf(page).map((target) => ({ page, target, isThere: existsSync(join(ROOT, target)) })),
    );
    expect(links.filter(({ isThere }) => !isThere)).toEqual([]);
    const isPacked = (target: string) =>
      files.some((path) => path === target || path.startsWith(`${target}/`));
    const missing = links.filter(({ target }) => !isPacked(target));
    const isInRepository = ({ page, target }: (typeof links)[number]) =>
      ONLY_IN_REPOSITORY.test(target) || (FRONT_PAGES.includes(page) && FOR_CODE.includes(target));
    expect(missing.filter((link) => !isInRepository(link))).toEqual([]);
  });

  it("The package can be published as it is, and names no address that may not be its own", () => {
    const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8")) as object;
    expect(manifest).toMatchObject({ name: "communique", license: "MIT" });
    expect(manifest).not.toHaveProperty("private");
  });

  it("What the explorer needs is installed with it, in the same versions", () => {
    const dependenciesOf = (path: string) =>
      (
        JSON.parse(readFileSync(join(ROOT, path), "utf8")) as {
          dependencies: Record<string, string>;
        }
      ).dependencies;
    const needed = dependenciesOf("explorer/package.json");
    expect(Object.keys(needed)).not.toEqual([]);
    expect(dependenciesOf("package.json")).toMatchObject(needed);
  });

  it("The communique command works in an empty folder", async () => {
    expect(await says(communique(["--help"]))).toContain("start the service");
    const record = join(installed, "records/vientiane-2024-11-20.json");
    expect(await says(communique(["check", record]))).toBe("1 record in 1 file: no faults.\n");
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  it("communique start serves the shipped record from a database in .data", async () => {
    service = communique(["start"], { PORT: "0" });
    const [, address] = UP.exec(await says(service, UP))!;
    const query = `{ person(slug: "rajnath-singh") { statements(filter: { places: ["vientiane"] }) { totalCount } } }`;
    const response = await fetch(`${address}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query }),
    });
    expect(await response.json()).toEqual({ data: { person: { statements: { totalCount: 14 } } } });
    const map = "/people/rajnath-singh?tab=pictures&picture=map";
    for (const page of ["/", "/graphiql", "/reference", "/people/rajnath-singh", map])
      expect((await fetch(address + page)).status).toBe(200);
    expect(readdirSync(elsewhere)).toEqual([".data"]);
    expect(await stop()).toBe(0);
  });
});

/** What the README says is in the repository alone. */
const ONLY_IN_REPOSITORY =
  /^(bench|explorer|importers|src|tests)(\/|$)|^examples\/(client|frontends|mirror|supergraph)(\/|$)|^released\.graphql$|^docker-compose\.cluster\.yml$/;

/** And of the docs, those for people who change or copy code, to which only these pages link. */
const FRONT_PAGES = ["README.md", "CHANGELOG.md"];
const FOR_CODE = [
  ...["CONTRIBUTING.md", "docs/adding-a-field.md", "docs/adding-a-filter.md"],
  ...["docs/adding-a-noun.md", "docs/adding-a-rule.md"],
  ...["docs/architecture.md", "docs/frontends.md", "docs/showcase.md"],
];

/** The files and folders that a page of the documentation links to, as paths in the repository. */
function linksOf(page: string): string[] {
  const text = readFileSync(join(installed, page), "utf8").replace(/^```[^]*?^```$/gm, "");
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link]) => link!.replace(/#.*/, ""))
    .filter((link) => link !== "" && !/^[a-z]+:/.test(link))
    .map((link) => normalize(join(dirname(page), link)).replace(/\/$/, ""));
}

function compiled(folder: string): string[] {
  return readdirSync(join(ROOT, folder)).map(
    (name) => `dist/${folder}/${name.replace(/ts$/, "js")}`,
  );
}
