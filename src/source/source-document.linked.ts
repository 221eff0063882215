import { referenceToOrganization } from "../organization/organization.linked.js";
import { referenceTo } from "../records/linked/record.linked.columns.js";
import { dateValue, factsOf, inLanguage, term } from "../records/linked/record.linked.context.js";
import { linkedNoun } from "../records/linked/record.linked.noun.js";
import { SourceDocument } from "./source-document.entity.js";
import { DocumentKind } from "./source.enums.js";

const TYPE = "schema:CreativeWork";
const referenceToDocument = referenceTo(SourceDocument, TYPE, "title");

/** The types of documents that schema.org has. */
const TYPES: Partial<Record<DocumentKind, string>> = {
  [DocumentKind.NEWS]: "schema:NewsArticle",
  [DocumentKind.DATASET]: "schema:Dataset",
};

const address = (url: string | null) => url && { "@value": url, "@type": "xsd:anyURI" };

/** How a document is written as JSON-LD; never its text. */
export const linkedDocument = linkedNoun(SourceDocument, {
  isDocument: true,
  columns: {
    issuer: referenceToOrganization("x.issuer_id"),
    syndicatedFrom: referenceToDocument("x.syndicated_from_id"),
  },
  node: ({ id, kind, title, language, publisher, ...document }) => ({
    type: [TYPES[kind] ?? TYPE, "prov:Entity"],
    "cq:kind": term(kind),
    "schema:identifier": document.key,
    "schema:name": title === null ? null : inLanguage(title, language),
    "schema:inLanguage": language === "und" ? null : language,
    "schema:url": address(document.url),
    "schema:archivedAt": address(document.archivedUrl),
    "schema:publisher": publisher && { type: "schema:Organization", "schema:name": publisher },
    "schema:sourceOrganization": document.issuer,
    "schema:license": document.licence,
    "schema:creditText": document.attribution,
    "schema:version": document.version,
    "cq:textSha256": document.sha256,
    "cq:standing": term(document.standing),
    "cq:standingNote": document.standingNote,
    "prov:wasDerivedFrom": document.syndicatedFrom,
    ...factsOf(id, [
      ["schema:datePublished", dateValue(document.datePublished), document.dateCertainty],
    ]),
  }),
});
