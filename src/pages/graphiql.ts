import type { FastifyInstance } from "fastify";
import { BUILT, serveBuilt } from "./built.js";
import { contentPolicy } from "./html.js";

/** Serves GraphiQL as one self-contained page, the output of bin/graphiql.js. */
export function serveGraphiql(app: FastifyInstance, folder = BUILT): void {
  serveBuilt(app, { name: "graphiql", title: "GraphiQL", policy }, folder);
}

/** `scripts`: the hashes of its inline scripts. */
function policy({ scripts }: { scripts: string[] }): string {
  return contentPolicy([
    `script-src ${scripts.map((hash) => `'sha256-${hash}'`).join(" ")}`,
    "worker-src blob:", // its editor's
    "style-src 'unsafe-inline'", // its editor creates styles at run time
    "font-src data:",
    "img-src 'self' data:",
    "connect-src 'self'",
  ]);
}
