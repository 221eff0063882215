import { readFileSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { resolve, sep } from "node:path";
import { ask, recordedDatabase, servingService, type ServingService } from "./harness/serving.js";

const ROOT = resolve(__dirname, "..");
const SRC = resolve(ROOT, "src") + sep;

/** The part of docs/architecture.md about a query. */
const [, ABOUT = ""] =
  /\n## The path of a query\n(.*?)\n## /s.exec(
    readFileSync(resolve(ROOT, "docs/architecture.md"), "utf8"),
  ) ?? [];
const [, QUERY = ""] = /```text\n(.*?)```/s.exec(ABOUT) ?? [];

describe("The path of a query", () => {
  let served: ServingService;
  beforeAll(async () => {
    served = await servingService(await recordedDatabase());
  });
  afterAll(() => served.close());

  /** The files of src/ that have a function which runs for a query, once its document is cached. */
  async function filesThatRun(query: string): Promise<string[]> {
    const session = new Session();
    session.connect();
    await session.post("Profiler.enable");
    await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
    await ask(served.address, query);
    await session.post("Profiler.takePreciseCoverage");
    await ask(served.address, query);
    const { result } = await session.post("Profiler.takePreciseCoverage");
    await session.post("Profiler.disable");
    session.disconnect();
    return result
      .filter(({ functions }) => functions.some(({ ranges: [whole] }) => whole!.count > 0))
      .map(({ url }) => url.replace("file://", ""))
      .filter((path) => path.startsWith(SRC))
      .map((path) => path.slice(SRC.length).replaceAll(sep, "/"))
      .sort();
  }

  it("The headline question runs code of 30 files at most, those that docs/architecture.md names", async () => {
    const { data } = await ask(served.address, QUERY);
    expect(data.person.statements.totalCount).toBe(14);
    const [table = ""] = /\n\| step .*?\n\n/s.exec(ABOUT) ?? [];
    const named = Array.from(table.matchAll(/`([\w./-]+\.ts)`/g), ([, file]) => file!);
    const files = await filesThatRun(QUERY);
    // A declaration, which runs no code.
    expect([...files, "statement/statement.store.ts"].sort()).toEqual([...new Set(named)].sort());
    expect(files.length).toBeLessThanOrEqual(30);
  });
});
