import type { FastifyRequest } from "fastify";
import { RequestError } from "../errors.js";
import { memoryOf } from "./request-memory.js";

/** Longer or compressed requests are queued: to decompress, parse and validate one can take a fifth of a second. */
export const LONG_BYTES = 8_192;

/** How many are processed concurrently; each document can take up to 3 MB once parsed. */
const MAX_CONCURRENT = 16;

/** How many may wait in the queue. */
const MAX_WAITING = 1_000;

/** A request in the queue. */
interface Waiting {
  request: FastifyRequest;
  begin: () => void;
  reject: (reason: RequestError) => void;
  since: number;
}

/**
 * A queue for long requests: one starts at a time, and few run concurrently. Short requests are served in between. Without
 * the queue, the parsed documents of a few hundred requests would fill the memory.
 */
export class LongRequests {
  private running = 0;
  private readonly waiting: Waiting[] = [];
  private isStarting = false;

  constructor(private readonly waitMs: number) {}

  /**
   * Waits until the request may start; its slot is freed when it has been executed. Rejects if the queue is full, the wait
   * takes too long, or the request is aborted to free memory.
   */
  begin(request: FastifyRequest): Promise<void> {
    const memory = memoryOf(request);
    // It has a slot already: both its body and its URL are long.
    if (memory.whenExecuted) return Promise.resolve();
    if (this.waiting.length >= MAX_WAITING) return Promise.reject(queueFull());
    return new Promise((done, reject) => {
      const begin = () => {
        this.running++;
        memory.whenExecuted = () => {
          this.running--;
          this.next();
        };
        done();
      };
      const entry: Waiting = { request, begin, reject, since: performance.now() };
      memory.onAbort(() => {
        const index = this.waiting.indexOf(entry);
        if (index >= 0) this.waiting.splice(index, 1);
        reject(queueFull());
      });
      this.waiting.push(entry);
      this.next();
    });
  }

  /** Starts the next one, after all I/O that has arrived in the meantime. */
  private next(): void {
    if (this.isStarting || this.waiting.length === 0 || this.running >= MAX_CONCURRENT) return;
    this.isStarting = true;
    setImmediate(() => {
      this.isStarting = false;
      const first = this.waiting.shift();
      if (first) this.start(first);
      this.next();
    });
  }

  private start({ request, begin, reject, since }: Waiting): void {
    if (request.raw.socket.destroyed)
      reject(new RequestError(400, "BAD_REQUEST", "The client disconnected."));
    else if (performance.now() - since > this.waitMs) reject(queueFull());
    else begin();
  }
}

function queueFull(): RequestError {
  return new RequestError(
    503,
    "UNAVAILABLE",
    "Too many long requests are waiting. Try again later, or send the hash of the document instead.",
  );
}
