import type { Selection } from "./rows.js";
import { BadUserInput } from "../errors.js";
import { decodeCursor, encodeCursor, type PageKey } from "./cursor.js";
import type { Ordering } from "./ordering.js";
import type { PageArgs } from "./page.args.js";

/** The default and the maximum of rows on a page. */
const DEFAULT_PAGE_SIZE = 20;
const MAX_PAGE_SIZE = 100;

/** The parts of a page that a query selects. */
export interface PageSelection {
  /** The fields of its rows. */
  rows: Selection;
  /** Whether it selects cursors, whose keys are not read otherwise. */
  cursors: boolean;
  /** Whether it selects `hasNextPage` or `hasPreviousPage`, for which one more row is read. */
  ends: boolean;
}

/** The default, for lists that are read in full whatever the query selects. */
const EVERYTHING: PageSelection = { rows: {}, cursors: true, ends: true };

/** The checked paging arguments of a list. */
export interface PageRequest {
  field: string;
  ordering: Ordering;
  size: number;
  backwards: boolean;
  after?: PageKey;
  before?: PageKey;
  /** From the selection: see {@link PageSelection}. */
  wantsCursors: boolean;
  wantsEnds: boolean;
}

/** Rows in the order of the list, also for `last`. */
export interface Page<Row> {
  rows: Row[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  /** The cursor of the row at this index. */
  cursorAt: (index: number) => string;
}

/** Checks the paging arguments. `field` is the schema coordinate that cursors are valid for. */
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

/** A row as read for a page; `pageKey` has the order keys if cursors are selected. */
export type KeyedRow<Row> = Row & { pageKey: PageKey };

/** Returns how many rows to read: one more than the page if the query selects whether there are more. */
export function rowsToRead({ size, wantsEnds }: PageRequest): number {
  return size + (wantsEnds ? 1 : 0);
}

/** Makes a page of the rows read: at most {@link rowsToRead}, in reverse order for `last`. */
export function pageOf<Row>(request: PageRequest, read: KeyedRow<Row>[]): Page<Row> {
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
  if (isGiven(size) && (size < 0 || size > MAX_PAGE_SIZE)) {
    throw new BadUserInput(argument, `give a page size from 0 to ${MAX_PAGE_SIZE}.`);
  }
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}
