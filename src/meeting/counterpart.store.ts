import type { Sql } from "../db/sql.js";
import { raw, SQL } from "../db/sql-text.js";
import { Person } from "../person/person.entity.js";
import type { ListContext } from "../query/list.js";
import type { Ordering } from "../query/ordering.js";
import {
  type Connection,
  type Edge,
  type Page,
  type PageRequest,
  pageRequest,
  type PageSelection,
  readLists,
  readPages,
} from "../query/page.js";
import { selectSql } from "../query/rows.js";
import { Where } from "../query/where.js";
import { partialDateOf } from "../scalars/partial-date.js";
import { describedCount } from "./counterpart.described.store.js";
import { CounterpartSide } from "./counterpart.enums.js";
import { type CounterpartListArgs, latestOf } from "./counterpart.filter.js";
import {
  LAST_MET,
  listedSides,
  metBy,
  metBySide,
  type MetList,
  metListOf,
  MOST_MEETINGS,
  PEOPLE,
} from "./counterpart.met.js";
import { sideOf } from "./counterpart.sides.js";

/** A counterpart, with a summary of the meetings with them. */
interface Counterpart extends Person {
  side: CounterpartSide;
  meetingCount: number;
  /** The countries of the counterpart's side, by English name; absent if they are not selected. */
  countryCodes?: string[];
  /** The bounds of the date of the latest meeting. */
  metFrom: string | null;
  metTo: string | null;
}

const ORDERING: Ordering = {
  name: "MOST_MEETINGS",
  keys: [...MOST_MEETINGS, { sql: "p.id", type: "uuid" }],
};

/** All conditions are in `from`. */
const COUNTERPARTS = { name: "counterpartsOfPerson", where: new Where() };

// A function, since fields of Person are declared in files that are loaded later.
const columns = () => SQL`${selectSql(Person, "p")}, met.side,
  cardinality(met.meeting_ids) AS "meetingCount",
  ${LAST_MET}`;

/**
 * The codes of the countries of their side. Reads all meetings once more, so it is added only if selected. IS NOT DISTINCT FROM keeps the
 * planner from combining two indexes, and so reading all participations of a person for each meeting: a meeting has few.
 */
const countriesOf = (statedOnly: boolean) => SQL`, ARRAY(
    SELECT c.code FROM country c WHERE c.code IN (
      SELECT unnest(${sideOf("x", "m", statedOnly)})
      FROM participation x JOIN meeting m ON m.id = x.meeting_id
      WHERE x.person_id IS NOT DISTINCT FROM p.id AND m.id = ANY (met.meeting_ids))
    ORDER BY c.name, c.code) AS "countryCodes"`;

/** Reads a page of counterparts for each person. */
function counterpartPages(
  sql: Sql,
  list: MetList,
  request: PageRequest,
  withCountries: boolean,
): Promise<Page<Counterpart>[]> {
  const from = SQL`(${metBy(list, PEOPLE)}) AS met JOIN person p ON p.id = met.person_id
    JOIN meeting latest ON latest.id = met.meeting_ids[1]`;
  const statedOnly = list.filter?.statedOnly ?? false;
  const selected = SQL`${columns()}${withCountries ? countriesOf(statedOnly) : raw("")}`;
  const query = { ...COUNTERPARTS, columns: selected, from, parents: list.parents };
  return readPages(sql, query, request);
}

/** How many counterparts a person has by side. */
interface SideCounts {
  other: number;
  unknown: number;
}

/** Counts the counterparts of each person by side, both at once: most of the work is to find shared meetings, which is the same for both. */
async function sideCounts(sql: Sql, list: MetList): Promise<SideCounts[]> {
  const name = `${COUNTERPARTS.name}Count`;
  const counts = await readLists<SideCounts>(sql, name, [metBySide(list)], list.parents);
  return counts.map(([row]) => row!);
}

/** The fields of an edge besides its node. */
interface CounterpartDetails {
  side: CounterpartSide;
  meetingCount: number;
  lastMet: string | null;
  /** Throws if the page was read without them. */
  countryCodes(): string[];
}

/** A connection of counterparts, with the counts of those whose side is unknown, whichever sides are listed, and of those only described. */
interface CounterpartConnection extends Connection<Person, CounterpartDetails> {
  unknownSideCount(): Promise<number | null>;
  describedCount(): Promise<number>;
}

/** Returns the counterparts of a person. */
export function counterpartsOf(
  context: ListContext,
  personId: string,
  args: CounterpartListArgs,
  { edge }: PageSelection,
): CounterpartConnection {
  const { sql } = context;
  const { filter, people } = args;
  const request = pageRequest(args, "Person.counterparts", ORDERING);
  const listed = listedSides(args.sides);
  const latest = latestOf(args);
  const met = { filter, sides: listed, latest };
  const list = metListOf(context, { ...met, people });
  const withCountries = edge.countries !== undefined;
  const counts = context.batch(
    `met by side ${JSON.stringify([filter, latest, people])}`,
    async (ids) => sideCounts(sql, await list(ids)),
  );
  const counted = async (id: string, sides: readonly CounterpartSide[]) => {
    const { other, unknown } = await counts.load(id);
    const of = { [CounterpartSide.OTHER]: other, [CounterpartSide.UNKNOWN]: unknown };
    return sides.reduce((sum, side) => sum + of[side], 0);
  };
  const read = {
    columns: withCountries ? "countries" : "",
    pages: async (ids: readonly string[]) =>
      counterpartPages(sql, await list(ids), request, withCountries),
    counts: (ids: readonly string[]) => Promise.all(ids.map((id) => counted(id, listed))),
  };
  return {
    ...context.connection(personId, request, [filter, listed, latest, people], read, toEdge),
    unknownSideCount: () => counted(personId, [CounterpartSide.UNKNOWN]),
    describedCount: () => describedCount(context, personId, met),
  };
}

function toEdge(row: Counterpart): Edge<Person, CounterpartDetails> {
  const { side, meetingCount, countryCodes, metFrom, metTo } = row;
  return {
    node: row,
    side,
    meetingCount,
    lastMet: partialDateOf(metFrom, metTo),
    countryCodes() {
      if (!countryCodes) throw new Error("Counterparts were read without their countries");
      return countryCodes;
    },
  };
}
