import type { FastifyInstance, FastifyRequest } from "fastify";

/** Who holds less is never given up. */
const SMALL = 32_768;

/**
 * What all requests together keep in memory, and its bound: their bodies from the first byte on, and their answers until
 * the last one is sent. Past it, who has held the most for the longest is given up: a body that trickles or an answer that
 * nobody reads, not the small question that came last.
 */
export class HeldMemory {
  private readonly all = new Set<Held>();
  private bytes = 0;

  constructor(private readonly limit: number) {}

  /** Counts a new request. */
  add(): Held {
    const held = new Held(this);
    this.all.add(held);
    return held;
  }

  /** Counts that one holds so many bytes more, or less, and gives up as many as it takes, maybe this one. */
  grow(held: Held, bytes: number): void {
    if (!this.all.has(held)) return;
    this.bytes += bytes;
    while (this.bytes > this.limit) {
      const worst = this.worst();
      if (!worst) return;
      this.giveUp(worst);
    }
  }

  /** Counts one no longer. */
  release(held: Held): void {
    if (!this.all.delete(held)) return;
    this.bytes -= held.bytes;
    held.answered();
  }

  /** Gives up the answers that have been sent for so long. */
  endAnswersOver(ms: number): void {
    const latest = performance.now() - ms;
    for (const held of this.all) if (held.isSent && held.since < latest) this.giveUp(held);
  }

  private giveUp(held: Held): void {
    this.release(held);
    held.giveUp();
  }

  private worst(): Held | undefined {
    const now = performance.now();
    let worst: Held | undefined;
    let most = 0;
    for (const held of this.all) {
      const weight = held.bytes * (now - held.since + 1);
      if (weight <= most || held.bytes < SMALL || !held.canBeFreed) continue;
      [worst, most] = [held, weight];
    }
    return worst;
  }
}

/** What one request keeps in memory. */
export class Held {
  bytes = 0;
  /** When it came, or its answer began to be sent. */
  since = performance.now();
  isSent = false;
  isGivenUp = false;
  /** Called when its answer is made, or it is counted no longer. */
  whenAnswered: (() => void) | undefined;
  private freeing: (() => void) | undefined;

  constructor(private readonly memory: HeldMemory) {}

  get canBeFreed(): boolean {
    return this.freeing !== undefined;
  }

  /** From now on it can't free what it holds: the question is being answered. */
  keep(): void {
    this.freeing = undefined;
  }

  /** Says how much it is now. */
  resize(bytes: number): void {
    const more = bytes - this.bytes;
    this.bytes = bytes;
    this.memory.grow(this, more);
  }

  /** Has this called, in place of what was said before, when it is to free what it holds. */
  whenGivenUp(free: () => void): void {
    this.freeing = free;
  }

  /** From now on its answer is sent, which holds so many bytes. */
  send(bytes: number, breakOff: () => void): void {
    this.since = performance.now();
    this.isSent = true;
    this.freeing = breakOff;
    this.answered();
    this.resize(bytes);
  }

  /** Says that nothing is done for it any more but to send what there is. */
  answered(): void {
    this.whenAnswered?.();
    this.whenAnswered = undefined;
  }

  /** Frees what it holds. */
  giveUp(): void {
    this.isGivenUp = true;
    this.freeing?.();
  }
}

declare module "fastify" {
  interface FastifyRequest {
    /** What it holds; what Fastify itself refuses holds nothing. */
    held: Held | null;
  }
}

/** What a request holds. */
export function heldBy({ held }: FastifyRequest): Held {
  return held!;
}

/** Counts what requests hold, and ends answers that take longer than this to be sent: at the latest a fifth of it later. */
export function boundHeldMemory(app: FastifyInstance, limit: number, sendTimeoutMs: number): void {
  const memory = new HeldMemory(limit);
  app.decorateRequest("held", null);
  app.addHook("onRequest", (request, reply, done) => {
    const held = memory.add();
    request.held = held;
    reply.raw.once("close", () => memory.release(held));
    done();
  });
  app.addHook("onSend", (request, _reply, payload, done) => {
    request.body = undefined;
    request.held?.send(sizeOf(payload), () => request.raw.socket.destroy());
    done();
  });
  const checks = setInterval(() => memory.endAnswersOver(sendTimeoutMs), sendTimeoutMs / 5).unref();
  app.addHook("onClose", () => clearInterval(checks));
}

function sizeOf(payload: unknown): number {
  return typeof payload === "string" || Buffer.isBuffer(payload) ? Buffer.byteLength(payload) : 0;
}
