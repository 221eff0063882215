import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { FastifyInstance } from "fastify";
import { PROJECT } from "./project.js";
import { asPage, contentPolicy } from "./html.js";

/** The output of bin/graphiql.js, written when the project was compiled. */
const BUILT = join(PROJECT, "dist/pages");

interface Built {
  /** The file name of the compressed page, which includes a hash. */
  file: string;
  /** The hashes of its inline scripts. */
  scripts: string[];
}

/** Serves GraphiQL as one self-contained page, compressed at build time. */
export function serveGraphiql(app: FastifyInstance, folder = BUILT): void {
  const built = readBuilt(folder);
  if (!built) {
    app.get("/graphiql", async (_request, reply) =>
      reply.code(503).send({
        errors: [
          {
            message:
              "GraphiQL has not been built: run `npm run build`, then start the service again.",
            extensions: { code: "UNAVAILABLE" },
          },
        ],
      }),
    );
    return;
  }
  const { file, scripts } = built;
  const compressed = readFileSync(join(folder, file));
  const policy = contentPolicy([
    `script-src ${scripts.map((hash) => `'sha256-${hash}'`).join(" ")}`,
    "worker-src blob:", // its editor's
    "style-src 'unsafe-inline'", // its editor creates styles at run time
    "font-src data:",
    "img-src 'self' data:",
    "connect-src 'self'",
  ]);
  // Compressed at build time already.
  app.get("/graphiql", { compress: false }, async (request, reply) => {
    const asGzip = acceptsGzip(request.headers["accept-encoding"]);
    const tag = `"${file.split(".")[0]}${asGzip ? "" : "-inflated"}"`;
    asPage(reply, policy).header("etag", tag).header("vary", "accept-encoding");
    if (request.headers["if-none-match"]?.includes(tag)) return reply.code(304).send();
    if (asGzip) return reply.header("content-encoding", "gzip").send(compressed);
    return reply.send(await promisify(gunzip)(compressed));
  });
}

function readBuilt(folder: string): Built | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, "graphiql.json"), "utf8")) as Built;
  } catch {
    return undefined;
  }
}

/** Whether the client accepts gzip, as every browser does. */
function acceptsGzip(header: string | string[] = ""): boolean {
  return /(^|[\s,])(gzip|\*)\s*(;\s*q=(?!0(\.0*)?\s*(,|$))|,|$)/i.test(String(header));
}
