import type { FastifyInstance } from "fastify";
import { createExplorer, type Explorer } from "../../explorer/src/explorer.js";
import type { ExecuteInside } from "../http/inside.js";

/** How long browsers keep the style sheet, whose address changes with it: a year. */
const IMMUTABLE = "public, max-age=31536000, immutable";

/** Serves the explorer: pages about what is on record. `graphiql`: whether its visitors can use GraphiQL. */
export function serveExplorer(
  app: FastifyInstance,
  execute: ExecuteInside,
  graphiql: boolean,
): Explorer {
  const explorer = createExplorer({ graphiql });
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
  const { path, content } = explorer.stylesheet;
  app.get(path, async (_request, reply) =>
    reply
      .type("text/css; charset=utf-8")
      .header("x-content-type-options", "nosniff")
      .header("cache-control", IMMUTABLE)
      .send(content),
  );
  return explorer;
}
