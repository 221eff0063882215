import { BYTE_ORDER_MARK, csvLine } from "./csv.js";
import type { Downloadable, Part } from "./lists.js";
import { Busy, Refused, Unavailable } from "./outcome.js";
import { ConcurrencyLimit } from "./concurrency-limit.js";
import type { Visit } from "./visit.js";

/** The bounds of downloads. */
export interface DownloadLimits {
  /** How many rows a download has at most; the rest of a longer list is left out. */
  maxRows: number;
  /** How many downloads can be made at the same time. */
  maxAtOnce: number;
  /** The maximum of one client, so that a slow one leaves capacity to others. */
  maxPerClient: number;
  /** The timeout of a download in milliseconds: a client that reads slowly would block others. */
  maxMs: number;
}

export const DOWNLOAD_LIMITS: DownloadLimits = {
  maxRows: 10_000,
  maxAtOnce: 4,
  maxPerClient: 2,
  maxMs: 300_000,
};

/** A file that is made while it is read. Stopping early (`return`) frees what it holds. */
export type FileStream = AsyncGenerator<string, void, undefined>;

/** A file, and the headers that it is sent with. */
export interface Download {
  headers: Record<string, string>;
  body: FileStream;
}

/** How rows become a file. */
interface Format {
  type: string;
  begin(list: Downloadable, address: string, totalCount: number | null): string;
  row(row: Part["rows"][number], index: number): string;
  end(isCut: boolean): string;
}

const FORMATS: Record<string, Format> = {
  csv: {
    type: "text/csv; charset=utf-8; header=present",
    begin: ({ headings }) => BYTE_ORDER_MARK + csvLine(headings),
    row: ({ cells }) => csvLine(cells),
    // Whatever stood here would be a row to those who read CSV: the page and the name of the file say that it was cut.
    end: () => "",
  },
  json: {
    type: "application/json; charset=utf-8",
    begin: ({ id }, address, totalCount) =>
      `${JSON.stringify({ list: id, address, totalCount }).slice(0, -1)},"rows":[`,
    row: ({ item }, index) => `${index > 0 ? "," : ""}\n${JSON.stringify(item)}`,
    end: (isCut) => `\n],"truncated":${isCut}}\n`,
  },
};

/** Makes lists into files, few at a time. */
export class Downloads {
  private readonly running: ConcurrencyLimit;

  constructor(private readonly limits: DownloadLimits) {
    this.running = new ConcurrencyLimit(limits.maxAtOnce, limits.maxPerClient);
  }

  /**
   * Makes the file that the address asks for. Its first rows are read before this returns, so that what can't be read has a
   * status of its own; the others as the file is read, never more than a part of it at a time. If one fails, so does the file.
   *
   * @throws Busy if too many are being made, of all clients or of this one; Refused if there is no such list or format.
   */
  async start(visit: Visit, lists: readonly Downloadable[]): Promise<Download> {
    const asked = visit.parameter("format") ?? "";
    const format = Object.hasOwn(FORMATS, asked) ? FORMATS[asked]! : undefined;
    const id = visit.parameter("list");
    const list = id === null ? lists[0] : lists.find((one) => one.id === id);
    if (!format || !list) throw new Refused("format");
    const { client } = visit;
    if (!this.running.take(client)) throw new Busy();
    try {
      const until = performance.now() + this.limits.maxMs;
      const first = await list.readRows(visit, null);
      const body = this.file(visit, list, format, first, until);
      await body.next(); // From here on its `finally` ends this download.
      return { headers: this.headers(visit, list, asked, format, first), body };
    } catch (error) {
      this.running.free(client);
      throw error;
    }
  }

  private headers(
    visit: Visit,
    { id }: Downloadable,
    extension: string,
    { type }: Format,
    { totalCount }: Part,
  ): Record<string, string> {
    const { maxRows } = this.limits;
    const isCut = totalCount !== null && totalCount > maxRows;
    const about = visit.key || visit.parameter("q");
    const parts = new Set([about, visit.parameter("tab"), id, isCut && `first-${maxRows}`]);
    const name = [...parts]
      .filter(Boolean)
      .join("-")
      .replace(/[^\w.-]+/g, "-")
      .slice(0, 150);
    return {
      "content-type": type,
      "content-disposition": `attachment; filename="${name}.${extension}"`,
      ...(totalCount !== null && { "x-total-count": String(totalCount) }),
      "x-robots-tag": "noindex",
    };
  }

  private async *file(
    visit: Visit,
    list: Downloadable,
    format: Format,
    first: Part,
    until: number,
  ): FileStream {
    try {
      yield "";
      yield format.begin(list, visit.origin + visit.here({}), first.totalCount);
      let written = 0;
      for (let part = first; ; part = await list.readRows(visit, part.next)) {
        if (performance.now() > until) throw new Unavailable("the download took too long", 503);
        const rows = part.rows.slice(0, this.limits.maxRows - written);
        yield rows.map((row, i) => format.row(row, written + i)).join("");
        written += rows.length;
        const isCut = part.next !== null || rows.length < part.rows.length;
        if (part.next === null || rows.length === 0 || written >= this.limits.maxRows) {
          return yield format.end(isCut);
        }
      }
    } finally {
      this.running.free(visit.client);
    }
  }
}
