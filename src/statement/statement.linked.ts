import { referenceToCountry } from "../country/country.linked.js";
import { referenceToMeeting } from "../meeting/meeting.linked.js";
import { referenceToPerson } from "../person/person.linked.js";
import { PARTY, partyFacts, SIDE, sideNodes } from "../person/side.linked.js";
import { referenceToPlace } from "../place/place.linked.js";
import { citationsOf } from "../records/linked/record.linked.citations.js";
import { columnsOf, list } from "../records/linked/record.linked.columns.js";
import {
  dateValue,
  factsOf,
  inLanguage,
  iri,
  type Node,
  term,
} from "../records/linked/record.linked.context.js";
import { linkedNoun } from "../records/linked/record.linked.noun.js";
import { topicReference, topicsOf } from "../topic/topic.linked.js";
import { Addressee } from "./addressee.entity.js";
import { Speaker } from "./speaker.entity.js";
import { StatementRelation } from "./statement-relation.entity.js";
import { Statement } from "./statement.entity.js";
import { StatementForm, StatementRelationKind } from "./statement.enums.js";

/** What statements are to others. */
const RELATIONS: Partial<Record<StatementRelationKind, string>> = {
  [StatementRelationKind.CORRECTS]: "prov:wasRevisionOf",
  [StatementRelationKind.TRANSLATES]: "schema:translationOfWork",
  [StatementRelationKind.REPEATS]: "cq:repeats",
  [StatementRelationKind.RESPONDS_TO]: "cq:respondsTo",
  [StatementRelationKind.CONTRADICTS]: "cq:contradicts",
};

function relationsOf(relations: readonly Pick<StatementRelation, "kind" | "otherId">[]): Node {
  const node: Record<string, Node[]> = {};
  for (const { kind, otherId } of relations)
    (node[RELATIONS[kind]!] ??= []).push({ id: iri(otherId) });
  return node;
}

/** How a statement is written as JSON-LD. Only VERBATIM words are a Quotation; a summary is an abstract, not what was said. */
export const linkedStatement = linkedNoun(Statement, {
  citedBy: "statement_id",
  columns: {
    meeting: referenceToMeeting("x.meeting_id"),
    place: referenceToPlace("x.place_id"),
    placeCountry: referenceToCountry("x.place_country_code"),
    speakers: list(
      { ...columnsOf(Speaker, "s"), ...SIDE },
      "speaker s WHERE s.statement_id = x.id",
      "s.position",
    ),
    addressees: list(
      { ...columnsOf(Addressee, "p"), ...PARTY, person: referenceToPerson("p.person_id") },
      "addressee p WHERE p.statement_id = x.id",
      "p.position",
    ),
    topics: topicsOf("x.id"),
    relations: list(
      columnsOf(StatementRelation, "r"),
      "statement_relation r WHERE r.statement_id = x.id",
      "r.kind, r.other_id",
    ),
    citations: citationsOf("statement_id", "x.id"),
  },
  node: async ({ id, form, language, audience, placeCertainty, ...statement }, citations) => ({
    type: [
      form === StatementForm.VERBATIM ? "schema:Quotation" : "schema:CreativeWork",
      "cq:Statement",
      "prov:Entity",
    ],
    "schema:identifier": statement.key,
    [form === StatementForm.REPORTED ? "schema:abstract" : "schema:text"]: inLanguage(
      statement.text,
      language,
    ),
    "cq:form": term(form),
    "cq:speech": term(statement.speech),
    "cq:originalLanguage": statement.originalLanguage,
    "cq:joint": statement.joint,
    "schema:creator": await sideNodes("schema:creator", statement.speakers, citations),
    "schema:recordedAt": statement.meeting,
    "schema:audience": audience && { type: "schema:Audience", "schema:audienceType": audience },
    "schema:about": statement.topics.map(topicReference),
    "cq:standing": term(statement.standing),
    "cq:standingNote": statement.standingNote,
    ...relationsOf(statement.relations),
    ...(await citations.proof(statement.citations)),
    ...factsOf(id, [
      ["schema:dateCreated", dateValue(statement.date), statement.dateCertainty],
      ["schema:locationCreated", statement.place, placeCertainty],
      ["schema:locationCreated", statement.placeCountry, placeCertainty],
      ...partyFacts("schema:recipient", statement.addressees),
    ]),
  }),
});
