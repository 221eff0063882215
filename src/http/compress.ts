import compress from "@fastify/compress";
import type { FastifyInstance } from "fastify";

/** Compresses what is over a kilobyte, but where a route says `compress: false`. Bodies are inflated by body.ts. */
export async function compressAnswers(app: FastifyInstance): Promise<void> {
  await app.register(compress, { encodings: ["br", "gzip"], globalDecompression: false });
  // Fastify takes the body of HEAD away before it could be compressed, and tells a length that GET's has not.
  app.addHook("onRoute", (route) => {
    if (route.method !== "HEAD" || route.compress === false) return;
    const before = [route.onSend ?? []].flat();
    route.onSend = [
      ...before,
      async (_request, reply) => void reply.removeHeader("content-length"),
    ];
  });
}
