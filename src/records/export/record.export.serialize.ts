import { CITATION } from "../record.format.js";
import { type EntriesField, propertiesOf } from "../record.item.js";
import { formatOf, containerOf } from "../record.items.js";
import type { Json, Row } from "../record.row.js";
import { type LiveItem, ownerOf } from "../load/record.unit-of-work.js";
import { byProperties, compare, mergeByPosition } from "./record.export.lists.js";
import type { ExportData, ExportTask } from "./record.export.data.js";
import { exportedColumns } from "./record.export.columns.js";
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
  /** Ids of citations that are exported as if the fact's owner had given them. */
  adopted: ReadonlySet<string>;
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
    return this.isOwn(item) ? [item.id, ...inside] : inside;
  }

  private toJson(item: LiveItem): Json {
    this.dependOn(item.id, this.ownerOf(item));
    const columns = exportedColumns(item, this.task.document, this.ownerOf(item));
    this.deferReferences(item, columns);
    const keys = {
      keyOf: (noun: string, id: unknown) => this.keyOf(noun, id),
      label: (key: string) => this.label(key),
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
    const entries = this.entriesOf(item).filter(({ format }) => format === entry);
    if (entry === CITATION) return this.serializeCitations(item, entries, isRequired);
    if (entry.hasPosition) return this.serializeByPosition(entries);
    return entries
      .filter((one) => this.isOwn(one) || this.extendsEntry(one))
      .flatMap((one) => this.orDefer(this.ownedIds(one), () => this.toJson(one)))
      .sort(byProperties(entry.options.entry!.sortedBy ?? []));
  }

  private serializeByPosition(entries: LiveItem[]): Json[] {
    entries.sort((one, other) => compare(positionOf(one), positionOf(other)));
    const own = entries.filter((entry) => this.isOwn(entry));
    const others = entries
      .filter((entry) => !this.isOwn(entry) && this.extendsEntry(entry))
      .sort((one, other) => compare(this.ownerOf(one), this.ownerOf(other)));
    return mergeByPosition(
      own.map((entry) => ({ position: positionOf(entry), entry: this.toJson(entry) })),
      others.flatMap((entry) => this.orDefer(this.ownedIds(entry), () => this.toJson(entry))),
    );
  }

  private serializeCitations(item: LiveItem, entries: LiveItem[], isRequired: boolean): Json[] {
    const byPassage = byProperties(CITATION.options.entry!.sortedBy!);
    const own = entries.filter((entry) => this.isOwn(entry)).map((entry) => this.toJson(entry));
    const others = entries.filter((entry) => !this.isOwn(entry) && this.extendsEntry(entry));
    const added = others.flatMap((entry) => this.orDefer([], () => this.toJson(entry)));
    if (own.length > 0 || !isRequired) return [...own, ...added].sort(byPassage);
    // A record must cite every fact it states, so repeat the owner's first citation.
    const [first] = entries
      .filter((entry) => this.ownerOf(entry) === this.ownerOf(item))
      .map((entry) => ({ entry, json: this.toJson(entry) }))
      .sort((one, other) => byPassage(one.json, other.json));
    const repeated = first && !others.includes(first.entry) ? [first.json] : [];
    return [...repeated, ...added].sort(byPassage);
  }

  /** Returns whether the record extends another owner's entry: fills in a value, or adds a citation to it. */
  private extendsEntry(entry: LiveItem): boolean {
    return (
      entry.now.extensions.has(this.task.document) ||
      this.entriesOf(entry).some((inside) => this.isOwn(inside) || this.extendsEntry(inside))
    );
  }

  private entriesOf({ id }: LiveItem): LiveItem[] {
    return this.context.data.unit.entriesOf(id);
  }

  private isOwn(item: LiveItem): boolean {
    return this.ownerOf(item) === this.task.document;
  }

  private ownerOf(item: LiveItem): string {
    const { adopted, data } = this.context;
    if (item.format !== CITATION || !adopted.has(item.id)) return ownerOf(item);
    return ownerOf(data.unit.get(containerOf(CITATION, item.now.row)!)!);
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

function positionOf({ now: { row } }: LiveItem): number {
  return row.position as number;
}
