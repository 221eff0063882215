import { idOf } from "../../src/records/record.ids.js";
import { NOUNS } from "./revisions.js";
import type { Whatever } from "./whatever.js";

/** The fields of items as the record format has them, with references by id; by type and id. */
type Fields = Record<string, unknown>;
type Items = Map<string, Fields>;

type Type = keyof typeof NOUNS;
type Ask = (query: string, variables?: object) => Promise<{ data: Whatever; errors?: unknown }>;

const CITATIONS = "citations { start end textSha256 locator exact reportedBy document { id } }";
const NAMES = "names { text kind language } identifiers { scheme value }";
const SIDE = `person { id } personCertainty country { code } countryCertainty
  organization { id } organizationCertainty description`;

/** What the API shows of each item, under the names of the record format. */
const SHOWN: Record<string, { type: Type; fields: string }> = {
  people: {
    type: "PERSON",
    fields: `slug name sortName birthDate deathDate ${NAMES}
      tenures { id title startDate endDate ongoing certainty person { id } country { code } accreditedTo { code }
        organization { id } ${CITATIONS} }`,
  },
  places: {
    type: "PLACE",
    fields: `slug name country { code } coordinates { latitude longitude } ${NAMES}`,
  },
  organizations: {
    type: "ORGANIZATION",
    fields: `slug name kind country { code } parent { id } ${NAMES}`,
  },
  meetings: {
    type: "MEETING",
    fields: `slug title kind status mode coverage startDate endDate dateCertainty startTime endTime places { id }
      placeCountry { code } placeCertainty convener { id } parent { id } parentRelation
      participations(first: 100) { nodes { role ${SIDE} ${CITATIONS} } } ${CITATIONS}`,
  },
  agreements: {
    type: "AGREEMENT",
    fields: `slug title kind date parties { country { code } organization { id } certainty }
      signedAt { id } exchangedAt { id } ${CITATIONS}`,
  },
  statements: {
    type: "STATEMENT",
    fields: `text form speech language originalLanguage date dateCertainty meeting { id } place { id }
      placeCountry { code } placeCertainty speakers { ${SIDE} }
      addressees { person { id } country { code } organization { id } certainty } audience topics { id }
      relations { kind statement { id } ${CITATIONS} } standing standingNote ${CITATIONS}`,
  },
  sourceDocuments: {
    type: "SOURCE_DOCUMENT",
    fields: `kind title publisher issuer { id } url language dateline datePublished dateCertainty licence version sha256
      retrievedAt attribution archivedUrl syndicatedFrom { id } standing standingNote`,
  },
};

/** Asks for everything on record, list by list and page by page. */
export async function walkRecord(ask: Ask): Promise<Items> {
  const items: Items = new Map();
  const add = (type: Type, { id, ...shown }: Whatever) =>
    items.set(`${type} ${id}`, comparable(inFormat(shown) as Fields));
  const answer = async (query: string, variables?: object) => {
    const { data, errors } = await ask(query, variables);
    expect(errors).toBeUndefined();
    return data;
  };
  for (const [list, { type, fields }] of Object.entries(SHOWN)) {
    const query = `query ($after: String) {
      ${list}(first: 7, after: $after) { nodes { id ${fields} } pageInfo { hasNextPage endCursor } } }`;
    for (let after: string | null = null, isLast = false; !isLast;) {
      const { nodes, pageInfo }: Whatever = (await answer(query, { after }))[list];
      for (const { tenures = [], ...node } of nodes) {
        add(type, node);
        for (const tenure of tenures) add("TENURE", tenure);
      }
      [after, isLast] = [pageInfo.endCursor, !pageInfo.hasNextPage];
    }
  }
  const { topics } = await answer("{ topics { id slug label } }");
  for (const topic of topics) add("TOPIC", topic);
  return items;
}

/** Writes what the API shows as the record format does. */
function inFormat(shown: Whatever): unknown {
  if (Array.isArray(shown)) return shown.map(inFormat);
  if (typeof shown !== "object" || shown === null) return shown;
  const names = Object.keys(shown).join();
  if (names === "id" || names === "code") return shown[names];
  if (names === "nodes") return inFormat(shown.nodes);
  const { names: all, relations, ...others } = shown;
  const fields = Object.entries(others).map(([name, value]) => [name, inFormat(value)]);
  return {
    ...Object.fromEntries(fields),
    ...(all && {
      otherNames: all
        .filter(({ text }: Whatever) => text !== shown.name)
        .map(({ text, kind, language }: Whatever) =>
          language || kind === "FORMER"
            ? { text, language, kind: kind === "FORMER" ? kind : null }
            : text,
        ),
    }),
    ...(relations && {
      // What the other statement says of this one is in the other's record.
      relations: relations.filter(({ kind }: Whatever) => kind !== "CORRECTED_BY").map(inFormat),
    }),
  };
}

/** Where properties lead. `parent` leads to an item of the same type. */
const REFERENCES: Record<string, Type> = {
  person: "PERSON",
  organization: "ORGANIZATION",
  convener: "ORGANIZATION",
  issuer: "ORGANIZATION",
  place: "PLACE",
  places: "PLACE",
  meeting: "MEETING",
  signedAt: "MEETING",
  exchangedAt: "MEETING",
  topics: "TOPIC",
  statement: "STATEMENT",
  document: "SOURCE_DOCUMENT",
  syndicatedFrom: "SOURCE_DOCUMENT",
};

/** A row of the mirror. */
export interface MirroredItem {
  type: Type;
  key: string;
  fields: Fields | null;
  merged_into: string | null;
}

/** Returns the items of a mirror, each reference with the id of what it leads to through the merges that the mirror has. */
export function itemsOfMirror(rows: readonly MirroredItem[]): Items {
  const merged = new Map(
    rows.flatMap(({ type, key, merged_into }) =>
      merged_into ? [[`${type} ${key}`, merged_into]] : [],
    ),
  );
  const idOfKey = (type: Type, key: string): string => {
    const into = merged.get(`${type} ${key}`);
    return into === undefined ? idOf(NOUNS[type], key) : idOfKey(type, into);
  };
  const withIds = (type: Type, fields: Fields): Fields =>
    Object.fromEntries(
      Object.entries(fields).map(([name, value]) => {
        const target = name === "parent" ? type : REFERENCES[name];
        const led = (one: unknown): unknown => {
          if (Array.isArray(one)) return one.map(led);
          if (typeof one === "object" && one !== null) return withIds(type, one as Fields);
          return target && typeof one === "string" ? idOfKey(target, one) : one;
        };
        return [name, led(value)];
      }),
    );
  const items: Items = new Map();
  for (const { type, key, fields } of rows)
    if (fields) {
      // The API leads from former slugs to an item, and lists them nowhere.
      const shown = { ...fields, formerSlugs: null };
      items.set(`${type} ${idOf(NOUNS[type], key)}`, comparable(withIds(type, shown)));
    }
  return items;
}

/** What the record format leaves out where it is so. */
const DEFAULTS: Fields = { standing: "CURRENT", role: "PARTICIPANT", ongoing: false };
/** Lists whose order says nothing. */
const SETS = new Set(["citations", "relations", "participations", "identifiers", "otherNames"]);

/** Returns fields without what is unset or the default, and with sets in one order. */
function comparable(fields: Fields): Fields {
  const plain = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(plain);
    return typeof value === "object" && value !== null ? comparable(value as Fields) : value;
  };
  const kept = Object.entries(fields).filter(
    ([name, value]) =>
      value !== null &&
      !(Array.isArray(value) && value.length === 0) &&
      DEFAULTS[name] !== value &&
      !(/certainty$/i.test(name) && value === "STATED"),
  );
  const inOrder = kept
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => {
      const list = plain(value);
      if (SETS.has(name))
        (list as unknown[]).sort((one, other) =>
          JSON.stringify(one) < JSON.stringify(other) ? -1 : 1,
        );
      return [name, list];
    });
  return Object.fromEntries(inOrder) as Fields;
}
