import type { Readable } from "node:stream";
import zlib from "node:zlib";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { RequestError } from "../errors.js";
import { memoryOf, type RequestMemory } from "./request-memory.js";
import { LONG_BYTES, type LongRequests } from "./long-requests.js";

type Decompress = (body: Buffer, options: { maxOutputLength: number }) => Buffer;

/** Synchronous, so that one body is decompressed at a time: a thousand in parallel would each use up to the limit. */
const DECOMPRESS: Record<string, Decompress> = {
  gzip: zlib.gunzipSync,
  deflate: zlib.inflateSync,
  br: zlib.brotliDecompressSync,
};

/** Estimated memory of one parsed JSON value: an empty object and the reference to it. */
const BYTES_PER_VALUE = 64;

/** A body may have one JSON value per this many bytes of the limit. Representations sent by routers have about 25. */
const MIN_BYTES_PER_VALUE = 16;

/** The least limit on values, in bytes: with a low body limit, ordinary requests must still pass. */
const MIN_LIMIT_FOR_VALUES = 65_536;

/** The most memory that a parsed body can use, given the limit on its size. */
export function maxParsedBodySize(limit: number): number {
  return limit + (BYTES_PER_VALUE * limit) / MIN_BYTES_PER_VALUE;
}

/**
 * Reads JSON and plain-text bodies up to a limit, which also applies after decompression. Their memory counts towards the
 * budget of all requests. Fastify's own reader keeps each chunk in an object of a hundred bytes, however small the chunk.
 */
export function readBodies(app: FastifyInstance, limit: number, longRequests: LongRequests): void {
  const read = async (request: FastifyRequest, payload: Readable) => {
    const decompress = decompressorOf(request);
    if (Number(request.headers["content-length"]) > limit) throw tooLarge(limit);
    const memory = memoryOf(request);
    const received = await receive(payload, limit, memory);
    if (received.length > LONG_BYTES || request.headers["content-encoding"]) {
      await longRequests.begin(request);
    }
    const body = decompress(received, limit);
    const values = countValues(body);
    if (values * MIN_BYTES_PER_VALUE > Math.max(limit, MIN_LIMIT_FOR_VALUES)) throw tooManyValues();
    memory.resize(body.length + BYTES_PER_VALUE * values);
    if (memory.isAborted) throw outOfMemory();
    memory.pin();
    return body.toString();
  };
  const parse = app.getDefaultJsonParser("error", "error");
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("text/plain", read);
  app.addContentTypeParser("application/json", (request, payload, done) => {
    read(request, payload).then((text) => parse(request, text, done), done);
  });
}

function decompressorOf({ headers }: FastifyRequest): (body: Buffer, limit: number) => Buffer {
  const encoding = String(headers["content-encoding"] ?? "identity").toLowerCase();
  if (encoding === "identity") return (body) => body;
  const decompress = Object.hasOwn(DECOMPRESS, encoding) ? DECOMPRESS[encoding] : undefined;
  if (!decompress) {
    const known = Object.keys(DECOMPRESS).join(", ");
    throw new RequestError(415, "BAD_REQUEST", `Content-Encoding: expected one of ${known}.`);
  }
  return (body, limit) => {
    try {
      return decompress(body, { maxOutputLength: limit });
    } catch (error) {
      throw (error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE"
        ? tooLarge(limit)
        : new RequestError(400, "BAD_REQUEST", `The body is incomplete or is not ${encoding}.`);
    }
  };
}

/** A chunk of one byte takes as long to read as one of a thousand, so a megabyte of them would block all other requests. */
const MANY_CHUNKS = 10_000;
const SMALL_CHUNK = 16;

const EMPTY = Buffer.alloc(0);

/** Receives the whole body into one buffer. */
function receive(payload: Readable, limit: number, memory: RequestMemory): Promise<Buffer> {
  return new Promise((done, fail) => {
    let body: Buffer = EMPTY;
    let length = 0;
    let chunks = 0;
    const end = (error?: RequestError) => {
      payload.off("data", add).off("end", end).off("error", interrupted);
      if (error) fail(error);
      else done(body.subarray(0, length));
    };
    const interrupted = () =>
      end(new RequestError(400, "BAD_REQUEST", "The body was interrupted."));
    const add = (chunk: Buffer) => {
      if (length + chunk.length > limit) return end(tooLarge(limit));
      if (++chunks > MANY_CHUNKS && length < chunks * SMALL_CHUNK) {
        return end(new RequestError(400, "BAD_REQUEST", "The body has too many small chunks."));
      }
      // Most bodies are a single chunk.
      if (length === 0) body = chunk;
      else {
        body = ensureCapacity(body, length + chunk.length, limit);
        chunk.copy(body, length);
      }
      length += chunk.length;
      memory.resize(body.length);
    };
    memory.onAbort(() => {
      body = EMPTY;
      end(outOfMemory());
    });
    payload.on("data", add).on("end", end).on("error", interrupted);
  });
}

function ensureCapacity(body: Buffer, length: number, limit: number): Buffer {
  if (length <= body.length) return body;
  const larger = Buffer.allocUnsafeSlow(Math.min(limit, Math.max(length, 2 * body.length)));
  body.copy(larger);
  return larger;
}

const [COMMA, BRACKET, BRACE, QUOTE, BACKSLASH] = Buffer.from(',[{"\\');

/** An upper bound on the number of values in a JSON text. Commas and brackets inside strings are skipped. */
function countValues(body: Buffer): number {
  let values = 1;
  let isInString = false;
  for (let i = 0; i < body.length; i++) {
    const byte = body[i];
    if (byte === QUOTE) isInString = !isInString;
    else if (isInString) i += Number(byte === BACKSLASH);
    else if (byte === COMMA || byte === BRACKET || byte === BRACE) values++;
  }
  return values;
}

function tooLarge(limit: number): RequestError {
  return new RequestError(
    413,
    "BAD_REQUEST",
    `The body is larger than the limit of ${limit} bytes after decompression.`,
  );
}

function tooManyValues(): RequestError {
  return new RequestError(
    413,
    "BAD_REQUEST",
    "The body has too many JSON values (lists, objects and their items).",
  );
}

function outOfMemory(): RequestError {
  return new RequestError(
    503,
    "UNAVAILABLE",
    "The service is receiving too much data at once. Try again later.",
  );
}
