import type { Sql } from "../../db/sql.js";
import { isOpenLicence } from "../../source/open-licence.js";
import { DOCUMENT } from "../record.format.js";
import { idOf } from "../record.ids.js";
import type { ItemFormat } from "../record.item.js";
import type { Json } from "../record.row.js";
import type { Chunk } from "./record.export.chunks.js";
import { type ExportData, type ExportTask, readExportData } from "./record.export.data.js";
import { LICENSED_NOUNS } from "./record.nouns.js";
import { Schedule } from "./record.export.schedule.js";
import type { ExportedDocument } from "./record.export.store.js";
import {
  type SerializeContext,
  ownedIdsOf,
  serialize,
  type Serialized,
} from "./record.export.serialize.js";

/** The contents of one line of the export, or of one part of a single record. */
export interface ExportedPart {
  /** The whole document, or only its key if an earlier part has the rest. */
  document: Json | string;
  items: Map<ItemFormat, Json[]>;
}

/** Options of `PartWriter`. */
export interface PartOptions {
  /** In dependency order. Other documents are assumed to be loaded already. */
  documents: ExportedDocument[];
  /** The maximum number of items per line. */
  itemsPerLine: number;
  /** Whether all parts belong to one record, in which order does not matter. */
  isWhole: boolean;
}

/** Tasks that are serialized into one line, with the data they need. */
interface Line {
  tasks: ExportTask[];
  data: ExportData;
  /** Whether an item of the same record comes in a later line of it. */
  comesLater: (id: string) => boolean;
}

/**
 * Turns chunks into parts of records. What refers to an item that has not been written yet is deferred until after the
 * document that defines that item.
 */
export class PartWriter {
  private readonly schedule: Schedule;
  private readonly keys: ReadonlyMap<string, string>;

  constructor(
    private readonly sql: Sql,
    private readonly options: PartOptions,
  ) {
    const { documents, isWhole } = options;
    const ranks = new Map(documents.map(({ id }, rank) => [id, rank]));
    this.schedule = new Schedule(isWhole ? new Map() : ranks);
    this.keys = new Map(documents.map(({ id, key }) => [id, key]));
  }

  /** Yields the parts of these chunks, and deferred parts that were waiting for them. */
  async *parts(chunks: Chunk[]): AsyncGenerator<ExportedPart> {
    const data = await readExportData(this.sql, chunks.flatMap(tasksOf));
    for (const chunk of chunks) {
      if (chunk.isFirst) this.schedule.advance();
      const comesLater =
        chunk.isLast || this.options.isWhole ? () => false : comesAfter(chunk, data);
      const part = this.part({ tasks: tasksOf(chunk), data, comesLater });
      if (part) yield part;
      if (chunk.isLast) yield* this.deferredParts();
    }
  }

  private async *deferredParts(): AsyncGenerator<ExportedPart> {
    for (let due = this.schedule.takeDue(); due.length > 0; due = this.schedule.takeDue()) {
      let isStuck = true;
      for (const tasks of groupByLine(due, this.options.itemsPerLine)) {
        const data = await readExportData(this.sql, tasks);
        const part = this.part({ tasks, data, comesLater: () => false });
        if (!part) continue;
        isStuck = false;
        yield part;
      }
      if (isStuck && this.schedule.hasDue()) throw new Error("records wait for each other");
    }
  }

  /** Serializes what can be written now; null if that adds nothing. */
  private part(line: Line): ExportedPart | null {
    const part: ExportedPart = {
      document: this.keys.get(line.tasks[0]!.document)!,
      items: new Map(),
    };
    let isNew = false;
    for (const { task, result } of this.serializeAll(line)) {
      if (result.deferredUntil !== null) {
        const omitted = result.item === null ? task.omitted : result.omitted;
        this.schedule.enqueue({ ...task, omitted }, result.deferredUntil);
      }
      // Skips an item that would be written again with as much omitted as before.
      if (result.item === null || (task.omitted !== undefined && result.omitted >= task.omitted))
        continue;
      isNew = true;
      addTo(part, task, result.item);
    }
    return isNew ? part : null;
  }

  private serializeAll({
    tasks,
    data,
    comesLater,
  }: Line): { task: ExportTask; result: Serialized }[] {
    const { schedule } = this;
    const context: SerializeContext = {
      data,
      availableAt: (id, owner) =>
        comesLater(id) ? schedule.rank : schedule.availableAt(id, owner),
    };
    const lacksLicence = (item: Json, { document, format }: ExportTask) =>
      LICENSED_NOUNS.some(
        (noun) =>
          noun.format === format &&
          noun.lacksLicence(item, (key) =>
            hasOpenLicence(key === undefined ? document : idOf(DOCUMENT.noun, key), data),
          ),
      );
    const markDoneNow = (task: ExportTask) => {
      if (schedule.hasDeferred) schedule.markDone(ownedIdsOf(task, context));
    };
    const serializeOne = (task: ExportTask) => {
      markDoneNow(task);
      let result = serialize(task, context);
      if (
        !this.options.isWhole &&
        result.item &&
        result.omitted > 0 &&
        lacksLicence(result.item, task)
      )
        result = { ...result, item: null, omitted: 0, missingIds: ownedIdsOf(task, context) };
      if (result.deferredUntil !== null) schedule.defer(result.missingIds, result.deferredUntil);
      return { task, result };
    };
    // Items of one line may refer to each other. If one is deferred, the others are serialized again without it.
    tasks.forEach(markDoneNow);
    const all = tasks.map(serializeOne);
    return all.some(({ result }) => result.item === null) ? tasks.map(serializeOne) : all;
  }
}

/** Returns the tasks of a chunk; the first chunk of a document also has the document itself. */
function tasksOf({ document: { id }, tasks, isFirst }: Chunk): ExportTask[] {
  const head: ExportTask = { document: id, format: DOCUMENT, id, number: -1 };
  return isFirst ? [head, ...tasks] : tasks;
}

function addTo(part: ExportedPart, { format }: ExportTask, item: Json): void {
  const list = part.items.get(format);
  if (format === DOCUMENT) part.document = item;
  else if (list) list.push(item);
  else part.items.set(format, [item]);
}

/** Returns false for a document without an open licence. */
function hasOpenLicence(documentId: string, { unit }: ExportData): boolean {
  return isOpenLicence(unit.get(documentId)?.now.row.licence as string | null | undefined);
}

/** Returns a predicate: whether an id is an item with a position in the same document that comes after this chunk. */
function comesAfter(
  { document, tasks }: Chunk,
  { unit, names }: ExportData,
): (id: string) => boolean {
  const last = unit.get(tasks.at(-1)!.id)!.now.row;
  const position = last.position as number;
  return (id) => {
    const named = names.get(id);
    return (
      named?.owner === document.id &&
      named.position !== null &&
      (named.position > position || (named.position === position && named.label > String(last.key)))
    );
  };
}

/** Groups tasks into lines of one document each. A document that is written again has a line of its own. */
function* groupByLine(tasks: ExportTask[], itemsPerLine: number): Generator<ExportTask[]> {
  let line: ExportTask[] = [];
  for (const task of tasks) {
    const isOther = line[0]?.document !== task.document || line[0].format === DOCUMENT;
    if (line.length > 0 && (isOther || line.length === itemsPerLine)) {
      yield line;
      line = [];
    }
    line.push(task);
  }
  yield line;
}
