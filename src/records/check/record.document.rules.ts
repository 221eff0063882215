import { isBefore, today } from "../../scalars/partial-date.compare.js";
import { type Warning, warning } from "../record.faults.js";
import { textKeys } from "./record.names.js";
import type { CheckContext, WarningRule } from "./record.rule.js";

/** A document is not published in the future, whatever the time zone. */
function* publishedInFuture({ record: { document } }: CheckContext): Generator<Warning> {
  if (typeof document === "string") return;
  if (isBefore(today(), document.datePublished))
    yield warning(
      "published-in-future",
      ["document", "datePublished"],
      `${document.datePublished} is in the future`,
    );
}

/** A copy refers to its original, so that both count as one source. Reported at the key that sorts later. */
function* unmarkedCopies({ record: { document }, names }: CheckContext): Generator<Warning> {
  if (typeof document === "string") return;
  const original = originalOf(document.key, names.documents);
  const reported = new Set<string>();
  for (const key of textKeys(document)) {
    for (const other of names.sameText.get(key) ?? []) {
      if (other >= document.key || reported.has(other)) continue;
      if (originalOf(other, names.documents) === original) continue;
      reported.add(other);
      yield warning(
        "unmarked-copy",
        ["document", "syndicatedFrom"],
        `has ${key} like "${other}", yet counts as a source of its own; say which is the copy`,
      );
    }
  }
}

function originalOf(
  key: string,
  documents: ReadonlyMap<string, { syndicatedFrom: string | null }>,
): string {
  const chain = new Set<string>();
  let at = key;
  // `syndication-cycle` reports cycles.
  while (!chain.has(at)) {
    chain.add(at);
    at = documents.get(at)?.syndicatedFrom ?? at;
  }
  return at;
}

/** Rules about documents. */
export const documentWarnings: WarningRule[] = [publishedInFuture, unmarkedCopies];
