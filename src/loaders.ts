import DataLoader from "dataloader";
import { Agreement } from "./agreement/agreement.entity.js";
import { AGREEMENTS, agreementsOfMeetings } from "./agreement/agreement.store.js";
import { Country } from "./country/country.entity.js";
import { type ClaimedNoun, claimsOf } from "./claim/claim.store.js";
import { type NamedTable, namesOf } from "./claim/name.store.js";
import { COUNTRIES, countriesOfMeetings } from "./country/country.store.js";
import type { Languages } from "./search/languages.js";
import {
  type Lookup,
  rowsByKey,
  rowsBySlug,
  rowsOfTypes,
  select,
  type Selection,
  type TypedId,
} from "./query/rows.js";
import type { EntityClass } from "./query/row-shape.js";
import { type AnyFilter, type List, ListContext } from "./query/list.js";
import type { ListArgs, PageArgs } from "./query/connection.js";
import type { PageSelection } from "./query/page.js";
import type { Sql } from "./db/sql.js";
import { describedCounterpartsOf } from "./meeting/counterpart.described.store.js";
import type { CounterpartListArgs, MetListArgs } from "./meeting/counterpart.filter.js";
import { counterpartsOf } from "./meeting/counterpart.store.js";
import { mergesOf } from "./judgement/merge.store.js";
import { Meeting } from "./meeting/meeting.entity.js";
import { MEETINGS, PARTICIPATIONS } from "./meeting/meeting.store.js";
import { Organization } from "./organization/organization.entity.js";
import { ORGANIZATIONS } from "./organization/organization.store.js";
import { Person } from "./person/person.entity.js";
import { PEOPLE } from "./person/person.store.js";
import { Tenure } from "./person/tenure.entity.js";
import * as tenures from "./person/tenure.store.js";
import { Place } from "./place/place.entity.js";
import { PLACES } from "./place/place.store.js";
import {
  type ChangedItem,
  fieldChanges,
  fieldsWhenAdded,
  isDerived,
} from "./revision/record-change-fields.store.js";
import type { Fields, StoredChange } from "./revision/record-change.entity.js";
import { changesIn, type FeedArgs, HISTORY } from "./revision/record-change.store.js";
import {
  allRevisions,
  REVISIONS_BY_NUMBER,
  timesOfRevisions,
} from "./revision/record-revision.store.js";
import { ITEM_ENTITIES } from "./revision/record-item.entities.js";
import type { ItemTypename } from "./revision/record-item.types.js";
import { isUuid } from "./db/sql-text.js";
import type { RecordKind } from "./search/search.enums.js";
import { type RecordSearchArgs, searchFor, type SearchSelection } from "./search/search.store.js";
import { Citation } from "./source/citation.entity.js";
import { SourceDocument } from "./source/source-document.entity.js";
import { SOURCE_DOCUMENTS, sourceCountsOfStatements } from "./source/source.store.js";
import { type TextWindow, windowLoader } from "./source/text.store.js";
import { Statement } from "./statement/statement.entity.js";
import { STATEMENTS } from "./statement/statement.store.js";
import { relationsOfStatements } from "./statement/statement-relation.store.js";
import { StatementTopic } from "./topic/statement-topic.entity.js";
import { allTopics } from "./topic/topic.store.js";

const countriesByCodes = rowsByKey("countriesByCodes", Country, "code");

/** The lookups of each entity type, by key. */
export const KEYS = {
  Person: {
    id: rowsByKey("peopleByIds", Person, "id", "person"),
    slug: rowsBySlug("peopleBySlugs", Person),
  },
  Country: { code: countriesByCodes, id: countriesByCodes },
  Place: {
    id: rowsByKey("placesByIds", Place, "id", "place"),
    slug: rowsBySlug("placesBySlugs", Place),
  },
  Organization: {
    id: rowsByKey("organizationsByIds", Organization, "id", "organization"),
    slug: rowsBySlug("organizationsBySlugs", Organization),
  },
  Meeting: {
    id: rowsByKey("meetingsByIds", Meeting, "id", "meeting"),
    slug: rowsBySlug("meetingsBySlugs", Meeting),
  },
  Agreement: {
    id: rowsByKey("agreementsByIds", Agreement, "id", "agreement"),
    slug: rowsBySlug("agreementsBySlugs", Agreement),
  },
  Statement: { id: rowsByKey("statementsByIds", Statement, "id", "statement") },
  SourceDocument: { id: rowsByKey("documentsByIds", SourceDocument, "id") },
  Tenure: { id: rowsByKey("tenuresByIds", Tenure, "id") },
  Citation: { id: rowsByKey("citationsByIds", Citation, "id") },
  StatementTopic: {
    id: rowsByKey("topicsByIds", StatementTopic, "id", "topic"),
    slug: rowsByKey("topicsBySlugs", StatementTopic, "slug", "topic"),
  },
} as const;

export type KeyedType = keyof typeof KEYS;

const LOOKUPS: Record<string, Record<string, Lookup<object | null>>> = {
  ...KEYS,
  RecordRevision: { id: REVISIONS_BY_NUMBER },
};

const selectionKeys = new WeakMap<Selection, string>();

/** A text for each selection, the same for the same fields. It is kept, as a cached document has the same selections each time. */
function selectionKey(selected: Selection): string {
  const key = selectionKeys.get(selected) ?? JSON.stringify(selected);
  selectionKeys.set(selected, key);
  return key;
}

/** The loaders of one request. */
export type Loaders = ReturnType<typeof createLoaders>;

/** Creates the loaders of one request, each of which batches its keys into one SQL statement. */
export function createLoaders(sql: Sql, languages: Languages) {
  const context = new ListContext(sql, languages);
  const load = <Value>(batch: (sql: Sql, keys: readonly string[]) => Promise<Value[]>) =>
    new DataLoader<string, Value>((keys) => batch(sql, keys));
  const lookups = new Map<object, Map<string, DataLoader<string, unknown>>>();

  /** Returns the loader of a lookup, one for each set of selected columns. */
  function rows<Value>(lookup: Lookup<Value>, selected?: Selection): DataLoader<string, Value> {
    let loaders = lookups.get(lookup);
    if (!loaders) lookups.set(lookup, (loaders = new Map<string, DataLoader<string, unknown>>()));
    const columns = select(lookup.entity, "", selected);
    let loader = loaders.get(columns) as DataLoader<string, Value> | undefined;
    if (!loader)
      loaders.set(columns, (loader = load((_, keys) => lookup.read(sql, keys, selected))));
    return loader;
  }

  /** Loads an entity by key. An id that is not a UUID is null without a query. */
  function byKey<Type extends KeyedType>(
    type: Type,
    key: keyof (typeof KEYS)[Type] & string,
    value: string,
    selected?: Selection,
  ): Promise<object | null> | null {
    const lookup = LOOKUPS[type]![key]!;
    if (key !== "id" || type === "Country") return rows(lookup, selected).load(value);
    const id = value.toLowerCase();
    return isUuid(id) ? rows(lookup, selected).load(id) : null;
  }

  const items = new Map<string, DataLoader<TypedId<ItemTypename>, object | null, string>>();

  /** Loads an item of any type as it is: the id of one that was merged into another is null. */
  function item(type: ItemTypename, id: string, selected: Selection): Promise<object | null> {
    // Aliases that select the same share a statement.
    const key = selectionKey(selected);
    let loader = items.get(key);
    if (!loader) {
      const read = (keys: readonly TypedId<ItemTypename>[]) =>
        rowsOfTypes(sql, "items", ITEM_ENTITIES, keys, selected);
      items.set(key, (loader = new DataLoader(read, { cacheKeyFn: ({ id }) => id })));
    }
    return loader.load({ type, id });
  }

  /** Makes a function that returns a list, of one parent or of the whole record. */
  const list =
    <
      Row extends object,
      Parent extends string,
      Filter extends AnyFilter,
      Order extends string,
      By extends string,
    >(
      listed: List<Row, Parent, Filter, Order, By>,
    ) =>
    (args: ListArgs<Filter, Order>, page: PageSelection, parent?: Parent, parentId?: string) =>
      context.list(listed, args, page, parent, parentId);

  let windows: ReturnType<typeof windowLoader> | undefined;
  const whenAdded = new DataLoader<ChangedItem, Fields | null, string>(
    (changes) => fieldsWhenAdded(sql, changes),
    { cacheKeyFn: ({ revisionNumber, ordinal }) => `${revisionNumber}.${ordinal}` },
  );

  return {
    rows,
    byKey,
    /** Loads the row that a foreign key points to, with all columns. */
    byForeignKey: (target: EntityClass, key: string) => rows(LOOKUPS[target.name]!.id!).load(key),

    statements: list(STATEMENTS),
    meetings: list(MEETINGS),
    participations: list(PARTICIPATIONS),
    people: list(PEOPLE),
    agreements: list(AGREEMENTS),
    countries: list(COUNTRIES),
    places: list(PLACES),
    organizations: list(ORGANIZATIONS),
    sourceDocuments: list(SOURCE_DOCUMENTS),
    counterparts: (personId: string, args: CounterpartListArgs, page: PageSelection) =>
      counterpartsOf(context, personId, args, page),
    describedCounterparts: (personId: string, args: MetListArgs) =>
      describedCounterpartsOf(context, personId, args),
    search: <Row>(
      args: RecordSearchArgs,
      page: SearchSelection,
      read: (kind: RecordKind, id: string) => Promise<Row>,
    ) => searchFor(context, args, page, read),
    topics: () => allTopics(sql),

    /** Loads all tenures, or those held on a date; batched by date. */
    tenuresOfPerson: (personId: string, on?: string | null) =>
      context
        .batch(`tenures on ${on ?? ""}`, (ids) => tenures.tenuresOfPeople(sql, ids, on))
        .load(personId),
    tenuresOfParticipation: load(tenures.tenuresOfParticipations),
    tenuresOfSpeaker: load(tenures.tenuresOfSpeakers),
    countriesOfMeeting: load(countriesOfMeetings),
    agreementsOfMeeting: load(agreementsOfMeetings),
    relationsOfStatement: load(relationsOfStatements),
    namesOf: (table: NamedTable, id: string) =>
      context.batch(`names of ${table}`, (ids) => namesOf(sql, table, ids)).load(id),
    claimsOf: async (noun: ClaimedNoun, id: string, field?: string | null) => {
      const claims = await context
        .batch(`claims of ${noun}`, (ids) => claimsOf(sql, noun, ids))
        .load(id);
      return claims.filter((claim) => (field ?? claim.field) === claim.field);
    },
    mergesOf: load(mergesOf),
    sourceCountOfStatement: load(sourceCountsOfStatements),
    urlOfDocument: async (id: string): Promise<string | null> => {
      const row = await rows(KEYS.SourceDocument.id, { url: {} }).load(id);
      return row?.url ?? null;
    },
    textWindow: (window: TextWindow) => (windows ??= windowLoader(sql)).load(window),

    recordRevision: (number: number, selected: Selection) =>
      rows(REVISIONS_BY_NUMBER, selected).load(String(number)),
    recordRevisions: (args: PageArgs, page: PageSelection) => allRevisions(context, args, page),
    recordChanges: (args: FeedArgs, page: PageSelection, revision?: string) =>
      changesIn(context, args, page, revision),
    history: list(HISTORY),
    timeOfRevision: load(timesOfRevisions),
    item,
    fieldsOfChange: async (change: StoredChange) =>
      isDerived(change.kind)
        ? fieldChanges(null, await whenAdded.load(change))
        : fieldChanges(change.old, change.new),
  };
}
