import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { cut } from "../telemetry/cut.js";
import type { Sql } from "../db/sql.js";
import { recordCounts } from "./counts.js";
import { serveGraphiql } from "./graphiql.js";
import { asPage, ICON, type Page } from "./html.js";
import { landingPage, UNREADABLE } from "./landing.js";
import { notFoundPage } from "./not-found.js";
import { exampleQuestions } from "./questions.js";
import { type Ask, readRecord } from "./record.js";
import { remembered } from "./remember.js";
import { sandboxPage } from "./sandbox.js";

/** What the pages read the record through. */
export interface PageSources {
  sql: Sql;
  /** Null where a browser may not ask what it likes: then no page tells it either. */
  ask: Ask | null;
}

const NOT_FOR_ALL = "Here only a router, or who asks what is on a list, is answered.";

/** What is shown of a path at which there is nothing. */
const LONGEST_PATH = 200;

/** Serves the pages for people: `/`, `/sandbox` and `/graphiql`. */
export function servePages(app: FastifyInstance, { sql, ask }: PageSources): void {
  const examples = exampleQuestions();
  const sandbox = sandboxPage(examples[0]?.document ?? "");
  const read = remembered(async () =>
    ask ? readRecord(sql, ask, examples) : { notice: NOT_FOR_ALL, counts: await recordCounts(sql) },
  );

  app.get("/", async (request, reply) => {
    const told = (await read()) ?? { notice: UNREADABLE };
    return send(reply, landingPage({ told, examples, origin: originOf(request) }));
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
    // Somebody who opens the endpoint in a browser wants to see something.
    if (method === "GET" && url === "/graphql" && headers.accept?.includes("text/html")) {
      return reply.redirect("/");
    }
  });
}

/** Says that there is nothing: to a browser with a page, where there are pages. */
export function serveNotFound(app: FastifyInstance, pages: boolean): void {
  app.setNotFoundHandler((request, reply) => {
    const path = cut(request.url.replace(/\?.*/s, ""), LONGEST_PATH);
    reply.code(404);
    if (pages && request.headers.accept?.includes("text/html")) {
      return void send(reply, notFoundPage(path));
    }
    const message = `There is nothing at ${request.method} ${path}. Questions go to POST /graphql.`;
    void reply.send({ errors: [{ message, extensions: { code: "NOT_FOUND" } }] });
  });
}

function send(reply: FastifyReply, { html, policy }: Page): FastifyReply {
  return asPage(reply, policy).send(html);
}

/** How the browser has reached the service, for people to copy. A proxy that ends TLS says so in a header. */
function originOf(request: FastifyRequest): string {
  const { "x-forwarded-proto": outside, host = "localhost" } = request.headers;
  return `${outside === "https" ? "https" : "http"}://${host}`;
}
