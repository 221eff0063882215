import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { FastifyInstance } from "fastify";
import { asPage } from "./html.js";
import { PROJECT } from "./project.js";

/** Where bin/pages.js has written pages, when the project was compiled. */
export const BUILT = join(PROJECT, "dist/pages");

/** A page that was made and compressed when the project was compiled. */
export interface BuiltPage<Facts> {
  /** The path at which it is served, and the name of its files: `graphiql` is at `/graphiql`. */
  name: string;
  /** What the error calls it if it is not there. */
  title: string;
  /** Its content security policy, from what its JSON file holds. */
  policy: (facts: Facts) => string;
}

interface Built {
  /** The file name of the compressed page, which includes a hash. */
  file: string;
}

/**
 * Serves such a page. It is read when it is first asked for, since it may be built while the service already runs; until it is
 * there, the answer is 503.
 */
export function serveBuilt<Facts>(
  app: FastifyInstance,
  { name, title, policy }: BuiltPage<Facts>,
  folder: string,
): void {
  let page: { file: string; compressed: Buffer; policy: string } | undefined;
  const read = () => {
    const built = readBuilt<Facts>(folder, name);
    return built && { ...built, policy: policy(built.facts) };
  };
  // Compressed at build time already.
  app.get(`/${name}`, { compress: false }, async (request, reply) => {
    page ??= read();
    if (!page) {
      const message = `${title} has not been built: run \`npm run build\`. After a first start it is there within seconds.`;
      return reply
        .code(503)
        .header("retry-after", "5")
        .send({ errors: [{ message, extensions: { code: "UNAVAILABLE" } }] });
    }
    const asGzip = acceptsGzip(request.headers["accept-encoding"]);
    const tag = `"${page.file.split(".")[0]}${asGzip ? "" : "-inflated"}"`;
    asPage(reply, page.policy).header("etag", tag).header("vary", "accept-encoding");
    if (request.headers["if-none-match"]?.includes(tag)) return reply.code(304).send();
    if (asGzip) return reply.header("content-encoding", "gzip").send(page.compressed);
    return reply.send(await promisify(gunzip)(page.compressed));
  });
}

function readBuilt<Facts>(folder: string, name: string) {
  try {
    const facts = JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as Built & Facts;
    return { file: facts.file, compressed: readFileSync(join(folder, facts.file)), facts };
  } catch {
    return undefined;
  }
}

/** Whether the client accepts gzip, as every browser does. */
function acceptsGzip(header: string | string[] = ""): boolean {
  return /(^|[\s,])(gzip|\*)\s*(;\s*q=(?!0(\.0*)?\s*(,|$))|,|$)/i.test(String(header));
}
