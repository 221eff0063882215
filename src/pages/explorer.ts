import { join } from "node:path";
import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { createExplorer, type Explorer } from "../../explorer/src/explorer.js";
import type { ExecuteInside } from "../http/inside.js";
import type { ReadInside } from "../http/read-inside.js";
import { memoryOf } from "../http/request-memory.js";
import { originOf } from "./html.js";
import { LinkedDocuments } from "./linked-documents.js";
import { PROJECT } from "./project.js";
import { refuseOtherMethods } from "./refusals.js";

/** The output of bin/islands.js, written when the project was compiled. */
const ISLANDS = join(PROJECT, "dist/explorer/islands");

/** How long browsers keep style sheets and scripts, whose addresses change with them: a year. */
const IMMUTABLE = "public, max-age=31536000, immutable";

/** Serves the explorer: pages about what is on record. `graphiql`: whether its visitors can use GraphiQL. */
export function serveExplorer(
  app: FastifyInstance,
  execute: ExecuteInside,
  read: ReadInside,
  graphiql: boolean,
): Explorer {
  const explorer = createExplorer({ graphiql, islands: ISLANDS, linkedData: true });
  const linked = new LinkedDocuments(read);
  for (const folder of explorer.folders) {
    for (const path of [`/${folder}`, `/${folder}/*`]) {
      app.get(path, async (request, reply) => {
        const address = addressOf(request);
        const document =
          folder === "documents" ? await linked.answer(address, request, reply) : null;
        if (document !== null) return document;
        const { status, headers, body } = await explorer.answer(
          address,
          (document, variables) => execute(document, variables, reply),
          { origin: originOf(request), client: request.ip },
        );
        reply.code(status).headers(headers);
        return reply.send(typeof body === "string" ? body : await fileOf(body, request, reply));
      });
      refuseOtherMethods(app, path);
    }
  }
  for (const { path, type, content } of explorer.assets) {
    app.get(path, async (_request, reply) =>
      reply
        .type(type)
        .header("x-content-type-options", "nosniff")
        .header("cache-control", IMMUTABLE)
        .send(content),
    );
  }
  return explorer;
}

/** The path that was asked for, with its query. A server must take a whole address, too: proxies are asked by it (RFC 9112, 3.2.2). */
function addressOf({ url }: FastifyRequest): string {
  return url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "");
}

/** A file as a stream, of which a part is made when the one before has been taken. HEAD gets none of it. */
async function fileOf(
  body: AsyncGenerator<string, void>,
  request: FastifyRequest,
  { raw }: FastifyReply,
): Promise<Readable | string> {
  const stop = () => void body.return();
  raw.once("close", stop);
  if (request.method === "HEAD" || raw.destroyed) {
    await body.return();
    return "";
  }
  return Readable.from(counted(body, request), { objectMode: false });
}

/** Counts the memory that each part holds until it is taken, for which the client has the usual time. */
async function* counted(parts: AsyncIterable<string>, request: FastifyRequest) {
  const memory = memoryOf(request);
  try {
    for await (const part of parts) {
      memory.sendPart(Buffer.byteLength(part));
      if (part !== "") yield part;
    }
  } catch (error) {
    if (!request.raw.socket.destroyed) {
      request.log.error({ requestId: request.id, err: error }, "download aborted");
    }
    // What the connection is broken off with; compression logs any other error once more.
    throw Object.assign(new Error("premature close"), { code: "ERR_STREAM_PREMATURE_CLOSE" });
  }
}
