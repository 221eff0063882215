import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { DataSource } from "typeorm";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";
import { createDataSource } from "../../src/db/data-source.js";
import { freshDatabase } from "./database.js";
import type { MirroredItem } from "./record-walk.js";

const ROOT = resolve(__dirname, "../..");

/** The example of a mirror, as a program that follows a service into a database of its own. */
export class Mirror {
  private constructor(
    private readonly service: string,
    private readonly program: string,
    private readonly url: string,
    readonly database: DataSource,
  ) {}

  /** Compiles it for a service at this address. */
  static async of(service: string): Promise<Mirror> {
    const program = await mkdtemp(join(tmpdir(), "communique-mirror-"));
    const source = await readFile(join(ROOT, "examples/mirror/mirror.ts"), "utf8");
    const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2023 };
    const { outputText } = transpileModule(source, { compilerOptions });
    await writeFile(join(program, "mirror.js"), outputText);
    const url = await freshDatabase();
    return new Mirror(service, program, url, await createDataSource(url).initialize());
  }

  /** Starts it. */
  start(...options: string[]): ChildProcess {
    const args = [join(this.program, "mirror.js"), this.service, this.url, ...options];
    return spawn(process.execPath, args, {
      stdio: ["ignore", "ignore", "pipe"],
      env: { ...process.env, NODE_PATH: join(ROOT, "node_modules") },
    });
  }

  /** Has it follow to the end of the feed. Returns what it says of an error; nothing if there was none. */
  async catchUp(): Promise<string> {
    const child = this.start("--once");
    let said = "";
    child.stderr!.setEncoding("utf8").on("data", (text: string) => (said += text));
    const [code] = (await once(child, "close")) as [number];
    return code === 0 ? "" : said;
  }

  items(): Promise<MirroredItem[]> {
    return this.database.query("SELECT * FROM mirror_item ORDER BY type, key");
  }

  /** Forgets everything. */
  async startAnew(): Promise<void> {
    await this.database.query(
      "DROP TABLE IF EXISTS mirror_item, mirror_position; DROP FUNCTION IF EXISTS wait",
    );
  }

  async close(): Promise<void> {
    await this.database.destroy();
    await rm(this.program, { recursive: true });
  }
}

/** Ends a process as a failing machine does. */
export async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}
