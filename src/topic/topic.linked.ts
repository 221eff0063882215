import { columnsOf, list } from "../records/linked/record.linked.columns.js";
import { derivedFrom, inLanguage, iri } from "../records/linked/record.linked.context.js";
import { GIVEN_BY } from "../records/linked/record.linked.names.js";
import { linkedNoun } from "../records/linked/record.linked.noun.js";
import { StatementTopic } from "./statement-topic.entity.js";

const TYPE = "skos:Concept";

/** The topics of the statement with this id. */
export const topicsOf = (statement: string) =>
  list(
    columnsOf(StatementTopic, "r"),
    `topic_of_statement p JOIN statement_topic r ON r.id = p.topic_id WHERE p.statement_id = ${statement}`,
    "r.slug",
  );

/** A reference to a topic. */
export const topicReference = ({ id, label }: Pick<StatementTopic, "id" | "label">) => ({
  id: iri(id),
  type: TYPE,
  "skos:prefLabel": inLanguage(label, "en"),
});

/** How a topic is written as JSON-LD. */
export const linkedTopic = linkedNoun(StatementTopic, {
  columns: { givenBy: GIVEN_BY },
  node: ({ slug, givenBy, ...topic }) => ({
    ...topicReference(topic),
    type: [TYPE, "prov:Entity"],
    "schema:identifier": slug,
    "prov:wasDerivedFrom": derivedFrom(givenBy),
  }),
});
