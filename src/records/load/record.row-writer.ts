import { boundsOfPartialDate } from "../../scalars/partial-date.js";
import type { RecordPath } from "../record.faults.js";
import type { RecordCitation, RecordSide, SourceRecord } from "../record.format.js";
import { citationKeyOf, sideKeyOf } from "../record.identity.js";
import { idOf } from "../record.ids.js";
import type { KnownIds } from "./record.known.js";
import type { ItemTable, Row } from "./record.tables.js";
import { documentKeyOf, type RecordNoun, type RecordParty } from "../record.walk.js";

/** What a record says of one item. */
export interface Mention {
  table: ItemTable;
  id: string;
  row: Row;
  /** Where in the record. */
  path: RecordPath;
}

/** Takes down what a record mentions, and knows the ids that it refers to. */
export class RowWriter {
  readonly mentions: Mention[] = [];
  /** Id of the record's document, which owns what the record is the first to define. */
  readonly owner: string;
  private readonly documentKey: string;

  constructor(
    record: SourceRecord,
    private readonly known: KnownIds,
  ) {
    this.documentKey = documentKeyOf(record);
    this.owner = this.id("document", this.documentKey)!;
  }

  add(path: RecordPath, table: ItemTable, id: string, columns: Row): void {
    // A document belongs to itself.
    const row =
      table === "source_document" ? { id, ...columns } : { id, ...columns, owner_id: this.owner };
    this.mentions.push({ table, id, row, path });
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
      country_code: side.country ?? null,
      country_certainty: certaintyOf(side.country, side.countryCertainty),
      organization_id: this.id("organization", side.organization),
      organization_certainty: certaintyOf(side.organization, side.organizationCertainty),
      description: side.description ?? null,
    };
  }

  /** Adds the citations of a fact; `fact` is what its column in the table of citations is called. */
  citations(path: RecordPath, fact: string, factId: string, citations: RecordCitation[]): void {
    for (const [i, citation] of citations.entries()) {
      const id = idOf("citation", `${factId}/${citationKeyOf(citation, this.documentKey)}`);
      this.add([...path, "citations", i], "citation", id, {
        start_offset: citation.start ?? null,
        end_offset: citation.end ?? null,
        locator: citation.locator ?? null,
        exact: citation.exact ?? null,
        reported_by: citation.reportedBy ?? null,
        document_id: this.id("document", citation.document ?? this.documentKey),
        [`${fact}_id`]: factId,
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
