import type { Sql } from "../db/sql.js";
import { raw, SQL, type SqlText } from "../db/sql-text.js";
import type { ListContext } from "../query/list.js";
import type { Ordering } from "../query/ordering.js";
import {
  type Connection,
  countRows,
  type Page,
  type PageRequest,
  pageRequest,
  readPages,
} from "../query/page.js";
import { Where } from "../query/where.js";
import { partialDateOf } from "../scalars/partial-date.js";
import { type DescribedRow, LATEST_MEETINGS } from "./counterpart.described.js";
import { type MetListArgs, latestOf } from "./counterpart.filter.js";
import {
  DESCRIBED,
  LAST_MET,
  listedSides,
  metBy,
  type MetList,
  metListOf,
  MOST_MEETINGS,
  whoeverMet,
} from "./counterpart.met.js";

/** A row as read, with the bounds of the date of the latest meeting. */
type ReadRow = Omit<DescribedRow, "lastMet"> & { metFrom: string | null; metTo: string | null };

/** Those last met at the same meeting come in the order of its record. */
const ORDERING: Ordering = {
  name: "MOST_MEETINGS",
  keys: [
    ...MOST_MEETINGS,
    { sql: "latest.id", type: "uuid" },
    { sql: "entry.position", type: "int" },
    { sql: "entry.id", type: "uuid" },
  ],
};

const EVERYTHING = new Where();

const COLUMNS = SQL`met.description, met.country_code AS "countryCode", met.organization_id AS "organizationId", met.side,
  cardinality(met.meeting_ids) AS "meetingCount", met.meeting_ids[:${raw(String(LATEST_MEETINGS))}] AS "meetingIds", ${LAST_MET}`;

/** Reads a page of the described counterparts of each person. */
function describedPages(sql: Sql, list: MetList, request: PageRequest): Promise<Page<ReadRow>[]> {
  // For each group of participations with the same words, country and organization, the lateral join finds its first one at the
  // latest meeting. Its position and id order the groups with the same latest meeting.
  const from = SQL`(${metBy(list, DESCRIBED)}) AS met JOIN meeting latest ON latest.id = met.meeting_ids[1]
    CROSS JOIN LATERAL (
      SELECT x.id, x.position FROM participation x
      WHERE x.meeting_id = latest.id AND x.person_id IS NULL AND x.description = met.description
        AND x.country_code IS NOT DISTINCT FROM met.country_code AND x.organization_id IS NOT DISTINCT FROM met.organization_id
      ORDER BY x.position, x.id LIMIT 1) AS entry`;
  const query = {
    name: "describedCounterpartsOfPerson",
    where: EVERYTHING,
    columns: COLUMNS,
    from,
  };
  return readPages(sql, { ...query, parents: list.parents }, request);
}

/** Returns the described counterparts of a person: those whom documents describe without a name. */
export function describedCounterpartsOf(
  context: ListContext,
  personId: string,
  args: MetListArgs,
): Connection<DescribedRow> {
  const { sql } = context;
  const request = pageRequest(args, "Person.describedCounterparts", ORDERING);
  const met = { filter: args.filter, sides: listedSides(args.sides), latest: latestOf(args) };
  const list = metListOf(context, met);
  const read = {
    pages: async (ids: readonly string[]) => describedPages(sql, await list(ids), request),
    counts: async (ids: readonly string[]) => {
      const asked = await list(ids);
      return countsOf(sql, "describedCounterpartsOfPerson", asked, whoeverMet(asked, DESCRIBED));
    },
  };
  return context.connection(personId, request, met, read, toEdge);
}

/** Counts the participations of the described counterparts of a person. */
export function describedCount(
  context: ListContext,
  personId: string,
  met: Pick<MetList, "filter" | "sides" | "latest">,
): Promise<number> {
  const list = metListOf(context, met);
  const key = `described count ${JSON.stringify(met)}`;
  const batch = context.batch(key, async (ids) => {
    const asked = await list(ids);
    const each = SQL`SELECT unnest(meeting_ids) FROM (${metBy(asked, DESCRIBED)}) AS described`;
    return countsOf(context.sql, "describedParticipationsOfPerson", asked, each);
  });
  return batch.load(personId);
}

function countsOf(sql: Sql, name: string, { parents }: MetList, rows: SqlText): Promise<number[]> {
  const from = SQL`(${rows}) AS met`;
  return countRows(sql, { name, where: EVERYTHING, columns: SQL``, from, parents });
}

function toEdge({ metFrom, metTo, ...row }: ReadRow): { node: DescribedRow } {
  return { node: { ...row, lastMet: partialDateOf(metFrom, metTo) } };
}
