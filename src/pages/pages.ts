import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { truncate } from "../telemetry/truncate.js";
import type { Sql } from "../db/sql.js";
import { recordCounts } from "./counts.js";
import { serveGraphiql } from "./graphiql.js";
import { asPage, ICON, type Page } from "./html.js";
import { landingPage, UNREADABLE } from "./landing.js";
import { notFoundPage } from "./not-found.js";
import { exampleQuestions } from "./questions.js";
import { type Execute, readRecord } from "./record.js";
import { cached } from "./cache.js";
import { sandboxPage } from "./sandbox.js";

/** How the pages read the record. */
export interface PageSources {
  sql: Sql;
  /** Executes a GraphQL query. Null if clients need a secret or trusted documents: then the pages show no answers either. */
  execute: Execute | null;
}

const NOT_PUBLIC = "This service accepts only requests from a router, or trusted documents.";

/** The maximum length of a path in a 404 response. */
const MAX_PATH_LENGTH = 200;

/** Serves the pages for people: `/`, `/sandbox` and `/graphiql`. */
export function servePages(app: FastifyInstance, { sql, execute }: PageSources): void {
  const examples = exampleQuestions();
  const sandbox = sandboxPage(examples[0]?.document ?? "");
  const read = cached(async () =>
    execute
      ? readRecord(sql, execute, examples)
      : { notice: NOT_PUBLIC, counts: await recordCounts(sql) },
  );

  app.get("/", async (request, reply) => {
    const record = (await read()) ?? { notice: UNREADABLE };
    return send(reply, landingPage({ record, examples, origin: originOf(request) }));
  });
  app.get("/sandbox", async (_request, reply) => send(reply, sandbox));
  app.get("/favicon.svg", async (_request, reply) =>
    reply
      .type("image/svg+xml")
      .header("x-content-type-options", "nosniff")
      .header("cache-control", "max-age=86400")
      .send(ICON),
  );
  serveGraphiql(app);
  app.addHook("onRequest", async ({ method, url, headers }, reply) => {
    // Redirects a browser that opens the endpoint.
    if (method === "GET" && url === "/graphql" && headers.accept?.includes("text/html")) {
      return reply.redirect("/");
    }
  });
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

/** The origin by which the browser has reached the service. A TLS-terminating proxy sets the header. */
function originOf(request: FastifyRequest): string {
  const { "x-forwarded-proto": protocol, host = "localhost" } = request.headers;
  return `${protocol === "https" ? "https" : "http"}://${host}`;
}
