import type { Socket } from "node:net";
import type pg from "pg";
import { DatabaseBusy } from "./db.errors.js";

/** Waiting statements fail if all connections are busy and the server has executed no statement for this long. */
const STALLED_MS = 1_500;

/** The connections and waiting statements of one request at one server. */
export interface RequestQueue {
  /** Connections that its statements use. */
  held: number;
  readonly waiting: Waiting[];
  /** Whether it is in the round-robin of requests that may get another connection. */
  isScheduled: boolean;
}

/** A statement that waits for a connection. One of the two is called, once. */
interface Waiting {
  start(): void;
  reject(reason: Error): void;
}

/** The queue of a request that has no statements yet. */
export function newRequestQueue(): RequestQueue {
  return { held: 0, waiting: [], isScheduled: false };
}

/**
 * Allocates the connections of a server fairly. A request holds at most a third of them. Requests with waiting statements get
 * connections in round-robin order, one statement each, so a small request does not wait for all statements of a large one.
 */
export class ConnectionQueue {
  /** The number of statements that wait for a connection. */
  waiting = 0;
  private free: number;
  private readonly share: number;
  /** The requests that wait and may hold another connection, in round-robin order. */
  private readonly scheduled: RequestQueue[] = [];
  private readonly queues = new Set<RequestQueue>();
  private lastResponse = 0;
  private timer?: NodeJS.Timeout;

  /** At most `maxWaiting` statements may wait while all connections are busy. */
  constructor(
    private readonly connections: number,
    private readonly maxWaiting: number,
  ) {
    this.free = connections;
    this.share = Math.max(1, Math.floor(connections / 3));
  }

  /** The number of statements that are executing or waiting. */
  get load(): number {
    return this.connections - this.free + this.waiting;
  }

  /** Starts a statement as soon as it can have a connection, or rejects it if too many are waiting. */
  acquire(queue: RequestQueue, statement: Waiting): void {
    // If a connection is free, no waiting request may use it.
    if (this.free > 0 && queue.held < this.share) return this.start(queue, statement);
    if (this.free === 0 && this.waiting >= this.maxWaiting && !this.makeRoomFor(queue)) {
      return statement.reject(new DatabaseBusy("too many statements are waiting for a connection"));
    }
    this.waiting++;
    queue.waiting.push(statement);
    this.queues.add(queue);
    this.schedule(queue);
    this.watch();
  }

  /** Releases the connection of a statement. `hasResponded`: whether the server has executed it. */
  release(queue: RequestQueue, hasResponded: boolean): void {
    queue.held--;
    this.free++;
    if (hasResponded) this.lastResponse = performance.now();
    this.schedule(queue);
    while (this.free > 0 && this.scheduled.length > 0) {
      const next = this.scheduled.shift()!;
      next.isScheduled = false;
      const statement = next.waiting.shift();
      if (!statement) continue;
      this.removed(next, 1);
      this.start(next, statement);
      this.schedule(next);
    }
  }

  /** Rejects all waiting statements of a request. */
  leave(queue: RequestQueue, reason: Error): void {
    const statements = queue.waiting.splice(0);
    this.removed(queue, statements.length);
    for (const statement of statements) statement.reject(reason);
  }

  private start(queue: RequestQueue, statement: Waiting): void {
    queue.held++;
    this.free--;
    statement.start();
  }

  private schedule(queue: RequestQueue): void {
    if (queue.isScheduled || queue.waiting.length === 0 || queue.held >= this.share) return;
    queue.isScheduled = true;
    this.scheduled.push(queue);
  }

  private removed(queue: RequestQueue, statements: number): void {
    this.waiting -= statements;
    if (queue.waiting.length === 0) this.queues.delete(queue);
  }

  /** Rejects the last statement of the request with the most waiting ones, unless that is the request in need of room. */
  private makeRoomFor(queue: RequestQueue): boolean {
    let longest = queue;
    for (const each of this.queues) {
      if (each.waiting.length > longest.waiting.length) longest = each;
    }
    if (longest.waiting.length <= queue.waiting.length + 1) return false;
    const last = longest.waiting.pop()!;
    this.removed(longest, 1);
    last.reject(
      new DatabaseBusy("too many statements of this request are waiting for a connection"),
    );
    return true;
  }

  /** Detects a server that hangs. Otherwise every waiting request would run into its own timeout. */
  private watch(): void {
    if (this.timer) return;
    this.lastResponse = performance.now();
    this.checkIn(STALLED_MS);
  }

  private checkIn(ms: number): void {
    this.timer = setTimeout(() => {
      // First process responses that arrived while the event loop was blocked.
      setImmediate(() => this.check());
    }, ms).unref();
  }

  private check(): void {
    this.timer = undefined;
    if (this.waiting === 0) return;
    const left = this.lastResponse + STALLED_MS - performance.now();
    if (left > 0) return this.checkIn(left);
    // With free connections, the waiting requests only wait for statements of their own.
    if (this.free > 0) return this.checkIn(STALLED_MS);
    const reason = new DatabaseBusy("no connection to the database became free in time");
    for (const queue of this.queues) this.leave(queue, reason);
  }
}

/** The connection of a client, as far as bytes are counted. */
export interface CountedConnection {
  /** Called with the number of bytes of each chunk from the server. */
  onReceived: ((bytes: number) => void) | undefined;
  /** Closes it at once. */
  close(): void;
}

const connections = new WeakMap<pg.PoolClient, CountedConnection>();

/** Returns the connection of a client; its socket, which pg does not declare, has one listener for all its statements. */
export function connectionOf(client: pg.PoolClient): CountedConnection {
  let connection = connections.get(client);
  if (!connection) {
    const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
    const made: CountedConnection = { onReceived: undefined, close: () => stream.destroy() };
    stream.on("data", (chunk: Buffer) => made.onReceived?.(chunk.length));
    connections.set(client, (connection = made));
  }
  return connection;
}
