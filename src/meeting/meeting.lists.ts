import type { Selection } from "../query/rows.js";
import type { FacetedConnection } from "../query/batched-lists.js";
import type { Connection } from "../query/connection.js";
import { seesEachRow } from "../query/facet.js";
import { pageRequest } from "../query/page.js";
import type { ForwardPageArgs } from "../query/page.args.js";
import type { Reading } from "../query/reading.js";
import { checkRelevance } from "../query/relevance.js";
import type { MeetingListArgs } from "./meeting.args.js";
import { Meeting } from "./meeting.entity.js";
import { MEETING_FACETS, type MeetingFacet } from "./meeting.facets.js";
import type { MeetingParent } from "./meeting.where.js";
import { MEETING_ORDERINGS, MeetingOrder } from "./meeting.order.js";
import * as store from "./meeting.store.js";
import { Participation } from "./participation.entity.js";

/** The meetings of a parent (of a Meeting those under it), or of the whole record (`Query`). */
export function meetingLists({ sql, lists, languagesFor }: Reading) {
  return (
    on: MeetingParent | "Query",
    parentId: string,
    args: MeetingListArgs,
    selected: Selection,
  ): FacetedConnection<Meeting, MeetingFacet> => {
    const { filter, orderBy } = args;
    checkRelevance(orderBy, filter);
    const ordering = MEETING_ORDERINGS[orderBy ?? MeetingOrder.DATE_DESC];
    const field = on === "Meeting" ? "Meeting.children" : `${on}.meetings`;
    const request = pageRequest(args, field, ordering, selected);
    const list = async (ids: readonly string[]) => ({
      parent: on === "Query" ? undefined : { type: on, ids },
      filter,
      languages: await languagesFor(filter?.text),
      selected,
    });
    return lists.withFacets(parentId, request, filter, {
      shows: { entity: Meeting, selected },
      pages: async (ids) => store.meetingPages(sql, await list(ids), request),
      counts: async (ids) => store.meetingCounts(sql, await list(ids)),
      facets: async (ids, by: MeetingFacet, first) =>
        store.meetingFacets(sql, await list(ids), by, first),
      seesEachRow: (by) => seesEachRow(MEETING_FACETS[by]),
    });
  };
}

/** Who takes part in a meeting, in the order of its record. */
export function participationLists({ sql, lists }: Reading) {
  return (
    meetingId: string,
    args: ForwardPageArgs,
    selected: Selection,
  ): Connection<Participation> => {
    const request = pageRequest(
      args,
      "Meeting.participations",
      store.PARTICIPATION_ORDERING,
      selected,
    );
    return lists.of(meetingId, request, null, {
      shows: { entity: Participation, selected },
      pages: (ids) => store.participationPages(sql, ids, request, selected),
      counts: (ids) => store.participationCounts(sql, ids),
    });
  };
}
