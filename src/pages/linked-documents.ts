import type { FastifyReply, FastifyRequest } from "fastify";
import { ConcurrencyLimit } from "../../explorer/src/explorer.js";
import {
  ClientLeft,
  databaseError,
  DatabaseTimeout,
  DatabaseUnavailable,
  RowsTooLarge,
} from "../db/db.errors.js";
import { RequestError } from "../errors.js";
import type { ReadInside } from "../http/read-inside.js";
import { readLinkedDocument } from "../records/linked/record.linked.export.js";
import { idOf } from "../records/record.ids.js";

/** The most items of a type that one answer has. Of a document with more, `communique export --as json-ld` gives all. */
const MAX_ITEMS = 200;

/** How many are made at the same time, for all clients and for one. */
const MAX_AT_ONCE = 4;
const MAX_PER_CLIENT = 2;

/** The longest key that is asked for. */
const MAX_KEY_LENGTH = 500;

/** When to try again, in seconds. */
const RETRY_AFTER = "10";

/** Documents as JSON-LD, `/documents/KEY.jsonld`: the same nodes as the export has. */
export class LinkedDocuments {
  private readonly running = new ConcurrencyLimit(MAX_AT_ONCE, MAX_PER_CLIENT);

  constructor(private readonly read: ReadInside) {}

  /** Answers with the document; returns null if the address, a path with or without a query, is of no document as JSON-LD. */
  async answer(
    address: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<Buffer | null> {
    const key = keyIn(address);
    if (key === null) return null;
    if (!this.running.take(request.ip)) {
      reply.header("retry-after", RETRY_AFTER);
      throw new RequestError(503, "UNAVAILABLE", "Too many documents are being read. Try later.");
    }
    try {
      const id = idOf("document", key);
      const found = await this.read((sql) => readLinkedDocument(sql, id, MAX_ITEMS), reply);
      if (found === null) return null;
      reply
        .type("application/ld+json")
        .header("x-content-type-options", "nosniff")
        .header("cache-control", "no-cache")
        .header(
          "link",
          `<${address.replace(/\.jsonld.*$/s, "")}>; rel="alternate"; type="text/html"`,
        );
      // Of text, the type would get a charset, which it has none of.
      return Buffer.from(found);
    } catch (error) {
      throw refusalOf(error) ?? error;
    } finally {
      this.running.free(request.ip);
    }
  }
}

/** The key in such an address; null if it is none. */
function keyIn(url: string): string | null {
  const [, path] = /^\/documents\/([^?#]+)\.jsonld(?:[?#]|$)/.exec(url) ?? [];
  if (path === undefined) return null;
  try {
    const key = decodeURIComponent(path);
    return key.length > MAX_KEY_LENGTH ? null : key;
  } catch {
    return null;
  }
}

/** What a client is told of an error that is no fault; null for a fault. */
function refusalOf(error: unknown): RequestError | null {
  if (error instanceof DatabaseTimeout)
    return new RequestError(503, "TIMEOUT", "Reading the document took too long.");
  if (error instanceof RowsTooLarge)
    return new RequestError(503, "ANSWER_TOO_LARGE", "The document is too large for one answer.");
  if (error instanceof ClientLeft) return new RequestError(499, "CLIENT_LEFT", error.message);
  if (databaseError(error) instanceof DatabaseUnavailable)
    return new RequestError(503, "UNAVAILABLE", "The database is unavailable. Try again later.");
  return null;
}
