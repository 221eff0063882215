import compress from "@fastify/compress";
import type { FastifyInstance } from "fastify";

/** Compresses responses over 1 KiB unless a route sets `compress: false`. body.ts decompresses requests. */
export async function compressResponses(app: FastifyInstance): Promise<void> {
  await app.register(compress, { encodings: ["br", "gzip"], globalDecompression: false });
  // Fastify drops the body of HEAD before compression, so its content-length would differ from that of GET.
  app.addHook("onRoute", (route) => {
    if (route.method !== "HEAD" || route.compress === false) return;
    const before = [route.onSend ?? []].flat();
    route.onSend = [
      ...before,
      async (_request, reply) => void reply.removeHeader("content-length"),
    ];
  });
}
