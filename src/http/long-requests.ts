import type { FastifyRequest } from "fastify";
import { Refusal } from "../errors.js";
import { heldBy } from "./held.js";

/** What is longer, or compressed, takes a turn: to inflate, parse and validate it may take a fifth of a second. */
export const LONG_BYTES = 8_192;

/** How many of them are read and answered at once; each document takes up to 3 MB once it is parsed. */
const MOST_AT_ONCE = 16;

/** How many may wait for that. */
const MOST_WAITING = 1_000;

/** One that waits to be read. */
interface Waiting {
  request: FastifyRequest;
  begin: () => void;
  refuse: (reason: Refusal) => void;
  since: number;
}

/**
 * Lets long requests begin one by one, and a few be under way at a time. Between two of them everybody else is served, whose
 * requests are short; side by side, a few hundred would fill the memory with what they are parsed to.
 */
export class LongRequests {
  private underWay = 0;
  private readonly waiting: Waiting[] = [];
  private isBeginning = false;

  constructor(private readonly waitMs: number) {}

  /**
   * Waits for the request's turn, which ends with it. Fails where too many wait, where it has waited too long, or where what
   * it holds is given up.
   */
  begin(request: FastifyRequest): Promise<void> {
    const held = heldBy(request);
    // It has its turn already: its body is long, and so is its address.
    if (held.whenAnswered) return Promise.resolve();
    if (this.waiting.length >= MOST_WAITING) return Promise.reject(tooMany());
    return new Promise((done, refuse) => {
      const begin = () => {
        this.underWay++;
        held.whenAnswered = () => {
          this.underWay--;
          this.next();
        };
        done();
      };
      const one: Waiting = { request, begin, refuse, since: performance.now() };
      held.whenGivenUp(() => {
        const place = this.waiting.indexOf(one);
        if (place >= 0) this.waiting.splice(place, 1);
        refuse(tooMany());
      });
      this.waiting.push(one);
      this.next();
    });
  }

  /** Begins another one after everything that has come meanwhile. */
  private next(): void {
    if (this.isBeginning || this.waiting.length === 0 || this.underWay >= MOST_AT_ONCE) return;
    this.isBeginning = true;
    setImmediate(() => {
      this.isBeginning = false;
      const first = this.waiting.shift();
      if (first) this.start(first);
      this.next();
    });
  }

  private start({ request, begin, refuse, since }: Waiting): void {
    if (request.raw.socket.destroyed) refuse(new Refusal(400, "BAD_REQUEST", "The client left."));
    else if (performance.now() - since > this.waitMs) refuse(tooMany());
    else begin();
  }
}

function tooMany(): Refusal {
  return new Refusal(
    503,
    "UNAVAILABLE",
    "Too many long requests are waiting. Try again later, or ask by the hash of the document.",
  );
}
