/** A node of JSON-LD, or part of one. */
export type Node = { [property: string]: unknown };

/**
 * The namespace of terms that no common vocabulary has: certainty, form, coverage and the like. It does not resolve, since the project has
 * no address of its own.
 */
const OWN = "urn:communique:term:";

/** The context of everything that is exported as JSON-LD. It stands in each document, so that none is fetched. */
export const CONTEXT: Node = {
  schema: "https://schema.org/",
  prov: "http://www.w3.org/ns/prov#",
  oa: "http://www.w3.org/ns/oa#",
  skos: "http://www.w3.org/2004/02/skos/core#",
  rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
  cq: OWN,
  id: "@id",
  type: "@type",
  // An annotation's body is the fact, and its target the passage: the fact lists those that have it as their body.
  citations: { "@reverse": "oa:hasBody" },
};

/** The address of an item, the same on every installation. */
export const iri = (id: string): string => `urn:uuid:${id}`;

/** A term of our own for the value of an enumeration. */
export const term = (value: string | null): Node | undefined =>
  value === null ? undefined : { id: `cq:${value}` };

/** Text with its language; `und` is none. */
export function inLanguage(text: string, language: string | null | undefined): unknown {
  if (!language || language === "und") return text;
  return { "@value": text, "@language": language };
}

/** A partial date, with the XML Schema type of its precision. */
export function dateValue(date: string | null): Node | null {
  if (date === null) return null;
  const type = { 4: "xsd:gYear", 7: "xsd:gYearMonth" }[date.length] ?? "xsd:date";
  return { "@value": date, "@type": type };
}

/** The documents that something was derived from. */
export function derivedFrom(documentIds: readonly string[]): Node[] {
  return [...new Set(documentIds)].map((id) => ({ id: iri(id) }));
}

/** A fact: its property, its value, and its certainty. */
type Fact = readonly [property: string, value: unknown, certainty: string | null];

/**
 * Returns the properties of an item's node for these facts. A STATED one is an ordinary property. An INFERRED one is only described
 * (rdf:Statement), so that whoever ignores certainties does not take it for stated.
 */
export function factsOf(id: string, facts: readonly Fact[]): Node {
  const node: Node = {};
  const inferred: Node[] = [];
  for (const [property, value, certainty] of facts) {
    if (value === undefined || value === null) continue;
    if (certainty === "STATED") add(node, property, value);
    else
      inferred.push({
        type: "rdf:Statement",
        "rdf:subject": { id: iri(id) },
        "rdf:predicate": { id: property },
        "rdf:object": value,
        "cq:certainty": term(certainty ?? "INFERRED"),
      });
  }
  if (inferred.length > 0) node["cq:inferred"] = inferred;
  return node;
}

/** Facts of one property are a list. */
function add(node: Node, property: string, value: unknown): void {
  if (property in node) node[property] = [node[property], value].flat();
  else node[property] = value;
}

/** Leaves out properties without a value, and empty lists. */
export function compact(node: Node): Node {
  return Object.fromEntries(
    Object.entries(node).filter(
      ([, value]) =>
        value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0),
    ),
  );
}
