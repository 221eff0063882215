import type { EntriesField } from "../record.item.js";
import { propertiesOf } from "../record.item-properties.js";
import type { ReadContext } from "../record.fields.js";
import { fieldNamed, formatOf } from "../record.items.js";
import type { Json, Row } from "../record.row.js";
import { type LiveItem, ownerOf } from "../load/record.unit-item.js";
import { byProperties } from "./record.export.lists.js";
import { givenBy } from "../load/record.claims.js";
import type { ExportData, ExportTask } from "./record.export.data.js";
import type { Rank } from "./record.export.schedule.js";

/** The result of serializing a task. */
export interface Serialized {
  /** The item as JSON; null if it cannot be written yet. */
  item: Json | null;
  /** After which document to serialize it (again); null if nothing is missing. */
  deferredUntil: Rank | null;
  /** How many of its parts are omitted. */
  omitted: number;
  /** Ids of the record's own entries that are omitted. */
  missingIds: string[];
}

/** What `serialize` needs to know. */
export interface SerializeContext {
  data: ExportData;
  /** Returns after which document an item will be available; null if it already is. */
  availableAt: (id: string, owner: string) => Rank | null;
}

/** Serializes an item: whole, without entries that refer to unavailable items, or not at all yet. */
export function serialize(task: ExportTask, context: SerializeContext): Serialized {
  return new ItemSerializer(task, context).serialize();
}

/** Returns the ids of the item and its entries that the task's document owns. */
export function ownedIdsOf(task: ExportTask, context: SerializeContext): string[] {
  return new ItemSerializer(task, context).ownedIds();
}

class ItemSerializer {
  private readonly missingIds: string[] = [];
  private omitted = 0;
  /** After which document the item can be written without omissions. */
  private completeAt: Rank | null = null;
  /** After which document the part being serialized can be written. */
  private blockedUntil: Rank | null = null;
  private readonly item: LiveItem;

  constructor(
    private readonly task: ExportTask,
    private readonly context: SerializeContext,
  ) {
    this.item = context.data.unit.get(task.id)!;
  }

  serialize(): Serialized {
    const item = this.toJson(this.item);
    const { omitted, missingIds } = this;
    return this.blockedUntil === null
      ? { item, deferredUntil: this.completeAt, omitted, missingIds }
      : { item: null, deferredUntil: this.blockedUntil, omitted, missingIds: this.ownedIds() };
  }

  ownedIds(item = this.item): string[] {
    const inside = this.entriesOf(item).flatMap((entry) => this.ownedIds(entry));
    return ownerOf(item) === this.task.document ? [item.id, ...inside] : inside;
  }

  private toJson(item: LiveItem): Json {
    const columns = { ...this.givenOf(item)! };
    this.deferReferences(item, columns);
    const keys: ReadContext = {
      keyOf: (noun: string, id: unknown) => this.keyOf(noun, id),
      sha256Of: (document: unknown) =>
        this.context.data.names.get(String(document))?.sha256 ?? null,
      label: (key: string) => this.label(key),
      valueIn: (noun: string, property: string, columns: Row) =>
        fieldNamed(formatOf(noun), property).read(columns, keys, {}),
    };
    return propertiesOf(item.format, columns, keys, (field) => this.serializeEntries(item, field));
  }

  /** Omits references to unavailable items where a later record can add them. */
  private deferReferences({ format }: LiveItem, row: Row): void {
    if (format.options.entry) return;
    for (const [, { reference, columns }] of format.fields) {
      if (reference?.firmness !== "added") continue;
      const [column] = columns as [string];
      const [key] = this.orDefer([], () => this.keyOf(reference.noun, row[column]));
      if (key === undefined) delete row[column];
    }
  }

  private serializeEntries(item: LiveItem, { entry, isRequired }: EntriesField): Json[] {
    const given = this.entriesOf(item).filter(({ format }) => format === entry);
    if (entry.hasPosition)
      given.sort((one, other) => this.positionOf(one) - this.positionOf(other));
    const entries = given.flatMap((one) =>
      this.orDefer(this.ownedIds(one), () => this.toJson(one)),
    );
    // At least one is required, so the item waits for it.
    if (isRequired && entries.length === 0) for (const one of given.slice(0, 1)) this.toJson(one);
    return entry.hasPosition ? entries : entries.sort(byProperties(entry.options.entry!.sortedBy!));
  }

  /** Returns the entries of an item that the record gives. */
  private entriesOf({ id }: LiveItem): LiveItem[] {
    return this.context.data.unit.entriesOf(id).filter((entry) => this.givenOf(entry));
  }

  private givenOf({ format, now }: LiveItem): Row | undefined {
    return givenBy(format, now, this.task.document);
  }

  private positionOf(entry: LiveItem): number {
    return (this.givenOf(entry)!.position ?? 0) as number;
  }

  /** Runs work that can be deferred. If it must be, returns nothing and notes these ids as missing. */
  private orDefer<T>(ids: string[], work: () => T): T[] {
    const outside = this.blockedUntil;
    this.blockedUntil = null;
    const result = work();
    const own = this.blockedUntil as Rank | null;
    this.blockedUntil = outside;
    if (own === null) return [result];
    this.completeAt = Math.max(this.completeAt ?? own, own);
    this.omitted++;
    this.missingIds.push(...ids);
    return [];
  }

  private dependOn(id: string, owner: string): void {
    const rank = this.context.availableAt(id, owner);
    if (rank !== null) this.blockedUntil = Math.max(this.blockedUntil ?? rank, rank);
  }

  private keyOf(noun: string, id: unknown): string | undefined {
    // Nothing is referred to, or the record's own document, which is implied.
    if (typeof id !== "string" || id === this.task.document) return undefined;
    const { label, owner } = this.context.data.names.get(id)!;
    this.dependOn(id, owner);
    return formatOf(noun).hasLabel ? this.label(label) : label;
  }

  /** Returns a key as the record writes it: shortened to its label if possible. */
  private label(key: string): string {
    const prefix = `${this.context.data.names.get(this.task.document)!.label}/`;
    const label = key.startsWith(prefix) ? key.slice(prefix.length) : key;
    return label.includes("/") ? key : label;
  }
}
