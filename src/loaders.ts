import DataLoader from "dataloader";
import * as agreements from "./agreement/agreement.store.js";
import * as countries from "./country/country.store.js";
import type { Sql } from "./db/sql.js";
import type { MeetingListArgs } from "./meeting/meeting.args.js";
import { MEETING_ORDERINGS, MeetingOrder, type MeetingParent } from "./meeting/meeting.filter.js";
import * as meetings from "./meeting/meeting.store.js";
import * as organizations from "./organization/organization.store.js";
import { ROOT } from "./edges.js";
import { BatchedLists } from "./paging/batched-lists.js";
import { pageRequest } from "./paging/page.js";
import type { ForwardPageArgs, PageArgs } from "./paging/page.args.js";
import { PERSON_ORDERINGS, PersonOrder } from "./person/person.order.js";
import type { PersonListArgs } from "./person/person.args.js";
import * as people from "./person/person.store.js";
import * as places from "./place/place.store.js";
import * as sources from "./source/source.store.js";
import type { StatementListArgs } from "./statement/statement.args.js";
import {
  defaultStatementOrder,
  STATEMENT_ORDERINGS,
  type StatementParent,
} from "./statement/statement.filter.js";
import * as statements from "./statement/statement.store.js";
import * as topics from "./topic/topic.store.js";

type Batch<Value> = (sql: Sql, keys: readonly string[]) => Promise<Value[]>;

/** One request's loaders: each gathers the keys of one question and asks its store once. */
export type Loaders = ReturnType<typeof createLoaders>;

export function createLoaders(sql: Sql) {
  const load = <Value>(batch: Batch<Value>) =>
    new DataLoader<string, Value>((keys) => batch(sql, keys));
  const citations = (fact: sources.CitedFact) =>
    load((_, factIds) => sources.citationsOf(sql, fact, factIds));
  const lists = new BatchedLists();

  return {
    /** The statements of a parent, or of the whole record (`Query`, ROOT). */
    statements(on: StatementParent | "Query", parentId: string, args: StatementListArgs) {
      const ordering = STATEMENT_ORDERINGS[args.orderBy ?? defaultStatementOrder(on)];
      const request = pageRequest(args, `${on}.statements`, ordering);
      const list = (ids: readonly string[]) => ({
        filter: args.filter,
        parent: on === "Query" ? undefined : { type: on, ids },
      });
      return lists.of(parentId, request, args.filter, {
        pages: (ids) => statements.statementPages(sql, list(ids), request),
        counts: (ids) => statements.statementCounts(sql, list(ids)),
      });
    },

    /** The meetings of a parent (of a Meeting those under it), or of the whole record. */
    meetings(on: MeetingParent | "Query", parentId: string, args: MeetingListArgs) {
      const ordering = MEETING_ORDERINGS[args.orderBy ?? MeetingOrder.DATE_DESC];
      const field = on === "Meeting" ? "Meeting.children" : `${on}.meetings`;
      const request = pageRequest(args, field, ordering);
      const list = (ids: readonly string[]) => ({
        filter: args.filter,
        parent: on === "Query" ? undefined : { type: on, ids },
      });
      return lists.of(parentId, request, args.filter, {
        pages: (ids) => meetings.meetingPages(sql, list(ids), request),
        counts: (ids) => meetings.meetingCounts(sql, list(ids)),
      });
    },

    participations(meetingId: string, args: ForwardPageArgs) {
      const field = "Meeting.participations";
      const request = pageRequest(args, field, meetings.PARTICIPATION_ORDERING);
      return lists.of(meetingId, request, null, {
        pages: (ids) => meetings.participationPages(sql, ids, request),
        counts: (ids) => meetings.participationCounts(sql, ids),
      });
    },

    people(on: "Country" | "Query", code: string, args: PersonListArgs) {
      const ordering = PERSON_ORDERINGS[args.orderBy ?? PersonOrder.NAME_ASC];
      const request = pageRequest(args, `${on}.people`, ordering);
      const of = (codes: readonly string[]) => (on === "Query" ? null : codes);
      return lists.of(code, request, null, {
        pages: (codes) => people.personPages(sql, of(codes), request),
        counts: (codes) => people.personCounts(sql, of(codes)),
      });
    },

    agreements(on: "Country" | "Query", code: string, args: PageArgs) {
      const request = pageRequest(args, `${on}.agreements`, agreements.AGREEMENT_ORDERING);
      const of = (codes: readonly string[]) => (on === "Query" ? null : codes);
      return lists.of(code, request, null, {
        pages: (codes) => agreements.agreementPages(sql, of(codes), request),
        counts: (codes) => agreements.agreementCounts(sql, of(codes)),
      });
    },

    countries(args: PageArgs) {
      const request = pageRequest(args, "Query.countries", countries.COUNTRY_ORDERING);
      return lists.of(ROOT, request, null, {
        pages: () => countries.countryPages(sql, request),
        counts: () => countries.countryCounts(sql),
      });
    },

    places(args: PageArgs) {
      const request = pageRequest(args, "Query.places", places.PLACE_ORDERING);
      return lists.of(ROOT, request, null, {
        pages: () => places.placePages(sql, request),
        counts: () => places.placeCounts(sql),
      });
    },

    documents(args: PageArgs) {
      const request = pageRequest(args, "Query.sourceDocuments", sources.DOCUMENT_ORDERING);
      return lists.of(ROOT, request, null, {
        pages: () => sources.documentPages(sql, request),
        counts: () => sources.documentCounts(sql),
      });
    },

    personById: load(people.peopleByIds),
    personBySlug: load(people.peopleBySlugs),
    countryByCode: load(countries.countriesByCodes),
    placeById: load(places.placesByIds),
    placeBySlug: load(places.placesBySlugs),
    organizationById: load(organizations.organizationsByIds),
    organizationBySlug: load(organizations.organizationsBySlugs),
    meetingById: load(meetings.meetingsByIds),
    meetingBySlug: load(meetings.meetingsBySlugs),
    statementById: load(statements.statementsByIds),
    agreementById: load(agreements.agreementsByIds),
    agreementBySlug: load(agreements.agreementsBySlugs),
    documentById: load(sources.documentsByIds),
    topicBySlug: load(topics.topicsBySlugs),
    topics: () => topics.allTopics(sql),

    tenuresOfPerson: load(people.tenuresOfPeople),
    placesOfMeeting: load(places.placesOfMeetings),
    countriesOfMeeting: load(countries.countriesOfMeetings),
    agreementsOfMeeting: load(agreements.agreementsOfMeetings),
    partiesOfAgreement: load(agreements.partiesOfAgreements),
    speakersOfStatement: load(statements.speakersOfStatements),
    addresseesOfStatement: load(statements.addresseesOfStatements),
    topicsOfStatement: load(topics.topicsOfStatements),
    citationsOfStatement: citations("statement"),
    citationsOfMeeting: citations("meeting"),
    citationsOfParticipation: citations("participation"),
    citationsOfTenure: citations("tenure"),
    citationsOfAgreement: citations("agreement"),
  };
}
