import { generic, joinSql, raw, SQL, type SqlText } from "../db/sql-text.js";
import type { ForwardPageArgs } from "../query/connection.js";
import { pageParts } from "../query/cursor.js";
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

const KEYS = ["c.revision", "c.ordinal"];

const AS_COMMITTED: Ordering = {
  name: "AS_COMMITTED",
  keys: KEYS.map((sql) => ({ sql, type: "int" })),
};

/** The changes of an item, the latest first. */
export const HISTORY: List<RecordChange, ItemTypename> = {
  field: "history",
  entity: RecordChange,
  item: { table: "record_change", alias: "c" },
  orderings: { LATEST_FIRST: { ...AS_COMMITTED, name: "LATEST_FIRST", descending: true } },
  conditions: (where) => where.and(raw("c.item_id = parent.id")),
};

/** The arguments of a feed of changes. */
export interface FeedArgs extends ForwardPageArgs {
  types?: readonly RecordItemType[] | null;
  kinds?: readonly RecordChangeKind[] | null;
  since?: string | null;
}

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
      // One who follows the feed goes on from where it ended.
      return { ...info, endCursor: () => info.endCursor() ?? args.after ?? null };
    },
  };
}

function changesQuery(
  { types, kinds, since }: Pick<FeedArgs, "types" | "kinds" | "since">,
  request: PageRequest,
  page: PageSelection,
  parents: Parents | undefined,
): ListQuery {
  const where = new Where();
  if (parents) where.and(raw("c.revision = parent.id"));
  if (typeof since === "string")
    where.and(SQL`c.revision >= (SELECT ${firstRevisionSql(momentSql(since))})`);
  const isWhole = !types && !kinds;
  return {
    name: parents ? `changesOf${parents.type}` : "recordChanges",
    columns: selectSql(RecordChange, "c", page.rows),
    from: isWhole
      ? raw("record_change c")
      : SQL`${picked({ types, kinds }, request, where.toSql())} JOIN record_change c
          ON c.revision = picked.revision AND c.ordinal = picked.ordinal`,
    where: isWhole ? where : new Where(),
    parents,
  };
}

/**
 * Returns the first changes of these types and kinds: of each type and kind as many as may be needed, so that no page reads past
 * changes that it does not show.
 */
function picked(
  { types, kinds }: Pick<FeedArgs, "types" | "kinds">,
  request: PageRequest,
  condition: SqlText,
): SqlText {
  const [part] = pageParts(request, KEYS, false);
  const limit = raw(`LIMIT ${request.size + 1}`);
  const oneOf = <Value>(given: readonly Value[] | null | undefined, all: readonly Value[]) =>
    generic([...new Set(given ?? all)], "text[]");
  return SQL`(
    SELECT one.revision, one.ordinal
    FROM unnest(${oneOf(kinds, Object.values(RecordChangeKind))}) AS k (kind)
      CROSS JOIN unnest(${oneOf(types, Object.values(RecordItemType))}) AS t (type)
      CROSS JOIN LATERAL (
        SELECT c.revision, c.ordinal FROM record_change c
        WHERE c.kind = k.kind::record_change_kind AND c.type = t.type::record_item_type
          AND ${joinSql([condition, ...part!.conditions], " AND ")}
        ORDER BY c.revision, c.ordinal ${limit}) AS one
    ORDER BY one.revision, one.ordinal ${limit}) AS picked`;
}
