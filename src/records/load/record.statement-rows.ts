import type { SourceRecord } from "../record.format.js";
import { idOf } from "../record.ids.js";
import { bounds, certaintyOf, type RowWriter } from "./record.row-writer.js";
import { flatParts } from "./record.tables.js";
import { statementKeyOf } from "../record.walk.js";

/** Adds a statement and its entries. Its relations may be to statements that come later in the record. */
export function addStatement(
  writer: RowWriter,
  record: SourceRecord,
  statement: SourceRecord["statements"][number],
  i: number,
): void {
  const path = ["statements", i];
  const key = statementKeyOf(record, statement.key);
  const id = idOf("statement", key);
  const placed = statement.place ?? statement.placeCountry;
  const addressees = statement.addressees.map((addressee) => ({
    person_id: writer.id("person", addressee.person),
    country_code: addressee.country ?? null,
    organization_id: writer.id("organization", addressee.organization),
    certainty: addressee.certainty ?? "STATED",
  }));
  const topics = statement.topics.map((slug) => writer.id("topic", slug)!).sort();
  writer.add(path, "statement", id, {
    key,
    text: statement.text,
    form: statement.form,
    language: statement.language,
    original_language: statement.originalLanguage ?? null,
    ...bounds("date", statement.date),
    date_certainty: certaintyOf(statement.date, statement.dateCertainty),
    meeting_id: writer.id("meeting", statement.meeting),
    place_id: writer.id("place", statement.place),
    place_country_code: statement.placeCountry ?? null,
    place_certainty: certaintyOf(placed, statement.placeCertainty),
    audience: statement.audience ?? null,
    standing: statement.standing,
    standing_note: statement.standingNote ?? null,
    ...flatParts(
      "speaker",
      statement.speakers.map((speaker) => writer.side(speaker)),
    ),
    ...flatParts("addressee", addressees),
    ...flatParts(
      "topic_of_statement",
      topics.map((topic_id) => ({ topic_id })),
    ),
  });
  writer.citations(path, "statement", id, statement.citations);
  for (const [at, relation] of statement.relations.entries()) {
    const other = statementKeyOf(record, relation.statement);
    const own = idOf("relation", `${key}/${relation.kind}/${other}`);
    const place = [...path, "relations", at];
    writer.add(place, "statement_relation", own, {
      statement_id: id,
      kind: relation.kind,
      other_id: writer.id("statement", other),
    });
    writer.citations(place, "relation", own, relation.citations);
  }
}
