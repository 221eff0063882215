import type { Citations } from "./record.linked.citations.js";
import type { Node } from "./record.linked.context.js";
import { agreementNode, meetingNode, statementNode, tenureNode } from "./record.linked.facts.js";
import {
  countryNode,
  documentNode,
  organizationNode,
  personNode,
  placeNode,
  topicNode,
} from "./record.linked.nouns.js";
import type { LinkedType } from "./record.linked.sql.js";
import type { LinkedRow } from "./record.linked.store.js";

type ToNode = (row: never, citations: Citations) => Node | Promise<Node>;

const NODES: Readonly<Record<LinkedType, ToNode>> = {
  country: countryNode,
  organization: organizationNode,
  person: personNode,
  place: placeNode,
  topic: topicNode,
  document: documentNode,
  tenure: tenureNode,
  meeting: meetingNode,
  agreement: agreementNode,
  statement: statementNode,
};

/** Returns the nodes of these items. */
export function nodesOf(
  type: LinkedType,
  rows: readonly LinkedRow[],
  citations: Citations,
): Promise<Node[]> {
  return Promise.all(rows.map(async (row) => NODES[type](row as never, citations)));
}
