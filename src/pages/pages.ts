import { join } from "node:path";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { GraphQLSchema } from "graphql";
import { truncate } from "../telemetry/truncate.js";
import type { Sql } from "../db/sql.js";
import type { ExecuteInside } from "../http/inside.js";
import type { ReadInside } from "../http/read-inside.js";
import type { HttpSettings } from "../http/settings.js";
import { recordCounts } from "./counts.js";
import { serveExplorer } from "./explorer.js";
import { serveFeeds } from "./feeds.js";
import { serveGraphiql } from "./graphiql.js";
import { asPage, ICON, originOf, type Page } from "./html.js";
import { landingPage, UNREADABLE } from "./landing.js";
import { notFoundPage } from "./not-found.js";
import { PROJECT } from "./project.js";
import { exampleQuestions } from "./questions.js";
import { readRecord } from "./record.js";
import { serveReference } from "./reference.js";
import { cached } from "./cache.js";
import { serveRobots } from "./robots.js";
import { sandboxPage } from "./sandbox.js";

/** How the pages read the record. */
export interface PageSources {
  sql: Sql;
  execute: ExecuteInside;
  /** How a page reads what no question of the API gives. */
  read: ReadInside;
  schema: GraphQLSchema;
  /** Whether clients need neither a secret nor trusted documents. If they do, the start page shows no query with its answer. */
  isPublic: boolean;
}

const NOT_PUBLIC = "This service accepts only requests from a router, or trusted documents.";

/** The maximum length of a path in a 404 response. */
const MAX_PATH_LENGTH = 200;

/** Serves the pages for people that are on: `/`, the explorer and its feeds, `/sandbox`, `/graphiql` and `/reference`. */
export function servePages(
  app: FastifyInstance,
  { pages, explorer: explores, feeds }: Pick<HttpSettings, "pages" | "explorer" | "feeds">,
  { sql, execute, read: readForPage, schema, isPublic }: PageSources,
): void {
  if (!pages && !explores) return;
  const examples = exampleQuestions();
  const explorer = explores ? serveExplorer(app, execute, readForPage, pages && isPublic) : null;
  if (explores) serveFeeds(app, { sql, execute, schema, folder: feeds ?? join(PROJECT, "feeds") });
  const read = cached(async () =>
    isPublic
      ? readRecord(sql, execute, examples)
      : { notice: NOT_PUBLIC, counts: await recordCounts(sql) },
  );
  const readWays = cached(async () => explorer?.waysIn(execute) ?? null);
  const readNewest = cached(async () => explorer?.newest(execute) ?? null);

  app.get("/", async (request, reply) => {
    const [record, ways, newest] = await Promise.all([read(), readWays(), readNewest()]);
    const page = landingPage({
      record: record ?? { notice: UNREADABLE },
      examples,
      origin: originOf(request),
      explorer: explorer && { ...explorer, ways: ways ?? "", newest: newest ?? "" },
      tools: pages,
    });
    return send(reply, page);
  });
  app.get("/favicon.svg", async (_request, reply) =>
    reply
      .type("image/svg+xml")
      .header("x-content-type-options", "nosniff")
      .header("cache-control", "max-age=86400")
      .send(ICON),
  );
  serveRobots(app);
  if (pages) serveTools(app, examples[0]?.document ?? "");
}

/** Serves `/sandbox`, `/graphiql` and `/reference`. */
function serveTools(app: FastifyInstance, document: string): void {
  const sandbox = sandboxPage(document);
  app.get("/sandbox", async (_request, reply) => send(reply, sandbox));
  serveGraphiql(app);
  serveReference(app);
}

/** Sends 404: as a page to browsers if pages are on, else as JSON. */
export function serveNotFound(app: FastifyInstance, pages: boolean): void {
  app.setNotFoundHandler((request, reply) => {
    const path = truncate(request.url.replace(/\?.*/s, ""), MAX_PATH_LENGTH);
    reply.code(404);
    if (pages && request.headers.accept?.includes("text/html")) {
      return void send(reply, notFoundPage(path));
    }
    const message = `Not found: ${request.method} ${path}. Send GraphQL requests to POST /graphql.`;
    void reply.send({ errors: [{ message, extensions: { code: "NOT_FOUND" } }] });
  });
}

function send(reply: FastifyReply, { html, policy }: Page): FastifyReply {
  return asPage(reply, policy).send(html);
}
