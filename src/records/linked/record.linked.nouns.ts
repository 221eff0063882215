import {
  compact,
  countryIri,
  dateValue,
  factsOf,
  iri,
  inLanguage,
  type Node,
  term,
} from "./record.linked.context.js";
import type {
  CountryRow,
  DocumentRow,
  Named,
  NamedCountry,
  OrganizationRow,
  PersonRow,
  PlaceRow,
  TopicRow,
} from "./record.linked.rows.js";

/** A reference to an item: its id and name. */
export function named(type: string, item: Named | null | undefined): Node | undefined {
  if (!item) return undefined;
  return compact({ id: iri(item.id), type, "schema:name": item.name });
}

/** A reference to a country: its code and name. */
export function namedCountry(country: NamedCountry | null): Node | undefined {
  return (
    (country && {
      id: countryIri(country.code),
      type: "schema:Country",
      "schema:identifier": country.code,
      "schema:name": country.name,
    }) ??
    undefined
  );
}

/** Identifiers of other authorities; the item of Wikidata is the same thing. */
function identifiersOf(key: string, identifiers: CountryRow["identifiers"]): Node {
  const wikidata = identifiers.find(({ scheme }) => scheme === "wikidata")?.value;
  const isItem = wikidata !== undefined && /^Q[1-9][0-9]*$/.test(wikidata);
  return {
    "schema:identifier": [
      key,
      ...identifiers.map(({ scheme, value }) => ({
        type: "schema:PropertyValue",
        "schema:propertyID": scheme,
        "schema:value": value,
      })),
    ],
    ...(isItem && { "schema:sameAs": { id: `http://www.wikidata.org/entity/${wikidata}` } }),
  };
}

type Item = Omit<PersonRow, "birthDate" | "deathDate">;

/** What people, places and organizations have in common. */
function itemNode(type: string, { id, slug, name, identifiers, ...rest }: Item): Node {
  return {
    id: iri(id),
    type: [type, "prov:Entity"],
    "schema:name": name,
    "schema:alternateName": rest.otherNames.map((text) =>
      inLanguage(text, rest.nameNotes.find((note) => note.text === text)?.language),
    ),
    ...identifiersOf(slug, identifiers),
    "prov:wasDerivedFrom": derivedFrom(rest.givenBy),
  };
}

/** The documents that something was derived from. */
export function derivedFrom(documentIds: readonly string[]): Node[] {
  return [...new Set(documentIds)].map((id) => ({ id: iri(id) }));
}

/** A country. */
export function countryNode({ identifiers, withdrawn, ...country }: CountryRow): Node {
  return compact({
    ...namedCountry(country),
    ...identifiersOf(country.code, identifiers),
    "cq:withdrawn": withdrawn && dateValue(withdrawn),
  });
}

/** A person. */
export function personNode({ birthDate, deathDate, ...person }: PersonRow): Node {
  return compact({
    ...itemNode("schema:Person", person),
    "schema:birthDate": birthDate && dateValue(birthDate),
    "schema:deathDate": deathDate && dateValue(deathDate),
  });
}

/** An organization. */
export function organizationNode({ kind, country, parent, ...rest }: OrganizationRow): Node {
  return compact({
    ...itemNode("schema:Organization", rest),
    "cq:kind": term(kind),
    "schema:location": namedCountry(country),
    "schema:parentOrganization": named("schema:Organization", parent),
  });
}

/** A place. */
export function placeNode({ country, latitude, longitude, ...place }: PlaceRow): Node {
  const double = (value: number) => ({ "@value": String(value), "@type": "xsd:decimal" });
  return compact({
    ...itemNode("schema:Place", place),
    "schema:containedInPlace": namedCountry(country),
    "schema:geo":
      latitude !== null && longitude !== null
        ? {
            type: "schema:GeoCoordinates",
            "schema:latitude": double(latitude),
            "schema:longitude": double(longitude),
          }
        : null,
  });
}

/** A topic. */
export function topicNode({ id, slug, name, givenBy }: TopicRow): Node {
  return {
    id: iri(id),
    type: ["skos:Concept", "prov:Entity"],
    "skos:prefLabel": inLanguage(name, "en"),
    "schema:identifier": slug,
    "prov:wasDerivedFrom": derivedFrom(givenBy),
  };
}

/** The types of documents that schema.org has. */
const DOCUMENT_TYPES: Readonly<Record<string, string>> = {
  NEWS: "schema:NewsArticle",
  DATASET: "schema:Dataset",
};

/** A document; never its text. */
export function documentNode(document: DocumentRow): Node {
  const { id, title, language, datePublished, publisher, issuer, syndicatedFrom } = document;
  const address = (url: string | null) => url && { "@value": url, "@type": "xsd:anyURI" };
  return compact({
    id: iri(id),
    type: [DOCUMENT_TYPES[document.kind] ?? "schema:CreativeWork", "prov:Entity"],
    "cq:kind": term(document.kind),
    "schema:identifier": document.key,
    "schema:name": title === null ? null : inLanguage(title, language),
    "schema:inLanguage": language === "und" ? null : language,
    "schema:url": address(document.url),
    "schema:archivedAt": address(document.archivedUrl),
    "schema:publisher": publisher && { type: "schema:Organization", "schema:name": publisher },
    "schema:sourceOrganization": named("schema:Organization", issuer),
    "schema:license": document.licence,
    "schema:creditText": document.attribution,
    "schema:version": document.version,
    "cq:textSha256": document.sha256,
    "cq:standing": term(document.standing),
    "cq:standingNote": document.standingNote,
    "prov:wasDerivedFrom": named("schema:CreativeWork", syndicatedFrom),
    ...factsOf(iri(id), [
      ["schema:datePublished", datePublished && dateValue(datePublished), document.dateCertainty],
    ]),
  });
}
