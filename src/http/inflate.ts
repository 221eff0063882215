import { Readable } from "node:stream";
import { promisify } from "node:util";
import zlib from "node:zlib";
import type { FastifyRequest } from "fastify";
import { Refusal } from "../errors.js";

type Inflate = (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const INFLATE: Record<string, Inflate> = {
  gzip: promisify(zlib.gunzip),
  deflate: promisify(zlib.inflate),
  br: promisify<Buffer, object, Buffer>(zlib.brotliDecompress),
};

/**
 * Inflates compressed bodies, and gives up at the limit: a body of a kilobyte may hold a gigabyte. The plugin
 * that compresses answers refuses such a body too, but goes on inflating it to its end.
 */
export function inflateBody(limit: number) {
  return async (request: FastifyRequest, _reply: unknown, payload: Readable): Promise<Readable> => {
    const encoding = String(request.headers["content-encoding"] ?? "identity").toLowerCase();
    if (encoding === "identity") return payload;
    const inflate = Object.hasOwn(INFLATE, encoding) ? INFLATE[encoding] : undefined;
    if (!inflate) {
      const known = Object.keys(INFLATE).join(", ");
      throw new Refusal(415, "BAD_REQUEST", `Content-Encoding: expected one of ${known}.`);
    }
    let compressed: Buffer;
    let body: Buffer;
    try {
      compressed = await read(payload, limit);
      body = await inflate(compressed, { maxOutputLength: limit });
    } catch (error) {
      if (error instanceof Refusal) throw error;
      throw (error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE"
        ? tooLarge(limit)
        : new Refusal(400, "BAD_REQUEST", `The body is not whole, or not ${encoding}.`);
    }
    // Fastify compares it to what `Content-Length` says.
    return Object.assign(Readable.from([body]), { receivedEncodedLength: compressed.length });
  };
}

async function read(payload: Readable, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of payload as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(limit: number): Refusal {
  return new Refusal(
    413,
    "BAD_REQUEST",
    `The body is too large: at most ${limit} bytes, inflated.`,
  );
}
