import { compact, type Entries, type Json, PROPERTIES } from "./record.export.items.js";
import { byPassage, byStatement, compare, inPlace } from "./record.export.lists.js";
import type { Material, Piece } from "./record.export.material.js";
import { saidOf } from "./record.export.said.js";
import type { Rank } from "./record.export.schedule.js";
import { type ItemTable, wholeOf } from "../load/record.tables.js";
import { type LiveItem, ownerOf } from "../load/record.unit-of-work.js";

/** What a piece comes to at a moment. */
export interface Told {
  /** The item as the record gives it; null where it can't be told yet. */
  item: Json | null;
  /** When it can be told, or told again with what is still missing; null where nothing is. */
  until: Rank | null;
  /** How many of its parts are left out of the item. */
  left: number;
  /** Ids of what is the record's own and is not in the item. */
  missing: string[];
}

/** What has to be known to tell a piece. */
export interface Circumstances {
  material: Material;
  /** Citations that count as their fact's owner's. */
  adopted: ReadonlySet<string>;
  /** When something is told that a record defines; null where it is by now. */
  waitFor: (id: string, owner: string) => Rank | null;
}

/** Tells a piece as far as what it refers to is told: not at all, without some of its entries, or whole. */
export function tell(piece: Piece, circumstances: Circumstances): Told {
  return new Telling(piece, circumstances).tell();
}

/** The ids of what a piece's record owns of it: the item, and what is listed in it. */
export function ownIdsOf(piece: Piece, circumstances: Circumstances): string[] {
  return new Telling(piece, circumstances).ownIds();
}

class Telling {
  private readonly missing: string[] = [];
  private left = 0;
  /** What is waited for to tell the piece whole. */
  private later: Rank | null = null;
  /** What is waited for to tell the part of it that is at hand. */
  private wait: Rank | null = null;
  private readonly item: LiveItem;

  constructor(
    private readonly piece: Piece,
    private readonly circumstances: Circumstances,
  ) {
    this.item = circumstances.material.unit.get(piece.id)!;
  }

  tell(): Told {
    const item = this.told(this.item);
    const { left, missing } = this;
    return this.wait === null
      ? { item, until: this.later, left, missing }
      : { item: null, until: this.wait, left, missing: this.ownIds() };
  }

  ownIds(item = this.item): string[] {
    const inside = this.entriesOf(item).flatMap((entry) => this.ownIds(entry));
    return this.isOwn(item) ? [item.id, ...inside] : inside;
  }

  private told(item: LiveItem): Json {
    this.need(item.id, this.ownerOf(item));
    const said = saidOf(item, this.piece.document, this.ownerOf(item));
    if (item.table === "statement") said.key = this.statementKey(said.key as string);
    // Its issuer may be an organization that only a later record defines.
    if (item.table === "source_document") {
      const [issuer] = this.tryTo([], () => this.keyOf("organization", said.issuer_id));
      if (issuer === undefined) delete said.issuer_id;
    }
    const keyOf = (table: ItemTable, id: unknown) => this.keyOf(table, id);
    return compact(PROPERTIES[item.table](said, keyOf, this.entries(item)));
  }

  private entries(item: LiveItem): Entries {
    if (item.table === "citation" || item.table === "source_document") return {};
    return {
      participations: this.participations(item),
      relations: this.relations(item),
      citations: this.citations(item),
    };
  }

  private participations(item: LiveItem): Json[] {
    const entries = this.entriesOf(item)
      .filter(({ table }) => table === "participation")
      .sort((one, other) => compare(positionOf(one), positionOf(other)));
    const own = entries.filter((entry) => this.isOwn(entry));
    const others = entries
      .filter((entry) => !this.isOwn(entry) && this.addsTo(entry))
      .sort((one, other) => compare(this.ownerOf(one), this.ownerOf(other)));
    return inPlace(
      own.map((entry) => ({ position: positionOf(entry), entry: this.told(entry) })),
      others.flatMap((entry) => this.tryTo(this.ownIds(entry), () => this.told(entry))),
    );
  }

  private relations(item: LiveItem): Json[] {
    return this.entriesOf(item)
      .filter((entry) => entry.table === "statement_relation")
      .filter((entry) => this.isOwn(entry) || this.addsTo(entry))
      .flatMap((entry) => this.tryTo(this.ownIds(entry), () => this.told(entry)))
      .sort(byStatement);
  }

  private citations(item: LiveItem): Json[] {
    const entries = this.entriesOf(item).filter(({ table }) => table === "citation");
    const own = entries.filter((entry) => this.isOwn(entry)).map((entry) => this.told(entry));
    const others = entries.filter((entry) => !this.isOwn(entry) && this.addsTo(entry));
    const added = others.flatMap((entry) => this.tryTo([], () => this.told(entry)));
    if (own.length > 0 || item.table === "statement_relation")
      return [...own, ...added].sort(byPassage);
    // A fact is never told without a passage, so that the first of its owner's is given once more.
    const [first] = entries
      .filter((entry) => this.ownerOf(entry) === this.ownerOf(item))
      .map((entry) => ({ entry, told: this.told(entry) }))
      .sort((one, other) => byPassage(one.told, other.told));
    const repeated = first && !others.includes(first.entry) ? [first.told] : [];
    return [...repeated, ...added].sort(byPassage);
  }

  /** Whether the record says something of another's entry: that it has more in it, or more citations. */
  private addsTo(entry: LiveItem): boolean {
    return (
      entry.now.extensions.has(this.piece.document) ||
      this.entriesOf(entry).some((inside) => this.isOwn(inside) || this.addsTo(inside))
    );
  }

  private entriesOf({ id }: LiveItem): LiveItem[] {
    return this.circumstances.material.unit.entriesOf(id);
  }

  private isOwn(item: LiveItem): boolean {
    return this.ownerOf(item) === this.piece.document;
  }

  private ownerOf(item: LiveItem): string {
    const { adopted, material } = this.circumstances;
    if (item.table !== "citation" || !adopted.has(item.id)) return ownerOf(item);
    return ownerOf(material.unit.get(wholeOf("citation", item.now.row)!)!);
  }

  /** Does something that can wait. Where it has to, the answer is none and these are missing. */
  private tryTo<T>(ids: string[], work: () => T): T[] {
    const outside = this.wait;
    this.wait = null;
    const result = work();
    const own = this.wait as Rank | null;
    this.wait = outside;
    if (own === null) return [result];
    this.later = Math.max(this.later ?? own, own);
    this.left++;
    this.missing.push(...ids);
    return [];
  }

  private need(id: string, owner: string): void {
    const wait = this.circumstances.waitFor(id, owner);
    if (wait !== null) this.wait = Math.max(this.wait ?? wait, wait);
  }

  private keyOf(table: ItemTable, id: unknown): string | undefined {
    // What is not said, and the record's own document, which goes without saying.
    if (typeof id !== "string" || id === this.piece.document) return undefined;
    const { label, owner } = this.circumstances.material.names.get(id)!;
    this.need(id, owner);
    return table === "statement" ? this.statementKey(label) : label;
  }

  /** A statement's key as the record writes it: the label alone, where that is enough. */
  private statementKey(key: string): string {
    const prefix = `${this.circumstances.material.names.get(this.piece.document)!.label}/`;
    const label = key.startsWith(prefix) ? key.slice(prefix.length) : key;
    return label.includes("/") ? key : label;
  }
}

function positionOf({ now: { row } }: LiveItem): number {
  return row.position as number;
}
