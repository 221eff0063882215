import { boundsOfPartialDate } from "../scalars/partial-date.js";
import { idOf } from "./record.ids.js";
import type { RecordCitation, RecordSide, SourceRecord } from "./record.format.js";
import { citationKeyOf, sideKeyOf } from "./record.identity.js";
import { idBySlugs, type KnownIds } from "./record.known.js";
import { parentsFirst } from "./record.parents.js";
import { documentKeyOf, type RecordNoun, statementKeyOf } from "./record.walk.js";

/** A row to be stored, by column. */
export type Row = Record<string, unknown>;
/** Rows by table. */
export type Rows = Record<string, Row[]>;

/** The rows that a checked record stands for. */
export function rowsOf(record: SourceRecord, known: KnownIds): Rows {
  return new RowWriter(record, known).write();
}

/** Writes the rows of one record, each after those it refers to. */
class RowWriter {
  private readonly rows: Rows = {};
  private readonly documentKey: string;
  private readonly owner: string;

  constructor(
    private readonly record: SourceRecord,
    private readonly known: KnownIds,
  ) {
    this.documentKey = documentKeyOf(record);
    this.owner = this.id("document", this.documentKey)!;
  }

  write(): Rows {
    this.document();
    this.nouns();
    this.tenures();
    parentsFirst(this.record.meetings).forEach((meeting) => this.meeting(meeting));
    this.agreements();
    this.record.statements.forEach((statement) => this.statement(statement));
    return this.rows;
  }

  private add(table: string, row: Row): void {
    (this.rows[table] ??= []).push(row);
  }

  private id(noun: RecordNoun, key: string | null | undefined): string | null {
    return key ? (this.known.get(noun, key) ?? null) : null;
  }

  private firstKey(noun: RecordNoun, key: string): string {
    return this.known.firstKeys(noun, key)[0] ?? key;
  }

  private document(): void {
    const { document } = this.record;
    if (typeof document === "string") return;
    const { issuer, syndicatedFrom, datePublished, dateCertainty, standingNote, ...rest } =
      document;
    this.add("source_document", {
      id: this.owner,
      ...rest,
      ...bounds("date", datePublished),
      date_certainty: certaintyOf(datePublished, dateCertainty),
      standing_note: standingNote,
      issuer_id: this.id("organization", issuer),
      syndicated_from_id: this.id("document", syndicatedFrom),
    });
  }

  private nouns(): void {
    const owner_id = this.owner;
    for (const item of this.record.organizations) {
      const { slug, name, identifiers } = item;
      const id = idBySlugs("organization", item);
      this.add("organization", {
        id,
        slug,
        former_slugs: item.formerSlugs,
        name,
        identifiers,
        owner_id,
      });
    }
    for (const item of this.record.people) {
      const { slug, name, identifiers } = item;
      this.add("person", {
        id: idBySlugs("person", item),
        slug,
        former_slugs: item.formerSlugs,
        name,
        sort_name: item.sortName,
        other_names: item.otherNames,
        identifiers,
        owner_id,
      });
    }
    for (const item of this.record.places) {
      const { slug, name, identifiers } = item;
      this.add("place", {
        id: idBySlugs("place", item),
        slug,
        former_slugs: item.formerSlugs,
        name,
        identifiers,
        country_code: item.country,
        owner_id,
      });
    }
    for (const { slug, label } of this.record.topics) {
      this.add("statement_topic", { id: idOf("topic", slug), slug, label, owner_id });
    }
  }

  private tenures(): void {
    for (const tenure of this.record.tenures) {
      const id = idOf("tenure", tenure.key);
      this.add("tenure", {
        id,
        key: tenure.key,
        title: tenure.title,
        ...bounds("start", tenure.startDate),
        ...bounds("end", tenure.endDate),
        ongoing: tenure.ongoing,
        certainty: tenure.certainty ?? "STATED",
        person_id: this.id("person", tenure.person),
        country_code: tenure.country,
        accredited_to_code: tenure.accreditedTo,
        organization_id: this.id("organization", tenure.organization),
        owner_id: this.owner,
      });
      this.citations("tenure", id, tenure.citations);
    }
  }

  private meeting(meeting: SourceRecord["meetings"][number]): void {
    const id = idBySlugs("meeting", meeting);
    const placeIds = meeting.places.map((slug) => this.id("place", slug));
    const dated = meeting.startDate ?? meeting.endDate;
    const placed = meeting.places[0] ?? meeting.placeCountry;
    this.add("meeting", {
      id,
      slug: meeting.slug,
      former_slugs: meeting.formerSlugs,
      title: meeting.title,
      kind: meeting.kind,
      status: meeting.status,
      mode: meeting.mode,
      coverage: meeting.coverage,
      ...bounds("start", meeting.startDate),
      ...bounds("end", meeting.endDate),
      date_certainty: certaintyOf(dated, meeting.dateCertainty),
      place_id: placeIds.length === 1 ? placeIds[0] : null,
      place_country_code: meeting.placeCountry,
      place_certainty: certaintyOf(placed, meeting.placeCertainty),
      convener_id: this.id("organization", meeting.convener),
      parent_id: this.id("meeting", meeting.parent),
      parent_relation: meeting.parentRelation,
      owner_id: this.owner,
    });
    placeIds.forEach((place_id, position) =>
      this.add("meeting_place", { meeting_id: id, position, place_id }),
    );
    this.citations("meeting", id, meeting.citations);
    meeting.participations.forEach((participation, position) => {
      const side = sideKeyOf(participation, (noun, key) => this.firstKey(noun, key));
      const participationId = idOf(
        "participation",
        `${this.firstKey("meeting", meeting.slug)}/${side}`,
      );
      this.add("participation", {
        id: participationId,
        meeting_id: id,
        position,
        ...this.side(participation),
        role: participation.role,
        owner_id: this.owner,
      });
      this.citations("participation", participationId, participation.citations);
    });
  }

  private agreements(): void {
    for (const agreement of this.record.agreements) {
      const id = idBySlugs("agreement", agreement);
      this.add("agreement", {
        id,
        slug: agreement.slug,
        former_slugs: agreement.formerSlugs,
        title: agreement.title,
        kind: agreement.kind,
        ...bounds("date", agreement.date),
        signed_at_id: this.id("meeting", agreement.signedAt),
        exchanged_at_id: this.id("meeting", agreement.exchangedAt),
        owner_id: this.owner,
      });
      agreement.parties.forEach((party, position) =>
        this.add("agreement_party", {
          agreement_id: id,
          position,
          country_code: party.country,
          organization_id: this.id("organization", party.organization),
          certainty: party.certainty ?? "STATED",
        }),
      );
      this.citations("agreement", id, agreement.citations);
    }
  }

  private statement(statement: SourceRecord["statements"][number]): void {
    const key = statementKeyOf(this.record, statement.key);
    const id = idOf("statement", key);
    const placed = statement.place ?? statement.placeCountry;
    const { document } = this.record;
    const told = typeof document === "string" ? null : document.datePublished;
    this.add("statement", {
      id,
      key,
      text: statement.text,
      form: statement.form,
      language: statement.language,
      original_language: statement.originalLanguage,
      date_inherited: !statement.date,
      ...bounds("date", statement.date),
      date_certainty: certaintyOf(statement.date, statement.dateCertainty),
      meeting_id: this.id("meeting", statement.meeting),
      place_inherited: !placed,
      place_id: this.id("place", statement.place),
      place_country_code: statement.placeCountry,
      place_certainty: certaintyOf(placed, statement.placeCertainty),
      joint: statement.speakers.length > 1,
      audience: statement.audience,
      standing: statement.standing,
      standing_note: statement.standingNote,
      told_on: bounds("told", told).told_from,
      told_in_id: this.owner,
      position: Math.min(...statement.citations.map(({ start }) => start ?? 0)),
      owner_id: this.owner,
    });
    statement.speakers.forEach((speaker, position) =>
      this.add("speaker", {
        id: idOf("speaker", `${key}/${position}`),
        statement_id: id,
        position,
        ...this.side(speaker),
      }),
    );
    statement.addressees.forEach((addressee, position) =>
      this.add("addressee", {
        statement_id: id,
        position,
        person_id: this.id("person", addressee.person),
        country_code: addressee.country,
        organization_id: this.id("organization", addressee.organization),
        certainty: addressee.certainty ?? "STATED",
      }),
    );
    for (const topic of statement.topics) {
      this.add("topic_of_statement", { statement_id: id, topic_id: this.id("topic", topic) });
    }
    this.citations("statement", id, statement.citations);
  }

  private side(side: RecordSide): Row {
    return {
      person_id: this.id("person", side.person),
      person_certainty: certaintyOf(side.person, side.personCertainty),
      country_code: side.country,
      country_certainty: certaintyOf(side.country, side.countryCertainty),
      organization_id: this.id("organization", side.organization),
      organization_certainty: certaintyOf(side.organization, side.organizationCertainty),
      description: side.description,
    };
  }

  private citations(fact: string, factId: string, citations: RecordCitation[]): void {
    for (const citation of citations) {
      this.add("citation", {
        id: idOf("citation", `${factId}/${citationKeyOf(citation, this.documentKey)}`),
        start_offset: citation.start,
        end_offset: citation.end,
        locator: citation.locator,
        exact: citation.exact,
        reported_by: citation.reportedBy,
        document_id: this.id("document", citation.document ?? this.documentKey),
        [`${fact}_id`]: factId,
        owner_id: this.owner,
      });
    }
  }
}

function bounds(prefix: string, date: string | null | undefined): Row {
  const found = date ? boundsOfPartialDate(date) : null;
  return { [`${prefix}_from`]: found?.from ?? null, [`${prefix}_to`]: found?.to ?? null };
}

function certaintyOf(fact: unknown, certainty: string | null | undefined): string | null {
  return fact ? (certainty ?? "STATED") : null;
}
