import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { html } from "./html.js";
import { DOWNLOAD_LIMITS, type DownloadLimits, Downloads, type FileStream } from "./downloads.js";
import { BROWSE } from "./indexes.js";
import { type Asset, readIslands, tagOf } from "./islands.js";
import { documentOf, type Site } from "./layout.js";
import { pathOf } from "./links.js";
import type { Downloadable } from "./lists.js";
import { Busy, Missing, Moved, type Page, Refused, Unavailable } from "./outcome.js";
import { changes, changesLists, FEED } from "./pages/changes.js";
import { country, countryLists } from "./pages/country.js";
import { date, dateLists } from "./pages/date.js";
import { document, documentLists } from "./pages/document.js";
import { busyPage, missingPage, refusedPage, unavailablePage } from "./pages/failures.js";
import { indexOf } from "./pages/indexes.js";
import { meeting, meetingLists } from "./pages/meeting.js";
import { organization, organizationLists } from "./pages/organization.js";
import { pair, pairLists } from "./pages/pair.js";
import { person, personLists } from "./pages/person.js";
import { place, placeLists } from "./pages/place.js";
import { removedPage } from "./pages/removed.js";
import { search, searchLists, searchOptions } from "./pages/search.js";
import { statement, statementLists } from "./pages/statement.js";
import { suggestions } from "./pages/suggestions.js";
import { topic, topicLists } from "./pages/topic.js";
import { type Execute, Visit, type Visitor } from "./visit.js";
import { newest } from "./newest.js";
import { waysIn } from "./ways.js";

/** The page of each first part of a path with a key after it; `search` has none, `changes` may have. */
const PAGES: Record<string, (visit: Visit, site: Site) => Promise<Page>> = {
  people: person,
  countries: country,
  places: place,
  meetings: meeting,
  organizations: organization,
  statements: statement,
  documents: document,
  topics: topic,
  dates: date,
  with: pair,
  changes,
  search,
};

type Lists = readonly Downloadable[];

/** The lists of these pages that can be downloaded, the first one by default. */
const LISTS: Record<string, (visit: Visit) => Lists | Promise<Lists>> = {
  people: personLists,
  countries: countryLists,
  places: placeLists,
  meetings: meetingLists,
  organizations: organizationLists,
  statements: statementLists,
  documents: documentLists,
  topics: topicLists,
  dates: dateLists,
  with: pairLists,
  changes: changesLists,
  search: searchLists,
};

/** The style sheet beside this folder, which the build copies. */
const STYLE = readFileSync(join(__dirname, "../style.css"), "utf8");
const STYLE_HASH = createHash("sha256").update(STYLE).digest("hex").slice(0, 12);

/** An answer to a request. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  /** A file is made while it is read. Whoever does not read it to its end must stop it (`return`). */
  body: string | FileStream;
}

export type { Execute };

export { ConcurrencyLimit } from "./concurrency-limit.js";

export { theCountry } from "./articles.js";

export interface ExplorerSettings {
  /** Whether visitors can use a GraphiQL at /graphiql. Then each list links to it with its query. */
  graphiql: boolean;
  /** The folder with what Vite has built of `islands/`. */
  islands: string;
  /** Whether each document is on the same host as JSON-LD, by the address of its page with `.jsonld`. Then pages link to it. */
  linkedData?: boolean;
  /** Bounds of downloads, if not the usual ones. */
  downloads?: Partial<DownloadLimits>;
}

/** The maximum length of a key in a path. */
const MAX_KEY_LENGTH = 500;

/** Allows scripts, style sheets and images of the same host, and requests and forms to it; nothing inline. */
const POLICY = [
  ...["default-src 'none'", "script-src 'self'", "connect-src 'self'"],
  ...["style-src 'self'", "img-src 'self'", "form-action 'self'"],
  ...["base-uri 'none'", "frame-ancestors 'none'"],
].join("; ");

const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": POLICY,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};

/** When to try again, in seconds, where there was no result. */
const RETRY_AFTER = "10";

/** The explorer: pages about what is on record, made from results of the public API alone. */
export type Explorer = ReturnType<typeof createExplorer>;

/** Creates the explorer. Each request brings its own `execute`, so that it can be cancelled with the request. */
export function createExplorer(settings: ExplorerSettings) {
  const { graphiql, islands: folder, linkedData = false, downloads } = settings;
  const islands = readIslands(folder);
  const searchAsYouType = tagOf(islands, "search");
  const stylesheet = `/explorer/style-${STYLE_HASH}.css`;
  const limits = { ...DOWNLOAD_LIMITS, ...downloads };
  const site = { stylesheet, graphiql, linkedData, searchAsYouType, maxRows: limits.maxRows };
  const style: Asset = { path: stylesheet, type: "text/css; charset=utf-8", content: STYLE };
  const files = new Downloads(limits);
  return {
    /** The first parts of all paths that `answer` knows. */
    folders: Object.keys(PAGES),
    /** What the pages load. */
    assets: [style, ...islands],
    /**
     * The tags that make a form of the class `search` search as somebody types, for the head of a start page: the style sheet, before
     * the page's own, and the script.
     */
    searchAsYouType: html`<link rel="stylesheet" href="${stylesheet}">
${searchAsYouType}`.text,
    /**
     * Answers GET of an address: a path, with or without a query. Rejects only if `execute` does. `from`: the client, whose
     * downloads are counted, and by which address of the site.
     */
    answer: (address: string, execute: Execute, from: Partial<Visitor> = {}): Promise<Answer> =>
      answer(address, site, files, execute, from),
    /** Links into the record, for a start page, as HTML. */
    waysIn: async (execute: Execute): Promise<string> => html`${await waysIn(start(execute))}`.text,
    /** What came on record last, for a start page, as HTML; empty if nothing is on record. */
    newest: async (execute: Execute): Promise<string> => html`${await newest(start(execute))}`.text,
    /** Links to all items of each kind, for a start page, as HTML. */
    browse: BROWSE.text,
    /** The path of an item's page, for a start page. */
    pathOf,
    /** The feed of all changes, for the head of a start page. */
    feed: FEED,
  };
}

/** The visit of a start page. */
const start = (execute: Execute) => new Visit("/", "", new URLSearchParams(), execute);

async function answer(
  address: string,
  site: Site,
  files: Downloads,
  execute: Execute,
  from: Partial<Visitor>,
): Promise<Answer> {
  const [, path = "", query = ""] = /^([^?#]*)\??([^#]*)/s.exec(address) ?? [];
  const parameters = new URLSearchParams(query);
  const [, folder = "", rest = ""] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
  const key = decoded(rest);
  const visit = new Visit(path, key ?? "", parameters, execute, from);
  const sent = (status: number, page: Page): Answer => ({
    status,
    headers: {
      ...HEADERS,
      "cache-control": status === 200 ? "no-cache" : "no-store",
      ...(status === 503 && { "retry-after": RETRY_AFTER }),
    },
    body: documentOf(page, site, folder === "search" ? (parameters.get("q") ?? "") : "").text,
  });
  try {
    const { show, lists } = routeOf(path, folder, key);
    if (folder === "search" && parameters.get("list") === "1") {
      const headers = { ...HEADERS, "cache-control": "private, max-age=60" };
      return { status: 200, headers, body: html`${await searchOptions(visit)}`.text };
    }
    if (visit.parameter("format") === null || !lists) return sent(200, await show(visit, site));
    const { headers, body } = await files.start(visit, await lists(visit));
    return { status: 200, headers: { ...HEADERS, "cache-control": "no-store", ...headers }, body };
  } catch (error) {
    if (error instanceof Moved) {
      // Merges can be undone, so browsers must not keep this.
      const isWhole = error.path.includes("?") || parameters.size === 0;
      const location = isWhole ? error.path : `${error.path}?${parameters}`;
      return { status: 302, headers: { location, "cache-control": "no-store" }, body: "" };
    }
    const { status, page } = await failureOf(error, visit);
    return sent(status, page);
  }
}

/**
 * What shows the page of a path, and its lists if it can be downloaded.
 *
 * @throws Missing if no page has this path, Moved if it is one with a slash at its end.
 */
function routeOf(path: string, folder: string, key: string | null) {
  const index = key === "" ? indexOf(folder) : undefined;
  const show = index?.page ?? (Object.hasOwn(PAGES, folder) ? PAGES[folder]! : undefined);
  const mayBeAlone = folder === "changes" || folder === "search" || index !== undefined;
  const isAddress = key === "" ? mayBeAlone : folder !== "search";
  if (!show || key === null || !isAddress) throw new Missing("page", key ?? "");
  if (path.endsWith("/")) throw new Moved(path.slice(0, -1));
  return { show, lists: index?.lists ?? LISTS[folder] };
}

/** The page that says why there is no other; rejects with an error that it has no words for. */
async function failureOf(error: unknown, visit: Visit): Promise<{ status: number; page: Page }> {
  const { path } = visit;
  if (error instanceof Missing) {
    const [suggested, removed] = await Promise.all([
      suggestions(visit, error.kind, error.words),
      removedPage(visit, error.kind),
    ]);
    return removed
      ? { status: 410, page: removed(suggested) }
      : { status: 404, page: missingPage(path, error.kind, suggested) };
  }
  if (error instanceof Refused) return { status: 400, page: refusedPage(path) };
  if (error instanceof Busy) return { status: 503, page: busyPage(path) };
  if (error instanceof Unavailable)
    return { status: error.status, page: unavailablePage(path, error.status) };
  throw error;
}

/** The key that a path gives; null if it is no text that the record could have. */
function decoded(path: string): string | null {
  try {
    const key = decodeURIComponent(path);
    return key.length > MAX_KEY_LENGTH || key.includes("\0") ? null : key;
  } catch {
    return null;
  }
}
