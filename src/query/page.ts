import type { Selection } from "./rows.js";
import { BadUserInput } from "../errors.js";
import { decodeCursor, encodeCursor, type PageKey } from "./cursor.js";
import type { Ordering } from "./ordering.js";
import type { PageArgs } from "./page.args.js";

/** Rows of a page when a client names no size, and the most it may name. */
const DEFAULT_PAGE_SIZE = 20;
const LARGEST_PAGE_SIZE = 100;

/** What a question selects of a page: of its rows, and of where it stands. */
export interface PageSelection {
  rows: Selection;
  /** Whether cursors are asked for, and whether there are more rows: what nobody asks for is not read. */
  cursors: boolean;
  ends: boolean;
}

/** For lists that are read the same whatever is selected of them. */
const EVERYTHING: PageSelection = { rows: {}, cursors: true, ends: true };

/** Which rows of which list are asked for. */
export interface PageRequest {
  field: string;
  ordering: Ordering;
  size: number;
  backwards: boolean;
  after?: PageKey;
  before?: PageKey;
  /** What of the page is selected. */
  wantsCursors: boolean;
  wantsEnds: boolean;
}

/** Rows in the order of the list, whichever way they were asked for. */
export interface Page<Row> {
  rows: Row[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  /** The cursor of the row at this index. */
  cursorAt: (index: number) => string;
}

/** Checks a client's paging arguments. `field` is the schema coordinate that cursors are made for. */
export function pageRequest(
  args: PageArgs,
  field: string,
  ordering: Ordering,
  { cursors, ends }: PageSelection = EVERYTHING,
): PageRequest {
  if (isGiven(args.first) && isGiven(args.last)) {
    throw new BadUserInput("last", "give `first` or `last`, not both.");
  }
  checkSize("first", args.first);
  checkSize("last", args.last);
  return {
    field,
    ordering,
    size: args.first ?? args.last ?? DEFAULT_PAGE_SIZE,
    backwards: isGiven(args.last),
    after: isGiven(args.after) ? decodeCursor("after", args.after, field, ordering) : undefined,
    before: isGiven(args.before) ? decodeCursor("before", args.before, field, ordering) : undefined,
    wantsCursors: cursors,
    wantsEnds: ends,
  };
}

/** A row as read for a page: where cursors are wanted `pageKey` holds the order's keys. */
export type Keyed<Row> = Row & { pageKey: PageKey };

/** How many rows to read: one more than asked tells whether there are more. */
export function rowsToRead({ size, wantsEnds }: PageRequest): number {
  return size + (wantsEnds ? 1 : 0);
}

/** Makes a page of what was read: at most {@link rowsToRead}, nearest first when backwards. */
export function pageOf<Row>(request: PageRequest, read: Keyed<Row>[]): Page<Row> {
  const more = read.length > request.size;
  const rows = more ? read.slice(0, request.size) : read;
  if (request.backwards) rows.reverse();
  return {
    rows,
    hasNextPage: request.backwards ? request.before !== undefined : more,
    hasPreviousPage: request.backwards ? more : request.after !== undefined,
    cursorAt: (index) => encodeCursor(request.field, request.ordering, rows[index]!.pageKey),
  };
}

function checkSize(argument: "first" | "last", size: number | null | undefined): void {
  if (isGiven(size) && (size < 0 || size > LARGEST_PAGE_SIZE)) {
    throw new BadUserInput(argument, `give a page size from 0 to ${LARGEST_PAGE_SIZE}.`);
  }
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}
