import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parse } from "yaml";
import { parseConfig } from "../src/config.js";
import { hostUrls } from "../src/db/hosts.js";
import { freshDatabase } from "./harness/database.js";
import { freePort } from "./harness/free-port.js";
import { copiesOf, isIgnored, lay, pathsOf, readStages, textsOf } from "./harness/dockerfile.js";

// There need not be a Docker where the tests run. What it would do is done by hand as far as that goes:
// the same files are copied, the same commands run in them.

const ROOT = resolve(__dirname, "..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");

const stages = readStages(join(ROOT, "Dockerfile"));
const image = stages[""]!;
const ignored = read(".dockerignore").trim().split("\n");
const compose = parse(read("docker-compose.yml"));

/** The settings that there are, as .env.example lists them. */
const SETTINGS = [...read(".env.example").matchAll(/^(?:# )?([A-Z_]+)=/gm)].map(([, name]) => name);

/** What the image sets: `ENV A=1 B=2`. */
const environment = Object.fromEntries(
  textsOf(image, "ENV").flatMap((text) => text.split(" ").map((pair) => pair.split("="))),
) as Record<string, string>;

describe("The Dockerfile", () => {
  const copies = Object.values(stages).flatMap(copiesOf);

  it("Every COPY has sources that exist, are not ignored, or come from an earlier stage", () => {
    const own = copies.filter(({ from }) => from === null).flatMap(({ sources }) => sources);
    const paths = own.map((source) => ({ source, paths: pathsOf(source, ROOT) }));
    expect(paths.filter(({ paths }) => paths.length === 0)).toEqual([]);
    expect(paths.flatMap(({ paths }) => paths).filter((path) => isIgnored(ignored, path))).toEqual(
      [],
    );
    const others = copies.flatMap(({ from }) => from ?? []);
    expect(Object.keys(stages)).toEqual(expect.arrayContaining(others));
  });

  it("Nothing is excepted in .dockerignore that the Dockerfile does not copy", () => {
    const through = ignored.flatMap((line) => (line.startsWith("!") ? line.slice(1) : []));
    const copied = copies.flatMap(({ from, sources }) => (from === null ? sources : []));
    expect(copied).toEqual(expect.arrayContaining(through));
    for (const path of [".git", ".env", ".data", "node_modules", "dist", "tests"])
      expect(isIgnored(ignored, path)).toBe(true);
  });

  it("The image has a supported Node.js and a user who is not root", () => {
    const { engines } = JSON.parse(read("package.json")) as { engines: { node: string } };
    for (const stage of Object.values(stages)) {
      const [, major] = /^node:(\d+)-/.exec(textsOf(stage, "FROM")[0]!)!;
      expect(engines.node).toContain(`^${major}.`);
    }
    expect(textsOf(image, "USER")).toEqual(["node"]);
  });

  it("The image sets known settings, and exposes the port it listens on", () => {
    expect(SETTINGS).toEqual(expect.arrayContaining(Object.keys(environment)));
    const { port, host, production } = parseConfig(environment);
    expect({ port: `${port}`, host, production }).toEqual({
      port: textsOf(image, "EXPOSE")[0],
      host: "0.0.0.0",
      production: true,
    });
  });
});

describe("The files of the image", () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "communique-image-"));
    for (const [name, stage] of Object.entries(stages)) {
      const folder = join(directory, `stage-${name}`);
      mkdirSync(folder);
      // What `npm ci` installs. Packages find each other from where they really are.
      symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
      for (const copy of copiesOf(stage)) {
        const sources = copy.sources.map((path) => path.replace(/^\/app\//, ""));
        if (sources[0] === "node_modules") continue;
        const from = copy.from === null ? ROOT : join(directory, `stage-${copy.from}`);
        if (copy.from !== null) build(stages[copy.from]!, from);
        lay({ ...copy, sources }, from, folder, ignored);
      }
    }
  }, 120_000);
  afterAll(() => rm(directory, { recursive: true, force: true }));

  /** Runs what a stage runs, but for the installation of packages. */
  function build(stage: (typeof stages)[string], folder: string): void {
    const commands = textsOf(stage, "RUN").flatMap((text) => text.split(" && "));
    for (const command of commands.filter((text) => text.startsWith("npm run ")))
      execFileSync("npm", command.split(" ").slice(1), { cwd: folder, stdio: "pipe" });
  }

  it("The image's command and health check work with the files that are copied", async () => {
    const databaseUrl = await freshDatabase();
    const [command] = textsOf(image, "CMD").map((text) => JSON.parse(text) as string[]);
    const [check] = textsOf(image, "HEALTHCHECK").map(
      (text) => JSON.parse(text.slice(text.indexOf("["))) as string[],
    );
    const env = { ...environment, PATH: process.env.PATH, DATABASE_URL: databaseUrl };
    const port = `${await freePort()}`; // which the health check has to know too
    const options = {
      cwd: join(directory, "stage-"),
      env: {
        ...env,
        HOST: "127.0.0.1",
        PORT: port,
        COMMUNIQUE_PAGES: "true",
        COMMUNIQUE_EXPLORER: "true",
      },
    };
    const service = spawn(command![0]!, command!.slice(1), {
      ...options,
      stdio: ["ignore", "ignore", "inherit"],
    });
    const ended = new Promise((done) => service.on("close", done));
    try {
      const isHealthy = () => {
        try {
          execFileSync(check![0]!, check!.slice(1), { ...options, stdio: "pipe" });
          return true;
        } catch {
          return false;
        }
      };
      for (let tries = 0; service.exitCode === null && !isHealthy() && tries < 100; tries++)
        await sleep(100);
      expect(service.exitCode).toBeNull();
      const status = async (path: string) =>
        (await fetch(`http://127.0.0.1:${port}${path}`)).status;
      for (const path of ["/ready", "/", "/graphiql", "/reference", "/countries/IN"])
        expect([path, await status(path)]).toEqual([path, 200]);
    } finally {
      service.kill("SIGTERM");
    }
    expect(await ended).toBe(0);
  }, 60_000);
});

describe("docker-compose.yml", () => {
  const { communique: service, database } = compose.services;

  it("docker-compose.yml gives the service known and valid settings", () => {
    const given = Object.fromEntries(
      Object.entries(service.environment).map(([name, value]) => [name, `${value as string}`]),
    );
    expect(SETTINGS).toEqual(expect.arrayContaining(Object.keys(given)));
    expect(() => parseConfig(given)).not.toThrow();
    expect(service.build).toBe(".");
  });

  it("docker-compose.yml publishes the service's port on localhost only", () => {
    const { PORT } = service.environment;
    expect(service.ports).toEqual([`127.0.0.1:${PORT}:${PORT}`]);
  });

  it("DATABASE_URL names the database of the compose file, which starts before the service", () => {
    const { POSTGRES_USER: user, POSTGRES_PASSWORD: password } = database.environment;
    expect(service.environment.DATABASE_URL).toBe(
      `postgres://${user}:${password}@database:5432/${user}`,
    );
    expect(service.depends_on.database.condition).toBe("service_healthy");
    expect(database.healthcheck.test).toEqual(expect.arrayContaining(["pg_isready", "-U", user]));
  });

  it("The compose file's PostgreSQL is recent enough for its locale provider, and keeps its data", () => {
    const [, version] = /^postgres:(\d+)/.exec(database.image)!;
    // The locale provider that is built in came with 17; the service itself needs 15.
    const isBuiltIn = database.environment.POSTGRES_INITDB_ARGS.includes("builtin");
    expect(Number(version)).toBeGreaterThanOrEqual(isBuiltIn ? 17 : 15);
    const [volume, folder] = database.volumes[0].split(":");
    expect(Object.keys(compose.volumes)).toEqual([volume]);
    // From 18 on the image keeps its data one folder higher.
    expect(folder).toBe(`/var/lib/postgresql${Number(version) < 18 ? "/data" : ""}`);
  });
});

describe("docker-compose.cluster.yml", () => {
  const cluster = parse(read("docker-compose.cluster.yml"), { merge: true });
  const services = ["service-1", "service-2"].map((name) => cluster.services[name]);
  const nodes = ["node-1", "node-2", "node-3"];

  it("docker-compose.cluster.yml says that it has not been run", () => {
    expect(read("docker-compose.cluster.yml")).toMatch(/^# NOT RUN/);
  });

  it("Both services have known and valid settings, and know all nodes", () => {
    for (const { environment } of services) {
      const given = Object.fromEntries(
        Object.entries(environment).map(([name, value]) => [name, `${value as string}`]),
      );
      expect(SETTINGS).toEqual(expect.arrayContaining(Object.keys(given)));
      const { databaseUrl, replicaUrls } = parseConfig(given);
      expect(hostUrls(databaseUrl!).map((url) => new URL(url).hostname)).toEqual(nodes);
      expect(replicaUrls.flatMap(hostUrls).map((url) => new URL(url).hostname)).toEqual(nodes);
    }
  });

  it("Every configuration file is mounted, and every node, balancer and pooler is there", () => {
    const all = Object.values<{ configs?: { source: string }[] }>(cluster.services);
    const mounted = all.flatMap(({ configs = [] }) => configs.map(({ source }) => source));
    expect(new Set(mounted)).toEqual(new Set(Object.keys(cluster.configs)));
    expect(Object.keys(cluster.services)).toEqual(
      expect.arrayContaining(["etcd", ...nodes, "pgbouncer", "haproxy"]),
    );
    const patroni = parse(cluster.configs.patroni.content);
    expect(patroni.bootstrap.dcs.synchronous_mode).toBe(true);
    for (const name of [...nodes, "service-1", "service-2"])
      expect(cluster.configs.haproxy.content).toContain(`server ${name} ${name}:`);
  });
});
