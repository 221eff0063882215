import { CITATION } from "../record.format.js";
import { type EntriesField, propertiesOf } from "../record.item.js";
import { formatOf, wholeOf } from "../record.items.js";
import type { Json, Row } from "../record.row.js";
import { type LiveItem, ownerOf } from "../load/record.unit-of-work.js";
import { byProperties, compare, inPlace } from "./record.export.lists.js";
import type { Material, Piece } from "./record.export.material.js";
import { saidOf } from "./record.export.said.js";
import type { Rank } from "./record.export.schedule.js";

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
    this.leaveForLater(item, said);
    const keys = {
      keyOf: (noun: string, id: unknown) => this.keyOf(noun, id),
      label: (key: string) => this.label(key),
    };
    return propertiesOf(item.format, said, keys, (field) => this.listed(item, field));
  }

  /** What an item refers to may come in a later record only: then it is told without that. */
  private leaveForLater({ format }: LiveItem, said: Row): void {
    if (format.options.entry) return;
    for (const [, { reference, columns }] of format.fields) {
      if (reference?.firmness !== "added") continue;
      const [column] = columns as [string];
      const [key] = this.tryTo([], () => this.keyOf(reference.noun, said[column]));
      if (key === undefined) delete said[column];
    }
  }

  private listed(item: LiveItem, { entry, isNeeded }: EntriesField): Json[] {
    const entries = this.entriesOf(item).filter(({ format }) => format === entry);
    if (entry === CITATION) return this.citations(item, entries, isNeeded);
    if (entry.hasPosition) return this.inPlace(entries);
    return entries
      .filter((one) => this.isOwn(one) || this.addsTo(one))
      .flatMap((one) => this.tryTo(this.ownIds(one), () => this.told(one)))
      .sort(byProperties(entry.options.entry!.sortedBy ?? []));
  }

  private inPlace(entries: LiveItem[]): Json[] {
    entries.sort((one, other) => compare(positionOf(one), positionOf(other)));
    const own = entries.filter((entry) => this.isOwn(entry));
    const others = entries
      .filter((entry) => !this.isOwn(entry) && this.addsTo(entry))
      .sort((one, other) => compare(this.ownerOf(one), this.ownerOf(other)));
    return inPlace(
      own.map((entry) => ({ position: positionOf(entry), entry: this.told(entry) })),
      others.flatMap((entry) => this.tryTo(this.ownIds(entry), () => this.told(entry))),
    );
  }

  private citations(item: LiveItem, entries: LiveItem[], isNeeded: boolean): Json[] {
    const byPassage = byProperties(CITATION.options.entry!.sortedBy!);
    const own = entries.filter((entry) => this.isOwn(entry)).map((entry) => this.told(entry));
    const others = entries.filter((entry) => !this.isOwn(entry) && this.addsTo(entry));
    const added = others.flatMap((entry) => this.tryTo([], () => this.told(entry)));
    if (own.length > 0 || !isNeeded) return [...own, ...added].sort(byPassage);
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
    if (item.format !== CITATION || !adopted.has(item.id)) return ownerOf(item);
    return ownerOf(material.unit.get(wholeOf(CITATION, item.now.row)!)!);
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

  private keyOf(noun: string, id: unknown): string | undefined {
    // What is not said, and the record's own document, which goes without saying.
    if (typeof id !== "string" || id === this.piece.document) return undefined;
    const { label, owner } = this.circumstances.material.names.get(id)!;
    this.need(id, owner);
    return formatOf(noun).hasLabel ? this.label(label) : label;
  }

  /** A key as the record writes it: the label alone, where that is enough. */
  private label(key: string): string {
    const prefix = `${this.circumstances.material.names.get(this.piece.document)!.label}/`;
    const label = key.startsWith(prefix) ? key.slice(prefix.length) : key;
    return label.includes("/") ? key : label;
  }
}

function positionOf({ now: { row } }: LiveItem): number {
  return row.position as number;
}
