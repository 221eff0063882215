import type { FastifyInstance, FastifyRequest } from "fastify";

/** Requests that hold less memory than this are never aborted. */
const SMALL = 32_768;

/**
 * The memory budget shared by all requests. Bodies count from their first byte, responses until their last byte is sent.
 * When the budget is exceeded, the request that has held the most memory for the longest is aborted: a body that trickles in
 * or a response that the client does not read, not the small request that came last.
 */
export class MemoryBudget {
  private readonly requests = new Set<RequestMemory>();
  private bytes = 0;

  constructor(private readonly limit: number) {}

  /** Starts to count a new request. */
  add(): RequestMemory {
    const memory = new RequestMemory(this);
    this.requests.add(memory);
    return memory;
  }

  /** Adds to the bytes of a request (or subtracts), and aborts requests, maybe this one, until all fit the budget again. */
  grow(memory: RequestMemory, bytes: number): void {
    if (!this.requests.has(memory)) return;
    this.bytes += bytes;
    while (this.bytes > this.limit) {
      const worst = this.worst();
      if (!worst) return;
      this.abort(worst);
    }
  }

  /** Stops counting a request. */
  release(memory: RequestMemory): void {
    if (!this.requests.delete(memory)) return;
    this.bytes -= memory.bytes;
    memory.executed();
  }

  /** Aborts responses whose sending has taken longer than this. */
  abortResponsesOver(ms: number): void {
    const latest = performance.now() - ms;
    for (const memory of this.requests) {
      if (memory.isSending && memory.since < latest) this.abort(memory);
    }
  }

  private abort(memory: RequestMemory): void {
    this.release(memory);
    memory.abort();
  }

  private worst(): RequestMemory | undefined {
    const now = performance.now();
    let worst: RequestMemory | undefined;
    let most = 0;
    for (const memory of this.requests) {
      const weight = memory.bytes * (now - memory.since + 1);
      if (weight <= most || memory.bytes < SMALL || !memory.canBeAborted) continue;
      [worst, most] = [memory, weight];
    }
    return worst;
  }
}

/** The memory held by one request. */
export class RequestMemory {
  bytes = 0;
  /** When the request arrived, or sending its response began. */
  since = performance.now();
  isSending = false;
  isAborted = false;
  /** Called once the response is ready to send, or the request is no longer counted. */
  whenExecuted: (() => void) | undefined;
  private free: (() => void) | undefined;

  constructor(private readonly budget: MemoryBudget) {}

  get canBeAborted(): boolean {
    return this.free !== undefined;
  }

  /** From now on it cannot be aborted: the operation is being executed. */
  pin(): void {
    this.free = undefined;
  }

  /** Sets the number of bytes that it holds now. */
  resize(bytes: number): void {
    const more = bytes - this.bytes;
    this.bytes = bytes;
    this.budget.grow(this, more);
  }

  /** Sets the function that frees its memory if it is aborted, replacing any earlier one. */
  onAbort(free: () => void): void {
    this.free = free;
  }

  /** Sending the response begins, which holds this many bytes. */
  send(bytes: number, disconnect: () => void): void {
    this.since = performance.now();
    this.isSending = true;
    this.free = disconnect;
    this.executed();
    this.resize(bytes);
  }

  /** The next part of a response that is a stream holds this many bytes, and may take as long as a whole one. */
  sendPart(bytes: number): void {
    this.since = performance.now();
    this.resize(bytes);
  }

  /** Execution has ended; what remains is to send the response. */
  executed(): void {
    this.whenExecuted?.();
    this.whenExecuted = undefined;
  }

  /** Frees its memory. */
  abort(): void {
    this.isAborted = true;
    this.free?.();
  }
}

declare module "fastify" {
  interface FastifyRequest {
    /** The memory it holds; null if Fastify rejected it before any hook ran. */
    memory: RequestMemory | null;
  }
}

/** The memory held by a request. */
export function memoryOf({ memory }: FastifyRequest): RequestMemory {
  return memory!;
}

/**
 * Limits the memory that all requests hold, and the time to send a response. The time is checked periodically, so a response
 * is aborted at most a fifth later.
 */
export function limitRequestMemory(
  app: FastifyInstance,
  limit: number,
  sendTimeoutMs: number,
): void {
  const budget = new MemoryBudget(limit);
  app.decorateRequest("memory", null);
  app.addHook("onRequest", (request, reply, done) => {
    const memory = budget.add();
    request.memory = memory;
    reply.raw.once("close", () => budget.release(memory));
    done();
  });
  app.addHook("onSend", (request, _reply, payload, done) => {
    request.body = undefined;
    request.memory?.send(sizeOf(payload), () => request.raw.socket.destroy());
    done();
  });
  const checks = setInterval(
    () => budget.abortResponsesOver(sendTimeoutMs),
    sendTimeoutMs / 5,
  ).unref();
  app.addHook("onClose", () => clearInterval(checks));
}

function sizeOf(payload: unknown): number {
  return typeof payload === "string" || Buffer.isBuffer(payload) ? Buffer.byteLength(payload) : 0;
}
