import { boundsOfPartialDate } from "../scalars/partial-date.js";
import type { RecordCitation, RecordSide, SourceRecord } from "./record.format.js";
import { citationKeyOf, sideKeyOf } from "./record.identity.js";
import { idOf } from "./record.ids.js";
import type { KnownIds } from "./record.known.js";
import { documentKeyOf, type RecordNoun, type RecordParty } from "./record.walk.js";

/** A row to be stored, by column. */
export type Row = Record<string, unknown>;
/** Rows by table. */
export type Rows = Record<string, Row[]>;

/** Takes down the rows of one record, and knows the ids that they refer to. */
export class RowWriter {
  readonly rows: Rows = {};
  /** Id of the record's document, which owns what the record defines. */
  readonly owner: string;
  private readonly documentKey: string;

  constructor(
    record: SourceRecord,
    private readonly known: KnownIds,
  ) {
    this.documentKey = documentKeyOf(record);
    this.owner = this.id("document", this.documentKey)!;
  }

  add(table: string, row: Row): void {
    (this.rows[table] ??= []).push(row);
  }

  /** The id of what has this key; null without a key. */
  id(noun: RecordNoun, key: string | null | undefined): string | null {
    return key ? (this.known.get(noun, key) ?? null) : null;
  }

  /** The first of the keys that the thing with this one has had. */
  firstKey(noun: RecordNoun, key: string): string {
    return this.known.firstKeys(noun, key)[0] ?? key;
  }

  /** What tells this side from the others. */
  sideKey(side: Omit<RecordParty, "path">): string {
    return sideKeyOf(side, (noun, key) => this.firstKey(noun, key));
  }

  /** The columns of a side. */
  side(side: RecordSide): Row {
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

  /** Adds the citations of a fact; `fact` is what its column in the table of citations is called. */
  citations(fact: string, factId: string, citations: RecordCitation[]): void {
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

/** The columns of a partial date, null where there is none. */
export function bounds(prefix: string, date: string | null | undefined): Row {
  const found = date ? boundsOfPartialDate(date) : null;
  return { [`${prefix}_from`]: found?.from ?? null, [`${prefix}_to`]: found?.to ?? null };
}

/** How certain a fact is: STATED unless said otherwise, null where there is no fact. */
export function certaintyOf(fact: unknown, certainty: string | null | undefined): string | null {
  return fact ? (certainty ?? "STATED") : null;
}
