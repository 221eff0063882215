import { Agreement } from "../agreement/agreement.entity.js";
import { Meeting } from "../meeting/meeting.entity.js";
import { Organization } from "../organization/organization.entity.js";
import { Person } from "../person/person.entity.js";
import { Tenure } from "../person/tenure.entity.js";
import { Place } from "../place/place.entity.js";
import { SourceDocument } from "../source/source-document.entity.js";
import { Statement } from "../statement/statement.entity.js";
import { StatementTopic } from "../topic/statement-topic.entity.js";
import type { ItemTypename } from "./record-item.types.js";

/** The entities of items, by their GraphQL type. */
export const ITEM_ENTITIES = {
  Person,
  Place,
  Organization,
  Tenure,
  Meeting,
  Agreement,
  Statement,
  SourceDocument,
  StatementTopic,
} as const satisfies Record<ItemTypename, unknown>;
