import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { createExplorer, type Explorer } from "../../explorer/src/explorer.js";
import type { ExecuteInside } from "../http/inside.js";
import { PROJECT } from "./project.js";

/** The output of bin/islands.js, written when the project was compiled. */
const ISLANDS = join(PROJECT, "dist/explorer/islands");

/** How long browsers keep style sheets and scripts, whose addresses change with them: a year. */
const IMMUTABLE = "public, max-age=31536000, immutable";

/** Serves the explorer: pages about what is on record. `graphiql`: whether its visitors can use GraphiQL. */
export function serveExplorer(
  app: FastifyInstance,
  execute: ExecuteInside,
  graphiql: boolean,
): Explorer {
  const explorer = createExplorer({ graphiql, islands: ISLANDS });
  for (const folder of explorer.folders) {
    for (const path of [`/${folder}`, `/${folder}/*`]) {
      app.get(path, async (request, reply) => {
        const { status, headers, body } = await explorer.answer(
          request.url,
          (document, variables) => execute(document, variables, reply),
        );
        return reply.code(status).headers(headers).send(body);
      });
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
