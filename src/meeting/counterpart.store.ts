import type { Sql } from "../db/sql.js";
import { SQL } from "../db/sql-text.js";
import { Person } from "../person/person.entity.js";
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
import { selectSql } from "../query/rows.js";
import { Where } from "../query/where.js";
import { partialDateOf } from "../scalars/partial-date.js";
import { describedCount } from "./counterpart.described.store.js";
import { CounterpartSide } from "./counterpart.enums.js";
import type { CounterpartListArgs } from "./counterpart.filter.js";
import {
  LAST_MET,
  listedSides,
  metBy,
  type MetList,
  metListOf,
  MOST_MEETINGS,
  PEOPLE,
  whoeverMet,
} from "./counterpart.met.js";
import { sideOf } from "./counterpart.sides.js";

/** A counterpart, with a summary of the meetings with them. */
interface Counterpart extends Person {
  side: CounterpartSide;
  meetingCount: number;
  /** The countries of the counterpart's side, by English name. */
  countryCodes: string[];
  /** The bounds of the date of the latest meeting. */
  metFrom: string | null;
  metTo: string | null;
}

const ORDERING: Ordering = {
  name: "MOST_MEETINGS",
  keys: [...MOST_MEETINGS, { sql: "p.id", type: "uuid" }],
};

/** All that is in `from`. */
const COUNTERPARTS = { name: "counterpartsOfPerson", where: new Where() };

const columnsOf = (statedOnly: boolean) => SQL`${selectSql(Person, "p")}, met.side,
  cardinality(met.meeting_ids) AS "meetingCount",
  ARRAY(
    SELECT c.code FROM country c WHERE c.code IN (
      SELECT unnest(${sideOf("x", "m", statedOnly)})
      FROM participation x JOIN meeting m ON m.id = x.meeting_id
      WHERE x.person_id = p.id AND m.id = ANY (met.meeting_ids))
    ORDER BY c.name, c.code) AS "countryCodes",
  ${LAST_MET}`;

/** Reads a page of counterparts for each person. */
function counterpartPages(
  sql: Sql,
  list: MetList,
  request: PageRequest,
): Promise<Page<Counterpart>[]> {
  const from = SQL`(${metBy(list, PEOPLE)}) AS met JOIN person p ON p.id = met.person_id
    JOIN meeting latest ON latest.id = met.meeting_ids[1]`;
  const columns = columnsOf(list.filter?.statedOnly ?? false);
  return readPages(sql, { ...COUNTERPARTS, columns, from, parents: list.parents }, request);
}

/** Counts the counterparts of each person. */
function counterpartCounts(sql: Sql, list: MetList): Promise<number[]> {
  const from = SQL`(${whoeverMet(list, PEOPLE)}) AS met`;
  return countRows(sql, { ...COUNTERPARTS, columns: SQL``, from, parents: list.parents });
}

/** The fields of an edge besides its node. */
interface CounterpartDetails {
  side: CounterpartSide;
  meetingCount: number;
  countryCodes: string[];
  lastMet: string | null;
}

/** A connection of counterparts, with the number of those whose side is unknown, whichever sides are listed, and of those only described. */
interface CounterpartConnection extends Connection<Person, CounterpartDetails> {
  unknownSideCount(): Promise<number | null>;
  describedCount(): Promise<number>;
}

/** Returns the counterparts of a person. */
export function counterpartsOf(
  context: ListContext,
  personId: string,
  { filter, sides, ...page }: CounterpartListArgs,
): CounterpartConnection {
  const { sql } = context;
  const request = pageRequest(page, "Person.counterparts", ORDERING);
  const listOf = (sides: readonly CounterpartSide[]) => {
    const list = metListOf(context, filter, sides);
    const read = {
      pages: async (ids: readonly string[]) => counterpartPages(sql, await list(ids), request),
      counts: async (ids: readonly string[]) => counterpartCounts(sql, await list(ids)),
    };
    return context.connection(personId, request, [filter, sides], read, toEdge);
  };
  const listed = listedSides(sides);
  return {
    ...listOf(listed),
    unknownSideCount: () => listOf([CounterpartSide.UNKNOWN]).totalCount(),
    describedCount: () => describedCount(context, personId, filter, listed),
  };
}

function toEdge(row: Counterpart) {
  const { side, meetingCount, countryCodes, metFrom, metTo } = row;
  return { node: row, side, meetingCount, countryCodes, lastMet: partialDateOf(metFrom, metTo) };
}
