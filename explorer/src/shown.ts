import { graphql, type ResultOf } from "./graphql.js";
import { html, type Content } from "./html.js";
import { pathOf, webLink } from "./links.js";

/** Whether the text of a document may be shown, and what tells why not: an SQL statement more where no text is read besides. */
export const SHOWN = graphql(`
  fragment ShownParts on SourceDocument {
    key
    kind
    url
    licence
    sha256
    textLength
  }
`);

type Shown = ResultOf<typeof SHOWN>;

/** A passage of a document; offsets are of the text with the hash. */
interface Cited {
  start: number | null;
  end: number | null;
  textSha256: string | null;
}

/** The id of a passage on the page of a text. */
export function idOfPassage({ start, end }: { start: number; end: number }): string {
  return `c${start}-${end}`;
}

/** The address of a passage in the text on the page of its document; null where the text is not shown, or is another edition. */
export function addressInText(
  { start, end, textSha256 }: Cited,
  { key, sha256, textLength }: Pick<Shown, "key" | "sha256" | "textLength">,
): string | null {
  if (start === null || end === null || textLength === null || textSha256 !== sha256) return null;
  return `${pathOf("document", key)}?tab=text&at=${start}#${idOfPassage({ start, end })}`;
}

const REASONS = {
  closed: ["its licence is not known to be open", "their licences are not known to be open"],
  absent: ["no text of it is held", "no texts of them are held"],
  either: [
    "no text of it is held, or its licence is not known to be open",
    "no texts of them are held, or their licences are not known to be open",
  ],
} as const;

/** Why the words of documents are not shown, in one sentence, with a link to the source of a single one; nothing if they are. */
export function whyNotShown(documents: readonly Shown[]): Content {
  const byKey = new Map(documents.map((document) => [document.key, document]));
  const hidden = [...byKey.values()].flatMap((document) => {
    const reason = reasonOf(document);
    return reason === null ? [] : [{ document, reason }];
  });
  const [one] = hidden;
  if (!one) return null;
  const reason = hidden.every((other) => other.reason === one.reason) ? one.reason : "either";
  const mayNot = reason === "closed" ? "may not be" : "are not";
  if (hidden.length > 1)
    return html`<p class="soft">The words of these documents ${mayNot} shown here: ${REASONS[reason][1]}.</p>`;
  const label = "Read the source";
  const source = webLink(one.document.url, label);
  return html`<p class="soft">The words of this document ${mayNot} shown here: ${REASONS[reason][0]}.${
    source !== label && html` ${source}`
  }</p>`;
}

/** Rows of datasets have their words in the record, and judgements are the record's own. */
function reasonOf({ kind, licence, sha256, textLength }: Shown): keyof typeof REASONS | null {
  if (textLength !== null || kind === "JUDGEMENT") return null;
  if (kind === "DATASET" && licence !== null) return null;
  if (licence === null) return "closed";
  return sha256 === null ? "absent" : "either";
}
