import type { Readable } from "node:stream";
import zlib from "node:zlib";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { Refusal } from "../errors.js";
import { type Held, heldBy } from "./held.js";
import { LONG_BYTES, type LongRequests } from "./long-requests.js";

type Inflate = (body: Buffer, options: { maxOutputLength: number }) => Buffer;

/** One body after the other: a thousand that are inflated side by side would take up to the limit each. */
const INFLATE: Record<string, Inflate> = {
  gzip: zlib.gunzipSync,
  deflate: zlib.inflateSync,
  br: zlib.brotliDecompressSync,
};

/** What a value of parsed JSON takes, an empty object and the place that it is in. */
const BYTES_PER_VALUE = 64;

/** A body may have a value for so many bytes of the limit; the representations that a router sends have 25 a value. */
const BYTES_FOR_VALUE = 16;

/** So that a low limit keeps nobody from asking. */
const LEAST_FOR_VALUES = 65_536;

/** The most memory that a body may take once it is parsed, by the limit of its length. */
export function mostHeldForBody(limit: number): number {
  return limit + (BYTES_PER_VALUE * limit) / BYTES_FOR_VALUE;
}

/**
 * Reads bodies, JSON and plain text, up to a limit that holds for what they are inflated too. What they take is counted
 * in what is held for all clients; Fastify's own reader keeps the pieces as they come, a hundred bytes for each of one.
 */
export function readBodies(app: FastifyInstance, limit: number, longRequests: LongRequests): void {
  const read = async (request: FastifyRequest, payload: Readable) => {
    const inflate = inflateOf(request);
    if (Number(request.headers["content-length"]) > limit) throw tooLarge(limit);
    const held = heldBy(request);
    const received = await receive(payload, limit, held);
    if (received.length > LONG_BYTES || request.headers["content-encoding"]) {
      await longRequests.begin(request);
    }
    const body = inflate(received, limit);
    const values = valuesIn(body);
    if (values * BYTES_FOR_VALUE > Math.max(limit, LEAST_FOR_VALUES)) throw tooManyValues();
    held.resize(body.length + BYTES_PER_VALUE * values);
    if (held.isGivenUp) throw tooMuch();
    held.keep();
    return body.toString();
  };
  const parse = app.getDefaultJsonParser("error", "error");
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("text/plain", read);
  app.addContentTypeParser("application/json", (request, payload, done) => {
    read(request, payload).then((text) => parse(request, text, done), done);
  });
}

function inflateOf({ headers }: FastifyRequest): (body: Buffer, limit: number) => Buffer {
  const encoding = String(headers["content-encoding"] ?? "identity").toLowerCase();
  if (encoding === "identity") return (body) => body;
  const inflate = Object.hasOwn(INFLATE, encoding) ? INFLATE[encoding] : undefined;
  if (!inflate) {
    const known = Object.keys(INFLATE).join(", ");
    throw new Refusal(415, "BAD_REQUEST", `Content-Encoding: expected one of ${known}.`);
  }
  return (body, limit) => {
    try {
      return inflate(body, { maxOutputLength: limit });
    } catch (error) {
      throw (error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE"
        ? tooLarge(limit)
        : new Refusal(400, "BAD_REQUEST", `The body is not whole, or not ${encoding}.`);
    }
  };
}

/** A chunk of one byte takes as long to read as one of a thousand: a megabyte of them would keep all others waiting. */
const MANY_PIECES = 10_000;
const SMALL_PIECE = 16;

const NOTHING = Buffer.alloc(0);

/** A body in one piece, as it was sent. */
function receive(payload: Readable, limit: number, held: Held): Promise<Buffer> {
  return new Promise((done, fail) => {
    let body: Buffer = NOTHING;
    let length = 0;
    let pieces = 0;
    const end = (refusal?: Refusal) => {
      payload.off("data", add).off("end", end).off("error", broken);
      if (refusal) fail(refusal);
      else done(body.subarray(0, length));
    };
    const broken = () => end(new Refusal(400, "BAD_REQUEST", "The body broke off."));
    const add = (piece: Buffer) => {
      if (length + piece.length > limit) return end(tooLarge(limit));
      if (++pieces > MANY_PIECES && length < pieces * SMALL_PIECE) {
        return end(new Refusal(400, "BAD_REQUEST", "The body comes in too many pieces."));
      }
      // Most come in one piece.
      if (length === 0) body = piece;
      else {
        body = withRoom(body, length + piece.length, limit);
        piece.copy(body, length);
      }
      length += piece.length;
      held.resize(body.length);
    };
    held.whenGivenUp(() => {
      body = NOTHING;
      end(tooMuch());
    });
    payload.on("data", add).on("end", end).on("error", broken);
  });
}

function withRoom(body: Buffer, length: number, limit: number): Buffer {
  if (length <= body.length) return body;
  const larger = Buffer.allocUnsafeSlow(Math.min(limit, Math.max(length, 2 * body.length)));
  body.copy(larger);
  return larger;
}

const [COMMA, BRACKET, BRACE, QUOTE, BACKSLASH] = Buffer.from(',[{"\\');

/** At most so many values are in a text of JSON. What is in its strings does not count. */
function valuesIn(body: Buffer): number {
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

function tooLarge(limit: number): Refusal {
  return new Refusal(
    413,
    "BAD_REQUEST",
    `The body is too large: at most ${limit} bytes, inflated.`,
  );
}

function tooManyValues(): Refusal {
  return new Refusal(
    413,
    "BAD_REQUEST",
    "The body has too many values: lists, objects and what is in them.",
  );
}

function tooMuch(): Refusal {
  return new Refusal(
    503,
    "UNAVAILABLE",
    "More is being sent to the service than it can hold at once. Try again later.",
  );
}
