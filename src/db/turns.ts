import { DatabaseBusy } from "./db.errors.js";

/** How long all connections may be taken without one statement being answered until those that wait are refused. */
const STALLED_MS = 1_500;

/** What one request holds and waits for at one server. */
export interface Line {
  /** Connections that its statements are on. */
  held: number;
  readonly waiting: Waiting[];
  isInTurn: boolean;
}

/** A statement that is to get a connection: one of the two is called, once. */
interface Waiting {
  start(): void;
  refuse(reason: Error): void;
}

/** What a request that holds and waits for nothing yet brings. */
export function newLine(): Line {
  return { held: 0, waiting: [], isInTurn: false };
}

/**
 * Who gets the next connection to a server. A request holds at most a third of them, and those whose statements wait take
 * turns, one statement each, so that a small request need not wait for all of a large one.
 */
export class Turns {
  /** Statements that wait for a connection. */
  waiting = 0;
  private free: number;
  private readonly share: number;
  /** The requests that wait and may hold another connection, the next one first. */
  private readonly inTurn: Line[] = [];
  private readonly lines = new Set<Line>();
  private lastAnswer = 0;
  private timer?: NodeJS.Timeout;

  /** `most` statements may wait while all connections are taken. */
  constructor(
    private readonly connections: number,
    private readonly most: number,
  ) {
    this.free = connections;
    this.share = Math.max(1, Math.floor(connections / 3));
  }

  /** Statements that the server has to answer, those that wait included. */
  get load(): number {
    return this.connections - this.free + this.waiting;
  }

  /** Starts a statement as soon as it is its turn, or refuses it where too many wait. */
  take(line: Line, statement: Waiting): void {
    // A connection is free only where nobody waits who may have it.
    if (this.free > 0 && line.held < this.share) return this.start(line, statement);
    if (this.free === 0 && this.waiting >= this.most && !this.makeRoomFor(line)) {
      return statement.refuse(new DatabaseBusy("too many statements are waiting for a connection"));
    }
    this.waiting++;
    line.waiting.push(statement);
    this.lines.add(line);
    this.lineUp(line);
    this.watch();
  }

  /** Takes a connection back that a statement was given, and whether the server has answered on it. */
  giveBack(line: Line, isAnswered: boolean): void {
    line.held--;
    this.free++;
    if (isAnswered) this.lastAnswer = performance.now();
    this.lineUp(line);
    while (this.free > 0 && this.inTurn.length > 0) {
      const next = this.inTurn.shift()!;
      next.isInTurn = false;
      const statement = next.waiting.shift();
      if (!statement) continue;
      this.left(next, 1);
      this.start(next, statement);
      this.lineUp(next);
    }
  }

  /** Refuses all that a request waits for. */
  leave(line: Line, reason: Error): void {
    const statements = line.waiting.splice(0);
    this.left(line, statements.length);
    for (const statement of statements) statement.refuse(reason);
  }

  private start(line: Line, statement: Waiting): void {
    line.held++;
    this.free--;
    statement.start();
  }

  private lineUp(line: Line): void {
    if (line.isInTurn || line.waiting.length === 0 || line.held >= this.share) return;
    line.isInTurn = true;
    this.inTurn.push(line);
  }

  private left(line: Line, statements: number): void {
    this.waiting -= statements;
    if (line.waiting.length === 0) this.lines.delete(line);
  }

  /** Refuses the last statement of whoever has most of them waiting, unless that is the one who asks for room. */
  private makeRoomFor(line: Line): boolean {
    let longest = line;
    for (const each of this.lines) {
      if (each.waiting.length > longest.waiting.length) longest = each;
    }
    if (longest.waiting.length <= line.waiting.length + 1) return false;
    const last = longest.waiting.pop()!;
    this.left(longest, 1);
    last.refuse(
      new DatabaseBusy("too many statements of this request are waiting for a connection"),
    );
    return true;
  }

  /** A server that hangs is noticed by this: without it everybody would wait for the end of their time. */
  private watch(): void {
    if (this.timer) return;
    this.lastAnswer = performance.now();
    this.lookAgainIn(STALLED_MS);
  }

  private lookAgainIn(ms: number): void {
    this.timer = setTimeout(() => {
      // What the server has answered while the process was busy with something else is read first.
      setImmediate(() => this.lookAgain());
    }, ms).unref();
  }

  private lookAgain(): void {
    this.timer = undefined;
    if (this.waiting === 0) return;
    const left = this.lastAnswer + STALLED_MS - performance.now();
    if (left > 0) return this.lookAgainIn(left);
    // Who waits for statements of its own goes on waiting: there are connections for all others.
    if (this.free > 0) return this.lookAgainIn(STALLED_MS);
    const reason = new DatabaseBusy("no connection to the database was free in time");
    for (const line of this.lines) this.leave(line, reason);
  }
}
