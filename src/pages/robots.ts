import type { FastifyInstance } from "fastify";

/** What narrows a list, asks for its counts or goes on in them: each page has more of such links than a crawler could follow. */
const NARROWING = [
  ...["facets", "skip", "speaker", "person", "side", "place", "country", "topic", "year", "month"],
];

/**
 * What crawlers are asked to leave alone: tools, searches, lists that are narrowed, pictures and files. All that is on record is
 * reached without these. `*` and `$` are those of RFC 9309.
 */
const ROBOTS = [
  "User-agent: *",
  ...["/graphiql", "/graphql", "/sandbox", "/search"].map((path) => `Disallow: ${path}`),
  ...["tab=pictures", "format=", ...NARROWING.map((name) => `${name}=`)].flatMap((parameter) => [
    `Disallow: /*?${parameter}`,
    `Disallow: /*&${parameter}`,
  ]),
  "Disallow: /*.jsonld$",
  "",
].join("\n");

/** Serves `/robots.txt`. */
export function serveRobots(app: FastifyInstance): void {
  app.get("/robots.txt", async (_request, reply) =>
    reply
      .type("text/plain; charset=utf-8")
      .header("x-content-type-options", "nosniff")
      .header("cache-control", "max-age=86400")
      .send(ROBOTS),
  );
}
