import { Agreement } from "../agreement/agreement.entity.js";
import { AgreementParty } from "../agreement/agreement-party.entity.js";
import { Country } from "../country/country.entity.js";
import { Difference } from "../judgement/difference.entity.js";
import { Merge } from "../judgement/merge.entity.js";
import { Settlement } from "../judgement/settlement.entity.js";
import { Meeting } from "../meeting/meeting.entity.js";
import { MeetingPlace } from "../meeting/meeting-place.entity.js";
import { Participation } from "../meeting/participation.entity.js";
import { Organization } from "../organization/organization.entity.js";
import { Person } from "../person/person.entity.js";
import { Tenure } from "../person/tenure.entity.js";
import { Place } from "../place/place.entity.js";
import { Citation } from "../source/citation.entity.js";
import { SourceDocument } from "../source/source-document.entity.js";
import { RecordChange } from "../revision/record-change.entity.js";
import { RecordRevision } from "../revision/record-revision.entity.js";
import { RecordName } from "../search/record-name.entity.js";
import { Addressee } from "../statement/addressee.entity.js";
import { Speaker } from "../statement/speaker.entity.js";
import { StatementRelation } from "../statement/statement-relation.entity.js";
import { Statement } from "../statement/statement.entity.js";
import { StatementTopic } from "../topic/statement-topic.entity.js";
import { TopicOfStatement } from "../topic/topic-of-statement.entity.js";

/** Every table, each after the tables it refers to (a document's issuer aside). */
export const entities = [
  Country,
  SourceDocument,
  Organization,
  Person,
  Place,
  StatementTopic,
  Tenure,
  Meeting,
  MeetingPlace,
  Participation,
  Agreement,
  AgreementParty,
  Statement,
  Speaker,
  Addressee,
  TopicOfStatement,
  StatementRelation,
  Merge,
  Difference,
  Settlement,
  Citation,
  RecordName,
  RecordRevision,
  RecordChange,
];
