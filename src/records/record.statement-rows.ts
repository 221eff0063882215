import type { SourceRecord } from "./record.format.js";
import { idOf } from "./record.ids.js";
import { bounds, certaintyOf, type RowWriter } from "./record.row-writer.js";
import { statementKeyOf } from "./record.walk.js";

/** Adds a statement and its parts. Its relations may be to statements that come later in the record. */
export function addStatement(
  writer: RowWriter,
  record: SourceRecord,
  statement: SourceRecord["statements"][number],
): void {
  const key = statementKeyOf(record, statement.key);
  const id = idOf("statement", key);
  const placed = statement.place ?? statement.placeCountry;
  const { document } = record;
  const told = typeof document === "string" ? null : document.datePublished;
  writer.add("statement", {
    id,
    key,
    text: statement.text,
    form: statement.form,
    language: statement.language,
    original_language: statement.originalLanguage,
    date_inherited: !statement.date,
    ...bounds("date", statement.date),
    date_certainty: certaintyOf(statement.date, statement.dateCertainty),
    meeting_id: writer.id("meeting", statement.meeting),
    place_inherited: !placed,
    place_id: writer.id("place", statement.place),
    place_country_code: statement.placeCountry,
    place_certainty: certaintyOf(placed, statement.placeCertainty),
    joint: statement.speakers.length > 1,
    audience: statement.audience,
    standing: statement.standing,
    standing_note: statement.standingNote,
    told_on: bounds("told", told).told_from,
    told_in_id: writer.owner,
    position: Math.min(...statement.citations.map(({ start }) => start ?? 0)),
    owner_id: writer.owner,
  });
  statement.speakers.forEach((speaker, position) =>
    writer.add("speaker", {
      id: idOf("speaker", `${key}/${position}`),
      statement_id: id,
      position,
      ...writer.side(speaker),
    }),
  );
  statement.addressees.forEach((addressee, position) =>
    writer.add("addressee", {
      statement_id: id,
      position,
      person_id: writer.id("person", addressee.person),
      country_code: addressee.country,
      organization_id: writer.id("organization", addressee.organization),
      certainty: addressee.certainty ?? "STATED",
    }),
  );
  for (const topic of statement.topics) {
    writer.add("topic_of_statement", { statement_id: id, topic_id: writer.id("topic", topic) });
  }
  writer.citations("statement", id, statement.citations);
  for (const relation of statement.relations) {
    const other = statementKeyOf(record, relation.statement);
    const relationId = idOf("relation", `${key}/${relation.kind}/${other}`);
    writer.add("statement_relation", {
      id: relationId,
      statement_id: id,
      kind: relation.kind,
      other_id: writer.id("statement", other),
      owner_id: writer.owner,
    });
    writer.citations("relation", relationId, relation.citations);
  }
}
