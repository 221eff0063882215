import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { cut } from "../cut.js";
import type { Sql } from "../db/sql.js";
import { type RecordCounts, recordCounts } from "./counts.js";
import { serveGraphiql } from "./graphiql.js";
import { asPage, ICON, type Page } from "./html.js";
import { landingPage } from "./landing.js";
import { notFoundPage } from "./not-found.js";
import { exampleQuestions } from "./questions.js";
import { sandboxPage } from "./sandbox.js";

/** Counting a large record takes a moment, so that the landing page may tell the figures of a minute ago. */
const COUNTS_LAST_MS = 60_000;
/** A database that can't be asked is not asked again at once. */
const FAILURE_LASTS_MS = 5_000;

/** What is shown of a path at which there is nothing. */
const LONGEST_PATH = 200;

/** Serves the pages for people: `/`, `/sandbox` and `/graphiql`. */
export function servePages(app: FastifyInstance, sql: Sql): void {
  const questions = exampleQuestions();
  const sandbox = sandboxPage(questions[0]?.document ?? "");
  const counts = rememberedCounts(sql);

  app.get("/", async (request, reply) =>
    send(reply, landingPage(await counts(), questions, originOf(request))),
  );
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

/** Asks again only when the last answer is old. Without figures, null, the page still is a page. */
function rememberedCounts(sql: Sql): () => Promise<RecordCounts | null> {
  let until = 0;
  let answer: Promise<RecordCounts | null>;
  return () => {
    if (Date.now() < until) return answer;
    until = Date.now() + COUNTS_LAST_MS;
    answer = recordCounts(sql).catch(() => {
      until = Date.now() + FAILURE_LASTS_MS;
      return null;
    });
    return answer;
  };
}
