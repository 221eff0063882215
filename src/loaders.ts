import DataLoader from "dataloader";
import { agreementLists } from "./agreement/agreement.lists.js";
import * as agreements from "./agreement/agreement.store.js";
import { countryLists } from "./country/country.lists.js";
import * as countries from "./country/country.store.js";
import type { Languages } from "./search/languages.js";
import type { Lookup } from "./query/lookups.js";
import { select, type Selection } from "./query/rows.js";
import type { Sql } from "./db/sql.js";
import { counterpartLists } from "./meeting/counterpart.lists.js";
import { meetingLists, participationLists } from "./meeting/meeting.lists.js";
import * as meetings from "./meeting/meeting.store.js";
import * as organizations from "./organization/organization.store.js";
import { Reading } from "./query/reading.js";
import { personLists } from "./person/person.lists.js";
import * as people from "./person/person.store.js";
import { tenureLists } from "./person/tenure.lists.js";
import * as tenures from "./person/tenure.store.js";
import { placeLists } from "./place/place.lists.js";
import * as places from "./place/place.store.js";
import { searchLists } from "./search/search.lists.js";
import { documentLists } from "./source/source.lists.js";
import * as sources from "./source/source.store.js";
import { statementLists } from "./statement/statement.lists.js";
import { relationsOfStatements } from "./statement/statement-relation.store.js";
import * as statements from "./statement/statement.store.js";
import * as topics from "./topic/topic.store.js";

type Batch<Value> = (sql: Sql, keys: readonly string[]) => Promise<Value[]>;

/** One request's loaders: each gathers the keys of one question and asks its store once. */
export type Loaders = ReturnType<typeof createLoaders>;

export function createLoaders(sql: Sql, languages: Languages) {
  const load = <Value>(batch: Batch<Value>) =>
    new DataLoader<string, Value>((keys) => batch(sql, keys));
  /** A loader for each selection: what rows are read with is not the same. */
  const find = <Value>({ entity, read }: Lookup<Value>) => {
    // Most are for what a request does not ask.
    let loaders: Map<string, DataLoader<string, Value>> | undefined;
    return (selected?: Selection) => {
      loaders ??= new Map();
      const shown = select(entity, "", selected);
      const loader = loaders.get(shown) ?? load((_, keys) => read(sql, keys, selected));
      loaders.set(shown, loader);
      return loader;
    };
  };
  const reading = new Reading(sql, languages);

  return {
    statements: statementLists(reading),
    meetings: meetingLists(reading),
    participations: participationLists(reading),
    people: personLists(reading),
    counterparts: counterpartLists(reading),
    agreements: agreementLists(reading),
    countries: countryLists(reading),
    places: placeLists(reading),
    documents: documentLists(reading),
    search: searchLists(reading),

    personById: find(people.peopleByIds),
    personBySlug: find(people.peopleBySlugs),
    countryByCode: find(countries.countriesByCodes),
    placeById: find(places.placesByIds),
    placeBySlug: find(places.placesBySlugs),
    organizationById: find(organizations.organizationsByIds),
    organizationBySlug: find(organizations.organizationsBySlugs),
    meetingById: find(meetings.meetingsByIds),
    meetingBySlug: find(meetings.meetingsBySlugs),
    statementById: find(statements.statementsByIds),
    agreementById: find(agreements.agreementsByIds),
    agreementBySlug: find(agreements.agreementsBySlugs),
    documentById: find(sources.documentsByIds),
    topicBySlug: find(topics.topicsBySlugs),
    topics: () => topics.allTopics(sql),

    tenuresOfPerson: tenureLists(reading),
    tenuresOfParticipation: load(tenures.tenuresOfParticipations),
    tenuresOfSpeaker: load(tenures.tenuresOfSpeakers),
    placesOfMeeting: find(places.placesOfMeetings),
    countriesOfMeeting: load(countries.countriesOfMeetings),
    agreementsOfMeeting: load(agreements.agreementsOfMeetings),
    partiesOfAgreement: find(agreements.partiesOfAgreements),
    speakersOfStatement: find(statements.speakersOfStatements),
    addresseesOfStatement: find(statements.addresseesOfStatements),
    topicsOfStatement: find(topics.topicsOfStatements),
    relationsOfStatement: load(relationsOfStatements),
    sourceCountOfStatement: load(sources.sourceCountsOfStatements),
    citationsOfStatement: find(sources.citationsOfStatements),
    citationsOfMeeting: find(sources.citationsOfMeetings),
    citationsOfParticipation: find(sources.citationsOfParticipations),
    citationsOfTenure: find(sources.citationsOfTenures),
    citationsOfAgreement: find(sources.citationsOfAgreements),
    citationsOfRelation: find(sources.citationsOfRelations),
  };
}
