import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { GraphQLSchema } from "graphql";
import { raw, SQL } from "../db/sql-text.js";
import type { Sql } from "../db/sql.js";
import type { ExecuteInside } from "../http/inside.js";
import { idOf } from "../records/record.ids.js";
import { type AtomEntry, atomOf } from "./atom.js";
import { escapeHtml, originOf } from "./html.js";
import { VERSION } from "./project.js";
import { readSavedQuestions, type SavedQuestion } from "./saved-questions.js";

/** How the feeds read the record. */
export interface FeedSources {
  sql: Sql;
  execute: ExecuteInside;
  schema: GraphQLSchema;
  /** The folder of the saved questions. */
  folder: string;
}

/** A feed, and the last answer to its question. */
interface Feed {
  name: string;
  title: string;
  read: () => Promise<AtomEntry[]>;
  cache?: { revision: string; entries: Promise<AtomEntry[]> };
}

/** Serves what is new as Atom feeds: all changes, and an answer to each saved question. */
export function serveFeeds(
  app: FastifyInstance,
  { sql, execute, schema, folder }: FeedSources,
): void {
  const saved = readSavedQuestions(folder, schema).map((question): Feed => ({
    ...question,
    read: () => entriesOf(question, execute),
  }));
  const changes = { name: "changes", title: "Changes of the record" };
  const feeds: Feed[] = [{ ...changes, read: () => revisions(execute) }, ...saved];
  for (const feed of feeds)
    app.get(`/feeds/${feed.name}.atom`, async (request, reply) =>
      send(feed, await latestRevision(sql), request, reply),
    );
}

async function send(feed: Feed, latest: Latest, request: FastifyRequest, reply: FastifyReply) {
  const { number, first } = latest;
  const revision = `${first ?? ""} ${number}`;
  const tag = `"${idOf("feed", `${VERSION} ${revision} ${originOf(request)}`)}"`;
  reply.header("etag", tag).header("cache-control", "public, max-age=60");
  if (request.headers["if-none-match"] === tag) return reply.code(304).send();
  // What concurrent clients ask for is read once; what could not be read is not kept.
  if (feed.cache?.revision !== revision) {
    const cache = { revision, entries: feed.read() };
    cache.entries.catch(() => (feed.cache = undefined));
    feed.cache = cache;
  }
  const origin = originOf(request);
  const entries = await feed.cache.entries;
  return reply
    .type("application/atom+xml; charset=utf-8")
    .header("x-content-type-options", "nosniff")
    .send(
      atomOf({
        id: `urn:uuid:${idOf("feed", `${feed.name} ${first ?? ""}`)}`,
        title: feed.title,
        self: `${origin}/feeds/${feed.name}.atom`,
        page: `${origin}/`,
        updated:
          entries
            .map(({ updated }) => updated)
            .sort()
            .at(-1) ?? "1970-01-01T00:00:00Z",
        entries: entries.map((entry) => ({
          ...entry,
          page: entry.page && origin + entry.page,
          html: entry.html?.replaceAll('href="/', `href="${escapeHtml(origin)}/`),
        })),
      }),
    );
}

/** The latest revision, and what tells this record from those of other installations. */
interface Latest {
  number: number;
  /** The first operation. */
  first: string | null;
}

async function latestRevision(sql: Sql): Promise<Latest> {
  const [row] = await sql.query<Latest>(
    "latestRevision",
    SQL`SELECT coalesce(max(number), 0) AS number, ${raw(
      "(SELECT operation FROM record_revision WHERE number = 1)",
    )} AS first FROM record_revision`,
  );
  return row!;
}

/** The pages of items, by type. */
const PAGES: Readonly<Record<string, string>> = {
  Person: "people",
  Place: "places",
  Organization: "organizations",
  Meeting: "meetings",
  Statement: "statements",
  SourceDocument: "documents",
  StatementTopic: "topics",
};

function pageOf(type: string | undefined, key: string | undefined): string | null {
  const folder = type === undefined ? undefined : PAGES[type];
  if (!folder || key === undefined) return null;
  return `/${folder}/${key.split("/").map(encodeURIComponent).join("/")}`;
}

type Node = Record<string, string | undefined>;

/** The longest title, in UTF-16 code units: a statement may have many. */
const MAX_TITLE = 300;
/** The longest name of an item in a list of changes, in characters. */
const MAX_NAME = 120;

function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  // Not half a character at the end.
  const start = text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, "");
  return `${start.trimEnd()}…`;
}

async function entriesOf(
  { document, list }: SavedQuestion,
  execute: ExecuteInside,
): Promise<AtomEntry[]> {
  const { data, errors } = await execute(document);
  if (errors) throw new Error(errors[0]!.message);
  const { nodes } = data![list] as { nodes: Node[] };
  return nodes.map(({ __typename: type, id, title, updated, published, summary, key, slug }) => ({
    id: `urn:uuid:${id!}`,
    title: shortened(title!, MAX_TITLE),
    updated: updated!,
    published,
    summary,
    page: pageOf(type, key ?? slug),
  }));
}

const REVISIONS = `query FeedOfChanges {
  recordRevisions(last: 30) {
    nodes {
      number
      operation
      recordedAt
      author
      note
      changes(first: 20) {
        pageInfo { hasNextPage }
        nodes { kind type key mergedIntoKey currentItem {
          __typename
          ... on Person { name } ... on Place { name } ... on Organization { name }
          ... on Meeting { name: title } ... on Agreement { name: title } ... on Tenure { name: title }
          ... on SourceDocument { headline: title } ... on Statement { name: text } ... on StatementTopic { name: label }
        } }
      }
    }
  }
}`;

interface RevisionNode {
  number: number;
  operation: string;
  recordedAt: string;
  author: string | null;
  note: string | null;
  changes: { pageInfo: { hasNextPage: boolean }; nodes: ChangeNode[] };
}

interface ChangeNode {
  kind: string;
  type: string;
  key: string;
  mergedIntoKey: string | null;
  currentItem: { __typename: string; name?: string; headline?: string | null } | null;
}

async function revisions(execute: ExecuteInside): Promise<AtomEntry[]> {
  const { data, errors } = await execute(REVISIONS);
  if (errors) throw new Error(errors[0]!.message);
  const { nodes } = data!.recordRevisions as { nodes: RevisionNode[] };
  return nodes.toReversed().map(({ number, operation, recordedAt, author, note, changes }) => ({
    id: `urn:uuid:${idOf("revision", `${operation} ${number}`)}`,
    title: note ? `Revision ${number}: ${note}` : `Revision ${number}`,
    updated: recordedAt,
    published: recordedAt,
    author,
    html: `<ul>${changes.nodes.map(changeHtml).join("")}</ul>${changes.pageInfo.hasNextPage ? "<p>… and more.</p>" : ""}`,
  }));
}

function changeHtml({ kind, type, key, mergedIntoKey, currentItem }: ChangeNode): string {
  const page = currentItem && pageOf(currentItem.__typename, key);
  // What is gone, and a document without a title, has only its key.
  const name = escapeHtml(shortened(currentItem?.name ?? currentItem?.headline ?? key, MAX_NAME));
  const what = `${kind.toLowerCase()} ${type.toLowerCase().replaceAll("_", " ")}`;
  const into = mergedIntoKey === null ? "" : ` into ${escapeHtml(mergedIntoKey)}`;
  return `<li>${what} ${page ? `<a href="${escapeHtml(page)}">${name}</a>` : name}${into}</li>`;
}
