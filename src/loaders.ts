import DataLoader from "dataloader";
import { agreementLists } from "./agreement/agreement.lists.js";
import * as agreements from "./agreement/agreement.store.js";
import { countryLists } from "./country/country.lists.js";
import * as countries from "./country/country.store.js";
import { joinableOf, type Joined, type Selection } from "./db/joins.js";
import type { Sql } from "./db/sql.js";
import { counterpartLists } from "./meeting/counterpart.lists.js";
import { meetingLists, participationLists } from "./meeting/meeting.lists.js";
import * as meetings from "./meeting/meeting.store.js";
import * as organizations from "./organization/organization.store.js";
import { Country } from "./country/country.entity.js";
import { Meeting } from "./meeting/meeting.entity.js";
import { Organization } from "./organization/organization.entity.js";
import { Person } from "./person/person.entity.js";
import { Place } from "./place/place.entity.js";
import { Citation } from "./source/citation.entity.js";
import { SourceDocument } from "./source/source-document.entity.js";
import { Reading } from "./paging/reading.js";
import { personLists } from "./person/person.lists.js";
import * as people from "./person/person.store.js";
import { tenureLists } from "./person/tenure.lists.js";
import * as tenures from "./person/tenure.store.js";
import { placeLists } from "./place/place.lists.js";
import * as places from "./place/place.store.js";
import { searchLists } from "./search/search.lists.js";
import { documentLists } from "./source/source.lists.js";
import * as sources from "./source/source.store.js";
import { Addressee } from "./statement/addressee.entity.js";
import { Speaker } from "./statement/speaker.entity.js";
import { statementLists } from "./statement/statement.lists.js";
import { relationsOfStatements } from "./statement/statement-relation.store.js";
import * as statements from "./statement/statement.store.js";
import * as topics from "./topic/topic.store.js";

type Batch<Value> = (sql: Sql, keys: readonly string[]) => Promise<Value[]>;
type JoinedBatch<Value> = (sql: Sql, keys: readonly string[], joined: Joined) => Promise<Value[]>;

/** One request's loaders: each gathers the keys of one question and asks its store once. */
export type Loaders = ReturnType<typeof createLoaders>;

export function createLoaders(sql: Sql) {
  const load = <Value>(batch: Batch<Value>) =>
    new DataLoader<string, Value>((keys) => batch(sql, keys));
  /** A loader for each selection: what comes with its rows is not the same. */
  const loadJoined = <Value>(entity: object, batch: JoinedBatch<Value>) => {
    const bySelection = new Map<string, DataLoader<string, Value>>();
    return (selection: Selection) => {
      const selected = joinableOf(entity, selection);
      const name = JSON.stringify(selected);
      const loader =
        bySelection.get(name) ?? load((_, keys) => batch(sql, keys, { selected, found }));
      bySelection.set(name, loader);
      return loader;
    };
  };
  const citations = (fact: sources.CitedFact) =>
    loadJoined(Citation, (_, factIds, joined) => sources.citationsOf(sql, fact, factIds, joined));
  const found: Joined["found"] = (entity, key, row) => byEntity.get(entity)?.prime(key, row);
  const reading = new Reading(sql, found);

  const loaders = {
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

    tenuresOfPerson: tenureLists(reading),
    tenuresOfParticipation: load(tenures.tenuresOfParticipations),
    tenuresOfSpeaker: load(tenures.tenuresOfSpeakers),
    placesOfMeeting: load(places.placesOfMeetings),
    countriesOfMeeting: load(countries.countriesOfMeetings),
    agreementsOfMeeting: load(agreements.agreementsOfMeetings),
    partiesOfAgreement: load(agreements.partiesOfAgreements),
    speakersOfStatement: loadJoined(Speaker, statements.speakersOfStatements),
    addresseesOfStatement: loadJoined(Addressee, statements.addresseesOfStatements),
    topicsOfStatement: load(topics.topicsOfStatements),
    relationsOfStatement: load(relationsOfStatements),
    sourceCountOfStatement: load(sources.sourceCountsOfStatements),
    citationsOfStatement: citations("statement"),
    citationsOfMeeting: citations("meeting"),
    citationsOfParticipation: citations("participation"),
    citationsOfTenure: citations("tenure"),
    citationsOfAgreement: citations("agreement"),
    citationsOfRelation: citations("relation"),
  };
  const byEntity = new Map<object, DataLoader<string, unknown>>([
    [Person, loaders.personById],
    [Country, loaders.countryByCode],
    [Place, loaders.placeById],
    [Organization, loaders.organizationById],
    [Meeting, loaders.meetingById],
    [SourceDocument, loaders.documentById],
  ]);
  return loaders;
}
