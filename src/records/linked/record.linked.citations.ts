import DataLoader from "dataloader";
import type { Sql } from "../../db/sql.js";
import { Citation } from "../../source/citation.entity.js";
import { citationOrder } from "../../source/citation.sql.js";
import { exactOf, prefixOf, suffixOf } from "../../source/passage.js";
import { readWindows, type ShownText, type TextWindow } from "../../source/text.store.js";
import { columnsOf, type LinkedColumn, list } from "./record.linked.columns.js";
import { compact, derivedFrom, iri, type Node } from "./record.linked.context.js";
import { CodePoints } from "./record.linked.offsets.js";

/** The citations whose `column` holds this fact's id, in the order of the API. */
export const citationsOf = (column: string, id: string): LinkedColumn<Citation[]> =>
  list(
    columnsOf(Citation, "c"),
    `citation c JOIN source_document d ON d.id = c.document_id WHERE c.${column} = ${id}`,
    citationOrder("c", "d"),
  );

/** Makes citations into W3C Web Annotations. */
export class Citations {
  private readonly codePoints: CodePoints;
  private readonly windows: DataLoader<TextWindow, ShownText | null>;

  constructor(sql: Sql) {
    const turns = inTurns(sql);
    this.codePoints = new CodePoints(turns);
    // Those of one batch are read together, and not kept.
    this.windows = new DataLoader((windows) => readWindows(turns, windows), { cache: false });
  }

  /** Returns an annotation for each citation, without the fact that is its body. */
  nodes(citations: readonly Citation[] = []): Promise<Node[]> {
    return Promise.all(citations.map((citation) => this.node(citation)));
  }

  /** Returns what proves a fact: its citations, and the documents that they are of. */
  async proof(citations: readonly Citation[]): Promise<Node> {
    return {
      "prov:wasDerivedFrom": derivedFrom(citations.map(({ documentId }) => documentId)),
      citations: await this.nodes(citations),
    };
  }

  private async node(citation: Citation): Promise<Node> {
    const { id, documentId, start, end, textSha256, locator, reportedBy } = citation;
    const selectors = await Promise.all([this.quote(citation), this.position(citation)]);
    return compact({
      id: iri(id),
      type: "oa:Annotation",
      "oa:motivatedBy": { id: "oa:linking" },
      "oa:hasTarget": compact({
        type: "oa:SpecificResource",
        "oa:hasSource": { id: iri(documentId) },
        "oa:hasSelector": selectors.filter((selector) => selector !== null),
        "cq:startCodeUnit": start,
        "cq:endCodeUnit": end,
        "cq:textSha256": textSha256,
        "cq:locator": locator,
      }),
      "cq:reportedBy": reportedBy,
    });
  }

  /** The words, where the licence lets them be shown. */
  private async quote(citation: Citation): Promise<Node | null> {
    const read = (window: TextWindow) => this.windows.load(window);
    const [exact, prefix, suffix] = await Promise.all([
      citation.exact ?? exactOf(citation, read),
      prefixOf(citation, read),
      suffixOf(citation, read),
    ]);
    if (exact === null) return null;
    return compact({
      type: "oa:TextQuoteSelector",
      "oa:exact": exact,
      "oa:prefix": prefix || null,
      "oa:suffix": suffix || null,
    });
  }

  /** The offsets in code points, where the text is kept: they can't be counted without it. */
  private async position({ start, end, textSha256 }: Citation): Promise<Node | null> {
    if (start === null || end === null || textSha256 === null) return null;
    const offsets = await this.codePoints.offsets(textSha256, start, end);
    if (offsets === null) return null;
    return { type: "oa:TextPositionSelector", "oa:start": offsets[0], "oa:end": offsets[1] };
  }
}

/** Returns an executor that runs one statement at a time: a transaction has one connection, and a page takes one of few. */
function inTurns(sql: Sql): Sql {
  let last: Promise<unknown> = Promise.resolve();
  return {
    query<Row>(...statement: Parameters<Sql["query"]>) {
      const next = last.then(() => sql.query<Row>(...statement));
      last = next.catch(() => {});
      return next;
    },
  };
}
