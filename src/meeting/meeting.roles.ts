import { generic, raw, SQL, type SqlText } from "../db/sql-text.js";
import { idsOfSlugs, type Where } from "../query/where.js";
import type { MeetingFilter } from "./meeting.filter.js";

/** Who can take part, by the columns of a participation, and the filter fields that name them. */
const NAMED = [
  {
    parent: "Person",
    any: "people",
    all: "allPeople",
    column: "person_id",
    certainty: "person_certainty",
    table: "person",
  },
  {
    parent: "Country",
    any: "participantCountries",
    all: "allParticipantCountries",
    column: "country_code",
    certainty: "country_certainty",
  },
  {
    parent: "Organization",
    any: "organizations",
    column: "organization_id",
    certainty: "organization_certainty",
    table: "organization",
  },
] as const;

/**
 * Adds the condition that those whom the filter names, and the parent, take part in one of the roles; anybody, if nobody is named.
 * `meetingId` is SQL. The criteria by which the list is read already require that they take part.
 */
export function whereInRoles(
  where: Where,
  filter: MeetingFilter,
  meetingId: string,
  parent: string | undefined,
): void {
  const roles = generic(filter.roles, "participation_role[]");
  // A subselect instead of a join, so that it is evaluated for one meeting at a time, until a page is full. OFFSET 0 keeps the planner
  // from reading all participations of a person for each of the meetings.
  const takesPart = (condition: SqlText) =>
    SQL`(SELECT true FROM (SELECT * FROM participation p WHERE p.meeting_id = ${raw(meetingId)} OFFSET 0) AS x
      WHERE x.role = ANY (${roles})${condition} LIMIT 1)`;
  const conditions = NAMED.flatMap((named) => {
    const column = raw(` AND x.${named.column}`);
    const stated = raw(filter.statedOnly ? ` AND x.${named.certainty} = 'STATED'` : "");
    const table = "table" in named ? named.table : undefined;
    const any = filter[named.any];
    const all = "all" in named ? filter[named.all] : undefined;
    return [
      ...(parent === named.parent ? [takesPart(SQL`${column} = parent.id${stated}`)] : []),
      ...(any ? [takesPart(SQL`${column} IN (${valuesOf(any, table)})${stated}`)] : []),
      ...(all
        ? [
            SQL`NOT EXISTS (SELECT FROM (${valuesOf(all, table)}) AS wanted (value)
              WHERE ${takesPart(SQL`${column} = wanted.value${stated}`)} IS NULL)`,
          ]
        : []),
    ];
  });
  for (const condition of conditions.length > 0 ? conditions : [takesPart(raw(""))]) {
    where.and(condition);
  }
}

function valuesOf(given: readonly string[], table: "person" | "organization" | undefined): SqlText {
  return table ? idsOfSlugs(table, given) : SQL`SELECT unnest(${generic(given, "text[]")})`;
}
