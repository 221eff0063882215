import { type Field, isPresent } from "../record.fields.js";
import { DOCUMENT } from "../record.format.js";
import { isEntries, type ItemFormat } from "../record.item.js";
import { keysOf } from "../record.item-properties.js";
import { fullKeyOf, RECORD_LISTS } from "../record.items.js";
import { isParts, KEY } from "../record.parts.js";
import type { Json } from "../record.row.js";

/** An item as a record names it. */
interface NamedItem {
  format: ItemFormat;
  /** Its keys in that record, oldest first. */
  keys: string[];
}

/** A record without some items. */
export interface RecordWithoutItems {
  /** Null if its document goes. */
  record: Json | null;
  /** Items that can't be without those that go. */
  dropped: NamedItem[];
}

/** Returns whether an item goes, by noun and one of its keys. */
export type Goes = (noun: string, key: string) => boolean;

/** Returns a record without the items that go, without references to them, and without items that can't be without these. */
export function removeItems(record: Json, goes: Goes): RecordWithoutItems {
  const document = record.document as string | Json;
  const key = typeof document === "string" ? document : (document.key as string);
  if (goes(DOCUMENT.noun, key)) return { record: null, dropped: [] };
  return new ItemRemover(key, goes).record(record);
}

type Fields = readonly (readonly [property: string, field: Field])[];

class ItemRemover {
  private readonly dropped: NamedItem[] = [];

  constructor(
    private readonly documentKey: string,
    private readonly goes: Goes,
  ) {}

  record(record: Json): RecordWithoutItems {
    const { document } = record;
    const kept: Json = { ...record };
    if (typeof document === "object")
      kept.document = this.fields(DOCUMENT, DOCUMENT.fields, document as Json, false);
    for (const [list, format] of RECORD_LISTS) {
      const items = (record[list] ?? []) as Json[];
      kept[list] = items.flatMap((item) => this.item(format, item) ?? []);
    }
    return { record: kept, dropped: this.dropped };
  }

  private item(format: ItemFormat, item: Json): Json | null {
    const keys = keysOf(format, item, this.documentKey);
    if (keys.some((key) => this.goes(format.noun, key))) return null;
    const kept = this.fields(format, format.fields, item, false);
    if (!kept) this.dropped.push({ format, keys });
    return kept;
  }

  /** Returns an item or an element of a list without references to what goes; null if it can't be without. */
  private fields(format: ItemFormat, fields: Fields, item: Json, isElement: boolean): Json | null {
    const kept: Json = { ...item };
    for (const [property, field] of fields) {
      const value = item[property];
      if (value === undefined || value === null) continue;
      if (isParts(field) || isEntries(field)) {
        const list = this.list(format, field, value as (Json | string)[]);
        if (!list) return null;
        kept[property] = list;
      } else if (this.refersToGoing(field, item, value)) {
        if (isElement || !isOptional(field)) return null;
        for (const one of [property, ...togetherWith(format, property)]) delete kept[one];
      }
    }
    // A certainty goes with the last of its facts.
    for (const [property, { facts = [] }] of fields)
      if (facts.length > 0 && !facts.some((fact) => isPresent(kept[fact]))) delete kept[property];
    return kept;
  }

  /** Returns the elements of a list that stay; null if too few do. */
  private list(
    format: ItemFormat,
    field: Field,
    elements: readonly (Json | string)[],
  ): (Json | string)[] | null {
    const inside = isEntries(field) ? field.entry.fields : isParts(field) ? field.part.fields : [];
    const [[name, only]] = inside as [Fields[number]];
    const left = elements.flatMap((element): (Json | string)[] => {
      if (typeof element === "string")
        return name === KEY && this.refersToGoing(only, {}, element) ? [] : [element];
      const kept = this.fields(format, inside, element, true);
      return kept ? [kept] : [];
    });
    if (left.length === elements.length) return left;
    const isPublished = isParts(field) && field.part.isPublished;
    return isPublished || (left.length === 0 && !field.schema.safeParse([]).success) ? null : left;
  }

  private refersToGoing(field: Field, item: Json, value: unknown): boolean {
    const noun = field.reference?.noun ?? field.nounOf?.(item);
    if (noun === undefined) return false;
    const keys = (Array.isArray(value) ? value : [value]) as string[];
    return keys.some((key) => this.goes(noun, fullKeyOf(noun, key, this.documentKey)));
  }
}

function isOptional(field: Field): boolean {
  return field.schema.safeParse(undefined).success;
}

/** Returns the properties that are one value with this one. */
function togetherWith({ options }: ItemFormat, property: string): string[] {
  const group = (options.together ?? []).find((names) => names.includes(property)) ?? [];
  return group.filter((name) => name !== property);
}
