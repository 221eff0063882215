import type { Keys } from "./questions.js";
import type { TestService } from "./service.js";

/** Keys of what a service has on record, by root field and by type. */
export async function keysOnRecord(service: TestService): Promise<Keys> {
  const { data } = await service.ask(`{
    person: people(first: 100) { nodes { id slug } }
    country: countries(first: 100) { nodes { id slug: code } }
    place: places(first: 100) { nodes { id slug } }
    meeting: meetings(first: 100) { nodes { id slug convener { id slug } } }
    agreement: agreements(first: 100) { nodes { id slug } }
    statement: statements(first: 100) { nodes { id slug: key } }
    sourceDocument: sourceDocuments(first: 100) { nodes { id slug: key } }
    topics { slug }
  }`);
  const nodes = (list: string) => data[list].nodes as { id: string; slug: string }[];
  const slugs = (list: string) => nodes(list).map(({ slug }) => slug);
  const ids = (list: string) => nodes(list).map(({ id }) => id);
  const conveners = (
    data.meeting.nodes as { convener: { id: string; slug: string } | null }[]
  ).flatMap(({ convener }) => convener ?? []);
  return {
    person: slugs("person"),
    country: slugs("country"),
    place: slugs("place"),
    meeting: slugs("meeting"),
    agreement: slugs("agreement"),
    organization: conveners.map(({ slug }) => slug),
    statement: ids("statement"),
    sourceDocument: ids("sourceDocument"),
    statementByKey: slugs("statement"),
    sourceDocumentByKey: slugs("sourceDocument"),
    recordHistory: slugs("statement"),
    topic: (data.topics as { slug: string }[]).map(({ slug }) => slug),
    Person: ids("person"),
    Country: ids("country"),
    Place: ids("place"),
    Meeting: ids("meeting"),
    Agreement: ids("agreement"),
    Statement: ids("statement"),
    SourceDocument: ids("sourceDocument"),
    Organization: conveners.map(({ id }) => id),
    StatementTopic: (data.topics as { slug: string }[]).map(({ slug }) => slug),
  };
}
