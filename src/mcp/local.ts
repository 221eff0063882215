import { join } from "node:path";
import type { DataSource } from "typeorm";
import { readTrustedDocuments } from "../http/trusted-documents.js";
import { PROJECT, VERSION } from "../pages/project.js";
import { Against } from "../records/against/record.against.js";
import { createSchema, printApiSchema } from "../schema.js";
import type { Ask } from "./ask.js";
import { curationTools, type WithLookUp } from "./curate.js";
import type { McpSettings } from "./mcp-server.js";
import { askAt } from "./remote.js";
import type { Tool } from "./tool.js";
import { toolbox } from "./toolbox.js";

/** The tools of a server on standard input and output. */
interface LocalTools {
  settings: McpSettings;
  ask: Ask;
}

/** The parts of a service in this process that tools use. */
interface LocalService {
  execute: Ask;
  toolsWith(curation: readonly Tool[]): Promise<McpSettings>;
}

/** Returns tools on a database, including those for curation, which check against it. */
export async function localTools(
  service: LocalService,
  dataSource: DataSource,
): Promise<LocalTools> {
  const withLookUp: WithLookUp = async (work) => {
    const runner = dataSource.createQueryRunner();
    try {
      return await work(new Against(runner));
    } finally {
      await runner.release();
    }
  };
  const settings = await service.toolsWith(curationTools(withLookUp));
  return { settings, ask: (document, variables) => service.execute(document, variables) };
}

/** Returns tools that query the service at an address, including those for curation, which need no database. */
export async function remoteTools(
  url: string,
  timeoutMs: number,
  routerSecret: string | null,
  say: (line: string) => void,
): Promise<LocalTools> {
  const schema = createSchema();
  const documents = await readTrustedDocuments(join(PROJECT, "agents"), schema);
  const { tools } = toolbox({
    schema,
    printApi: printApiSchema,
    documents: documents.values(),
    executes: true,
    introspects: true,
    curation: curationTools(),
  });
  return {
    settings: {
      ...{ tools, version: VERSION, timeoutMs },
      onCall: ({ tool, error }) => {
        if (error !== undefined)
          say(`${tool}: ${error instanceof Error ? error.stack : JSON.stringify(error)}`);
      },
    },
    ask: askAt(url, timeoutMs, routerSecret),
  };
}
