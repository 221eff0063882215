import type { DocumentDecoration } from "gql.tada";
import { type KnownNames, readChosen } from "./chosen.js";
import type { Cell } from "./csv.js";
import type { Faceted, Narrowing } from "./facets.js";
import { html, type Content } from "./html.js";
import { countOf, downloadLinks, panel, type Site } from "./layout.js";
import { isNarrowed, narrowing } from "./narrowing.js";
import { Unavailable } from "./outcome.js";
import { type Cursor, inParts, pageLinks } from "./paging.js";
import type { Column } from "./tables.js";
import type { Question, Visit } from "./visit.js";
import { counted } from "./words.js";

/** A part of a list, as the API gives it: its rows are nodes, or edges where these have data of their own. */
interface Connection<Row> extends Faceted {
  /** Absent if not selected, which saves an SQL statement. */
  totalCount?: number | null;
  nodes?: readonly Row[];
  edges?: readonly Row[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** What a list is: the panel of a page and the question behind it follow from this. */
export interface ListDeclaration<Data, Variables extends object, Row> {
  /** The id of its heading, and its name in the addresses of downloads. */
  id: string;
  /** The document of the page, which has the list. */
  document: DocumentDecoration<Data, Variables>;
  /** The variables of the document, from the address. */
  variables: (visit: Visit) => Variables;
  /**
   * The list in a result; null if it could not be read.
   *
   * @throws Missing or Moved if what the page is about is not on record under this address.
   */
  find: (data: Data, visit: Visit) => Connection<Row> | null | undefined;
  /** What a row is called, one and several: `["person", "people"]`. */
  noun: readonly [one: string, several: string];
  /** The heading, from the count with its noun; that itself by default. */
  title?: (count: string, data: Data) => string;
  /** What stands there if the list is empty. */
  none: string | ((data: Data) => string);
  /** The rows as HTML. */
  rows: (rows: readonly Row[], data: Data) => Content;
  /** What stands below the rows. */
  note?: (data: Data, visit: Visit) => Content;
  /** The parameter of the address that continues from a cursor; the variable has the same name. */
  cursor?: Cursor;
  /** Whether the rows are shown in groups, so that a long list can't be shown in two parts. */
  isGrouped?: boolean;
  /** The rows as a table. */
  columns: readonly Column<Row>[];
  /** Variables by which the document has this list and leaves out others of the page, for a download. */
  alone?: Record<string, boolean | null>;
  /** Facets to omit, since the page fixes them. */
  about?: readonly Narrowing[];
  /**
   * Names of what it can be narrowed by that the page has anyway. No others are asked for, and filters by them have their slugs: for a page
   * that takes as many SQL statements as it may.
   */
  names?: (data: Data) => KnownNames;
}

/** A list as downloads see it, whatever its rows are. */
export interface Downloadable {
  readonly id: string;
  /** The headings of its columns. */
  readonly headings: readonly string[];
  /** Reads the next rows after a cursor, all of them or none; counts the whole list with the first. */
  readRows(visit: Visit, cursor: string | null): Promise<Part>;
}

/** Some rows of a list. */
export interface Part {
  rows: readonly { item: unknown; cells: readonly Cell[] }[];
  /** How many rows the list has; null if they were not counted. */
  totalCount: number | null;
  /** The cursor of the rows after these; null if there are none. */
  next: string | null;
}

const UNREADABLE = html`<p class="notice">This list can’t be read at the moment. Try again shortly.</p>`;

/** How many rows of a download are read at once: as many as a list of the service has in a page. */
const ROWS_AT_ONCE = 100;

/** The variable that says how many rows are read, by that of the cursor. */
const SIZES = { after: "first", people: "firstPeople", described: "firstDescribed" } as const;

/** A list on a page. */
export class List<Data, Variables extends object, Row> implements Downloadable {
  constructor(private readonly declared: ListDeclaration<Data, Variables, Row>) {}

  /** Asks for the page, which has this list and what stands beside it, and for the names of what the list is narrowed by. */
  async ask(visit: Visit): Promise<Data> {
    const { document, variables, find, about, names } = this.declared;
    const data = await visit.ask(document, variables(visit));
    if (about) await readChosen(visit, find(data, visit), names?.(data));
    return data;
  }

  /** `14 statements`; if the list was not counted, `More than 20 statements`, or past the first page only `Statements`. */
  count(data: Data, visit: Visit): string {
    const found = this.declared.find(data, visit);
    const { noun } = this.declared;
    const isUncounted = found && found.totalCount === undefined;
    if (!isUncounted || visit.parameter(this.where.cursor) !== null) return countOf(found, ...noun);
    const read = rowsOf(found).length;
    const all = counted(read, ...noun);
    return found.pageInfo.hasNextPage && read > 0 ? `More than ${all}` : all;
  }

  /** The list with its heading and the question behind it: it can be narrowed and paged through. */
  panel(data: Data, visit: Visit, site: Site): Content {
    const { id, title, note, about, noun } = this.declared;
    const found = this.declared.find(data, visit);
    const count = this.count(data, visit);
    const all = rowsOf(found);
    const canNarrow = about && (all.length > 0 || isNarrowed(visit));
    return panel(site, {
      id,
      title: title ? title(count, data) : count,
      question: this.question(visit),
      downloads:
        found &&
        all.length > 0 &&
        downloadLinks(visit, site, id, countOf(found, ...noun), found.totalCount),
      content: html`${canNarrow && narrowing(visit, found, { id, about, totalCount: found?.totalCount })}
${found ? this.rows(all, data, visit) : UNREADABLE}${found && pageLinks(visit, found, { ...this.where, shown: all.length })}${note?.(data, visit)}`,
    });
  }

  private get where() {
    const { id, cursor = "after" } = this.declared;
    return { id, cursor };
  }

  private rows(all: readonly Row[], data: Data, visit: Visit): Content {
    const { none, rows, isGrouped } = this.declared;
    if (all.length === 0)
      return html`<p class="none">${typeof none === "string" ? none : none(data)}</p>`;
    const show = (some: readonly Row[]) => rows(some, data);
    return isGrouped ? show(all) : inParts(visit, all, { ...this.where, show });
  }

  /** Asks for the page, and shows the list. */
  async show(visit: Visit, site: Site) {
    const data = await this.ask(visit);
    return { data, count: this.count(data, visit), content: this.panel(data, visit, site) };
  }

  get id(): string {
    return this.declared.id;
  }

  get headings(): readonly string[] {
    return this.declared.columns.map(([heading]) => heading);
  }

  async readRows(visit: Visit, cursor: string | null): Promise<Part> {
    const { document, columns, alone } = this.declared;
    const name = this.where.cursor;
    const variables = Object.assign(this.declared.variables(visit), alone, {
      [SIZES[name]]: ROWS_AT_ONCE,
      [name]: cursor,
      facets: false,
      whole: false,
      counted: cursor === null,
      more: true,
    });
    const found = this.declared.find(await visit.askAll(document, variables), visit);
    if (!found) throw new Unavailable("the list could not be read", 503);
    const at = (path: string) => visit.origin + path;
    return {
      rows: rowsOf(found).map((item) => ({
        item,
        cells: columns.map(([, cell]) => cell(item, at)),
      })),
      totalCount: found.totalCount ?? null,
      next: found.pageInfo.hasNextPage ? found.pageInfo.endCursor : null,
    };
  }

  private question(visit: Visit): Question {
    return { document: this.declared.document, variables: this.declared.variables(visit) };
  }
}

function rowsOf<Row>(found: Connection<Row> | null | undefined): readonly Row[] {
  return found?.nodes ?? found?.edges ?? [];
}
