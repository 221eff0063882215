import { facetsOf, OF_MEETINGS, OF_STATEMENTS } from "./facets.js";
import { List, type ListDeclaration } from "./lists.js";
import { type Meeting, meetingList } from "./meetings.js";
import { meetingFilter, statementFilter } from "./narrowing.js";
import { pageOf } from "./paging.js";
import { type Statement, statementList } from "./statements.js";
import { MEETING_COLUMNS, STATEMENT_COLUMNS } from "./tables.js";
import type { Visit } from "./visit.js";

/** Options of a standard list panel. */
type Declared<Data, Variables extends object, Row> = Partial<
  ListDeclaration<Data, Variables, Row>
> &
  Pick<ListDeclaration<Data, Variables, Row>, "document" | "variables" | "find">;

/** A list of statements that can be narrowed. */
export function statements<Data, Variables extends object, Row extends Statement>(
  declared: Declared<Data, Variables, Row>,
): List<Data, Variables, Row> {
  return new List({
    id: "statements",
    noun: ["statement", "statements"],
    none: "No statements on record.",
    rows: (rows) => statementList(rows),
    columns: STATEMENT_COLUMNS,
    about: [],
    ...declared,
  });
}

/** A list of meetings that can be narrowed. */
export function meetings<Data, Variables extends object, Row extends Meeting>(
  declared: Declared<Data, Variables, Row>,
): List<Data, Variables, Row> {
  return new List({
    id: "meetings",
    noun: ["meeting", "meetings"],
    none: "No meetings on record.",
    rows: (rows) => meetingList(rows),
    columns: MEETING_COLUMNS,
    about: [],
    ...declared,
  });
}

/** The variables of a list of statements, from the address. */
export function statementVariables(visit: Visit) {
  return { ...pageOf(visit), ...facetsOf(visit, OF_STATEMENTS), filter: statementFilter(visit) };
}

/** The variables of a list of meetings, from the address. */
export function meetingVariables(visit: Visit) {
  return { ...pageOf(visit), ...facetsOf(visit, OF_MEETINGS), filter: meetingFilter(visit) };
}
