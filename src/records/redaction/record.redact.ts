import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { DataSource } from "typeorm";
import { type Sql, sqlOf } from "../../db/sql.js";
import { exportRecords } from "../export/record.export.js";
import { readLatest } from "../history/record.points.store.js";
import { loadFiles, type LoadOptions, type LoadReport } from "../load/record.load.js";
import { OperationRefused } from "../load/record.load.refusal.js";
import { DOCUMENT } from "../record.format.js";
import { idOf } from "../record.ids.js";
import type { Json } from "../record.row.js";
import { removeItems } from "./record.remove-items.js";
import { redactHistory } from "./record.redact-history.js";
import * as store from "./record.redact.store.js";

/** Options of a redaction. */
export interface RedactOptions extends Pick<
  LoadOptions,
  "dryRun" | "author" | "onFault" | "onChange"
> {
  /** Why: kept with the keys, and shown to whoever loads them again. */
  because: string;
  /** The noun of the items, as records name it, where keys are of several. */
  noun?: string;
  /** Whether what can't be without them is redacted, too. */
  cascade?: boolean;
}

/** What was redacted. */
export interface RedactionReport {
  /** By noun and key. */
  items: string[];
  /** The number of texts that are no longer kept. */
  texts: number;
  load: LoadReport;
}

/** The maximum number of items that a message lists. */
const LISTED = 20;

/**
 * Removes items from the record and from its history, with the texts of all documents that mention them, in one transaction. Their keys
 * stay, with the reason. Throws `OperationRefused` if an item is not on record, or if others can't be without.
 */
export async function redact(
  dataSource: DataSource,
  keys: readonly string[],
  options: RedactOptions,
): Promise<RedactionReport> {
  const sql = sqlOf(dataSource);
  const folder = await mkdtemp(join(tmpdir(), "communique-redact-"));
  try {
    const last = (await readLatest(sql))?.number ?? 0;
    const redaction = new Redaction(dataSource, join(folder, "records.jsonl"));
    await redaction.name(keys, options.noun);
    const named = redaction.items();
    while (await redaction.remove());
    const items = redaction.items();
    if (items.length > named.length && !options.cascade) refuseCascade(items.slice(named.length));
    const sha256s = await store.readTextsOf(sql, redaction.documents);
    const { because, author, dryRun, onFault, onChange } = options;
    const load = await loadFiles(dataSource, [redaction.file], {
      author,
      note: because,
      dryRun,
      onFault,
      onChange,
      prune: true,
      together: {
        action: "redact",
        withdrawn: items.flatMap(({ id, noun }) => (noun === DOCUMENT.noun ? [id] : [])),
        finish: async (within, revision) => {
          // The records to load were read before then.
          if (revision !== last + 1)
            throw new OperationRefused(["The record changed meanwhile: run it again."]);
          await store.deleteTexts(within, sha256s);
          const removed = await store.redactRemoved(within, revision);
          const gone = new Set([...items.map(({ id }) => id), ...removed]);
          await redactHistory(within, gone, new Set(items.flatMap((item) => item.keys)));
          await store.addRedactions(within, items, { because, revision, sha256s });
        },
      },
    });
    return { items: items.map(describe), texts: sha256s.length, load };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function describe({ noun, keys }: store.RedactedItem): string {
  return `${noun} ${keys[0]!}`;
}

function refuseCascade(more: readonly store.RedactedItem[]): never {
  const lines = more.slice(0, LISTED).map((item) => `  ${describe(item)}`);
  if (more.length > LISTED) lines.push(`  and ${(more.length - LISTED).toLocaleString("en")} more`);
  throw new OperationRefused([
    "These can't be on record without it; --cascade redacts them, too:",
    ...lines,
  ]);
}

/** The items that go, and the records of all documents that mention them, without them. */
class Redaction {
  private readonly found = new Map<string, store.RedactedItem>();
  private readonly sql: Sql;
  /** The keys of the documents whose records mention what goes. */
  documents: string[] = [];

  constructor(
    private readonly dataSource: DataSource,
    readonly file: string,
  ) {
    this.sql = sqlOf(dataSource);
  }

  items(): store.RedactedItem[] {
    return [...this.found.values()];
  }

  /** Adds the items with these keys, and what documents among them alone give. */
  async name(keys: readonly string[], noun: string | undefined): Promise<void> {
    for (const key of keys) {
      const found = await store.findItems(this.sql, key);
      const wanted = found.filter((one) => noun === undefined || one.noun === noun);
      const nouns = new Set(wanted.map((one) => one.noun));
      if (nouns.size === 0)
        throw new OperationRefused([
          `Nothing on record has the key "${key}"${noun === undefined ? "" : ` as a ${noun}`}.`,
        ]);
      if (nouns.size > 1)
        throw new OperationRefused([
          `"${key}" is the key of a ${[...nouns].sort().join(" and of a ")}: say which with --type.`,
        ]);
      await this.add(wanted);
    }
    const documents = this.items().filter((one) => one.noun === DOCUMENT.noun);
    await this.add(
      await store.readOwned(
        this.sql,
        documents.map(({ id }) => id),
      ),
    );
  }

  private async add(
    items: readonly { id: string; noun: string; keys?: string[] }[],
  ): Promise<void> {
    const keys = await store.readKeys(
      this.sql,
      items.map(({ id }) => id),
    );
    for (const { id, noun, keys: given = [] } of items) {
      const known = this.found.get(id)?.keys ?? [];
      const all = new Set([...known, ...given, ...(keys.get(id) ?? [])]);
      this.found.set(id, { id, noun, keys: [...all] });
    }
  }

  /** Writes the records without what goes to the file; returns whether more has to go than before. */
  async remove(): Promise<boolean> {
    const size = this.found.size;
    const names = new Set(
      this.items().flatMap(({ noun, keys }) => keys.map((key) => `${noun} ${key}`)),
    );
    const goes = (noun: string, key: string) => names.has(`${noun} ${key}`);
    this.documents = await store.readDocumentsNaming(this.sql, [...this.found.keys()]);
    const dropped: { id: string; noun: string; keys: string[] }[] = [];
    const lines = this.lines();
    const remaining = async function* () {
      for await (const line of lines) {
        const { record, dropped: more } = removeItems(JSON.parse(line) as Json, goes);
        for (const { format, keys } of more)
          dropped.push({ id: idOf(format.noun, keys[0]!), noun: format.noun, keys });
        if (record) yield `${JSON.stringify(record)}\n`;
      }
    };
    await pipeline(Readable.from(remaining()), createWriteStream(this.file));
    await this.add(dropped);
    return this.found.size > size;
  }

  private async *lines(): AsyncGenerator<string> {
    if (this.documents.length === 0) return;
    let rest = "";
    for await (const chunk of exportRecords(this.dataSource, {
      keys: this.documents,
      asLines: true,
    })) {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop()!;
      yield* lines;
    }
    if (rest !== "") yield rest;
  }
}
