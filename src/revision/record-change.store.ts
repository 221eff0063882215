import { generic, joinSql, raw, SQL, type SqlPart, SqlText } from "../db/sql-text.js";
import type { ForwardPageArgs } from "../query/connection.js";
import { firstRevisionSql, momentSql } from "../query/first-revisions.js";
import type { List, ListContext } from "../query/list.js";
import type { Ordering } from "../query/ordering.js";
import {
  type Connection,
  type ListQuery,
  pageRequest,
  type PageRequest,
  type PageSelection,
  type Parents,
  readPages,
} from "../query/page.js";
import { select, selectSql } from "../query/rows.js";
import { Where } from "../query/where.js";
import { RecordChange } from "./record-change.entity.js";
import type { ItemTypename } from "./record-item.types.js";
import { RecordChangeKind, RecordItemType } from "./revision.enums.js";

const AS_COMMITTED: Ordering = {
  name: "AS_COMMITTED",
  keys: [
    { sql: "c.revision", type: "int" },
    { sql: "c.ordinal", type: "int" },
  ],
};

/** The changes of an item, the latest first. */
export const HISTORY: List<RecordChange, ItemTypename> = {
  field: "history",
  entity: RecordChange,
  item: { table: "record_change", alias: "c" },
  orderings: { LATEST_FIRST: { ...AS_COMMITTED, name: "LATEST_FIRST", descending: true } },
  conditions: (where) => where.and(raw("c.item_id = parent.id")),
};

/** Which changes of a feed to list. */
interface FeedFilter {
  types?: readonly RecordItemType[] | null;
  kinds?: readonly RecordChangeKind[] | null;
  since?: string | null;
}

/** The arguments of a feed of changes. */
export type FeedArgs = FeedFilter & ForwardPageArgs;

/** Returns the changes of all revisions, or of one, in the order of commits. */
export function changesIn(
  context: ListContext,
  { types, kinds, since, ...args }: FeedArgs,
  page: PageSelection,
  revision?: string,
): Connection<RecordChange> {
  const type = revision === undefined ? null : "RecordRevision";
  const field = type ? "RecordRevision.changes" : "Query.recordChanges";
  const request = pageRequest(args, field, AS_COMMITTED, page);
  const filter = { types, kinds, since };
  const read = {
    columns: select(RecordChange, "", page.rows),
    pages: (ids: readonly string[]) => {
      const parents = type ? { type, ids } : undefined;
      const query = changesQuery(filter, request, page, parents);
      return readPages<RecordChange>(context.sql, query, request);
    },
    counts: async (ids: readonly string[]) => ids.map(() => null),
  };
  const found = context.connection(revision ?? "", request, filter, read, (node) => ({ node }));
  return {
    ...found,
    async pageInfo() {
      const info = await found.pageInfo();
      // Clients that follow the feed continue from where it ended.
      return { ...info, endCursor: () => info.endCursor() ?? args.after ?? null };
    },
  };
}

function changesQuery(
  filter: FeedFilter,
  request: PageRequest,
  page: PageSelection,
  parents: Parents | undefined,
): ListQuery {
  const { types, kinds, since } = filter;
  const name = parents ? `changesOf${parents.type}` : "recordChanges";
  const columns = selectSql(RecordChange, "c", page.rows);
  const where = new Where();
  if (types || kinds) {
    const from = SQL`${picked(filter, request, parents !== undefined)} JOIN record_change c
      ON c.revision = picked.revision AND c.ordinal = picked.ordinal`;
    return { name, columns, from, where, parents };
  }
  if (parents) where.and(raw("c.revision = parent.id"));
  if (typeof since === "string")
    where.and(SQL`c.revision >= (SELECT ${firstRevisionSql(momentSql(since))})`);
  return { name, columns, from: raw("record_change c"), where, parents };
}

/** The position of a change in the feed as one number, which only the index of kinds and types has. */
const placeSql = (revision: SqlPart, ordinal: SqlPart) =>
  SQL`(${revision}::bigint << 31 | ${ordinal})`;

const PLACE = placeSql(raw("c.revision"), raw("c.ordinal"));

/**
 * Returns the first changes of these types and kinds: of each type and kind as many as may be needed, so that no page scans changes
 * that it does not show. Uses the position as one number to force the index of kinds and types: the planner expects each kind and
 * type to be frequent, and would scan all changes.
 */
function picked(
  { types, kinds, since }: FeedFilter,
  { after, size }: PageRequest,
  isOfRevision: boolean,
): SqlText {
  const start = (revision: SqlText) => placeSql(revision, raw("0"));
  const bounds = [
    after && SQL`${PLACE} > ${placeSql(generic(after[0], "int"), generic(after[1], "int"))}`,
    typeof since === "string" &&
      SQL`${PLACE} >= (SELECT ${start(firstRevisionSql(momentSql(since)))})`,
    isOfRevision &&
      SQL`${PLACE} > ${start(raw("parent.id"))} AND ${PLACE} < ${start(raw("(parent.id + 1)"))}`,
  ].filter((bound) => bound instanceof SqlText);
  const oneOf = <Value>(given: readonly Value[] | null | undefined, all: readonly Value[]) =>
    generic([...new Set(given ?? all)], "text[]");
  const limit = raw(`LIMIT ${size + 1}`);
  return SQL`(
    SELECT one.revision, one.ordinal
    FROM unnest(${oneOf(kinds, Object.values(RecordChangeKind))}) AS k (kind)
      CROSS JOIN unnest(${oneOf(types, Object.values(RecordItemType))}) AS t (type)
      CROSS JOIN LATERAL (
        SELECT c.revision, c.ordinal FROM record_change c
        WHERE ${joinSql([SQL`c.kind = k.kind::record_change_kind AND c.type = t.type::record_item_type`, ...bounds], " AND ")}
        ORDER BY ${PLACE} ${limit}) AS one
    ORDER BY one.revision, one.ordinal ${limit}) AS picked`;
}
